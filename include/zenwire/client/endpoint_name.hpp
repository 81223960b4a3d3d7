// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_ENDPOINT_NAME_HPP
#define ZENWIRE_CLIENT_ENDPOINT_NAME_HPP


#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/decimal_text.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/http/endpoint.hpp>

namespace ZENWIRE_NAMESPACE {

/// An endpoint as a text that may be stored and compared: scheme, host and, unless it is the scheme's own, port.
using endpoint_name = inline_string<limits::authority + 8>;

/// The name of an endpoint: the same for `console.zenlayer.com`, `https://Console.Zenlayer.com` and `console.zenlayer.com:443`.
[[nodiscard]] constexpr endpoint_name name_of(endpoint const& endpoint) noexcept {
    const unsigned usual_port = endpoint.transfer_scheme() == endpoint::scheme::https ? 443 : 80;
    endpoint_name text(endpoint.scheme_text());
    text.append("://");
    text.append(endpoint.host());
    if (endpoint.port() != usual_port) {
        text.append(":");
        text.append(detail::decimal_text(endpoint.port()).view());
    }
    return text;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
