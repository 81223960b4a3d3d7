// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_TRAFFIC_PACKAGE_SIZE_HPP
#define ZENWIRE_PROTOCOL_TRAFFIC_PACKAGE_SIZE_HPP

#include <bit>
#include <cfloat>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/decimal.hpp>
#include <zenwire/base/error.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

template <class Value, class... Others>
inline constexpr bool is_one_of = (std::is_same_v<std::remove_cv_t<Value>, Others> || ...);

/// An integer that is a number: neither a truth value nor a character.
template <class Value>
concept integer_number = std::integral<Value> && !is_one_of<Value, bool, char, wchar_t, char8_t, char16_t, char32_t>;

}  // namespace detail

/// The size of a traffic package: an exact number of terabytes in steps of 0.000001 TB, from 0 to 1,000,000,000 TB.
///
/// Money depends on it, so it is never a binary fraction: 3 * 0.05 is 0.15 here, and is written as `0.15`. Which sizes a
/// service sells is another question: validate() answers it. In code it is written `0.15_TB`: see zenwire::literals.
class traffic_package_size {
public:
    /// The wire name of the parameter, as it is named in errors.
    static constexpr std::string_view field_name = "trafficPackageSize";
    /// How many units are a terabyte.
    static constexpr std::int64_t units_per_terabyte = 1'000'000;
    /// The largest size, in terabytes.
    static constexpr std::int64_t largest_terabytes = 1'000'000'000;

    /// Zero, a legal size.
    constexpr traffic_package_size() noexcept = default;
    template <class Number>
        requires std::is_arithmetic_v<Number>
    traffic_package_size(Number) = delete;  // from a literal: 0.15_TB; from a number that may be refused: from_terabytes()
    template <class Text>
        requires std::is_convertible_v<Text const&, std::string_view>
    traffic_package_size(Text const&) = delete;  // from a text, in terabytes: parse(), which may refuse it

    /// From decimal text in terabytes: digits, and optionally a point and digits. No sign, no exponent, no spaces.
    /// @return errc::invalid_parameter for anything else, with its own message for a sign, a comma and a unit (`150GB`);
    ///         for more than largest_terabytes, and for digits other than 0 beyond the sixth decimal
    [[nodiscard]] static constexpr expected<traffic_package_size> parse(std::string_view text) noexcept;

    /// The nearest multiple of 0.000001 TB, when it lies within one unit in the last place of `terabytes`. So every decimal
    /// literal is taken for the decimal that was meant, and so is the result of one multiplication or division: 3 * 0.05.
    /// @return errc::invalid_parameter for NaN, infinities, negative numbers, more than largest_terabytes, and numbers
    ///         that are no such multiple
    [[nodiscard]] static constexpr expected<traffic_package_size> from_terabytes(double terabytes) noexcept;
    /// The same with the precision of `float`: 0.15F is 0.15 TB. From 16 TB on a float is too coarse for decimals: 64.05F is
    /// 64.050003 TB, which bare metal refuses. Prefer double, or text.
    [[nodiscard]] static constexpr expected<traffic_package_size> from_terabytes(float terabytes) noexcept;
    /// @return errc::invalid_parameter for negative numbers and more than largest_terabytes
    template <detail::integer_number Integer>
    [[nodiscard]] static constexpr expected<traffic_package_size> from_terabytes(Integer terabytes) noexcept;
    static expected<traffic_package_size> from_terabytes(long double) = delete;
    template <std::integral Other>
    static expected<traffic_package_size> from_terabytes(Other) = delete;  // a truth value or a character

    /// From a count of 0.000001 TB.
    /// @return errc::invalid_parameter for negative counts and more than largest_terabytes
    [[nodiscard]] static constexpr expected<traffic_package_size> from_units(std::int64_t units) noexcept;

    /// From a decimal that a server sent, which may be a `double` printed in full, such as 0.15000000000000002: the nearest
    /// multiple of 0.000001 TB, when their relative difference is at most 2^-52. Nothing for any other number, and for none.
    [[nodiscard]] static constexpr std::optional<traffic_package_size> from_decimal(
        std::optional<decimal> terabytes) noexcept;

    /// The count of 0.000001 TB.
    [[nodiscard]] constexpr std::int64_t units() const noexcept { return units_; }
    /// The nearest `double`; on x87, which rounds twice, maybe its neighbour.
    [[nodiscard]] constexpr double terabytes() const noexcept {
        return static_cast<double>(units_) / static_cast<double>(units_per_terabyte);
    }

