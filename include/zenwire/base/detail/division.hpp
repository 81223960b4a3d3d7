// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_DIVISION_HPP
#define ZENWIRE_BASE_DETAIL_DIVISION_HPP

#include <cstdint>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// What a division of whole numbers gives.
struct division {
    std::uint64_t quotient;   ///< rounded down
    std::uint64_t remainder;  ///< less than the divisor
};

/// Divides bit by bit, without an instruction or a function of the compiler.
/// @param divisor from 1 to 2^63
[[nodiscard]] constexpr division divide_by_bits(std::uint64_t dividend, std::uint64_t divisor) noexcept {
    division result{dividend, 0};
    for (int bit = 0; bit < 64; ++bit) {
        result.remainder = result.remainder << 1U | result.quotient >> 63U;
        result.quotient <<= 1U;
        if (result.remainder >= divisor) {
            result.remainder -= divisor;
            ++result.quotient;
        }
    }
    return result;
}

/// Divides. Where 64 bits are divided by a function and the compiler optimises for size, bit by bit: that function is
/// larger than all that the library divides for.
/// @param divisor from 1 to 2^63
[[nodiscard]] constexpr division divide(std::uint64_t dividend, std::uint64_t divisor) noexcept {
#if defined(__OPTIMIZE_SIZE__) && UINTPTR_MAX <= 0xFFFFFFFF
    return divide_by_bits(dividend, divisor);
#else
    return {dividend / divisor, dividend % divisor};
#endif
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
