// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CALENDAR_TIME_HPP
#define ZENWIRE_BASE_CALENDAR_TIME_HPP

#include <cstdint>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// A point in time by the Gregorian calendar, in UTC.
struct calendar_time {
    /// Of a time before 1970 it is the first second that can be told, of one after 9999 the last.
    constexpr explicit calendar_time(unix_seconds time) noexcept {
        constexpr std::int64_t seconds_per_day = 86400;
        constexpr std::int64_t days_per_era = 146097;  // 400 years
        constexpr std::int64_t days_before_1970 = 719468;
        const std::int64_t seconds = time.count() < 0 ? 0 : time.is_valid() ? time.count() : unix_seconds::last;
        const std::int64_t days_since_1970 = seconds / seconds_per_day;
        weekday = (days_since_1970 + 4) % 7;  // 1970-01-01 was a Thursday

        // Years that begin in March have their leap day at the end, so that the months before it are always as long.
        const std::int64_t days = days_since_1970 + days_before_1970;
        const std::int64_t day_of_era = days % days_per_era;
        const std::int64_t year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
        const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        const std::int64_t march_month = (5 * day_of_year + 2) / 153;
        day = day_of_year - (153 * march_month + 2) / 5 + 1;
        month = march_month < 10 ? march_month + 3 : march_month - 9;
        year = days / days_per_era * 400 + year_of_era + (month <= 2 ? 1 : 0);

        const std::int64_t second_of_day = seconds % seconds_per_day;
        hour = second_of_day / 3600;
        minute = second_of_day / 60 % 60;
        second = second_of_day % 60;
    }

    std::int64_t year;     ///< 1970 to 9999
    std::int64_t month;    ///< 1 to 12
    std::int64_t day;      ///< 1 to 31
    std::int64_t weekday;  ///< 0 for Sunday, to 6
    std::int64_t hour;     ///< 0 to 23
    std::int64_t minute;   ///< 0 to 59
    std::int64_t second;   ///< 0 to 59
};

namespace detail {

/// Writes two digits, as dates have them.
/// @param number 0 to 99
constexpr buffer_writer& append_two_digits(buffer_writer& out, std::int64_t number) noexcept {
    return out.append(static_cast<char>('0' + number / 10)).append(static_cast<char>('0' + number % 10));
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
