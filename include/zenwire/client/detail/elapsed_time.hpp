// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_ELAPSED_TIME_HPP
#define ZENWIRE_CLIENT_DETAIL_ELAPSED_TIME_HPP

#include <cstdint>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// left + right, or the end of the range that it would pass.
[[nodiscard]] constexpr std::int64_t saturating_add(std::int64_t left, std::int64_t right) noexcept {
    if (right > 0 && left > INT64_MAX - right) {
        return INT64_MAX;
    }
    return right < 0 && left < INT64_MIN - right ? INT64_MIN : left + right;
}

/// left - right, or the end of the range that it would pass.
[[nodiscard]] constexpr std::int64_t saturating_subtract(std::int64_t left, std::int64_t right) noexcept {
    if (right < 0 && left > INT64_MAX + right) {
        return INT64_MAX;
    }
    return right > 0 && left < INT64_MIN + right ? INT64_MIN : left - right;
}

/// Seconds as milliseconds, or the end of the range that they would pass.
[[nodiscard]] constexpr std::int64_t saturating_milliseconds(std::int64_t seconds) noexcept {
    constexpr std::int64_t most = INT64_MAX / 1000;
    return seconds > most ? INT64_MAX : seconds < -most ? INT64_MIN : seconds * 1000;
}

/// How long a job has run, by a clock that may be set, stand still or jump (money.md, 5.1).
///
/// With each reading it grows by what the clock says, but by no less than the wait that was handed out since the last one, and by
/// no more than that and 120 s. So no clock makes a job run for ever, and none ends a watch before its time.
class elapsed_time {
public:
    /// What may pass beside a wait from one reading to the next.
    static constexpr std::int64_t longest_step = 120'000;

    /// A wait is handed out: the next reading comes after it.
    constexpr void expect_wait(milliseconds wait) noexcept { wait_ = wait.count() < 0 ? 0 : wait.count(); }

    /// The clock was read.
    constexpr void advance(unix_seconds now) noexcept {
        if (has_begun_) {
            const std::int64_t told = saturating_milliseconds(saturating_subtract(now.count(), now_.count()));
            const std::int64_t most = saturating_add(wait_, longest_step);
            total_ = saturating_add(total_, told < wait_ ? wait_ : told > most ? most : told);
        }
        has_begun_ = true;
        now_ = now;
        wait_ = 0;
    }

    /// Whether the clock was read at all.
    [[nodiscard]] constexpr bool has_begun() const noexcept { return has_begun_; }
    /// The last reading.
    [[nodiscard]] constexpr unix_seconds now() const noexcept { return now_; }
    /// Milliseconds since the first reading.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return total_; }

private:
    unix_seconds now_{};
    std::int64_t wait_ = 0;
    std::int64_t total_ = 0;
    bool has_begun_ = false;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
