// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_SAFE_TEXT_HPP
#define ZENWIRE_BASE_SAFE_TEXT_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/utf8.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

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

}  // namespace detail

/// Writes text of a stranger, fit for a terminal and for one line of a log: control characters, ends of lines and what turns
/// the direction of writing become blanks, bytes that are not UTF-8 `?`. All else stays as it is, letters of any script too.
constexpr void write_safe_text(buffer_writer& out, std::string_view text) noexcept {
    while (!text.empty() && !out.overflowed()) {
        out.append(detail::take_safe_sequence(text));
    }
}

/// The same as a text of its own, cut to `Capacity` bytes: `std::cerr << safe_text(error.message).view()`.
template <std::size_t Capacity = limits::message>
[[nodiscard]] constexpr inline_string<Capacity> safe_text(std::string_view text) noexcept {
    inline_string<Capacity> safe;
    while (!text.empty() && !safe.truncated()) {
        safe.append(detail::take_safe_sequence(text));
    }
    return safe;
}

namespace detail {

/// The text with `***` in place of each occurrence of a secret, and of the beginning of one at an end that was cut off.
template <std::size_t Capacity>
[[nodiscard]] constexpr inline_string<Capacity> mask_secret(inline_string<Capacity> const& text,
                                                            std::string_view secret) noexcept {
    inline_string<Capacity> masked;
    std::string_view rest = text.view();
    while (!rest.empty()) {
        const bool is_secret = !secret.empty() && rest.starts_with(secret);
        const bool is_begin = text.truncated() && rest.size() < secret.size() && secret.starts_with(rest);
        masked.append(is_secret || is_begin ? std::string_view("***") : rest.substr(0, 1));
        rest.remove_prefix(is_secret ? secret.size() : is_begin ? rest.size() : 1);
    }
    if (text.truncated()) {
        masked.note_truncated();
    }
    return masked;
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
