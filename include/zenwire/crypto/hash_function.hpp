// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_HASH_FUNCTION_HPP
#define ZENWIRE_CRYPTO_HASH_FUNCTION_HPP

#include <concepts>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/crypto/sha256.hpp>

namespace ZENWIRE_NAMESPACE {

/// SHA-256 by whoever has it: sha256, a TLS library, a hash unit of the chip.
///
/// A copy goes on from where the original stands. `update` cannot fail; a fault shows in `finish`, which returns the
/// digest, or an `expected<sha256_digest>` whose error ends the signing with that error.
template <class Hash>
concept hash_function = std::copyable<Hash> && requires(Hash& hash, std::string_view message) {
    hash.update(message);
    { hash.finish() } -> std::convertible_to<expected<sha256_digest>>;
};

/// The digest of what `hash` has seen and of `last` behind it, or what `hash` fails with. `hash` stays as it is.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_with(Hash const& hash, std::string_view last) noexcept {
    if constexpr (requires { hash.finish_with(last); }) {
        return hash.finish_with(last);
    } else {
        Hash copy = hash;
        copy.update(last);
        return copy.finish();
    }
}

/// The same into `digest`. For a hash that cannot fail no room for an error is taken.
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> finish_with(Hash const& hash, std::string_view last,
                                                   sha256_digest& digest) noexcept {
    if constexpr (requires {
                      { hash.finish_with(last) } -> std::same_as<sha256_digest>;
                  }) {
        digest = hash.finish_with(last);
    } else {
        const expected<sha256_digest> result = finish_with(hash, last);
        if (!result) {
            return failure_of(result);
        }
        digest = *result;
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
