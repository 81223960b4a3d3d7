// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DECIMAL_HPP
#define ZENWIRE_BASE_DECIMAL_HPP

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <zenwire/base/buffer_writer.hpp>

namespace ZENWIRE_NAMESPACE {

/// An exact decimal number: coefficient * 10^-scale, with a coefficient of at most 18 digits and a scale of 0 to 18.
/// For money. Kept without zeros at the end of the fraction, so that equal numbers are equal objects.
class decimal {
public:
    /// The most digits of a coefficient.
    static constexpr int max_digits = 18;

    /// Zero.
    constexpr decimal() noexcept = default;
    /// A whole number of at most 18 digits. One of more digits becomes the nearest that has 18, and is_rounded() says so.
    constexpr explicit decimal(std::int64_t whole) noexcept
        : coefficient_(whole > largest    ? largest
                       : whole < -largest ? -largest
                                          : whole),
          is_rounded_(whole > largest || whole < -largest) {}
    /// The same for numbers that std::int64_t may be too small for.
    template <class Whole>
        requires(std::is_unsigned_v<Whole> && sizeof(Whole) >= sizeof(std::int64_t))
    constexpr explicit decimal(Whole whole) noexcept
        : decimal(whole > static_cast<Whole>(largest) ? INT64_MAX : static_cast<std::int64_t>(whole)) {}
    template <class Number>
        requires std::is_floating_point_v<Number>
    explicit decimal(Number) = delete;  // would lose its fraction: parse() reads "12.5"

    /// Reads a number as JSON writes it: `-12.5`, `1E3`. Returns nothing for other text, and for numbers that need more than 18
    /// digits or 18 decimals.
    [[nodiscard]] static constexpr std::optional<decimal> parse(std::string_view text) noexcept;

    /// The same for numbers of any length: returns the nearest number of at most 18 digits and 18 decimals, rounding halves away
    /// from zero, and is_rounded() says whether it differs. Returns nothing only for text that is no number.
    [[nodiscard]] static constexpr std::optional<decimal> parse_nearest(std::string_view text) noexcept;

    /// The digits, as a whole number: -125 for -12.5.
    [[nodiscard]] constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
    /// How many of the digits are decimals, 0 to 18: 1 for -12.5.
    [[nodiscard]] constexpr int scale() const noexcept { return scale_; }
    /// Whether this is only the nearest decimal to the number that was read. Ignored by `==`.
    [[nodiscard]] constexpr bool is_rounded() const noexcept { return is_rounded_; }

    /// Writes it without exponent: `-12.5`, `1000`. At most 21 characters.
    constexpr void write_to(buffer_writer& out) const noexcept {
        const std::uint64_t magnitude = detail::magnitude_of(coefficient_);
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
    [[nodiscard]] friend constexpr bool operator==(decimal left, decimal right) noexcept {
        return left.coefficient_ == right.coefficient_ && left.scale_ == right.scale_;
    }
    /// Compares as numbers, exactly.
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(decimal left, decimal right) noexcept {
        const std::int64_t left_unit = power_of_ten(left.scale_);
        const std::int64_t right_unit = power_of_ten(right.scale_);
        const auto whole = left.coefficient_ / left_unit <=> right.coefficient_ / right_unit;
        if (std::is_neq(whole)) {
            return whole;
        }
        // The whole parts are equal. The fractions, brought to the same scale, have at most 18 digits.
        const std::int64_t left_fraction = left.coefficient_ % left_unit * power_of_ten(max_digits - left.scale_);
        const std::int64_t right_fraction = right.coefficient_ % right_unit * power_of_ten(max_digits - right.scale_);
        return left_fraction <=> right_fraction;
    }

private:
    static constexpr std::int64_t largest = 999'999'999'999'999'999;

    struct leading_digits;

    /// The decimal nearest to the number that these digits stand for.
    static constexpr decimal nearest(bool is_negative, leading_digits digits) noexcept;

    /// Reads an exponent, `e-5` for example. Returns nothing for other text.
    /// @param text not empty
    static constexpr std::optional<std::int64_t> parse_exponent(std::string_view text) noexcept;

    static constexpr std::int64_t power_of_ten(int exponent) noexcept {
        std::int64_t power = 1;
        for (int i = 0; i < exponent; ++i) {
            power *= 10;
        }
        return power;
    }

    std::int64_t coefficient_ = 0;
    std::int8_t scale_ = 0;
    bool is_rounded_ = false;
};

constexpr std::optional<decimal> decimal::parse(std::string_view text) noexcept {
    const std::optional<decimal> nearest = parse_nearest(text);
    return nearest && !nearest->is_rounded_ ? nearest : std::nullopt;
}

/// The first 18 digits of a number, without leading zeros, and what is known of the digits after them.
struct decimal::leading_digits {
    std::int64_t coefficient = 0;  ///< the digits as a whole number
    std::int64_t exponent = 0;     ///< the power of ten by which the coefficient is to be multiplied
    int count = 0;                 ///< how many digits the coefficient has
    bool has_dropped = false;      ///< whether there were further digits
    bool rounds_up = false;        ///< whether the first of these is at least 5
    bool is_exact = true;          ///< whether all of them are zeros