    /// Whether it is a whole multiple of `step`. With a step of zero, every size is.
    [[nodiscard]] constexpr bool is_multiple_of(traffic_package_size step) const noexcept {
        return step.units_ == 0 || excess_over_multiple_of(step) == 0;
    }

    /// By how many units it is above the next smaller multiple of `step`, which is not zero.
    [[nodiscard]] constexpr std::int64_t excess_over_multiple_of(traffic_package_size step) const noexcept {
        // not by `%`, which would be large on small processors: see divide()
        return static_cast<std::int64_t>(
            detail::divide(static_cast<std::uint64_t>(units_), static_cast<std::uint64_t>(step.units_)).remainder);
    }

    /// The largest multiple of `step`, which is not zero, that is not larger.
    [[nodiscard]] constexpr traffic_package_size rounded_down_to(traffic_package_size step) const noexcept {
        traffic_package_size multiple;
        multiple.units_ = units_ - excess_over_multiple_of(step);
        return multiple;
    }

    /// Writes it as the shortest decimal: `0.15`, `100`, never an exponent. At most 17 characters.
    ZENWIRE_INLINE_FOR_SPEED constexpr void write_to(buffer_writer& out) const noexcept;

    /// Compares sizes.
    [[nodiscard]] friend constexpr auto operator<=>(traffic_package_size left, traffic_package_size right) noexcept {
        return left.units_ <=> right.units_;
    }
    /// Whether both are the same size.
    [[nodiscard]] friend constexpr bool operator==(traffic_package_size, traffic_package_size) noexcept = default;

private:
    std::int64_t units_ = 0;
};

traffic_package_size operator-(traffic_package_size) = delete;  // a size is never negative

/// `using namespace zenwire::literals;` allows `0.15_TB`.
inline namespace literals {

/// A size in terabytes, `0.15_TB` or `1'000_TB`, exactly as it is written. What traffic_package_size::parse() refuses does not
/// compile. Which sizes a service sells is checked by validate().
template <char... Characters>
[[nodiscard]] constexpr traffic_package_size operator""_TB() noexcept;

}  // namespace literals

namespace detail {

/// The refusal of a size.
[[nodiscard]] constexpr refusal refusal_of_size(std::string_view why) noexcept {
    return error::make(errc::invalid_parameter, blame::local, why, traffic_package_size::field_name);
}

/// @{
/// What a size is refused for.
inline constexpr refusal size_is_no_number = refusal_of_size("a size is a number that is not negative");
inline constexpr refusal size_is_negative = refusal_of_size("a size is never negative: no sign");
inline constexpr refusal size_is_too_large = refusal_of_size("a size is at most 1000000000 TB");
inline constexpr refusal size_is_too_fine = refusal_of_size("a size has steps of 0.000001 TB");
inline constexpr refusal size_is_malformed = refusal_of_size("a size is a number like 0.15");
inline constexpr refusal size_has_a_comma = refusal_of_size("a size has a point, no comma");
inline constexpr refusal size_has_a_unit = refusal_of_size("a size is in terabytes, without a unit");
/// @}

/// The refusal of a text whose character at index `at` cannot stand in a size.
[[nodiscard]] constexpr refusal const& flaw_of_size(std::string_view text, std::size_t at) noexcept {
    if (text[at] == ',') {
        return size_has_a_comma;
    }
    if (text[at] == '-' || text[at] == '+') {
        return size_is_negative;
    }
    const char last = ascii::to_lower(text.back());
    return last >= 'a' && last <= 'z' ? size_has_a_unit : size_is_malformed;
}

/// Reads a number of IEEE 754 by its bits, because with -ffast-math compilers assume that there is no NaN, infinity or -0.0.
template <class Float>
struct float_bits {
    // <cfloat>, since <limits> takes long to compile
    static_assert(FLT_RADIX == 2 && FLT_MANT_DIG == 24 && FLT_MAX_EXP == 128 && DBL_MANT_DIG == 53 &&
                      DBL_MAX_EXP == 1024,
                  "the unit in the last place is read off the IEEE 754 bits");
    static constexpr bool is_double = std::is_same_v<Float, double>;
    using bits_type = std::conditional_t<is_double, std::uint64_t, std::uint32_t>;
    static constexpr unsigned mantissa_bits = (is_double ? DBL_MANT_DIG : FLT_MANT_DIG) - 1;
    static constexpr int exponent_bias = (is_double ? DBL_MAX_EXP : FLT_MAX_EXP) - 1 + static_cast<int>(mantissa_bits);
    static constexpr double epsilon = 1.0 / static_cast<double>(std::uint64_t{1} << mantissa_bits);
    static constexpr auto infinity = static_cast<bits_type>(bits_type{is_double ? 0x7FFU : 0xFFU} << mantissa_bits);

