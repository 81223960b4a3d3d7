// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_HEX_HPP
#define ZENWIRE_BASE_HEX_HPP

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <zenwire/base/byte_vector.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>

namespace ZENWIRE_NAMESPACE {

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
/// The 32 digits of sixteen bytes: of the first eight, and of the other eight.
struct hex_digit_vectors {
    byte_vector first;   ///< of the first eight bytes
    byte_vector second;  ///< of the other eight
};

/// Sixteen bytes as lower-case hexadecimal text. Computed, not looked up, as in write_hex().
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
/// No index into a table: the characters are computed, so that a secret byte selects no memory address.
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
            // all bits from the sign of `9 - value`: the way from the character after '9' to 'a', or none
            return static_cast<char>('0' + value + (((9 - value) >> 8) & ('a' - ('9' + 1))));
        };
        out[2 * done] = digit(bytes[done] >> 4);
        out[2 * done + 1] = digit(bytes[done] & 0x0F);
    }
}

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
/// Sixteen characters as values of hexadecimal digits.
struct hex_value_vector {
    byte_vector values;  ///< 0 to 15, where it is a digit
    byte_vector wrong;   ///< not zero where it is none
};

/// Reads lower-case digits.
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline hex_value_vector hex_values(byte_vector characters) noexcept {
    constexpr unsigned char to_letter = 'a' - ('9' + 1);
    const byte_vector letters = reinterpret_cast<byte_vector>(characters > '9');
    const byte_vector values = characters - '0' - (letters & to_letter);
    // what is between the digits and the letters became 10 less than a letter's value, or less
    return {values, (values & 0xF0) | (letters & reinterpret_cast<byte_vector>(values < 10))};
}

/// Reads 32 lower-case digits as sixteen bytes.
/// @param wrong to it is added, by `or`, what is not zero when one of them is no digit
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline byte_vector
    bytes_of_hex(char const* text, byte_vector& wrong) noexcept {
    const auto read_pairs = [&](char const* from) noexcept {
        byte_vector characters;
        std::memcpy(&characters, from, sizeof(characters));
        const hex_value_vector read = hex_values(characters);
        wrong |= read.wrong;
        return read.values;
    };
    const byte_vector first = read_pairs(text);
    const byte_vector second = read_pairs(text + sizeof(byte_vector));
    return __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) << 4 |
           __builtin_shufflevector(first, second, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
#endif

/// Reads what write_hex() writes: two lower-case digits a byte.
/// @return whether `text` is just that; else `bytes` may hold anything
template <std::size_t Bytes>
[[nodiscard]] constexpr bool read_hex(std::string_view text, std::array<unsigned char, Bytes>& bytes) noexcept {
    if (text.size() != 2 * Bytes) {
        return false;
    }
    std::size_t done = 0;
    bool is_hex = true;
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
    if (!is_constant_evaluated()) {
        byte_vector wrong{};
        for (; done + sizeof(byte_vector) <= Bytes; done += sizeof(byte_vector)) {
            const byte_vector each = bytes_of_hex(text.data() + 2 * done, wrong);
            std::memcpy(bytes.data() + done, &each, sizeof(each));
        }
        is_hex = is_zero(wrong);
    }
#endif
    for (; done < Bytes; ++done) {
        const auto value = [&](char c) noexcept {
            const bool is_letter = c >= 'a' && c <= 'f';
            is_hex = is_hex && (is_letter || (c >= '0' && c <= '9'));
            return static_cast<unsigned>(is_letter ? c - 'a' + 10 : c - '0');
        };
        bytes[done] = static_cast<unsigned char>(value(text[2 * done]) << 4U | value(text[2 * done + 1]));
    }
    return is_hex;
}

/// Bytes as lower-case hexadecimal text, inside the object. See write_hex().
template <std::size_t Bytes>
class hex_text {
public:
    /// Of these bytes.
    constexpr explicit hex_text(std::array<unsigned char, Bytes> const& bytes) noexcept {
        if (is_constant_evaluated()) {
            for (char& c : text_) {
                c = '\0';
            }
        }
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

}  // namespace ZENWIRE_NAMESPACE

#endif
