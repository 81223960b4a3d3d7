// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_DATE_HPP
#define ZENWIRE_HTTP_DATE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// Reads a date of HTTP in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). It does not
/// check the name of the day. Returns nothing for any other text, including the two obsolete forms.
[[nodiscard]] constexpr std::optional<unix_seconds> parse_http_date(std::string_view text) noexcept;

namespace detail {

/// Whether a text has the form of an HTTP date. The names of day and month are not checked.
[[nodiscard]] constexpr bool has_form_of_http_date(std::string_view text) noexcept {
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
    if (text.size() != form.size()) {
        return false;
    }
    for (std::size_t i = 3; i < form.size(); ++i) {
        const bool is_month = i >= 8 && i < 11;
        const bool fits =
            ascii::is_decimal_digit(form[i]) ? ascii::is_decimal_digit(text[i]) : is_month || text[i] == form[i];
        if (!fits) {
            return false;
        }
    }
    return true;
}

/// How many days a month has.
/// @param month 1 to 12
[[nodiscard]] constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) noexcept {
    constexpr std::int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && is_leap_year ? 29 : days[month - 1];
}

/// How many days lie between 1970-01-01 and a date.
[[nodiscard]] constexpr std::int32_t days_since_1970(std::int32_t year, std::int32_t month, std::int32_t day) noexcept {
    // counted from March, so that the leap day is the last day of a year
    const std::int32_t march_year = month > 2 ? year : year - 1;
    const std::int32_t march_month = (month + 9) % 12;
    const std::int32_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    constexpr std::int32_t days_before_1970 = 719468;
    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year - days_before_1970;
}

}  // namespace detail

constexpr std::optional<unix_seconds> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    text = detail::ascii::trim(text);
    if (!detail::has_form_of_http_date(text)) {
        return std::nullopt;
    }
    const auto number = [&](std::size_t begin, std::size_t size) noexcept {
        std::int32_t value = 0;
        for (const char c : text.substr(begin, size)) {
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const std::size_t month_at = month_names.find(text.substr(8, 3));
    if (month_at == std::string_view::npos || month_at % 3 != 0) {
        return std::nullopt;
    }
    const auto month = static_cast<std::int32_t>(month_at / 3) + 1;
    const std::int32_t day = number(5, 2);
    const std::int32_t year = number(12, 4);
    const std::int32_t hour = number(17, 2);
    const std::int32_t minute = number(20, 2);
    const std::int32_t second = number(23, 2);
    if (year < 1970 || day < 1 || day > detail::days_in_month(year, month) || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    return unix_seconds(std::int64_t{detail::days_since_1970(year, month, day)} * 86'400 + (hour * 60 + minute) * 60 +
                        second);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
