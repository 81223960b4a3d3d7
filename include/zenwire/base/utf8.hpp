// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_UTF8_HPP
#define ZENWIRE_BASE_UTF8_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>

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
        const unsigned byte = static_cast<unsigned char>(text[i]);
        if (byte < lowest || byte > highest) {
            return 0;
        }
        lowest = 0x80U;
        highest = 0xBFU;
    }
    return length;
}

/// Whether the whole of `text` is UTF-8. Linear in its size; the empty text is.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = utf8_sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

/// How many characters UTF-8 text has: code points, not bytes and not what is seen as one. Linear in its size. In text that
/// is not UTF-8 each byte that begins no character and continues none counts too.
[[nodiscard]] constexpr std::size_t utf8_character_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
    }
    return count;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
