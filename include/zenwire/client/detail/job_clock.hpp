// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP
#define ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP

#include <cstdint>
#include <optional>

#include <zenwire/protocol/signature.hpp>

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

/// How long a job has run, by a clock that may be set, stand still or jump (tests/docs/money.md, "Clocks").
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

/// The time of a job (tests/docs/money.md, "Clocks"): what the clock says, what has passed, what is left until the deadline, and
/// how old a look is.
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

/// How far the server's clock is ahead of the caller's (tests/docs/money.md, "Clocks"), in seconds: as it said when it called a
/// signature expired.
class server_clock {
public:
    /// Takes how far the server's clock is ahead of the time that the last look was signed for.
    constexpr void learn(std::int64_t seconds) noexcept { told_ = saturating_add(told_.value_or(0), seconds); }
    /// A look succeeded that was signed by what was learned.
    constexpr void prove() noexcept { proven_ = told_; }

    /// What was learned; nothing while no signature was called expired.
    [[nodiscard]] constexpr std::optional<std::int64_t> const& told() const noexcept { return told_; }
    /// The same, once a look proved it.
    [[nodiscard]] constexpr std::optional<std::int64_t> const& proven() const noexcept { return proven_; }
    /// The offset by which an order can be accepted the longest: one that was told and not proven by a look may be wrong, or the
    /// clock may have been set since, so that it never makes the end earlier.
    [[nodiscard]] constexpr std::optional<std::int64_t> cautious() const noexcept {
        const bool is_later = told_ && *told_ < proven_.value_or(-signature_lifetime_seconds);
        return is_later ? told_ : proven_;
    }
    /// The server's time.
    [[nodiscard]] constexpr unix_seconds time_for(unix_seconds now) const noexcept {
        return unix_seconds(saturating_add(now.count(), told_.value_or(0)));
    }

private:
    std::optional<std::int64_t> told_{};
    std::optional<std::int64_t> proven_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