    constexpr explicit float_bits(Float number) noexcept
        : with_sign(std::bit_cast<bits_type>(number)),
          bits(with_sign & ~(bits_type{1} << (sizeof(bits_type) * 8U - 1U))) {}

    /// Whether it is a number, finite or not, that is not less than zero.
    [[nodiscard]] constexpr bool is_at_least_zero() const noexcept {
        return bits <= infinity && (bits == 0 || bits == with_sign);
    }
    /// The number is mantissa() * 2^exponent().
    [[nodiscard]] constexpr std::uint64_t mantissa() const noexcept {
        const std::uint64_t fraction = bits & ((std::uint64_t{1} << mantissa_bits) - 1U);
        return is_subnormal() ? fraction : fraction | std::uint64_t{1} << mantissa_bits;
    }
    /// See mantissa().
    [[nodiscard]] constexpr int exponent() const noexcept {
        return (is_subnormal() ? 1 : static_cast<int>(bits >> mantissa_bits)) - exponent_bias;
    }

    bits_type with_sign;  ///< all bits
    bits_type bits;       ///< without the sign: numbers that are not negative are ordered as these are

private:
    [[nodiscard]] constexpr bool is_subnormal() const noexcept { return bits >> mantissa_bits == 0; }
};

/// Whether `nearest` millionths differ from a number of terabytes by at most one unit in its last place.
/// @param scaled the number in millionths, rounded
template <class Float>
[[nodiscard]] constexpr bool is_within_last_place(float_bits<Float> const& terabytes, double scaled,
                                                  std::int64_t nearest) noexcept {
    // terabytes = mantissa * unit with unit = 2^exponent, its unit in the last place. The question is whether
    // |mantissa * 2^exponent - nearest / 10^6| <= 2^exponent, which in whole numbers, with 10^6 = 2^6 * 15625, is
    // |mantissa * 15625 - nearest * 2^(-exponent - 6)| <= 15625. A rough look first makes sure that the difference is
    // small; then the numbers, of up to 67 bits, may be taken modulo 2^64.
    const std::uint64_t mantissa = terabytes.mantissa();
    if (nearest == 0) {
        return mantissa <= 1;
    }
    const double distance = scaled - static_cast<double>(nearest);
    if ((distance < 0 ? -distance : distance) > 4.0 * scaled * float_bits<Float>::epsilon) {
        return false;
    }
    constexpr std::uint64_t unit = 15625;
    const int shift = -terabytes.exponent() - 6;
    if (shift < 0) {  // so large a number is a whole multiple of a millionth
        return true;
    }
    const std::uint64_t moved = shift < 64 ? static_cast<std::uint64_t>(nearest) << static_cast<unsigned>(shift) : 0;
    const std::uint64_t difference = mantissa * unit - moved;
    return difference <= unit || 0 - difference <= unit;
}

// Clang instantiates a constexpr function template only where its definition was seen: so this stands before what calls it.
template <class Float>
[[nodiscard]] constexpr expected<traffic_package_size> size_of_terabytes(Float terabytes) noexcept {
    const float_bits<Float> number(terabytes);
    if (!number.is_at_least_zero()) {
        return refuse(size_is_no_number);
    }
    if (number.bits > float_bits<Float>(static_cast<Float>(traffic_package_size::largest_terabytes)).bits) {
        return refuse(size_is_too_large);
    }
    const double scaled =
        static_cast<double>(terabytes) * static_cast<double>(traffic_package_size::units_per_terabyte);
    const auto nearest = static_cast<std::int64_t>(scaled + 0.5);
    if (!is_within_last_place(number, scaled, nearest)) {
        return refuse(size_is_too_fine);
    }
    return traffic_package_size::from_units(nearest);
}

}  // namespace detail

constexpr expected<traffic_package_size> traffic_package_size::from_units(std::int64_t units) noexcept {
    if (units < 0) {
        return refuse(detail::size_is_negative);
    }
    if (units > largest_terabytes * units_per_terabyte) {
        return refuse(detail::size_is_too_large);
    }
    traffic_package_size size;
    size.units_ = units;
    return size;
}

constexpr expected<traffic_package_size> traffic_package_size::from_terabytes(double terabytes) noexcept {
    return detail::size_of_terabytes(terabytes);
}

