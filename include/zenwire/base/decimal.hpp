// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DECIMAL_HPP
#define ZENWIRE_BASE_DECIMAL_HPP

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/ascii.hpp>
#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// An exact decimal number: coefficient * 10^-scale, with a coefficient of at most 18 digits and a scale of 0 to 18.
/// For money. Kept without zeros at the end of the fraction, so that equal numbers are equal objects.
class decimal {
public:
    /// The most digits of a coefficient.
    static constexpr int most_digits = 18;

    /// Zero.
    constexpr decimal() noexcept = default;
    /// A whole number of at most 18 digits; larger ones become the largest.
    constexpr explicit decimal(std::int64_t whole) noexcept
        : coefficient_(whole > largest    ? largest
                       : whole < -largest ? -largest
                                          : whole) {}

    /// Reads a number as JSON writes it: `-12.5`, `1E3`. Exact or nothing: nothing for other text, and for numbers that
    /// need more than 18 digits or 18 decimals.
    [[nodiscard]] static constexpr std::optional<decimal> parse(std::string_view text) noexcept;

    /// The digits, as a whole number: -125 for -12.5.
    [[nodiscard]] constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
    /// How many of the digits are decimals, 0 to 18: 1 for -12.5.
    [[nodiscard]] constexpr int scale() const noexcept { return scale_; }
    /// The nearest `double`, about: for graphs, not for money.
    [[nodiscard]] constexpr double approximation() const noexcept {
        return static_cast<double>(coefficient_) / static_cast<double>(power_of_ten(scale_));
    }

    /// Writes it without exponent: `-12.5`, `1000`. At most 21 characters.
    constexpr void write_to(buffer_writer& out) const noexcept {
        const auto magnitude =
            coefficient_ < 0 ? 0 - static_cast<std::uint64_t>(coefficient_) : static_cast<std::uint64_t>(coefficient_);
        const auto unit = static_cast<std::uint64_t>(power_of_ten(scale_));
        if (coefficient_ < 0) {
            out.append('-');
        }
        out.append_decimal(magnitude / unit);
        if (scale_ > 0) {
            out.append('.');
            std::uint64_t fraction = magnitude % unit;
            for (std::uint64_t digit = unit / 10; digit != 0; digit /= 10) {
                out.append(static_cast<char>('0' + fraction / digit));
                fraction %= digit;
            }
        }
    }

    /// Whether both are the same number.
    [[nodiscard]] friend constexpr bool operator==(decimal, decimal) noexcept = default;
    /// Compares as numbers, exactly.
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(decimal left, decimal right) noexcept {
        const std::int64_t left_unit = power_of_ten(left.scale_);
        const std::int64_t right_unit = power_of_ten(right.scale_);
        const auto whole = left.coefficient_ / left_unit <=> right.coefficient_ / right_unit;
        if (whole != 0) {
            return whole;
        }
        // Equal whole parts leave fractions, of at most 18 digits once they have the same scale.
        const std::int64_t left_fraction = left.coefficient_ % left_unit * power_of_ten(most_digits - left.scale_);
        const std::int64_t right_fraction = right.coefficient_ % right_unit * power_of_ten(most_digits - right.scale_);
        return left_fraction <=> right_fraction;
    }

private:
    static constexpr std::int64_t largest = 999'999'999'999'999'999;

    static constexpr std::int64_t power_of_ten(int exponent) noexcept {
        std::int64_t power = 1;
        for (int i = 0; i < exponent; ++i) {
            power *= 10;
        }
        return power;
    }

    std::int64_t coefficient_ = 0;
    std::int8_t scale_ = 0;
};

constexpr std::optional<decimal> decimal::parse(std::string_view text) noexcept {
    const auto at = [&](std::size_t index) noexcept { return index < text.size() ? text[index] : '\0'; };
    const bool is_negative = at(0) == '-';
    std::size_t i = is_negative ? 1 : 0;

    // The digits are gathered without the zeros before and behind them, as long as they fit; `exponent` is that of the last
    // digit gathered.
    std::int64_t coefficient = 0;
    std::int64_t exponent = 0;
    std::int64_t zeros = 0;
    int digits = 0;
    bool fits = true;
    const auto gather = [&](char c) noexcept {
        if (c == '0') {
            ++zeros;
            return;
        }
        if (digits == 0) {
            zeros = 0;
        }
        fits = fits && zeros < most_digits - digits;
        if (fits) {
            digits += static_cast<int>(zeros) + 1;
            for (; zeros > 0; --zeros) {
                coefficient *= 10;
            }
            coefficient = coefficient * 10 + (c - '0');
        }
    };
    const std::size_t whole_begin = i;
    for (; ascii::is_digit(at(i)); ++i) {
        gather(at(i));
    }
    const std::size_t whole_size = i - whole_begin;
    if (whole_size == 0 || (whole_size > 1 && text[whole_begin] == '0')) {
        return std::nullopt;
    }
    std::int64_t fraction_size = 0;
    if (at(i) == '.') {
        for (++i; ascii::is_digit(at(i)); ++i) {
            gather(at(i));
            ++fraction_size;
        }
        if (fraction_size == 0) {
            return std::nullopt;
        }
    }
    if (at(i) == 'e' || at(i) == 'E') {
        ++i;
        const bool is_small = at(i) == '-';
        i += at(i) == '-' || at(i) == '+' ? 1U : 0U;
        const std::size_t exponent_begin = i;
        for (; ascii::is_digit(at(i)); ++i) {
            exponent = exponent > 100'000'000 ? exponent : exponent * 10 + (at(i) - '0');
        }
        if (i == exponent_begin) {
            return std::nullopt;
        }
        exponent = is_small ? -exponent : exponent;
    }
    if (i != text.size()) {
        return std::nullopt;
    }
    decimal result;
    if (coefficient == 0) {
        return result;
    }
    exponent += zeros - fraction_size;
    if (!fits || exponent < -most_digits || exponent > most_digits - digits) {
        return std::nullopt;
    }
    for (; exponent > 0; --exponent) {
        coefficient *= 10;
    }
    result.coefficient_ = is_negative ? -coefficient : coefficient;
    result.scale_ = static_cast<std::int8_t>(-exponent);
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
