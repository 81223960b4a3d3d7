// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_PROVIDERS_HPP
#define ZENWIRE_CRYPTO_PROVIDERS_HPP

#include <concepts>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/constructible.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/crypto/sha256_digest.hpp>

/// @file
/// What somebody else's cryptography has to offer, to be used in place of sha256 and hmac_sha256.

namespace ZENWIRE_NAMESPACE {

/// SHA-256 by whoever has it: sha256, a TLS library, a hash unit of the chip.
///
/// A copy goes on from where the original stands. `update` cannot fail; a fault shows in `finish`, which returns the
/// digest, or an `expected<sha256_digest>` whose error ends the signing with that error.
template <class Hash>
concept hash_function =
    detail::constructible<Hash, Hash const&> && requires(Hash& hash, Hash const& other, std::string_view message) {
        hash = other;
        hash.update(message);
        { hash.finish() } -> std::convertible_to<expected<sha256_digest>>;
    };

/// HMAC-SHA256 of a message under a key that this program need not hold: a callable that takes the message and returns
/// the 32 bytes, or an `expected<sha256_digest>` whose error ends the signing with that error.
template <class Mac>
concept mac_provider = requires(Mac const& mac, std::string_view message) {
    { mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
