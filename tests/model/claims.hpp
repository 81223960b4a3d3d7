// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_CLAIMS_HPP
#define ZENWIRE_TESTS_MODEL_CLAIMS_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/error.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/client/workflow_terms.hpp>

namespace model {

/// What a verdict says, in the oracle's words.
struct claims {
    enum class instance : std::uint8_t { not_seen, unchanged, in_progress, planned, reached, conflict };
    enum class order : std::uint8_t { none, refused, accepted, unknown };
    instance of_instance = instance::not_seen;
    order of_order = order::none;
    bool is_retryable = false;
    /// the failure that is told fits what is said of the order
    bool has_right_failure = true;
    bool is_changed_further = false;
    bool is_clock_blamed = false;
    std::optional<std::int64_t> acceptable_until{};
    bool is_acceptable_for_ever = false;
    /// what the ledger is said to have shown; nothing where it was silent
    std::optional<zenwire::ledger_evidence> of_ledger{};
};

inline constexpr std::string_view instance_names[] = {"not seen", "unchanged", "in progress",
                                                      "planned",  "reached",   "conflict"};
inline constexpr std::string_view order_names[] = {"no order", "order refused", "order accepted", "order unknown"};

[[nodiscard]] inline claims claims_of(zenwire::workflow_verdict const& verdict) {
    claims result;
    result.of_instance = static_cast<claims::instance>(verdict.instance);
    result.of_order = static_cast<claims::order>(verdict.order);
    result.is_retryable = verdict.failure && verdict.failure->retryable();
    result.is_changed_further = verdict.is_changed_further;
    result.is_clock_blamed = verdict.failure && verdict.failure->code == zenwire::errc::invalid_timestamp;
    result.is_acceptable_for_ever = verdict.acceptable_until == zenwire::workflow_verdict::never;
    result.of_ledger = verdict.ledger;
    if (verdict.acceptable_until) {
        result.acceptable_until = verdict.acceptable_until->count();
    }
    const auto is_outcome = [&](zenwire::outcome expected) {
        return verdict.failure && verdict.failure->outcome == expected && !verdict.failure->reads_only;
    };
    switch (verdict.order) {
    case zenwire::workflow_verdict::order_kind::unknown:
        result.has_right_failure = is_outcome(zenwire::outcome::unknown) ||
                                   (!verdict.failure && result.of_instance != claims::instance::unchanged);
        break;
    case zenwire::workflow_verdict::order_kind::refused:
        result.has_right_failure = is_outcome(zenwire::outcome::not_executed);
        break;
    case zenwire::workflow_verdict::order_kind::accepted:
        result.has_right_failure = !verdict.failure || is_outcome(zenwire::outcome::executed);
        break;
    case zenwire::workflow_verdict::order_kind::none:
        result.has_right_failure = !verdict.failure || is_outcome(zenwire::outcome::not_executed);
        break;
    }
    return result;
}

}  // namespace model

#endif
