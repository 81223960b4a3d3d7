// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_DETAIL_FIELD_SYNTAX_HPP
#define ZENWIRE_HTTP_DETAIL_FIELD_SYNTAX_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a name is a `token` of RFC 9110, section 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``, at least one.
[[nodiscard]] constexpr bool is_field_name(std::string_view name) noexcept {
    for (const char c : name) {
        if (!ascii::is_alphanumeric(c) && !ascii::is_one_of(c, "!#$%&'*+-.^_`|~"sv)) {
            return false;
        }
    }
    return !name.empty();
}

/// Whether a value may be sent: visible ASCII, with blanks and tabs only between visible characters. The empty value
/// may be sent, too. CR, LF, NUL, other control characters and bytes beyond ASCII may not.
[[nodiscard]] constexpr bool is_field_value(std::string_view value) noexcept {
    const auto is_blank = [](char c) noexcept { return c == ' ' || c == '\t'; };
    if (value.empty()) {
        return true;
    }
    if (is_blank(value.front()) || is_blank(value.back())) {
        return false;
    }
    for (const char c : value) {
        if (!ascii::is_visible(c) && !is_blank(c)) {
            return false;
        }
    }
    return true;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
