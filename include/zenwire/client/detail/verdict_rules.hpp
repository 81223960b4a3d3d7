// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_VERDICT_RULES_HPP
#define ZENWIRE_CLIENT_DETAIL_VERDICT_RULES_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/client/detail/observation.hpp>
#include <zenwire/client/ledger_evidence.hpp>
#include <zenwire/client/workflow_verdict.hpp>
#include <zenwire/protocol/error_code.hpp>

/// @file
/// What a verdict says (money.md, 6), once it is known what the last look showed and what became of the order.

namespace ZENWIRE_NAMESPACE::detail {

/// What the documents say that the API would refuse.
[[nodiscard]] constexpr error documented_refusal(api_code code) noexcept {
    error refusal = error::make(errc::would_be_refused, blame::local, description_of(code).meaning);
    refusal.api_code = code;
    refusal.api_code_text.assign(description_of(code).spelling);
    return refusal;
}

/// Why a job whose looks need the server's time orders nothing.
[[nodiscard]] constexpr error wrong_clock(std::optional<std::int64_t> offset_seconds) noexcept {
    error failure =
        error::make(errc::invalid_timestamp, blame::local,
                    "the server's clock is another one: orders are signed by the caller's clock, which has to be set first");
    failure.clock_offset_seconds = offset_seconds;
    return failure;
}

/// The failure that goes with the last look, and with what became of the order.
constexpr void conclude(workflow_verdict& verdict, sighting last_seen,
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

/// What the ledger showed, in the verdict: of two rounds the stronger evidence.
constexpr void add_testimony(workflow_verdict& verdict, std::optional<ledger_evidence> const& told) noexcept {
    if (told && (!verdict.ledger || verdict.ledger->what <= told->what)) {
        verdict.ledger = told;
    }
}

/// Whether to begin another job is not to be decided by a property of a look or a transport.
constexpr void deny_retry(workflow_verdict& verdict) noexcept {
    if (verdict.failure) {
        verdict.failure->reads_only = false;
        verdict.failure->code = verdict.failure->retryable() ? errc::not_ordered : verdict.failure->code;
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
