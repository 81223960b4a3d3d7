// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_LOOKS_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_LOOKS_HPP

#include <cstdint>
#include <optional>

#include <zenwire/client/detail/workflow_job.hpp>

/// @file
/// The part of a workflow_job that looks at the instance (tests/docs/money.md, "What a look is worth"): before the order, to decide
/// whether there is something to order, and after it, until it takes effect.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the order obeys the rules of its service. If not, the job ends before anything is sent.
inline expected<void> workflow_job::validate_order() const noexcept {
    if (record_.service.truncated()) {
        // a job with a cut name could not be resumed
        return refuse(errc::invalid_parameter, blame::local,
                      "name and version of the service are longer than limits::word");
    }
    if (options().deadline.count() > unix_seconds::last) {
        return refuse(errc::invalid_parameter, blame::local,
                      "the deadline is after the year 9999: is it in milliseconds?");
    }
    return cancels() || service_ == nullptr ? expected<void>()
                                            : validate(modify{record_.instance_id, record_.target}, *service_);
}

inline workflow_step workflow_job::find() noexcept {
    if (const expected<void> valid = validate_order(); !valid) {
        return end_without_order(valid.error());
    }
    if (has_ledger_ && !has_read_ledger_) {
        return begin(phase::read_ledger_before);
    }
    state_ = {};
    clock_.begin_look();
    record_.looked_at = clock_.now();
    return send_request();
}

inline workflow_step workflow_job::take(expected<look_up_instance::response> const& result) noexcept {
    if (!result) {
        return on_failed_look_before_order(result.error());
    }
    if (result->data_set.empty()) {
        return on_unclear_look_before_order(documented_refusal(api_code::invalid_instance_not_found));
    }
    look_up_instance::summary const& found = result->data_set[0];
    if (found.instance_id != record_.instance_id) {
        return on_unclear_look_before_order(
            error::make(errc::unclear_state, blame::remote, "the API told of another instance", instance_id_field));
    }
    state_.add(found);
    return !cancels() && is_forbidden() ? end_without_order(documented_refusal(prediction_.code))
                                        : begin(phase::read_status);
}

/// Whether the API would refuse the order, by its documentation and by what is known of the instance so far.
inline bool workflow_job::is_forbidden() noexcept {
    prediction_ = cancels() ? traffic_package_prediction{traffic_package_prediction::kind::no_change,
                                                         api_code::unlisted, "the planned downgrade is cancelled"}
                            : predict(state_, record_.target, *service_);
    return prediction_.what == traffic_package_prediction::kind::refused;
}

/// Decides after both looks before the order.
inline workflow_step workflow_job::on_status(std::optional<observed_package> const& seen,
                                             status::response const& response) noexcept {
    if (!seen || (state_.size && *state_.size != seen->size)) {
        return on_unclear_look_before_order(error::make(
            errc::unclear_state, blame::remote, "the looks do not tell the size, or what the package is changed to"));
    }
    state_.add(response);
    if (cancels() && verdict_.size_before && seen->change == observed_package::change_state::idle) {
        // the planned downgrade that an earlier look showed is gone: it was cancelled, or it took effect
        watch_.take_look_before(observe(seen, goal()));
        return conclude();
    }
    is_confirmed_ = is_confirmed_ && record_.before == *seen;
    record_.before = *seen;
    record_.looked_at_by_server = server_time_;
    verdict_.size_before = seen->size;
    watch_.take_look_before(observe(seen, goal()));
    switch (watch_.last_observation()) {
    case observation::reached:
    case observation::planned: return conclude();
    case observation::under_way: phase_ = phase::watch; return wait(look_interval());
    default: return begin_order();
    }
}

inline workflow_step workflow_job::begin_order() noexcept {
    if (is_forbidden()) {
        return end_without_order(documented_refusal(prediction_.code));
    }
    is_confirmed_ = is_confirmed_ && prediction_.what == confirmed_prediction_;
    if (server_clock_.learned()) {
        return end_without_order(wrong_clock(server_clock_.learned()));
    }
    return cancels() ? ask_caller() : begin(phase::price);
}

/// Decides after a look before the order that failed.
inline workflow_step workflow_job::on_failed_look_before_order(error const& failure) noexcept {
    if (failure.clock_offset_seconds && server_time_) {
        server_clock_.learn(*server_time_, clock_.now());
        return on_unclear_look_before_order(wrong_clock(server_clock_.learned()));
    }
    return end_without_order(failure);
}

