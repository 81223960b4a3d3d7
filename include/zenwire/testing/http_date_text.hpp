// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_HTTP_DATE_TEXT_HPP
#define ZENWIRE_TESTING_HTTP_DATE_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/unix_seconds.hpp>

namespace ZENWIRE_NAMESPACE {

/// A time as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), inside the object. Times before
/// 1970 and after 9999, which that form cannot tell, are written as its first and last second.
class http_date_text {
public:
    constexpr explicit http_date_text(unix_seconds time) noexcept;

    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_, sizeof(text_)};
    }

private:
    char text_[29]{};
};

constexpr http_date_text::http_date_text(unix_seconds time) noexcept {
    constexpr std::string_view day_names = "ThuFriSatSunMonTueWed";  // 1970-01-01 was a Thursday
    constexpr std::string_view month_names = "MarAprMayJunJulAugSepOctNovDecJanFeb";
    constexpr std::int64_t seconds_per_day = 86400;
    constexpr std::int64_t days_per_era = 146097;  // 400 years
    constexpr std::int64_t days_before_1970 = 719468;

    const std::int64_t seconds = time.count() < 0 ? 0 : time.is_valid() ? time.count() : unix_seconds::last;
    const std::int64_t days_since_1970 = seconds / seconds_per_day;
    const std::int64_t second_of_day = seconds % seconds_per_day;

    // Years that begin in March have their leap day at the end, so that the months before it are always as long.
    const std::int64_t day = days_since_1970 + days_before_1970;
    const std::int64_t day_of_era = day % days_per_era;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t march_month = (5 * day_of_year + 2) / 153;
    const std::int64_t day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
    const std::int64_t year = day / days_per_era * 400 + year_of_era + (march_month >= 10 ? 1 : 0);

    buffer_writer out(text_);
    const auto number = [&](std::int64_t value, std::int64_t highest_digit) noexcept {
        for (std::int64_t digit = highest_digit; digit > 0; digit /= 10) {
            out.append(static_cast<char>('0' + value / digit % 10));
        }
    };
    const auto name = [&](std::string_view names, std::int64_t index) noexcept {
        out.append(names.substr(static_cast<std::size_t>(index) * 3, 3));
    };
    name(day_names, days_since_1970 % 7);
    out.append(", ");
    number(day_of_month, 10);
    out.append(' ');
    name(month_names, march_month);
    out.append(' ');
    number(year, 1000);
    out.append(' ');
    number(second_of_day / 3600, 10);
    out.append(':');
    number(second_of_day / 60 % 60, 10);
    out.append(':');
    number(second_of_day % 60, 10);
    out.append(" GMT");
}

}  // namespace ZENWIRE_NAMESPACE

#endif
