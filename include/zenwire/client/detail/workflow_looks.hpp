// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_LOOKS_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_LOOKS_HPP

#include <cstdint>
#include <optional>

#include <zenwire/client/detail/workflow_end.hpp>

/// @file
/// The part of a workflow_job before the order: checks the parameters, looks at the instance, and decides whether there is
/// something to order (tests/docs/money.md, "What a look is worth").

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the order obeys the rules of its service. If not, the job ends before anything is sent.
inline expected<void> workflow_job::validate_order() const noexcept {
    if (record_.service.truncated()) {
        // a job with a cut name could not be resumed
        return refuse(errc::invalid_parameter, blame::local,
                      "name and version of the service are longer than limits::word");
    }
    return cancels() || service_ == nullptr ? expected<void>()
                                            : validate(modify{record_.instance_id, record_.target}, *service_);
}

inline workflow_step workflow_job::find() noexcept {
    if (const expected<void> valid = validate_order(); !valid) {
        return end_without_order(valid.error());
    }
    if (ledger_ != nullptr && !is_heard_) {
        return begin(phase::hear);
    }
    state_ = {};
    clock_.begin_look();
    record_.looked_at = clock_.now();
    return send_request();
}

inline workflow_step workflow_job::take(expected<look_up_instance::response> const& result) noexcept {
    if (!result) {
        return not_seen_before(result.error());
    }
    if (result->data_set.empty()) {
        return unclear_before(documented_refusal(api_code::invalid_instance_not_found));
    }
    look_up_instance::finding const& found = result->data_set[0];
    if (found.instance_id != record_.instance_id) {
        return unclear_before(error::make(errc::unclear_state, blame::remote,
                                          "the API told of another instance", instance_id_field));
    }
    state_.add(found);
    return !cancels() && is_forbidden() ? end_without_order(documented_refusal(prediction_.code)) : begin(phase::inspect);
}

/// Whether the API would refuse the order, as the documents say, judging by what is known of the instance so far.
inline bool workflow_job::is_forbidden() noexcept {
    prediction_ = cancels() ? traffic_package_prediction{traffic_package_prediction::kind::no_change,
                                                         api_code::unlisted, "the planned downgrade is cancelled"}
                            : predict(state_, record_.target, *service_);
    return prediction_.what == traffic_package_prediction::kind::refused;
}

/// Decides after both looks before the order.
inline workflow_step workflow_job::inspected(std::optional<observed_package> const& seen,
                                             status::response const& told) noexcept {
    if (!seen || (state_.size && *state_.size != seen->size)) {
        return unclear_before(error::make(errc::unclear_state, blame::remote,
                                          "the looks do not tell the size, or what the package is changed to"));
    }
    state_.add(told);
    if (cancels() && verdict_.size_before && seen->change == observed_package::change_state::idle) {
        // the planned downgrade that an earlier look showed is gone: it was cancelled, or it took effect
        watch_.look_before(appraise(seen, goal()));
        return conclude();
    }
    is_confirmed_ = is_confirmed_ && record_.before == *seen;
    record_.before = *seen;
    record_.looked_at_by_server = server_time_;
    verdict_.size_before = seen->size;
    switch (watch_.look_before(appraise(seen, goal()))) {
    case sighting::reached:
    case sighting::planned: return conclude();
    case sighting::under_way: phase_ = phase::watch; return wait(look_interval());
    default: return begin_order();
    }
}

inline workflow_step workflow_job::begin_order() noexcept {
    if (is_forbidden()) {
        return end_without_order(documented_refusal(prediction_.code));
    }
    if (server_clock_.told()) {
        return end_without_order(wrong_clock(server_clock_.told()));
    }
    return cancels() ? ask_caller() : begin(phase::price);
}

/// Decides after a look before the order that failed.
inline workflow_step workflow_job::not_seen_before(error const& failure) noexcept {
    if (failure.clock_offset_seconds && server_time_) {
        server_clock_.learn(*server_time_, clock_.now());
        return unclear_before(wrong_clock(server_clock_.told()));
    }
    return end_without_order(failure);
}

/// Decides after a look before the order that did not show what it must. The third such look ends the job.
inline workflow_step workflow_job::unclear_before(error const& why) noexcept {
    constexpr std::uint8_t most = 3;
    if (++unclear_looks_ >= most) {
        return end_without_order(why);
    }
    phase_ = phase::find;
    return wait(look_interval());
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
