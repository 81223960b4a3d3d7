// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_DECIMAL_TEXT_HPP
#define ZENWIRE_BASE_DETAIL_DECIMAL_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/bytes.hpp>

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

/// Divides. Bit by bit where the compiler optimises for size and calls a function to divide 64 bits: that function is larger
/// than all code of the library that divides.
/// @param divisor from 1 to 2^63
[[nodiscard]] constexpr division divide(std::uint64_t dividend, std::uint64_t divisor) noexcept {
#if defined(__OPTIMIZE_SIZE__) && UINTPTR_MAX <= 0xFFFFFFFF
    return divide_by_bits(dividend, divisor);
#else
    return {dividend / divisor, dividend % divisor};
#endif
}

/// A whole number in decimal, without leading zeros. Holds its text.
class decimal_text {
public:
    /// Writes this number.
    constexpr explicit decimal_text(std::uint64_t number) noexcept {
        begin_without_values(text_);
        do {
            const auto [rest, digit] = divide(number, 10U);
            text_[--begin_] = static_cast<char>('0' + digit);
            number = rest;
        } while (number != 0);
    }

    /// The digits. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_ + begin_, sizeof(text_) - begin_};
    }

private:
    // 2^64 has twenty digits
    char text_[20];
    std::size_t begin_ = sizeof(text_);
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
