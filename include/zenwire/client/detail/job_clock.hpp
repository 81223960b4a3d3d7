// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP
#define ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/client/detail/elapsed_time.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The time of a job (money.md, 5): what the clock says, what has passed, what is left until the deadline, and how old a look is.
class job_clock {
public:
    /// The clock was read. The first reading tells how long the job may run.
    constexpr void take_reading(unix_seconds now, unix_seconds deadline) noexcept {
        if (!elapsed_.has_begun()) {
            deadline_ = deadline;
            time_allowed_ = time_until(deadline, now);
        }
        elapsed_.advance(now);
    }

    /// Whether the clock was read at all.
    [[nodiscard]] constexpr bool has_begun() const noexcept { return elapsed_.has_begun(); }
    /// The last reading.
    [[nodiscard]] constexpr unix_seconds now() const noexcept { return elapsed_.now(); }
    /// Milliseconds that the job has run.
    [[nodiscard]] constexpr std::int64_t elapsed() const noexcept { return elapsed_.count(); }
    /// Milliseconds of all waits that were handed out.
    [[nodiscard]] constexpr std::int64_t waited() const noexcept { return waited_; }

    /// Whether the deadline has come, by the clock or by the time that the job has run.
    [[nodiscard]] constexpr bool is_past_deadline() const noexcept {
        return now() >= deadline_ || elapsed() >= time_allowed_;
    }

    /// A wait is handed out: as long as asked for, but not beyond the deadline.
    [[nodiscard]] constexpr milliseconds wait(std::int64_t time) noexcept {
        const std::int64_t by_clock = time_until(deadline_, now());
        const std::int64_t by_run = saturating_subtract(time_allowed_, elapsed());
        const std::int64_t most = by_clock < by_run ? by_clock : by_run;
        const std::int64_t bounded = time > most ? most : time;
        const milliseconds wait(bounded < 0 ? 0 : bounded);
        elapsed_.expect_wait(wait);
        waited_ = saturating_add(waited_, wait.count());
        return wait;
    }

    /// A look begins that an order may build on.
    constexpr void begin_look() noexcept { looked_at_ = elapsed(); }
    /// Whether what was learned or written then, or that look, is older than an order may build on.
    [[nodiscard]] constexpr bool is_too_old(unix_seconds since) const noexcept {
        constexpr std::int64_t oldest = 60;
        const std::int64_t age = saturating_subtract(now().count(), since.count());
        return age < 0 || age > oldest || elapsed() - looked_at_ > oldest * 1000;
    }

    /// A watch begins with its first look.
    constexpr void begin_watch() noexcept { watch_began_ = watch_began_.value_or(elapsed()); }
    /// Milliseconds that are left of a watch of that length.
    [[nodiscard]] constexpr std::int64_t watch_left(milliseconds length) const noexcept {
        return saturating_subtract(length.count(), elapsed() - watch_began_.value_or(elapsed()));
    }

private:
    static constexpr std::int64_t time_until(unix_seconds end, unix_seconds now) noexcept {
        return saturating_milliseconds(saturating_subtract(end.count(), now.count()));
    }

    elapsed_time elapsed_{};
    unix_seconds deadline_{};
    std::int64_t time_allowed_ = 0;
    std::int64_t waited_ = 0;
    std::int64_t looked_at_ = 0;
    std::optional<std::int64_t> watch_began_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
