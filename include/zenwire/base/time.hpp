// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_TIME_HPP
#define ZENWIRE_BASE_TIME_HPP

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <zenwire/base/buffer_writer.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// From 0000-03-01, where the years of https://howardhinnant.github.io/date_algorithms.html begin, to 1970-01-01.
inline constexpr std::int32_t days_before_1970 = 719468;

/// A `std::chrono::duration`, recognised by its members, because `<chrono>` takes longer to compile than the rest of the library.
template <class Type>
concept chrono_duration = requires(Type const& duration) {
    typename Type::rep;
    typename Type::period;
    Type::period::num;
    Type::period::den;
    duration.count();
};

/// A `std::chrono::time_point` of the system clock, recognised by its to_time_t(): other clocks need not count from 1970.
template <class Type>
concept chrono_system_time = requires(Type const& time) {
    typename Type::duration;
    &Type::clock::to_time_t;
    time.time_since_epoch();
} && chrono_duration<typename Type::duration>;

/// Converts a count of units of FromNum/FromDen into one of ToNum/ToDen, rounded down; the smallest or largest number when the
/// result does not fit.
template <std::int64_t FromNum, std::int64_t FromDen, std::int64_t ToNum, std::int64_t ToDen>
[[nodiscard]] constexpr std::int64_t in_other_units(std::int64_t count) noexcept {
    constexpr auto greatest_common_divisor = [](std::int64_t left, std::int64_t right) {
        while (right != 0) {
            const std::int64_t rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    };
    constexpr std::int64_t common_num = greatest_common_divisor(FromNum, ToNum);
    constexpr std::int64_t common_den = greatest_common_divisor(FromDen, ToDen);
    constexpr std::int64_t factor = FromNum / common_num * (ToDen / common_den);
    constexpr std::int64_t quotient = FromDen / common_den * (ToNum / common_num);
    if (count > INT64_MAX / factor || count < INT64_MIN / factor) {
        return count < 0 ? INT64_MIN : INT64_MAX;
    }
    const std::int64_t product = count * factor;
    return product / quotient - (product % quotient < 0 ? 1 : 0);
}

/// A count as a whole number, rounded down; the smallest or largest one where it does not fit, and 0 for NaN.
template <class Count>
[[nodiscard]] constexpr std::int64_t whole_number(Count count) noexcept {
    if constexpr (std::is_floating_point_v<Count>) {
        constexpr auto limit = static_cast<Count>(9223372036854775808.0);
        if (!(count < limit)) {
            return count >= limit ? INT64_MAX : 0;
        }
        if (count < -limit) {
            return INT64_MIN;
        }
        const auto whole = static_cast<std::int64_t>(count);
        return whole - (static_cast<Count>(whole) > count ? 1 : 0);
    } else if constexpr (std::is_unsigned_v<Count> && sizeof(Count) >= sizeof(std::int64_t)) {
        return count > static_cast<Count>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(count);
    } else {
        return static_cast<std::int64_t>(count);
    }
}

/// A duration in units of ToNum/ToDen seconds, rounded down.
template <std::int64_t ToNum, std::int64_t ToDen, class Duration>
[[nodiscard]] constexpr std::int64_t ticks_of(Duration const& duration) noexcept {
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<typename Duration::rep>) {
        return whole_number(duration.count() * static_cast<typename Duration::rep>(period::num) /
                            static_cast<typename Duration::rep>(period::den) *
                            static_cast<typename Duration::rep>(ToDen) / static_cast<typename Duration::rep>(ToNum));
    } else {
        return in_other_units<period::num, period::den, ToNum, ToDen>(whole_number(duration.count()));
    }
}

/// A count in units of FromNum/FromDen seconds as a duration, rounded down; the shortest or longest one when it does not fit.
template <class Duration, std::int64_t FromNum, std::int64_t FromDen>
[[nodiscard]] constexpr Duration duration_of(std::int64_t count) noexcept {
    using rep = typename Duration::rep;
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<rep>) {
        return Duration(static_cast<rep>(count) * static_cast<rep>(FromNum) / static_cast<rep>(FromDen) *
                        static_cast<rep>(period::den) / static_cast<rep>(period::num));
    } else {
        const std::int64_t ticks = in_other_units<FromNum, FromDen, period::num, period::den>(count);
        const std::int64_t max_ticks = whole_number((Duration::max)().count());
        const std::int64_t min_ticks = whole_number((Duration::min)().count());
        return Duration(static_cast<rep>(ticks > max_ticks ? max_ticks : ticks < min_ticks ? min_ticks : ticks));
    }
}

}  // namespace detail

/// A length of time. Not a type of `<chrono>`, because that header costs more to compile than the rest of the library.
class milliseconds {
public:
    /// No time.
    constexpr milliseconds() noexcept = default;
    /// That many milliseconds.
    constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

    /// From any `std::chrono::duration`: `wait = 30s`. Rounded down; the shortest or longest time if it does not fit.
    template <detail::chrono_duration Duration>
    constexpr milliseconds(Duration const& duration) noexcept : count_(detail::ticks_of<1, 1000>(duration)) {}

    /// To any `std::chrono::duration`: `std::chrono::milliseconds(step.wait)`. Rounded down; the nearest that fits.
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
        const std::int64_t seconds = time.count() < 0 ? 0 : time.is_valid() ? time.count() : unix_seconds::last;
        const std::int64_t days_since_1970 = seconds / seconds_per_day;
        weekday = (days_since_1970 + 4) % 7;  // 1970-01-01 was a Thursday

        // Counted from March, a year has its leap day at the end, so that all months before it have a fixed length.
        const std::int64_t days = days_since_1970 + detail::days_before_1970;
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
    /// Implicit, so that a parameter takes a unix_seconds. Outside of the years 1970 to 9999 validate() refuses it.
    constexpr utc_time(unix_seconds seconds) noexcept : seconds_(seconds) {}

    /// The same point in time.
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
    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year - days_before_1970;
}

/// Reads a date of HTTP in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). It does not
/// check the name of the day. Returns nothing for any other text, including the two obsolete forms.
[[nodiscard]] constexpr std::optional<unix_seconds> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    text = ascii::trim(text);
    if (!has_form_of_http_date(text)) {
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
    if (year < 1970 || day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    return unix_seconds(std::int64_t{days_since_1970(year, month, day)} * 86'400 + (hour * 60 + minute) * 60 + second);
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
