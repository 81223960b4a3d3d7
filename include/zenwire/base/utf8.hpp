// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_UTF8_HPP
#define ZENWIRE_BASE_UTF8_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>

namespace ZENWIRE_NAMESPACE {

/// The length of the UTF-8 sequence at the start of `text` (1 to 4 bytes); 0 when there is none: an empty text, a stray
/// or missing continuation byte, an overlong form, a surrogate, or a code point beyond U+10FFFF (RFC 3629).
[[nodiscard]] constexpr std::size_t utf8_sequence_length(std::string_view text) noexcept {
    if (text.empty()) {
        return 0;
    }
    const unsigned first = static_cast<unsigned char>(text.front());
    if (first < 0x80U) {
        return 1;
    }
    const std::size_t length = first < 0xC2U ? 0 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : first < 0xF5U ? 4 : 0;
    if (text.size() < length) {
        return 0;
    }
    // the range of the second byte: 80..BF, without what would be an overlong form, a surrogate, or more than U+10FFFF
    unsigned lowest = first == 0xE0U ? 0xA0U : first == 0xF0U ? 0x90U : 0x80U;
    unsigned highest = first == 0xEDU ? 0x9FU : first == 0xF4U ? 0x8FU : 0xBFU;
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned octet = static_cast<unsigned char>(text[i]);
        if (octet < lowest || octet > highest) {
            return 0;
        }
        lowest = 0x80U;
        highest = 0xBFU;
    }
    return length;
}

namespace detail {

/// Whether texts are checked eight bytes at a time. Only on 64-bit processors: elsewhere that is not worth its code.
inline constexpr bool is_ascii_found_by_words = sizeof(std::size_t) >= sizeof(std::uint64_t);

/// A number of bytes at the start of `text` that are ASCII, found eight bytes at a time. There may be more of them.
[[nodiscard]] constexpr std::size_t ascii_words_length(std::string_view text) noexcept {
    std::size_t length = 0;
    if (is_ascii_found_by_words && !is_constant_evaluated()) {
        const auto word_at = [&](std::size_t at) noexcept {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, text.data() + at, sizeof(bytes));
            return bytes;
        };
        const auto is_ascii = [](std::uint64_t bytes) noexcept { return (bytes & 0x8080808080808080U) == 0; };
        constexpr std::size_t block = 64;
        const auto is_ascii_block = [&](std::size_t at) noexcept {
            return is_ascii(word_at(at) | word_at(at + 8) | word_at(at + 16) | word_at(at + 24) | word_at(at + 32) |
                            word_at(at + 40) | word_at(at + 48) | word_at(at + 56));
        };
        const std::size_t size = text.size();
        while (size - length > block && is_ascii_block(length)) {
            length += block;
        }
        if (size >= block && size - length <= block && is_ascii_block(size - block)) {
            return size;
        }
        while (size - length >= 8 && is_ascii(word_at(length))) {
            length += 8;
        }
        if (size >= 8 && size - length < 8 && is_ascii(word_at(size - 8))) {
            length = size;
        }
    }
    return length;
}

}  // namespace detail

/// Whether the whole of `text` is UTF-8. Linear in its size; the empty text is.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    text.remove_prefix(detail::ascii_words_length(text));
    while (!text.empty()) {
        const std::size_t length = utf8_sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
        if (length == 1) {
            text.remove_prefix(detail::ascii_words_length(text));
        }
    }
    return true;
}

namespace detail {

/// How many code points UTF-8 text has. Linear in its size. In text that is not UTF-8, each byte but a continuation byte counts.
[[nodiscard]] constexpr std::size_t utf8_character_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
    }
    return count;
}

/// Whether a UTF-8 sequence controls a terminal, ends a line, or changes the writing direction of the text after it.
[[nodiscard]] constexpr bool is_control_sequence(std::string_view sequence) noexcept {
    const auto at = [&](std::size_t index) noexcept { return static_cast<unsigned char>(sequence[index]); };
    switch (sequence.size()) {
    case 1: return at(0) < 0x20U || at(0) == 0x7FU;
    // U+0080 to U+009F, U+061C
    case 2: return (at(0) == 0xC2U && at(1) < 0xA0U) || sequence == "\xD8\x9C"sv;
    case 3:
        // U+200E and U+200F, U+2028 to U+202E, U+2066 to U+206F, U+FEFF
        return (at(0) == 0xE2U && at(1) == 0x80U &&
                (at(2) == 0x8EU || at(2) == 0x8FU || (at(2) >= 0xA8U && at(2) <= 0xAEU))) ||
               (at(0) == 0xE2U && at(1) == 0x81U && at(2) >= 0xA6U && at(2) <= 0xAFU) || sequence == "\xEF\xBB\xBF"sv;
    default: return false;
    }
}

/// Takes the first UTF-8 sequence off a text that is not empty.
/// @return the sequence as it may be shown: a space for a control character, `?` for a byte that is not UTF-8
[[nodiscard]] constexpr std::string_view take_safe_sequence(std::string_view& text) noexcept {
    const std::size_t length = utf8_sequence_length(text);
    const std::string_view sequence = text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
    return length == 0 ? "?"sv : is_control_sequence(sequence) ? " "sv : sequence;
}

}  // namespace detail

/// Writes untrusted text so that it is safe for a terminal and for one line of a log: control characters, ends of lines and changes
/// of the writing direction become spaces, and bytes that are not UTF-8 become `?`. All else stays, in any script.
constexpr void write_safe_text(buffer_writer& out, std::string_view text) noexcept {
    while (!text.empty() && !out.overflowed()) {
        out.append(detail::take_safe_sequence(text));
    }
}

/// The same as a new text, cut to `Capacity` bytes: `std::cerr << safe_text(error.message).view()`.
template <std::size_t Capacity = limits::message>
[[nodiscard]] constexpr inline_string<Capacity> safe_text(std::string_view text) noexcept {
    inline_string<Capacity> safe;
    while (!text.empty() && !safe.truncated()) {
        safe.append(detail::take_safe_sequence(text));
    }
    return safe;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
