// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_UTF8_HPP
#define ZENWIRE_BASE_UTF8_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/is_constant_evaluated.hpp>

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
    // what the second byte may be: less than 80..BF where it would make an overlong form, a surrogate, or too much
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

/// Whether texts are checked eight bytes at a time: worth its code where eight bytes are one register.
inline constexpr bool is_ascii_found_by_words = sizeof(std::size_t) >= sizeof(std::uint64_t);

/// How many bytes at the start of `text` are ASCII, found by looks at eight bytes at a time: maybe less than there are.
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

/// How many characters UTF-8 text has: code points, not bytes and not what is seen as one. Linear in its size. In text that
/// is not UTF-8 each byte that begins no character and continues none counts too.
[[nodiscard]] constexpr std::size_t utf8_character_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
    }
    return count;
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
