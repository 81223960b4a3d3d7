// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_END_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_END_HPP

#include <optional>

#include <zenwire/client/detail/workflow_job.hpp>

/// @file
/// The part of a workflow_job that ends it: makes the verdict (tests/docs/money.md, "The verdict") from the last look and from what
/// is known of the order.

namespace ZENWIRE_NAMESPACE::detail {

/// The error for an order that the API would refuse, as the documents say.
[[nodiscard]] constexpr error documented_refusal(api_code code) noexcept {
    error refusal = error::make(errc::would_be_refused, blame::local, description_of(code).meaning);
    refusal.api_code = code;
    refusal.api_code_text.assign(description_of(code).spelling);
    return refusal;
}

/// The error of a job that orders nothing, because its looks had to be signed with the server's time.
[[nodiscard]] constexpr error wrong_clock(std::optional<std::int64_t> offset_seconds) noexcept {
    error failure =
        error::make(errc::invalid_timestamp, blame::local,
                    "the server's clock is another one: orders are signed by the caller's clock, which has to be set first");
    failure.clock_offset_seconds = offset_seconds;
    return failure;
}

/// Sets the failure of the verdict, by the last look and by what is known of the order.
constexpr void explain(workflow_verdict& verdict, sighting last_seen,
                       std::optional<error> const& order_failure) noexcept {
    using kind = workflow_verdict::order_kind;
    if (last_seen == sighting::foreign) {
        verdict.failure = error::make(errc::conflicting_change, blame::remote, "somebody else changed the instance");
    }
    if (last_seen == sighting::too_late) {
        verdict.failure = verdict.order == kind::none
                              ? documented_refusal(api_code::operation_denied_downgrade_not_exist)
                              : error(error::make(errc::conflicting_change, blame::remote,
                                                  "the planned downgrade came before its cancellation"));
    }
    if (verdict.order == kind::unknown && order_failure) {
        verdict.failure = order_failure;
        verdict.failure->code = errc::outcome_unknown;
    }
    if (verdict.failure) {
        verdict.failure->outcome = verdict.order == kind::accepted  ? outcome::executed
                                   : verdict.order == kind::unknown ? outcome::unknown
                                                                    : outcome::not_executed;
    }
}

/// Adds what the ledger showed to the verdict. When it was asked twice, the stronger evidence stays.
constexpr void add_testimony(workflow_verdict& verdict, std::optional<ledger_evidence> const& told) noexcept {
    if (told && (!verdict.ledger || verdict.ledger->what <= told->what)) {
        verdict.ledger = told;
    }
}

/// Makes sure that the failure is not error::retryable(): whether to begin another job is the caller's decision.
constexpr void deny_retry(workflow_verdict& verdict) noexcept {
    if (verdict.failure) {
        verdict.failure->reads_only = false;
        verdict.failure->code = verdict.failure->retryable() ? errc::not_ordered : verdict.failure->code;
    }
}

inline workflow_step workflow_job::end_at_deadline() noexcept {
    return phase_ == phase::watch
               ? end_watch()
               : end_without_order(error::make(errc::deadline_passed, blame::local, "the deadline passed"));
}

/// Ends a job that sent no order, or none that could have been executed.
inline workflow_step workflow_job::end_without_order(error const& why) noexcept {
    verdict_.failure = why;
    verdict_.failure->outcome = outcome::not_executed;
    return finish();
}

inline workflow_step workflow_job::end_refused() noexcept {
    verdict_.order = workflow_verdict::order_kind::refused;
    verdict_.failure = watch_.failure();
    return finish();
}

/// Ends the watch when its time is over and the goal was not seen.
inline workflow_step workflow_job::end_watch() noexcept {
    if (watch_.last_seen() != sighting::under_way) {
        verdict_.failure = error::make(errc::deadline_passed, blame::remote,
                                       watch_.response() == order_response::accepted
                                           ? "the order was accepted, and its effect was not seen in time"
                                           : "the goal was not seen in time");
    }
    return conclude();
}

/// Ends the job with what the last look showed.
inline workflow_step workflow_job::conclude() noexcept {
    explain(verdict_, watch_.last_seen(), watch_.failure());
    return finish();
}

/// Whether the ledger is still to be asked. Not when the server asked for a longer wait than is left, and not after the deadline,
/// unless the job was resumed after it.
inline bool workflow_job::wants_testimony() const noexcept {
    return ledger_ != nullptr && phase_ != phase::testify && may_have_ordered() && !is_told_to_stay_away_ &&
           (is_late_ || !clock_.is_past_deadline());
}

inline workflow_step workflow_job::finish() noexcept {
    if (wants_testimony()) {
        return begin(phase::testify);
    }
    verdict_.instance = instance_shown(watch_.last_seen());
    verdict_.is_changed_further = watch_.last_seen() == sighting::reached_and_more;
    if (may_have_ordered()) {
        verdict_.ordered_at = record_.signed_at;
    }
    if (verdict_.order == workflow_verdict::order_kind::unknown) {
        record_.clock_offset = server_clock_.cautious();
        verdict_.acceptable_until = record_.acceptable_until();
    }
    deny_retry(verdict_);
    return step_ = {workflow_step::kind::done};
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
