// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_ASCII_HPP
#define ZENWIRE_BASE_DETAIL_ASCII_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/detail/bytes.hpp>

namespace ZENWIRE_NAMESPACE {

/// The standard's `"text"sv`, for all headers. The length of such a view is always a constant. Compilers that optimise for size
/// count the length of a plain literal at run time, at each place where one becomes a view.
using std::literals::string_view_literals::operator""sv;

}  // namespace ZENWIRE_NAMESPACE

/// Characters of ASCII, without the locale.
namespace ZENWIRE_NAMESPACE::detail::ascii {

/// 0 to 9.
[[nodiscard]] constexpr bool is_decimal_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// 0 to 9, A to Z, a to z.
[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
    return is_decimal_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A printable character that is not a space: 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(char c) noexcept { return c > ' ' && c <= '~'; }

/// Whether `c` is one of these characters.
[[nodiscard]] constexpr bool is_one_of(char c, std::string_view characters) noexcept {
    // not find(): that calls memchr(), which is slow for a handful of characters
    for (const char each : characters) {
        if (c == each) {
            return true;
        }
    }
    return false;
}

/// Whether all of `text` is printable: 0x20 to 0x7E.
[[nodiscard]] constexpr bool is_printable(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_visible(c) && c != ' ') {
            return false;
        }
    }
    return true;
}

/// Whether all of `text` is visible: 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_visible(c)) {
            return false;
        }
    }
    return true;
}

/// A to Z become a to z; anything else stays.
[[nodiscard]] constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// a to z become A to Z; anything else stays.
[[nodiscard]] constexpr char to_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

/// The value of a hexadecimal digit, in either letter case; 16 for a character that is none.
[[nodiscard]] constexpr unsigned hexadecimal_value(char c) noexcept {
    const char lower = to_lower(c);
    if (is_decimal_digit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10U : 16U;
}

/// Equal but for the letter case of A to Z.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    // most texts that are compared are identical, which this finds faster
    if (left == right) {
        return true;
    }
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (to_lower(left[i]) != to_lower(right[i])) {
            return false;
        }
    }
    return true;
}

/// Without the spaces and tabs at both ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace ZENWIRE_NAMESPACE::detail::ascii

namespace ZENWIRE_NAMESPACE::detail {

/// A number without its sign. Works for the smallest number, too, which has no positive counterpart.
[[nodiscard]] constexpr std::uint64_t magnitude_of(std::int64_t number) noexcept {
    const auto bits = static_cast<std::uint64_t>(number);
    return number < 0 ? 0 - bits : bits;
}

/// The result of a division of whole numbers.
struct division {
    std::uint64_t quotient;   ///< rounded down
    std::uint64_t remainder;  ///< less than the divisor
};

/// Divides bit by bit, with shifts and subtractions only.
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

/// Divides. With `-Os` on 32-bit processors it does so bit by bit: the function that compilers call there for a 64-bit division is
/// larger than all code of this library that divides.
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

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
/// Sixteen bytes in a vector register, on processors that always have such registers.
using byte_vector = unsigned char __attribute__((__vector_size__(16)));

/// The 32 hexadecimal digits of sixteen bytes.
struct hex_digit_vectors {
    byte_vector first;   ///< of the first eight bytes
    byte_vector second;  ///< of the other eight
};

/// Sixteen bytes as lower-case hexadecimal text, computed without a table for the reason that write_hex() gives.
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline hex_digit_vectors hex_digits(byte_vector bytes) noexcept {
    constexpr unsigned char to_letter = 'a' - ('9' + 1);
    const byte_vector high_values = bytes >> 4;
    const byte_vector low_values = bytes & 0x0F;
    const byte_vector high = high_values + '0' + (reinterpret_cast<byte_vector>(high_values > 9) & to_letter);
    const byte_vector low = low_values + '0' + (reinterpret_cast<byte_vector>(low_values > 9) & to_letter);
    return {__builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
            __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)};
}
#endif

/// Writes bytes as lower-case hexadecimal text, two characters a byte.
///
/// The characters are computed, not read from a table, so that no memory address depends on a secret byte.
/// @param out room for 2 * Bytes characters
template <std::size_t Bytes>
constexpr void write_hex(char* out, std::array<unsigned char, Bytes> const& bytes) noexcept {
    std::size_t done = 0;
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
    for (; !is_constant_evaluated() && done + sizeof(byte_vector) <= Bytes; done += sizeof(byte_vector)) {
        byte_vector each;
        std::memcpy(&each, bytes.data() + done, sizeof(each));
        const hex_digit_vectors digits = hex_digits(each);
        std::memcpy(out + 2 * done, &digits.first, sizeof(digits.first));
        std::memcpy(out + 2 * done + sizeof(digits.first), &digits.second, sizeof(digits.second));
    }
#endif
    for (; done < Bytes; ++done) {
        const auto digit = [](int value) noexcept {
            // above 9 `(9 - value) >> 8` has all bits set, and the distance from the character after '9' to 'a' is added
            return static_cast<char>('0' + value + (((9 - value) >> 8) & ('a' - ('9' + 1))));
        };
        out[2 * done] = digit(bytes[done] >> 4);
        out[2 * done + 1] = digit(bytes[done] & 0x0F);
    }
}

/// Bytes as lower-case hexadecimal text, see write_hex(). Holds its text.
template <std::size_t Bytes>
class hex_text {
public:
    /// Writes these bytes.
    constexpr explicit hex_text(std::array<unsigned char, Bytes> const& bytes) noexcept {
        begin_without_values(text_);
        write_hex(text_, bytes);
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, 2 * Bytes}; }

private:
    char text_[2 * Bytes];
};

/// From an array of bytes.
template <std::size_t Bytes>
hex_text(std::array<unsigned char, Bytes>) -> hex_text<Bytes>;

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