/// Decides after a look before the order that did not show what it must. The third such look ends the job.
inline workflow_step workflow_job::on_unclear_look_before_order(error const& why) noexcept {
    constexpr std::uint8_t most = 3;
    if (++unclear_looks_ >= most) {
        return end_without_order(why);
    }
    phase_ = phase::find_instance;
    return wait(look_interval());
}

// ---- After the order: looks until it, or somebody else's change to the target, takes effect, and the ledger

inline void workflow_job::go_on() noexcept {
    phase_ = phase::watch;
    needs_last_look_ = true;
    is_stored_ = true;
    verdict_.size_before = record_.before.size;
    watch_.resume(record_);
    verdict_.order = record_.order == workflow_record::order_state::accepted ? workflow_verdict::order_kind::accepted
                                                                             : workflow_verdict::order_kind::unknown;
    verdict_.order_number = record_.order_number;
}

/// The first look comes after a wait; after a refusal at once, because no change has to take effect first.
inline workflow_step workflow_job::begin_watch() noexcept {
    phase_ = phase::watch;
    if (verdict_.looks != 0) {
        return look_again(0);  // the watch was begun before
    }
    return wait(watch_.is_refused() || options().first_look < milliseconds() ? milliseconds() : options().first_look);
}

inline workflow_step workflow_job::take(expected<status::response> const& result) noexcept {
    const bool is_before = phase_ == phase::read_status;
    if (!result) {
        return is_before ? on_failed_look_before_order(result.error()) : on_failed_look(result.error());
    }
    server_clock_.prove();
    const std::optional<observed_package> seen = package_shown(*result, record_.instance_id.view());
    if (is_before) {
        return on_status(seen, *result);
    }
    if (seen) {
        state_.add(*result);
    }
    return on_look(seen);
}

/// Decides after a look after the order that failed.
inline workflow_step workflow_job::on_failed_look(error const& failure) noexcept {
    if (failure.clock_offset_seconds && server_time_) {
        server_clock_.learn(*server_time_, clock_.now());
    }
    if (watch_.take_look(failure) == watch_end::refused) {
        return end_refused();
    }
    return look_again(std::int64_t{1000} * failure.retry_after_seconds.value_or(0));
}

inline workflow_step workflow_job::on_look(std::optional<observed_package> const& seen) noexcept {
    if (seen) {
        ++verdict_.looks;
        verdict_.seen_until = clock_.now();
    }
    switch (watch_.take_look(seen, goal(), clock_, options().settle)) {
    case watch_end::refused: return end_refused();
    case watch_end::concluded: return conclude();
    case watch_end::not_yet: break;
    }
    return look_again(0);
}

/// Waits for the next look, or ends the watch.
/// @param server_wait the wait that the server asked for, in milliseconds
inline workflow_step workflow_job::look_again(std::int64_t server_wait) noexcept {
    if (record_.order == workflow_record::order_state::refused && !watch_.is_refused()) {
        record_.order = workflow_record::order_state::taken;  // a resumed job must not believe the refusal either
        return begin(phase::save_response);
    }
    const std::optional<milliseconds> time = watch_.next_wait(server_wait, clock_, options(), look_interval());
    if (!time) {
        server_wait_is_too_long_ = server_wait > 0;
        return end_watch();
    }
    const workflow_step step = wait(*time);
    server_wait_is_too_long_ = server_wait > step.wait.count();
    return step;
}

inline workflow_step workflow_job::ask_ledger() noexcept {
    if (comparison_.topic() != ledger_topic::nothing) {
        return send_request();
    }
    if (phase_ == phase::read_ledger_after) {
        return on_ledger_read(comparison_.evidence());
    }
    has_read_ledger_ = true;
    purchasing_power_ = comparison_.purchasing_power();
    record_.ledger = comparison_.baseline();
    return begin(phase::find_instance);
}

template <class Response>
    requires ledger_response<Response>
workflow_step workflow_job::take(expected<Response> const& result) noexcept {
    comparison_.take(result);
    return ask_ledger();
}

inline workflow_step workflow_job::on_ledger_read(std::optional<ledger_evidence> const& shown) noexcept {
    add_evidence(verdict_, shown);
    if (watch_.contradict(shown)) {
        verdict_.order = workflow_verdict::order_kind::unknown;
        verdict_.failure.reset();
        phase_ = phase::watch;
        return look_again(0);
    }
    return finish();
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
