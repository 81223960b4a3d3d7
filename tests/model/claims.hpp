// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_CLAIMS_HPP
#define ZENWIRE_TESTS_MODEL_CLAIMS_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/error.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>

namespace model {

/// What a verdict says, in the oracle's words.
struct claims {
    enum class instance : std::uint8_t { not_seen, unchanged, in_progress, planned, reached, conflict };
    enum class order : std::uint8_t { none, refused, accepted, unknown };
    instance of_instance = instance::not_seen;
    order of_order = order::none;
    bool is_retryable = false;
};

inline constexpr std::string_view instance_names[] = {"not seen", "unchanged", "in progress",
                                                      "planned",  "reached",   "conflict"};
inline constexpr std::string_view order_names[] = {"no order", "order refused", "order accepted", "order unknown"};

[[nodiscard]] inline claims claims_of(zenwire::workflow_verdict const& verdict) {
    claims result;
    result.of_instance = static_cast<claims::instance>(verdict.instance);
    result.of_order = static_cast<claims::order>(verdict.order);
    result.is_retryable = verdict.failure && verdict.failure->retryable();
    return result;
}

}  // namespace model

#endif
