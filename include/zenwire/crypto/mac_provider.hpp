// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_MAC_PROVIDER_HPP
#define ZENWIRE_CRYPTO_MAC_PROVIDER_HPP

#include <concepts>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/crypto/sha256.hpp>

namespace ZENWIRE_NAMESPACE {

/// HMAC-SHA256 of a message under a key that this program need not hold: a callable that takes the message and returns
/// the 32 bytes, or an `expected<sha256_digest>` whose error ends the signing with that error.
template <class Mac>
concept mac_provider = requires(Mac const& mac, std::string_view message) {
    { mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
