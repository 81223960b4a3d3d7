// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_HTTP_DATE_TEXT_HPP
#define ZENWIRE_TESTING_HTTP_DATE_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/calendar_time.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// A time as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), inside the object. Times before
/// 1970 and after 9999, which that form cannot tell, are written as its first and last second.
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
    detail::append_two_digits(out.append(", "), date.day).append(' ');
    name(month_names, date.month - 1);
    detail::append_two_digits(out.append(' '), date.year / 100);
    detail::append_two_digits(out, date.year % 100).append(' ');
    detail::append_two_digits(out, date.hour).append(':');
    detail::append_two_digits(out, date.minute).append(':');
    detail::append_two_digits(out, date.second).append(" GMT");
}

}  // namespace ZENWIRE_NAMESPACE

#endif
