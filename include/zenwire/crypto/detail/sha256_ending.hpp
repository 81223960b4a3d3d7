// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_ENDING_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_ENDING_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/crypto/sha256_digest.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The last part of a message: a text, and behind it a digest in lower-case hexadecimal, or nothing. So a digest goes from one
/// hash into the next without being written out in between. A view of both.
struct sha256_ending {
    /// may be empty
    std::string_view text{};
    /// null for none
    sha256_digest const* in_hexadecimal = nullptr;

    /// Bytes in all.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return text.size() + (in_hexadecimal != nullptr ? 2 * sizeof(sha256_digest) : 0);
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
