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
    enum class instance : std::uint8_t { reached, planned, in_progress, not_reached, unknown };
    enum class order : std::uint8_t { untold, not_executed, unknown };
    instance of_instance = instance::unknown;
    order of_order = order::untold;
    bool is_retryable = false;
};

inline constexpr std::string_view instance_names[] = {"reached", "planned", "in progress", "not reached", "unknown"};
inline constexpr std::string_view order_names[] = {"nothing said of the order", "order not executed", "order unknown"};

[[nodiscard]] inline claims claims_of(zenwire::workflow_verdict const& verdict) {
    claims result;
    result.of_instance = static_cast<claims::instance>(verdict.what);
    if (verdict.failure) {
        result.of_order = verdict.failure->outcome == zenwire::outcome::not_executed ? claims::order::not_executed
                                                                                     : claims::order::unknown;
    }
    return result;
}

}  // namespace model

#endif
