// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_PROVIDERS_HPP
#define ZENWIRE_CRYPTO_PROVIDERS_HPP

#include <concepts>
#include <string_view>
#include <type_traits>

#include <zenwire/base/error.hpp>
#include <zenwire/crypto/sha256.hpp>

/// @file
/// What a cryptography library must provide to be used in place of sha256 and hmac_sha256.

namespace ZENWIRE_NAMESPACE {

/// An implementation of SHA-256: zenwire::sha256, that of a TLS library, or the hash unit of a chip.
///
/// A copy has seen the same bytes as the original. `update` reports no errors; `finish` does: it returns the digest, or an
/// `expected<sha256_digest>` whose error becomes the error of the signing.
template <class Hash>
concept hash_function =
    detail::constructible<Hash, Hash const&> && requires(Hash& hash, Hash const& other, std::string_view message) {
        hash = other;
        hash.update(message);
        { hash.finish() } -> std::convertible_to<expected<sha256_digest>>;
    };

/// HMAC-SHA256 under a key that this program need not know: a callable that takes the message and returns the 32 bytes, or an
/// `expected<sha256_digest>` whose error becomes the error of the signing.
template <class Mac>
concept mac_provider = requires(Mac const& mac, std::string_view message) {
    { mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

}  // namespace ZENWIRE_NAMESPACE

namespace ZENWIRE_NAMESPACE::detail {

/// Whether it is our own hash, which cannot fail, and which has more functions than a hash_function must have.
template <class Hash>
inline constexpr bool is_sha256 = std::is_same_v<Hash, sha256>;

/// Computes the digest of all that `hash` has seen, followed by `last`. `hash` itself does not change.
/// @return the error of a `hash` that failed
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> finish_with(Hash const& hash, sha256_ending const& last,
                                                   sha256_digest& digest) noexcept {
    if constexpr (is_sha256<Hash>) {
        hash.finish_with(last, digest);
    } else {
        Hash copy = hash;
        copy.update(last.text);
        if (last.digest != nullptr) {
            copy.update(hex_text(*last.digest).view());
        }
        const expected<sha256_digest> result = copy.finish();
        if (!result) {
            return failure_of(result);
        }
        digest = *result;
    }
    return {};
}

/// The same, with the digest as the result.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_with(Hash const& hash, sha256_ending const& last) noexcept {
    // A local variable that is copied into the result: `expected(std::in_place)` would also fill the room for an error with zeros.
    sha256_digest digest;
    if (const expected<void> done = finish_with(hash, last, digest); !done) {
        return failure_of(done);
    }
    return digest;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