constexpr expected<traffic_package_size> traffic_package_size::from_terabytes(float terabytes) noexcept {
    return detail::size_of_terabytes(terabytes);
}

template <detail::integer_number Integer>
constexpr expected<traffic_package_size> traffic_package_size::from_terabytes(Integer terabytes) noexcept {
    if (std::cmp_less(terabytes, 0)) {
        return refuse(detail::size_is_negative);
    }
    if (std::cmp_greater(terabytes, largest_terabytes)) {
        return refuse(detail::size_is_too_large);
    }
    return from_units(static_cast<std::int64_t>(terabytes) * units_per_terabyte);
}

constexpr std::optional<traffic_package_size> traffic_package_size::from_decimal(
    std::optional<decimal> terabytes) noexcept {
    if (!terabytes || terabytes->coefficient() < 0 || (terabytes->is_rounded() && *terabytes == decimal())) {
        return std::nullopt;
    }
    constexpr int decimals = 6;
    constexpr unsigned double_precision = 52;
    std::int64_t units = terabytes->coefficient();
    std::int64_t divisor = 1;
    for (int scale = terabytes->scale(); scale < decimals; ++scale) {
        if (units > largest_terabytes * units_per_terabyte) {
            return std::nullopt;
        }
        units *= 10;
    }
    for (int scale = terabytes->scale(); scale > decimals; --scale) {
        divisor *= 10;
    }
    const std::int64_t rest = units % divisor;
    const bool rounds_up = rest > divisor / 2;
    const std::int64_t distance = rounds_up ? divisor - rest : rest;
    if (distance > terabytes->coefficient() >> double_precision) {
        return std::nullopt;
    }
    const expected<traffic_package_size> size = from_units(units / divisor + (rounds_up ? 1 : 0));
    return size ? std::optional(*size) : std::nullopt;
}

constexpr expected<traffic_package_size> traffic_package_size::parse(std::string_view text) noexcept {
    if (text.empty()) {
        return refuse(detail::size_is_malformed);
    }
    std::int64_t units = 0;
    int decimals_left = 6;
    bool has_point = false;
    bool is_too_fine = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !has_point && i != 0 && i + 1 != text.size()) {
            has_point = true;
        } else if (!detail::ascii::is_decimal_digit(c)) {
            return refuse(detail::flaw_of_size(text, i));
        } else if (decimals_left == 0) {
            is_too_fine = is_too_fine || c != '0';
        } else {
            units = units * 10 + (c - '0');
            if (has_point) {
                --decimals_left;
            } else if (units > largest_terabytes) {
                return refuse(detail::size_is_too_large);
            }
        }
    }
    if (is_too_fine) {
        return refuse(detail::size_is_too_fine);
    }
    for (; decimals_left != 0; --decimals_left) {
        units *= 10;
    }
    return from_units(units);
}

ZENWIRE_INLINE_FOR_SPEED constexpr void traffic_package_size::write_to(buffer_writer& out) const noexcept {
    constexpr auto unit = static_cast<std::uint32_t>(units_per_terabyte);
    const auto [whole, rest] = detail::divide(static_cast<std::uint64_t>(units_), unit);
    out.append_decimal(whole);
    auto fraction = static_cast<std::uint32_t>(rest);
    if (fraction != 0) {
        out.append('.');
        for (; fraction != 0; fraction %= unit) {
            fraction *= 10;
            out.append(static_cast<char>('0' + fraction / unit));
        }
    }
}

template <char... Characters>
constexpr traffic_package_size literals::operator""_TB() noexcept {
    constexpr std::int64_t units = [] {
        char digits[sizeof...(Characters)]{};
        std::size_t size = 0;
        for (const char c : {Characters...}) {
            if (c != '\'') {
                digits[size++] = c;
            }
        }
        const auto parsed = traffic_package_size::parse({digits, size});
        return parsed ? parsed->units() : -1;
    }();
    static_assert(units >= 0,
                  "a size is digits, with a point for a fraction: in steps of 0.000001 TB, up to 1000000000 TB");
    return *traffic_package_size::from_units(units);
}

}  // namespace ZENWIRE_NAMESPACE

/// Hashes a size, as a key of unordered containers.
template <>
struct std::hash<zenwire::traffic_package_size> {
    /// The hash of this size.
    [[nodiscard]] std::size_t operator()(zenwire::traffic_package_size size) const noexcept {
        return std::hash<std::int64_t>()(size.units());
    }
};

#endif
