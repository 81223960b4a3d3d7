// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_ORDER_WATCH_HPP
#define ZENWIRE_CLIENT_DETAIL_ORDER_WATCH_HPP

#include <cstdint>
#include <optional>

#include <zenwire/client/detail/evidence.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a look ends the watch, and how.
enum class watch_end : unsigned char {
    not_yet,  ///< it does not: look again
    refused,  ///< the refusal of the order is believed
    seen,     ///< what the look showed ends the job
};

/// Keeps what is known of a job's order and what the looks show of the instance, and decides how long to go on looking
/// (tests/docs/money.md).
class order_watch {
public:
    /// What is known of the order.
    [[nodiscard]] constexpr order_response response() const noexcept { return response_; }
    [[nodiscard]] constexpr bool is_refused() const noexcept { return response_ == order_response::refusal; }
    /// How the order failed, where that is known.
    [[nodiscard]] constexpr std::optional<error> const& failure() const noexcept { return failure_; }
    /// What the last look showed that was complete.
    [[nodiscard]] constexpr sighting last_seen() const noexcept { return last_seen_; }

    /// To be called when the order is handed to the transport.
    constexpr void hand_out() noexcept { response_ = order_response::unknown; }
    /// To be called when the API accepted the order.
    constexpr void note_acceptance() noexcept {
        response_ = order_response::accepted;
        last_seen_ = sighting::unclear;
    }
    /// To be called when the order failed.
    /// @return what is known of the order now
    constexpr order_response take_failure(error const& failure) noexcept {
        response_ = appraise(failure);
        if (response_ != order_response::none) {
            last_seen_ = sighting::unclear;
            failure_ = failure;
        }
        return response_;
    }
    /// To be called in a resumed job: another process handed the order out.
    constexpr void resume(workflow_record const& record) noexcept;

    /// Takes a look before the order, which may show that there is nothing to order.
    constexpr sighting look_before(sighting seen) noexcept {
        is_under_way_ = seen == sighting::under_way;
        return last_seen_ = seen;
    }
    /// Takes a look after the order. `seen` is nothing when the look was not complete.
    constexpr watch_end look(std::optional<observed_package> const& seen, observed_goal const& goal, job_clock const& clock,
                             milliseconds settle) noexcept;
    /// Takes a look after the order that failed.
    [[nodiscard]] constexpr watch_end look(error const& failure) const noexcept {
        return is_refused() && shows_reason(*failure_, failure) ? watch_end::refused : watch_end::not_yet;
    }
    /// Gives up a refusal when the ledger shows evidence against it.
    /// @return whether it did
    constexpr bool contradict(std::optional<ledger_evidence> const& told) noexcept {
        if (!is_refused() || !speaks_against(told, *failure_)) {
            return false;
        }
        response_ = order_response::unknown;
        return true;
    }

    /// How long to wait for the next look; nothing when the watch is over.
    /// @param told the wait that the server asked for, in milliseconds
    [[nodiscard]] constexpr std::optional<milliseconds> next_wait(std::int64_t told, job_clock const& clock,
                                                                  workflow_options const& options,
                                                                  milliseconds interval) const noexcept;

private:
    /// Takes an unchanged look after a refusal. Returns whether the instance has been unchanged long enough to believe the refusal.
    constexpr bool is_settled(job_clock const& clock, milliseconds settle) noexcept {
        if (has_visible_reason(*failure_)) {
            return false;
        }
        if (!unchanged_since_) {
            unchanged_since_ = clock.waited();
            return false;
        }
        return clock.waited() - *unchanged_since_ >= settle.count();
    }

    std::optional<error> failure_{};
    /// job_clock::waited() at the first unchanged look after a refusal
    std::optional<std::int64_t> unchanged_since_{};
    order_response response_ = order_response::none;
    sighting last_seen_ = sighting::unclear;
    bool is_under_way_ = false;
};

constexpr void order_watch::resume(workflow_record const& record) noexcept {
    using state = workflow_record::order_state;
    if (record.order == state::accepted) {
        response_ = order_response::accepted;
        return;
    }
    if (record.order == state::taken) {
        response_ = order_response::unknown;
        failure_ = error::make(errc::outcome_unknown, blame::local,
                               "the process ended after the job was stored: its order may have been sent");
        return;
    }
    response_ = order_response::refusal;
    failure_ = error::make(errc::api_error, blame::remote, "the API refused the order, in a process before");
    failure_->api_code_text = record.refusal_code;
    failure_->api_code = find_api_code(record.refusal_code.view());
    failure_->http_status = record.refusal_status;
    failure_->retry_after_seconds = record.refusal_wait_seconds;
}

constexpr watch_end order_watch::look(std::optional<observed_package> const& seen, observed_goal const& goal,
                                      job_clock const& clock, milliseconds settle) noexcept {
    const sighting shown = appraise(seen, goal);
    last_seen_ = seen ? shown : last_seen_;
    switch (what_follows(shown, response_)) {
    case follow_up::look_again: break;
    case follow_up::watch:
        is_under_way_ = true;
        // the change is under way although the order was refused: so that refusal proves nothing any more
        response_ = is_refused() ? order_response::unknown : response_;
        break;
    case follow_up::count: return is_settled(clock, settle) ? watch_end::refused : watch_end::not_yet;
    case follow_up::end:
        return is_refused() && shows_reason(*failure_, *seen, shown) ? watch_end::refused : watch_end::seen;
    }
    return watch_end::not_yet;
}

constexpr std::optional<milliseconds> order_watch::next_wait(std::int64_t told, job_clock const& clock,
                                                             workflow_options const& options,
                                                             milliseconds interval) const noexcept {
    const bool is_expected = response_ == order_response::accepted || is_under_way_;
    const std::int64_t left = clock.watch_left(is_expected ? options.longest_watch : options.unknown_watch);
    if (left <= 0) {
        return std::nullopt;
    }
    std::int64_t time = interval.count();
    if (unchanged_since_ && told == 0) {
        const std::int64_t until_settled =
            saturating_subtract(options.settle.count(), clock.waited() - *unchanged_since_);
        time = until_settled > 0 && until_settled < time ? until_settled : time;
    }
    return milliseconds(told > left ? left : told > time ? told : time);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
