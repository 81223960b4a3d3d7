// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_AUTHORIZATION_HPP
#define ZENWIRE_PROTOCOL_AUTHORIZATION_HPP

#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// The parts of an `authorization` field. Views of the request.
struct authorization {
    /// The token of `Bearer <token>`; then the other three are empty.
    std::string_view bearer_token{};
    /// who signed; empty for a bearer token
    std::string_view access_key_id{};
    /// Names, separated by `;`.
    std::string_view signed_headers{};
    /// 64 characters.
    std::string_view signature{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
