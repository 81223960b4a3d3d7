// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_PROVIDERS_HPP
#define ZENWIRE_CRYPTO_PROVIDERS_HPP

#include <concepts>
#include <string_view>
#include <type_traits>

#include <zenwire/base/error.hpp>
#include <zenwire/crypto/sha256.hpp>

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

namespace ZENWIRE_NAMESPACE::detail {

/// Whether it is our own hash, which cannot fail, and which has more functions than a hash_function must have.
template <class Hash>
inline constexpr bool is_sha256 = std::is_same_v<Hash, sha256>;

/// Writes the digest of what `hash` has seen and of `last` behind it to `digest`. `hash` stays as it is.
/// @return the error of a `hash` that failed
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> finish_with(Hash const& hash, sha256_ending const& last,
                                                   sha256_digest& digest) noexcept {
    if constexpr (is_sha256<Hash>) {
        hash.finish_with(last, digest);
    } else {
        Hash copy = hash;
        copy.update(last.text);
        if (last.in_hexadecimal != nullptr) {
            copy.update(hex_text(*last.in_hexadecimal).view());
        }
        const expected<sha256_digest> result = copy.finish();
        if (!result) {
            return failure_of(result);
        }
        digest = *result;
    }
    return {};
}

/// finish_with() as a result of its own.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_with(Hash const& hash, sha256_ending const& last) noexcept {
    // Made here and then copied: made in the result, its zeros would fill the room of an error, too.
    sha256_digest digest;
    if (const expected<void> done = finish_with(hash, last, digest); !done) {
        return failure_of(done);
    }
    return digest;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
