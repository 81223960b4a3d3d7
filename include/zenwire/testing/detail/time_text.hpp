// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_TIME_TEXT_HPP
#define ZENWIRE_TESTING_DETAIL_TIME_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A time as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), inside the object. Times before
/// 1970 and after 9999, which that form cannot express, become the first and the last second of that range.
class http_date_text {
public:
    /// Writes a time.
    constexpr explicit http_date_text(unix_seconds time) noexcept;

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_, sizeof(text_)};
    }

private:
    char text_[29]{};
};

constexpr http_date_text::http_date_text(unix_seconds time) noexcept {
    constexpr std::string_view day_names = "SunMonTueWedThuFriSat";
    constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const calendar_time date(time);

    buffer_writer out(text_);
    const auto name = [&](std::string_view names, std::int64_t index) noexcept {
        out.append(names.substr(static_cast<std::size_t>(index) * 3, 3));
    };
    name(day_names, date.weekday);
    append_two_digits(out.append(", "), date.day).append(' ');
    name(month_names, date.month - 1);
    append_two_digits(out.append(' '), date.year / 100);
    append_two_digits(out, date.year % 100).append(' ');
    append_two_digits(out, date.hour).append(':');
    append_two_digits(out, date.minute).append(':');
    append_two_digits(out, date.second).append(" GMT");
}

/// A time as the API writes it, `2023-07-11T06:50:36Z`.
[[nodiscard]] inline std::string utc_text(unix_seconds time) {
    std::string text(20, ' ');
    buffer_writer out(text);
    utc_time(time).write_to(out);
    return text;
}

/// Reads a time as the API takes it, `2023-07-11T06:50:36Z`. Nothing for any other text.
[[nodiscard]] inline std::optional<unix_seconds> parse_utc_time(std::string_view text) {
    constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto is_decimal_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[19] != 'Z' || !is_decimal_digit(5) ||
        !is_decimal_digit(6)) {
        return std::nullopt;
    }
    const std::size_t month = static_cast<std::size_t>(text[5] - '0') * 10 + static_cast<std::size_t>(text[6] - '0');
    if (month < 1 || month > 12) {
        return std::nullopt;
    }
    // rewritten as an HTTP date, so that parse_http_date() checks all the rest
    std::string date = "Thu, ";
    date.append(text.substr(8, 2)).append(" ").append(month_names.substr((month - 1) * 3, 3)).append(" ");
    date.append(text.substr(0, 4)).append(" ").append(text.substr(11, 8)).append(" GMT");
    return parse_http_date(date);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
