// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_FINISH_WITH_HPP
#define ZENWIRE_CRYPTO_DETAIL_FINISH_WITH_HPP

#include <type_traits>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/hex.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/crypto/detail/sha256_ending.hpp>
#include <zenwire/crypto/providers.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256_digest.hpp>

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
