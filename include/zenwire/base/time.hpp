// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_TIME_HPP
#define ZENWIRE_BASE_TIME_HPP

#include <compare>
#include <cstdint>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/chrono_units.hpp>

namespace ZENWIRE_NAMESPACE {

/// A length of time. A type of our own, because `<chrono>` costs more to compile than the rest of the library.
class milliseconds {
public:
    /// No time.
    constexpr milliseconds() noexcept = default;
    /// That many milliseconds.
    constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

    /// Any `std::chrono::duration`: `wait = 30s`. Rounded down; the shortest or longest time where it does not fit.
    template <detail::chrono_duration Duration>
    constexpr milliseconds(Duration const& duration) noexcept : count_(detail::ticks_of<1, 1000>(duration)) {}

    /// As any `std::chrono::duration`: `std::chrono::milliseconds(step.wait)`. Rounded down.
    template <detail::chrono_duration Duration>
    [[nodiscard]] constexpr explicit operator Duration() const noexcept {
        return detail::duration_of<Duration, 1, 1000>(count_);
    }

    /// How many.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

    /// Compares lengths of time.
    [[nodiscard]] friend constexpr auto operator<=>(milliseconds left, milliseconds right) noexcept {
        return left.count_ <=> right.count_;
    }
    /// Whether both are the same length of time.
    [[nodiscard]] friend constexpr bool operator==(milliseconds, milliseconds) noexcept = default;

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

    /// Of the system's clock: `unix_seconds(std::chrono::system_clock::now())`. Rounded down; no other clock is taken.
    template <detail::chrono_system_time Time>
    constexpr explicit unix_seconds(Time const& time) noexcept
        : count_(detail::ticks_of<1, 1>(time.time_since_epoch())) {}

    /// As a time of the system's clock: `std::chrono::sys_seconds(time)`. The first or last one where it does not fit.
    template <detail::chrono_system_time Time>
    [[nodiscard]] constexpr explicit operator Time() const noexcept {
        return Time(detail::duration_of<typename Time::duration, 1, 1>(count_));
    }

    /// Rounds down, also before 1970.
    [[nodiscard]] static constexpr unix_seconds from_milliseconds(std::int64_t milliseconds) noexcept {
        return unix_seconds(milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0));
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }
    /// Whether a request may be signed for it: 0 to unix_seconds::last.
    [[nodiscard]] constexpr bool is_valid() const noexcept { return count_ >= 0 && count_ <= last; }

    /// Compares points in time.
    [[nodiscard]] friend constexpr auto operator<=>(unix_seconds left, unix_seconds right) noexcept {
        return left.count_ <=> right.count_;
    }
    /// Whether both are the same point in time.
    [[nodiscard]] friend constexpr bool operator==(unix_seconds, unix_seconds) noexcept = default;

private:
    std::int64_t count_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
