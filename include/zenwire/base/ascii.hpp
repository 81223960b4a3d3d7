// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_ASCII_HPP
#define ZENWIRE_BASE_ASCII_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/byte_vector.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>
#include <zenwire/base/text_words.hpp>

/// Characters of ASCII, without the locale.
namespace ZENWIRE_NAMESPACE::ascii {

/// 0 to 9.
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// 0 to 9, A to Z, a to z.
[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A printable character that is not a blank: 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(char c) noexcept { return c > ' ' && c <= '~'; }

/// Whether `c` is one of these characters.
[[nodiscard]] constexpr bool is_one_of(char c, std::string_view characters) noexcept {
    // not find(): of that compilers make a call of memchr(), which looks at words, for a handful of characters
    for (const char each : characters) {
        if (c == each) {
            return true;
        }
    }
    return false;
}

/// A high bit for each of eight characters that is below `first` (at most 0x7E) or above 0x7E; other bits may be set too. A
/// character behind such a one may be taken for one.
[[nodiscard]] constexpr std::uint64_t not_from(char first, std::uint64_t word) noexcept {
    // of itself, of what is beyond 0x7E, and of what is too low while that is not set
    return word | (word + each_byte) | (word - static_cast<unsigned char>(first) * each_byte);
}

/// Whether no character of `text` is below `first` (at most 0x7E) or above 0x7E. Looks at eight characters at a time, unless
/// the compiler optimises for size.
[[nodiscard]] constexpr bool is_from(char first, std::string_view text) noexcept {
#ifdef __OPTIMIZE_SIZE__
    for (const char c : text) {
        if (c < first || c > '~') {
            return false;
        }
    }
    return true;
#else
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
    if (!is_constant_evaluated() && text.size() >= sizeof(byte_vector)) {
        const auto first_of_all = static_cast<signed char>(first);
        return !any_of_vectors(text, [=](byte_vector each) noexcept {
            const auto numbers = reinterpret_cast<signed_byte_vector>(each);
            return (numbers < first_of_all) | (numbers > '~');
        });
    }
#endif
    const auto look = [=](std::uint64_t word) noexcept { return not_from(first, word); };
    return (either_of_words(text, look) & high_bits) == 0;
#endif
}

/// Whether all of `text` is printable: 0x20 to 0x7E.
[[nodiscard]] constexpr bool is_printable(std::string_view text) noexcept { return is_from(' ', text); }

/// Whether all of `text` is visible: 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(std::string_view text) noexcept { return is_from('!', text); }

/// A to Z become a to z; anything else stays.
[[nodiscard]] constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// a to z become A to Z; anything else stays.
[[nodiscard]] constexpr char to_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

/// Eight characters in lower case, wherever in the word each of them is.
[[nodiscard]] constexpr std::uint64_t lower_word(std::uint64_t word) noexcept {
    // the high bit of a byte of `from_a` is set from A on, that of `beyond_z` beyond Z
    const std::uint64_t low = word & 0x7FU * each_byte;
    const std::uint64_t from_a = low + (0x80U - 'A') * each_byte;
    const std::uint64_t beyond_z = low + (0x7FU - 'Z') * each_byte;
    return word | ((from_a ^ beyond_z) & ~word & high_bits) >> 2U;
}

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
/// Sixteen characters in lower case.
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline byte_vector lower_vector(byte_vector characters) noexcept {
    const auto each = reinterpret_cast<signed_byte_vector>(characters);
    return characters | (reinterpret_cast<byte_vector>((each >= 'A') & (each <= 'Z')) & ('a' - 'A'));
}
#endif

/// Writes `text` in lower case to `out`, which has room for it. Sixteen or eight characters at a time.
constexpr void write_lower(char* out, std::string_view text) noexcept {
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
    if (!is_constant_evaluated() && text.size() >= sizeof(byte_vector)) {
        const auto write_vector = [=](std::size_t at) noexcept {
            byte_vector each;
            std::memcpy(&each, text.data() + at, sizeof(each));
            each = lower_vector(each);
            std::memcpy(out + at, &each, sizeof(each));
        };
        for (std::size_t at = 0; at < text.size() - sizeof(byte_vector); at += sizeof(byte_vector)) {
            write_vector(at);
        }
        write_vector(text.size() - sizeof(byte_vector));
        return;
    }
#endif
    if (!is_constant_evaluated() && text.size() >= 8) {
        const auto write_word = [=](std::size_t at) noexcept {
            const std::uint64_t word = lower_word(load_word<std::uint64_t>(text.data() + at));
            std::memcpy(out + at, &word, sizeof(word));
        };
        for (std::size_t at = 0; at < text.size() - 8; at += 8) {
            write_word(at);
        }
        write_word(text.size() - 8);
        return;
    }
    for (const char c : text) {
        *out++ = to_lower(c);
    }
}

/// Equal but for the letter case of A to Z. Quick where it is the same.
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr bool equal_ignoring_case(std::string_view left,
                                                                          std::string_view right) noexcept {
    const auto lower_difference = [&](auto load) noexcept {
        return lower_word(load(left.data())) ^ lower_word(load(right.data()));
    };
    return left.size() == right.size() &&
           (are_equal(left, right) || either_of_places(left.size(), lower_difference) == 0);
}

/// Whether a text is `name`, which has no characters but a to z, digits and '-', in any letter case.
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr bool is_named(std::string_view text, std::string_view name) noexcept {
    return text.size() == name.size() && either_of_places(name.size(), [&](auto load) noexcept {
                                             // of these characters just the letters have the bit 0x40
                                             const std::uint64_t wanted = load(name.data());
                                             const std::uint64_t either_case = (wanted & 0x40U * each_byte) >> 1U;
                                             return (load(text.data()) | either_case) ^ wanted;
                                         }) == 0;
}

/// Without the blanks (space, tab) at both ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace ZENWIRE_NAMESPACE::ascii

#endif
