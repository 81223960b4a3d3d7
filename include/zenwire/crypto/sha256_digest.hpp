// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_SHA256_DIGEST_HPP
#define ZENWIRE_CRYPTO_SHA256_DIGEST_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/detail/bytes.hpp>

namespace ZENWIRE_NAMESPACE {

/// The result of SHA-256 and of HMAC-SHA256.
using sha256_digest = std::array<unsigned char, 32>;

}  // namespace ZENWIRE_NAMESPACE

namespace ZENWIRE_NAMESPACE::detail {

/// The last part of a message: a text, and after it, if wanted, a digest in lower-case hexadecimal. So one hash can take the digest
/// of another without a buffer for its 64 characters. A view of both.
struct sha256_ending {
    /// may be empty
    std::string_view text{};
    /// the digest that follows; null for none
    sha256_digest const* in_hexadecimal = nullptr;

    /// Bytes in all.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return text.size() + (in_hexadecimal != nullptr ? 2 * sizeof(sha256_digest) : 0);
    }
};

/// Returns `value`, in a way that the optimiser cannot see through: it must compute the value in full before this call, and assume
/// nothing about it afterwards.
/// @tparam Value an integer of at most 32 bits, which every processor has a register for
template <class Value>
    requires(sizeof(Value) <= 4)
[[nodiscard]] inline Value hide_from_compiler(Value value) noexcept {
#if defined(__GNUC__)
    __asm__("" : "+r"(value));
    return value;
#else
    Value volatile copy = value;
    return copy;
#endif
}

/// Whether `size` bytes are equal. The time depends only on `size`, not on where they differ.
/// @tparam Byte `char` or `unsigned char`
template <class Byte>
    requires(sizeof(Byte) == 1)
[[nodiscard]] constexpr bool constant_time_equal(Byte const* left, Byte const* right, std::size_t size) noexcept {
    if (is_constant_evaluated()) {
        bool is_equal = true;
        for (std::size_t i = 0; i < size; ++i) {
            is_equal = is_equal && left[i] == right[i];
        }
        return is_equal;
    }
    std::uint64_t difference = 0;
    std::size_t i = 0;
    for (; i + sizeof(difference) <= size; i += sizeof(difference)) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        std::memcpy(&a, left + i, sizeof(a));
        std::memcpy(&b, right + i, sizeof(b));
        difference |= a ^ b;
    }
    for (; i < size; ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    }
    // Without the inner call Clang 19 at -O2 leaves the loop at the first word that differs. Without the outer call GCC 14 reuses
    // the register with the secret result, which it knows to be 0 on that branch, wherever it needs a 0.
    const auto halves = static_cast<std::uint32_t>(difference | (difference >> 32U));
    return hide_from_compiler(hide_from_compiler(halves) == 0);
}

/// Whether two texts are equal. The time depends only on their sizes, not on where they differ.
[[nodiscard]] constexpr bool constant_time_equal(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() && constant_time_equal(left.data(), right.data(), left.size());
}

/// Whether two digests are equal. The time does not depend on where they differ.
[[nodiscard]] constexpr bool constant_time_equal(sha256_digest const& left, sha256_digest const& right) noexcept {
    return constant_time_equal(left.data(), right.data(), left.size());
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
