// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_TIME_HPP
#define ZENWIRE_BASE_TIME_HPP

#include <compare>
#include <cstddef>
#include <cstdint>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/detail/chrono_units.hpp>

namespace ZENWIRE_NAMESPACE {

/// A length of time. A type of our own, because `<chrono>` costs more to compile than the rest of the library.
class milliseconds {
public:
    /// No time.
    constexpr milliseconds() noexcept = default;
    /// That many milliseconds.
    constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

    /// From any `std::chrono::duration`: `wait = 30s`. Rounded down; the shortest or longest time if it does not fit.
    template <detail::chrono_duration Duration>
    constexpr milliseconds(Duration const& duration) noexcept : count_(detail::ticks_of<1, 1000>(duration)) {}

    /// Converts to any `std::chrono::duration`: `std::chrono::milliseconds(step.wait)`. Rounded down.
    template <detail::chrono_duration Duration>
    [[nodiscard]] constexpr explicit operator Duration() const noexcept {
        return detail::duration_of<Duration, 1, 1000>(count_);
    }

    /// How many milliseconds.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

    /// Compares lengths of time.
    [[nodiscard]] friend constexpr bool operator==(milliseconds, milliseconds) noexcept = default;
    /// Compares lengths of time. Not defaulted: Clang 14 would warn of a null pointer (-Wzero-as-null-pointer-constant).
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(milliseconds left, milliseconds right) noexcept {
        return left.count_ <=> right.count_;
    }

private:
    std::int64_t count_ = 0;
};

/// A point in time: seconds since 1970-01-01T00:00:00Z, without leap seconds. Explicit, so that milliseconds are not
/// taken for seconds by accident.
class unix_seconds {
public:
    /// 9999-12-31T23:59:59Z: the last second that a request may be signed for.
    static constexpr std::int64_t last = 253402300799;

    /// 1970-01-01T00:00:00Z.
    constexpr unix_seconds() noexcept = default;
    /// That many seconds after 1970-01-01T00:00:00Z.
    constexpr explicit unix_seconds(std::int64_t seconds) noexcept : count_(seconds) {}

    /// From the system's clock: `unix_seconds(std::chrono::system_clock::now())`. Rounded down. Other clocks do not compile.
    template <detail::chrono_system_time Time>
    constexpr explicit unix_seconds(Time const& time) noexcept
        : count_(detail::ticks_of<1, 1>(time.time_since_epoch())) {}

    /// Converts to a time of the system's clock: `std::chrono::sys_seconds(time)`. The first or last one if it does not fit.
    template <detail::chrono_system_time Time>
    [[nodiscard]] constexpr explicit operator Time() const noexcept {
        return Time(detail::duration_of<typename Time::duration, 1, 1>(count_));
    }

    /// From milliseconds since 1970. Rounds down, also before 1970.
    [[nodiscard]] static constexpr unix_seconds from_milliseconds(std::int64_t milliseconds) noexcept {
        return unix_seconds(milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0));
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }
    /// Whether a request may be signed for it: 0 to unix_seconds::last.
    [[nodiscard]] constexpr bool is_valid() const noexcept { return count_ >= 0 && count_ <= last; }

    /// Compares points in time.
    [[nodiscard]] friend constexpr bool operator==(unix_seconds, unix_seconds) noexcept = default;
    /// Compares points in time. Not defaulted: Clang 14 would warn of a null pointer (-Wzero-as-null-pointer-constant).
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(unix_seconds left, unix_seconds right) noexcept {
        return left.count_ <=> right.count_;
    }

private:
    std::int64_t count_ = 0;
};

/// A point in time by the Gregorian calendar, in UTC.
struct calendar_time {
    /// A time before 1970 becomes the first second of 1970, one after 9999 the last second of 9999.
    constexpr explicit calendar_time(unix_seconds time) noexcept {
        constexpr std::int64_t seconds_per_day = 86400;
        constexpr std::int64_t days_per_era = 146097;  // 400 years
        constexpr std::int64_t days_before_1970 = 719468;
        const std::int64_t seconds = time.count() < 0 ? 0 : time.is_valid() ? time.count() : unix_seconds::last;
        const std::int64_t days_since_1970 = seconds / seconds_per_day;
        weekday = (days_since_1970 + 4) % 7;  // 1970-01-01 was a Thursday

        // Counted from March, a year has its leap day at the end, so that all months before it have a fixed length.
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

/// Writes a number as two digits.
/// @param number 0 to 99
constexpr buffer_writer& append_two_digits(buffer_writer& out, std::int64_t number) noexcept {
    return out.append(static_cast<char>('0' + number / 10)).append(static_cast<char>('0' + number % 10));
}

}  // namespace detail

/// A point in time as the API writes it: `2023-07-11T06:50:36Z`.
class utc_time {
public:
    /// How many characters it has.
    static constexpr std::size_t size = 20;

    /// 1970-01-01T00:00:00Z.
    constexpr utc_time() noexcept = default;
    /// Any point in time. One outside of the years 1970 to 9999 is refused by validate().
    constexpr utc_time(unix_seconds seconds) noexcept : seconds_(seconds) {}

    /// Seconds since 1970.
    [[nodiscard]] constexpr unix_seconds seconds() const noexcept { return seconds_; }

    /// Writes its characters.
    constexpr void write_to(buffer_writer& out) const noexcept {
        const calendar_time time(seconds_);
        detail::append_two_digits(detail::append_two_digits(out, time.year / 100), time.year % 100).append('-');
        detail::append_two_digits(out, time.month).append('-');
        detail::append_two_digits(out, time.day).append('T');
        detail::append_two_digits(out, time.hour).append(':');
        detail::append_two_digits(out, time.minute).append(':');
        detail::append_two_digits(out, time.second).append('Z');
    }

private:
    unix_seconds seconds_{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
