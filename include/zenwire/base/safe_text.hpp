// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_SAFE_TEXT_HPP
#define ZENWIRE_BASE_SAFE_TEXT_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/safe_sequence.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>

namespace ZENWIRE_NAMESPACE {

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
