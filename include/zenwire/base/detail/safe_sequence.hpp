// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_SAFE_SEQUENCE_HPP
#define ZENWIRE_BASE_DETAIL_SAFE_SEQUENCE_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/utf8.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a UTF-8 sequence drives a terminal, ends a line, or turns the direction of what stands behind it.
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
/// @return the sequence as it may be shown: a blank for a control character, `?` for a byte that is not UTF-8
[[nodiscard]] constexpr std::string_view take_safe_sequence(std::string_view& text) noexcept {
    const std::size_t length = utf8_sequence_length(text);
    const std::string_view sequence = text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
    return length == 0 ? "?"sv : is_control_sequence(sequence) ? " "sv : sequence;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
