// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_OBSERVATION_HPP
#define ZENWIRE_CLIENT_DETAIL_OBSERVATION_HPP

#include <optional>
#include <string_view>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/client/observed_package.hpp>
#include <zenwire/client/workflow_verdict.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// What a look shows when it is complete (money.md, 3.1): our instance, a size, and either idle or a change whose kind and target
/// are told. Nothing for every other look: it proves nothing, neither before nor after an order.
[[nodiscard]] constexpr std::optional<observed_package> complete_look(
    describe_instance_internet_status::response const& look, std::string_view instance_id) noexcept {
    using word = modification_status::value_type;
    if (look.instance_id != instance_id || !look.size) {
        return std::nullopt;
    }
    observed_package seen;
    seen.size = *look.size;
    const auto& status = look.modified_traffic_package_status;
    if (!status || status->text().empty() || *status == word::enable) {
        const bool leads_nowhere = !look.modified_size || *look.modified_size == *look.size;
        return leads_nowhere ? std::optional(seen) : std::nullopt;
    }
    if (!look.modified_size || (*status != word::processing && *status != word::wait_to_enable)) {
        return std::nullopt;
    }
    seen.change = *status == word::processing ? observed_package::change_state::processing
                                              : observed_package::change_state::planned;
    seen.next = look.modified_size;
    return seen;
}

/// What a look says of the goal of a job.
enum class sighting : unsigned char {
    unclear,           ///< nothing
    unchanged,         ///< all is as it was before the order
    under_way,         ///< the change to the target, or any change where a cancellation waits for its end
    planned,           ///< the target comes with the next billing cycle
    reached,           ///< the target is there
    reached_and_more,  ///< the target is there, and a further change on top of it
    too_late,          ///< the downgrade that was to be cancelled has come
    foreign,           ///< anything else: somebody else changed the instance
};

/// What a job is to bring about, and what was there before.
struct observed_goal {
    bool cancels = false;
    traffic_package_size target{};
    observed_package before{};
};

/// What a look is worth (money.md, 3.2 and 3.3).
[[nodiscard]] constexpr sighting appraise(std::optional<observed_package> const& look,
                                          observed_goal const& goal) noexcept {
    using enum observed_package::change_state;
    if (!look) {
        return sighting::unclear;
    }
    if (goal.cancels) {
        return look->change == processing                               ? sighting::under_way
               : look->change == idle && look->size == goal.before.size ? sighting::reached
               : *look == goal.before                                   ? sighting::unchanged
               : look->change == idle && look->size == goal.before.next ? sighting::too_late
                                                                        : sighting::foreign;
    }
    const bool leads_to_target = look->next == goal.target;
    if (look->size == goal.target && !leads_to_target) {
        return look->change == idle ? sighting::reached : sighting::reached_and_more;
    }
    return leads_to_target && look->change == processing ? sighting::under_way
           : leads_to_target                             ? sighting::planned
           : *look == goal.before                        ? sighting::unchanged
                                                         : sighting::foreign;
}

/// The verdict on the instance that follows from a look.
[[nodiscard]] constexpr workflow_verdict::instance_kind instance_shown(sighting seen) noexcept {
    using kind = workflow_verdict::instance_kind;
    switch (seen) {
    case sighting::unclear: return kind::not_seen;
    case sighting::unchanged: return kind::unchanged;
    case sighting::under_way: return kind::in_progress;
    case sighting::planned: return kind::planned;
    case sighting::reached:
    case sighting::reached_and_more: return kind::reached;
    case sighting::too_late:
    case sighting::foreign: return kind::conflict;
    }
    return kind::not_seen;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
