// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP
#define ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP

#include <cstdint>
#include <optional>

#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// left + right, or the smallest or largest number when that does not fit.
[[nodiscard]] constexpr std::int64_t saturating_add(std::int64_t left, std::int64_t right) noexcept {
    if (right > 0 && left > INT64_MAX - right) {
        return INT64_MAX;
    }
    return right < 0 && left < INT64_MIN - right ? INT64_MIN : left + right;
}

/// left - right, or the smallest or largest number when that does not fit.
[[nodiscard]] constexpr std::int64_t saturating_subtract(std::int64_t left, std::int64_t right) noexcept {
    if (right < 0 && left > INT64_MAX + right) {
        return INT64_MAX;
    }
    return right > 0 && left < INT64_MIN + right ? INT64_MIN : left - right;
}

/// Seconds as milliseconds, or the smallest or largest number when they do not fit.
[[nodiscard]] constexpr std::int64_t saturating_milliseconds(std::int64_t seconds) noexcept {
    constexpr std::int64_t most = INT64_MAX / 1000;
    return seconds > most ? INT64_MAX : seconds < -most ? INT64_MIN : seconds * 1000;
}

/// How long a job has run, by a clock that may be set, stand still or jump (tests/docs/money.md, "Clocks").
/// With each reading it grows by the difference of the readings, but at least by the wait between them, and at most by that wait
/// and 120 s more. So a wrong clock can neither make a job run for ever nor end a watch too early.
class elapsed_time {
public:
    /// The most time, in milliseconds, that counts between two readings in addition to the wait.
    static constexpr std::int64_t longest_step = 120'000;

    /// To be called when a wait begins: the next reading comes after it.
    constexpr void expect_wait(milliseconds wait) noexcept { wait_ = wait.count() < 0 ? 0 : wait.count(); }

    /// Takes a reading of the clock.
    constexpr void advance(unix_seconds now) noexcept {
        if (has_begun_) {
            const std::int64_t by_clock = saturating_milliseconds(saturating_subtract(now.count(), now_.count()));
            const std::int64_t most = saturating_add(wait_, longest_step);
            total_ = saturating_add(total_, by_clock < wait_ ? wait_ : by_clock > most ? most : by_clock);
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

/// The time of a job (tests/docs/money.md, "Clocks"): the clock's reading, the time run and left, and the age of a look.
class job_clock {
public:
    /// Takes a reading of the clock. The first one determines how long the job may run.
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
    /// The sum of all waits, in milliseconds.
    [[nodiscard]] constexpr std::int64_t waited() const noexcept { return waited_; }

    /// Whether the deadline has come, by the clock or by the time that the job has run.
    [[nodiscard]] constexpr bool is_past_deadline() const noexcept {
        return now() >= deadline_ || elapsed() >= time_allowed_;
    }

    /// Begins a wait of that many milliseconds, or up to the deadline, and returns it.
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

    /// To be called when the looks before an order begin.
    constexpr void begin_look() noexcept { looked_at_ = elapsed(); }
    /// Whether the time `since`, or the start of the looks, is too old for an order: over a minute ago, or in the future.
    [[nodiscard]] constexpr bool is_too_old(unix_seconds since) const noexcept {
        constexpr std::int64_t oldest = 60;
        const std::int64_t age = saturating_subtract(now().count(), since.count());
        return age < 0 || age > oldest || elapsed() - looked_at_ > oldest * 1000;
    }

    /// To be called at the first look of a watch, and harmless at later ones.
    constexpr void begin_watch() noexcept { watch_began_ = watch_began_.value_or(elapsed()); }
    /// How many milliseconds are left of a watch that may be that long.
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

/// How many seconds the server's clock is ahead of the caller's (tests/docs/money.md, "Clocks").
class server_clock {
public:
    /// Takes the time in a response that came at `now`: by that of the signature, a slow look would make orders end too early.
    constexpr void learn(unix_seconds server, unix_seconds now) noexcept {
        learned_ = saturating_subtract(server.count(), now.count());
    }
    /// To be called when a look succeeded: it was signed with the offset that was learned.
    constexpr void prove() noexcept { proven_ = learned_; }

    /// The offset that was learned; nothing when no signature was called expired.
    [[nodiscard]] constexpr std::optional<std::int64_t> const& learned() const noexcept { return learned_; }
    /// The offset to reckon with for how long an order may be accepted. An offset that no look proved may be wrong, and so may the
    /// one in the record, for the clock that is read now; so they are used only when they make that time longer.
    [[nodiscard]] constexpr std::optional<std::int64_t> cautious(
        std::optional<std::int64_t> const& recorded) const noexcept {
        constexpr auto later = [](auto const& offset, auto const& other) noexcept {
            return other && *other < offset.value_or(-signature_lifetime_seconds) ? other : offset;
        };
        return later(later(proven_, learned_), recorded);
    }
    /// The server's time. When it told one, a request can be signed for it, so that the response may correct a wrong one.
    [[nodiscard]] constexpr unix_seconds time_for(unix_seconds now) const noexcept {
        const std::int64_t time = saturating_add(now.count(), learned_.value_or(0));
        return unix_seconds(!learned_ ? time : time < 0 ? 0 : time > unix_seconds::last ? unix_seconds::last : time);
    }

private:
    std::optional<std::int64_t> learned_{};
    std::optional<std::int64_t> proven_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
