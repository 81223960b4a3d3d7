// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_ASCII_HPP
#define ZENWIRE_BASE_DETAIL_ASCII_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>

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

/// A printable character that is not a blank: 0x21 to 0x7E.
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

}  // namespace ZENWIRE_NAMESPACE::detail::ascii

#endif
