// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DECIMAL_DIGITS_HPP
#define ZENWIRE_BASE_DECIMAL_DIGITS_HPP

#include <bit>
#include <cstdint>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>
#include <zenwire/base/text_words.hpp>

namespace ZENWIRE_NAMESPACE {

/// The number that decimal digits say.
struct decimal_digits {
    /// Of a text of at most 18 characters.
    constexpr explicit decimal_digits(std::string_view text) noexcept {
        if (!is_constant_evaluated() && std::endian::native == std::endian::little && text.size() >= 8) {
            // the last eight at a time: pairs of digits, then of hundreds, then of ten thousands are put together
            const std::string_view begin = text.substr(0, text.size() - 8);
            append(begin);
            const std::uint64_t last = load_word<std::uint64_t>(begin.data() + begin.size());
            const std::uint64_t values = last - 0x30U * each_byte;
            // a high bit of these is set by what is below 0, beyond 9, or beyond ASCII
            are_decimal = are_decimal && ((last | values | (values + 0x76U * each_byte)) & high_bits) == 0;
            const std::uint64_t pairs = values * 10U + (values >> 8U);
            const std::uint64_t left = (pairs & 0x0000'00FF'0000'00FFU) * (100U + (1'000'000ULL << 32U));
            const std::uint64_t right = (pairs >> 16U & 0x0000'00FF'0000'00FFU) * (1U + (10'000ULL << 32U));
            number = number * 100'000'000U + ((left + right) >> 32U);
        } else {
            append(text);
        }
    }

    /// the number; any when they are not decimal
    std::uint64_t number = 0;
    /// Whether all characters are digits. True of no characters.
    bool are_decimal = true;

private:
    constexpr void append(std::string_view text) noexcept {
        for (const char c : text) {
            const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
            are_decimal = are_decimal && digit <= 9;
            number = number * 10U + digit;
        }
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
