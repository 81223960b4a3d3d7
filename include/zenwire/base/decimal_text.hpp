// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DECIMAL_TEXT_HPP
#define ZENWIRE_BASE_DECIMAL_TEXT_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/division.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>

namespace ZENWIRE_NAMESPACE {

/// A whole number in decimal, without leading zeros. Holds its text.
class decimal_text {
public:
    /// Of this number.
    constexpr explicit decimal_text(std::uint64_t number) noexcept {
        if (is_constant_evaluated()) {
            for (char& c : text_) {
                c = '\0';
            }
        }
#ifdef __OPTIMIZE_SIZE__
        begin_ = sizeof(text_);
        do {
            const auto [rest, digit] = divide(number, 10U);
            text_[--begin_] = static_cast<char>('0' + digit);
            ++size_;
            number = rest;
        } while (number != 0);
#else
        write_digits(number);
#endif
    }

    /// The digits. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_ + begin_, size_};
    }

private:
    static constexpr std::uint32_t eight_digits = 100'000'000;
    /// The character 0 eight times.
    static constexpr std::uint64_t zeros = 0x3030'3030'3030'3030U;

    /// Eight digits at a time.
    constexpr void write_digits(std::uint64_t number) noexcept {
        if (number < eight_digits) {
            append_significant(digits_of(static_cast<std::uint32_t>(number)));
            return;
        }
        const auto [high, low] = divide(number, eight_digits);
        const std::uint64_t last = digits_of(static_cast<std::uint32_t>(low));
        if (high < eight_digits) {
            append_significant(digits_of(static_cast<std::uint32_t>(high)), last);
            return;
        }
        const auto [top, middle] = divide(high, eight_digits);
        append_significant(digits_of(static_cast<std::uint32_t>(top)));
        append(digits_of(static_cast<std::uint32_t>(middle)), 8);
        append(last, 8);
    }

    /// The eight digits of a number below eight_digits, each in a byte of its own, the first in the lowest. Numbers of two
    /// and of four digits are divided side by side.
    static constexpr std::uint64_t digits_of(std::uint32_t number) noexcept {
        // n / 100 is n * 10486 >> 20 below 10000, and n / 10 is n * 103 >> 10 below 100
        const std::uint64_t fours = number / 10'000U | std::uint64_t{number % 10'000U} << 32U;
        const std::uint64_t hundreds = fours * 10486U >> 20U & 0x0000'007F'0000'007FU;
        const std::uint64_t pairs = hundreds | (fours - 100U * hundreds) << 16U;
        const std::uint64_t tens = pairs * 103U >> 10U & 0x000F'000F'000F'000FU;
        return tens | (pairs - 10U * tens) << 8U;
    }

    /// How many of the eight digits are zeros before the first other one; at most seven.
    static constexpr unsigned leading_zeros(std::uint64_t digits) noexcept {
        return static_cast<unsigned>(std::countr_zero(digits | std::uint64_t{1} << 63U)) / 8U;
    }

    constexpr void append_significant(std::uint64_t digits) noexcept {
        const unsigned count = leading_zeros(digits);
        append(digits >> 8U * count, 8U - count);
    }

    /// Two groups, of which the first may be shorter.
    constexpr void append_significant(std::uint64_t high, std::uint64_t low) noexcept {
        const unsigned bits = 8U * leading_zeros(high);
        const std::uint64_t first = high >> bits | low << 1U << (63U - bits);
        const std::uint64_t second = low >> bits;
#if defined(__GNUC__) && defined(__SSE2__)
        if (!is_constant_evaluated()) {
            // written at once: who reads it in other pieces, and soon, would have to wait for the memory
            using both_words = std::uint64_t __attribute__((__vector_size__(16)));
            const both_words both{first | zeros, second | zeros};
            std::memcpy(text_, &both, sizeof(both));
            size_ = 16 - bits / 8U;
            return;
        }
#endif
        append(first, 8);
        append(second, 8U - bits / 8U);
    }

    constexpr void append(std::uint64_t digits, std::size_t size) noexcept {
        digits |= zeros;
        if (!is_constant_evaluated() && std::endian::native == std::endian::little) {
            std::memcpy(text_ + size_, &digits, sizeof(digits));
        } else {
            for (std::size_t i = 0; i < size; ++i) {
                text_[size_ + i] = static_cast<char>(digits >> 8U * i & 0xFFU);
            }
        }
        size_ += size;
    }

    char text_[24];
    std::size_t begin_ = 0;
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