    /// Takes the next digit.
    constexpr void take(char digit, bool is_fraction) noexcept {
        if (count < max_digits) {
            count += (count != 0 || digit != '0') ? 1 : 0;
            coefficient = coefficient * 10 + (digit - '0');
            exponent -= is_fraction ? 1 : 0;
        } else {
            rounds_up = has_dropped ? rounds_up : digit >= '5';
            has_dropped = true;
            is_exact = is_exact && digit == '0';
            exponent += is_fraction ? 0 : 1;
        }
    }

    /// Takes all digits at the start of a text; returns how many.
    constexpr std::size_t take_from(std::string_view text, bool is_fraction) noexcept {
        std::size_t size = 0;
        for (; size < text.size() && detail::ascii::is_decimal_digit(text[size]); ++size) {
            take(text[size], is_fraction);
        }
        return size;
    }
};

constexpr std::optional<decimal> decimal::parse_nearest(std::string_view text) noexcept {
    leading_digits digits;
    const bool is_negative = text.starts_with('-');
    text.remove_prefix(is_negative ? 1 : 0);
    const std::size_t whole = digits.take_from(text, false);
    if (whole == 0 || (whole > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    text.remove_prefix(whole);
    if (text.starts_with('.')) {
        const std::size_t fraction = digits.take_from(text.substr(1), true);
        if (fraction == 0) {
            return std::nullopt;
        }
        text.remove_prefix(1 + fraction);
    }
    if (!text.empty()) {
        const std::optional<std::int64_t> exponent = parse_exponent(text);
        if (!exponent) {
            return std::nullopt;
        }
        digits.exponent += *exponent;
    }
    return nearest(is_negative, digits);
}

constexpr std::optional<std::int64_t> decimal::parse_exponent(std::string_view text) noexcept {
    if (text.front() != 'e' && text.front() != 'E') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const bool is_negative = text.starts_with('-');
    text.remove_prefix(is_negative || text.starts_with('+') ? 1 : 0);
    std::int64_t exponent = 0;
    for (const char c : text) {
        if (!detail::ascii::is_decimal_digit(c)) {
            return std::nullopt;
        }
        // An exponent this large decides the result by itself: no text has as many digits.
        exponent = exponent > INT64_MAX / 100 ? exponent : exponent * 10 + (c - '0');
    }
    return text.empty() ? std::nullopt : std::optional(is_negative ? -exponent : exponent);
}

constexpr decimal decimal::nearest(bool is_negative, leading_digits digits) noexcept {
    auto& [coefficient, exponent, count, has_dropped, rounds_up, is_exact] = digits;
    // Drops what is beyond the eighteenth decimal.
    for (; exponent < -max_digits && coefficient != 0; ++exponent) {
        // set again for each digit that is dropped: only the last one counts, so that nothing is rounded twice
        rounds_up = coefficient % 10 >= 5;
        is_exact = is_exact && coefficient % 10 == 0;
        coefficient /= 10;
    }
    if (exponent < -max_digits) {
        rounds_up = false;
    }
    coefficient += rounds_up ? 1 : 0;
    // Drops zeros at the end of the fraction, and that of a nineteenth digit, which rounding up may have made.
    for (; coefficient != 0 && coefficient % 10 == 0 && (exponent < 0 || coefficient > largest); ++exponent) {
        coefficient /= 10;
    }
    // Writes out the zeros of a whole number, as far as there is room.
    for (; exponent > 0 && coefficient != 0 && coefficient <= largest / 10; --exponent) {
        coefficient *= 10;
    }
    if (coefficient != 0 && exponent > 0) {
        coefficient = largest;
        exponent = 0;
        is_exact = false;
    }
    decimal result;
    result.coefficient_ = is_negative ? -coefficient : coefficient;
    result.scale_ = static_cast<std::int8_t>(coefficient != 0 ? -exponent : 0);
    result.is_rounded_ = !is_exact;
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
