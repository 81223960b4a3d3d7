// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_WATCH_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_WATCH_HPP

#include <cstdint>
#include <optional>

#include <zenwire/client/detail/workflow_end.hpp>

/// @file
/// The part of a workflow_job after the order: looks until the order, or somebody else's change to the target, takes effect, and
/// asks the ledger.

namespace ZENWIRE_NAMESPACE::detail {

inline void workflow_job::go_on() noexcept {
    phase_ = phase::watch;
    owes_a_look_ = true;
    is_stored_ = true;
    verdict_.size_before = record_.before.size;
    watch_.resume(record_);
    verdict_.order = record_.order == workflow_record::order_state::accepted
                         ? workflow_verdict::order_kind::accepted
                         : workflow_verdict::order_kind::unknown;
    verdict_.order_number = record_.order_number;
}

/// The first look comes after a wait; after a refusal at once, because no change has to take effect first.
inline workflow_step workflow_job::begin_watch() noexcept {
    phase_ = phase::watch;
    return wait(watch_.is_refused() || options().first_look < milliseconds() ? milliseconds() : options().first_look);
}

inline workflow_step workflow_job::take(expected<status::response> const& result) noexcept {
    const bool is_before = phase_ == phase::inspect;
    if (!result) {
        return is_before ? not_seen_before(result.error()) : not_seen(result.error());
    }
    server_clock_.prove();
    const std::optional<observed_package> seen = complete_look(*result, record_.instance_id.view());
    if (is_before) {
        return inspected(seen, *result);
    }
    if (seen) {
        state_.add(*result);
    }
    return watched(seen);
}

/// Decides after a look after the order that failed.
inline workflow_step workflow_job::not_seen(error const& failure) noexcept {
    if (failure.clock_offset_seconds && server_time_) {
        server_clock_.learn(*server_time_, clock_.now());
    }
    if (watch_.look(failure) == watch_end::refused) {
        return end_refused();
    }
    return look_again(std::int64_t{1000} * failure.retry_after_seconds.value_or(0));
}

inline workflow_step workflow_job::watched(std::optional<observed_package> const& seen) noexcept {
    if (seen) {
        ++verdict_.looks;
        verdict_.seen_until = clock_.now();
    }
    switch (watch_.look(seen, goal(), clock_, options().settle)) {
    case watch_end::refused: return end_refused();
    case watch_end::seen: return conclude();
    case watch_end::not_yet: break;
    }
    return look_again(0);
}

/// Waits for the next look, or ends the watch.
/// @param told the wait that the server asked for, in milliseconds
inline workflow_step workflow_job::look_again(std::int64_t told) noexcept {
    const std::optional<milliseconds> time = watch_.next_wait(told, clock_, options(), look_interval());
    if (!time) {
        is_told_to_stay_away_ = told > 0;
        return end_watch();
    }
    const workflow_step step = wait(*time);
    is_told_to_stay_away_ = told > step.wait.count();
    return step;
}

inline workflow_step workflow_job::ask_ledger() noexcept {
    if (witness_.topic() != ledger_topic::nothing) {
        return send_request();
    }
    if (phase_ == phase::testify) {
        return testified(witness_.testimony());
    }
    is_heard_ = true;
    purchasing_power_ = witness_.purchasing_power();
    record_.ledger = witness_.baseline();
    return begin(phase::find);
}

template <class Response>
    requires ledger_response<Response>
workflow_step workflow_job::take(expected<Response> const& result) noexcept {
    witness_.hear(result);
    return ask_ledger();
}

inline workflow_step workflow_job::testified(std::optional<ledger_evidence> const& told) noexcept {
    add_testimony(verdict_, told);
    if (watch_.contradict(told)) {
        verdict_.order = workflow_verdict::order_kind::unknown;
        verdict_.failure.reset();
        phase_ = phase::watch;
        return look_again(0);
    }
    return finish();
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
