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
    const auto byte = [&](std::size_t index) noexcept -> unsigned {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto continues = [&](std::size_t index) noexcept { return (byte(index) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80U) {
        return text.empty() ? 0 : 1;
    }
    if (first < 0xC2U) {
        return 0;
    }
    if (first < 0xE0U) {
        return continues(1) ? 2 : 0;
    }
    if (first < 0xF0U) {
        const bool overlong = first == 0xE0U && byte(1) < 0xA0U;
        const bool surrogate = first == 0xEDU && byte(1) > 0x9FU;
        return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first < 0xF5U) {
        const bool overlong = first == 0xF0U && byte(1) < 0x90U;
        const bool beyond = first == 0xF4U && byte(1) > 0x8FU;
        return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
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
