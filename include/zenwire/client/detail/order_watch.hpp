// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_ORDER_WATCH_HPP
#define ZENWIRE_CLIENT_DETAIL_ORDER_WATCH_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/detail/job_clock.hpp>
#include <zenwire/client/workflow_record.hpp>
#include <zenwire/protocol/error_code.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The package that a look shows (tests/docs/money.md, "What a look is worth"). Returns nothing if the look is incomplete. A look
/// is complete if it names the job's instance, a size, and either no change or a change with its kind and target.
[[nodiscard]] constexpr std::optional<observed_package> package_shown(
    describe_instance_internet_status::response const& look, std::string_view instance_id) noexcept {
    using word = modification_status::value_type;
    if (look.instance_id != instance_id || !look.size) {
        return std::nullopt;
    }
    observed_package package;
    package.size = *look.size;
    const auto& status = look.modified_traffic_package_status;
    if (!status || status->text().empty() || *status == word::enable) {
        const bool leads_nowhere = !look.modified_size || *look.modified_size == *look.size;
        return leads_nowhere ? std::optional(package) : std::nullopt;
    }
    if (!look.modified_size || (*status != word::processing && *status != word::wait_to_enable)) {
        return std::nullopt;
    }
    package.change = *status == word::processing ? observed_package::change_state::processing
                                                 : observed_package::change_state::planned;
    package.next = look.modified_size;
    return package;
}

/// What a look shows of the goal of a job.
enum class observation : unsigned char {
    unclear,           ///< nothing
    unchanged,         ///< all is as it was before the order
    under_way,         ///< the change to the target; for a cancellation any change, which has to end first
    planned,           ///< the change to the target is planned for the next billing cycle
    reached,           ///< the instance has the target size, or the planned downgrade is cancelled
    reached_and_more,  ///< the instance has the target size, and a further change was begun or planned
    too_late,          ///< the downgrade that was to be cancelled has taken effect
    foreign,           ///< anything else: somebody else changed the instance
};

/// The goal of a job, and the state before it.
struct observed_goal {
    bool cancels = false;
    traffic_package_size target{};
    observed_package before{};
};

/// What the package that a look shows says of the goal (tests/docs/money.md, "What a look is worth").
[[nodiscard]] constexpr observation observe(std::optional<observed_package> const& package,
                                            observed_goal const& goal) noexcept {
    using enum observed_package::change_state;
    if (!package) {
        return observation::unclear;
    }
    const bool is_unchanged = *package == goal.before;
    if (goal.cancels) {
        switch (package->change) {
        case processing: return observation::under_way;
        case planned: return is_unchanged ? observation::unchanged : observation::foreign;
        case idle: break;
        }
        return package->size == goal.before.size   ? observation::reached
               : package->size == goal.before.next ? observation::too_late
                                                   : observation::foreign;
    }
    if (package->next == goal.target) {
        return package->change == processing ? observation::under_way : observation::planned;
    }
    if (package->size == goal.target) {
        return package->change == idle ? observation::reached : observation::reached_and_more;
    }
    return is_unchanged ? observation::unchanged : observation::foreign;
}

/// The verdict on the instance that follows from a look.
[[nodiscard]] constexpr workflow_verdict::instance_kind instance_shown(observation observed) noexcept {
    using kind = workflow_verdict::instance_kind;
    switch (observed) {
    case observation::unclear: return kind::not_seen;
    case observation::unchanged: return kind::unchanged;
    case observation::under_way: return kind::in_progress;
    case observation::planned: return kind::planned;
    case observation::reached:
    case observation::reached_and_more: return kind::reached;
    case observation::too_late:
    case observation::foreign: return kind::conflict;
    }
    return kind::not_seen;
}

/// What is known of an order from its response.
enum class order_fate : unsigned char {
    none,      ///< there is no order: none was needed, or it was never sent
    unknown,   ///< it may have been sent, and nobody knows the outcome
    refused,   ///< the API refused it: to be believed once the looks agree
    accepted,  ///< the API accepted it
};

/// What is known of an order that failed (tests/docs/money.md, "The outcome of a response"): one that was never sent is none; a 4xx
/// that is an error::is_refusal() is refused; all else is unknown, even REQUEST_LIMIT_EXCEEDED with a 5xx.
[[nodiscard]] constexpr order_fate fate_of(error const& failure) noexcept {
    if (failure.http_status == 0 && failure.outcome == outcome::not_executed) {
        return order_fate::none;
    }
    const bool is_client_error = failure.http_status >= 400 && failure.http_status < 500;
    return is_client_error && failure.is_refusal() ? order_fate::refused : order_fate::unknown;
}

/// Whether looks can show the reason of a refusal. Such a refusal is believed only when they do.
[[nodiscard]] constexpr bool has_visible_reason(error const& refusal) noexcept {
    switch (refusal.api_code) {
    case api_code::operation_denied_instance_traffic_package_processing:
    case api_code::operation_failed_instance_exist_plan_traffic_package:
    case api_code::operation_denied_downgrade_not_exist:
    case api_code::invalid_instance_not_found: return true;
    default: return false;
    }
}

/// Whether the ledger contradicts a refusal that was believed because the instance did not change: something was bought for the
/// instance all the same. It never contradicts a refusal whose reason the looks showed, for that reason may be another order.
[[nodiscard]] constexpr bool contradicts(std::optional<ledger_evidence> const& ledger, error const& refusal) noexcept {
    return ledger && ledger->what == ledger_evidence::kind::new_charge && !has_visible_reason(refusal);
}

/// Whether a look shows the reason of a refusal: a change, or a planned one, to another size than the one ordered; or that the
/// downgrade took effect before its cancellation.
[[nodiscard]] constexpr bool confirms_refusal(error const& refusal, observed_package const& package,
                                              observation observed) noexcept {
    using enum observed_package::change_state;
    if (observed != observation::foreign) {
        return observed == observation::too_late && refusal.api_code == api_code::operation_denied_downgrade_not_exist;
    }
    return (refusal.api_code == api_code::operation_denied_instance_traffic_package_processing &&
            package.change == processing) ||
           (refusal.api_code == api_code::operation_failed_instance_exist_plan_traffic_package &&
            package.change == planned);
}

/// Whether a look that failed shows the reason of a refusal: the API does not know the instance, for the look either.
[[nodiscard]] constexpr bool confirms_refusal(error const& refusal, error const& failed_look) noexcept {
    return refusal.api_code == api_code::invalid_instance_not_found && failed_look.code == errc::api_error &&
           failed_look.http_status == 404 && failed_look.api_code == refusal.api_code;
}

/// Whether a look ends the watch, and how.
enum class watch_end : unsigned char {
    not_yet,    ///< it does not: look again
    refused,    ///< the refusal of the order is believed
    concluded,  ///< what the look showed ends the job
};

/// Keeps what is known of a job's order and what the looks show of the instance, and decides how long to go on looking
/// (tests/docs/money.md).
class order_watch {
public:
    /// What is known of the order.
    [[nodiscard]] constexpr order_fate fate() const noexcept { return fate_; }
    [[nodiscard]] constexpr bool is_refused() const noexcept { return fate_ == order_fate::refused; }
    /// How the order failed, where that is known.
    [[nodiscard]] constexpr std::optional<error> const& failure() const noexcept { return failure_; }
    /// What the last complete look showed; once there is a response to the order, only looks after it count.
    [[nodiscard]] constexpr observation last_observation() const noexcept { return last_observation_; }

    /// Call this when the order is handed to the transport.
    constexpr void hand_out() noexcept { fate_ = order_fate::unknown; }
    /// Call this when the API accepted the order.
    constexpr void note_acceptance() noexcept {
        fate_ = order_fate::accepted;
        last_observation_ = observation::unclear;
    }
    /// Call this when the order failed.
    /// @return what is known of the order now
    constexpr order_fate take_failure(error const& failure) noexcept {
        fate_ = fate_of(failure);
        if (fate_ != order_fate::none) {
            last_observation_ = observation::unclear;
            failure_ = failure;
        }
        return fate_;
    }
    /// Call this in a resumed job: another process handed the order out.
    constexpr void resume(workflow_record const& record) noexcept;

    /// Takes a look before the order, which may show that there is nothing to order.
    constexpr void take_look_before(observation observed) noexcept {
        is_under_way_ = observed == observation::under_way;
        last_observation_ = observed;
    }
    /// Takes a look after the order. `package` is nothing when the look was not complete.
    [[nodiscard]] constexpr watch_end take_look(std::optional<observed_package> const& package,
                                                observed_goal const& goal, job_clock const& clock,
                                                milliseconds settle) noexcept;
    /// Takes a look after the order that failed.
    [[nodiscard]] constexpr watch_end take_look(error const& failure) const noexcept {
        return is_refused() && confirms_refusal(*failure_, failure) ? watch_end::refused : watch_end::not_yet;
    }
    /// Gives up a refusal when the ledger shows evidence against it.
    /// @return whether it did
    constexpr bool contradict(std::optional<ledger_evidence> const& ledger) noexcept {
        if (!is_refused() || !contradicts(ledger, *failure_)) {
            return false;
        }
        fate_ = order_fate::unknown;
        return true;
    }

    /// How long to wait for the next look; nothing when the watch is over.
    /// @param server_wait the wait that the server asked for, in milliseconds
    [[nodiscard]] constexpr std::optional<milliseconds> next_wait(std::int64_t server_wait, job_clock const& clock,
                                                                  workflow_options const& options,
                                                                  milliseconds interval) const noexcept;

private:
    /// Takes an unchanged look after a refusal. Returns whether the instance has been unchanged long enough to believe the refusal.
    constexpr bool take_unchanged_look(job_clock const& clock, milliseconds settle) noexcept {
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
    order_fate fate_ = order_fate::none;
    observation last_observation_ = observation::unclear;
    bool is_under_way_ = false;
};

constexpr void order_watch::resume(workflow_record const& record) noexcept {
    using state = workflow_record::order_state;
    switch (record.order) {
    case state::accepted: fate_ = order_fate::accepted; break;
    case state::taken:
        fate_ = order_fate::unknown;
        failure_ = error::make(errc::outcome_unknown, blame::local,
                               "the process ended after the job was stored: its order may have been sent");
        break;
    case state::refused:
        fate_ = order_fate::refused;
        failure_ = error::make(errc::api_error, blame::remote, "the API refused the order, in an earlier process");
        failure_->api_code_text = record.refusal_code;
        failure_->api_code = find_api_code(record.refusal_code.view());
        failure_->http_status = record.refusal_status;
        failure_->retry_after_seconds = record.refusal_wait_seconds;
        break;
    }
}

constexpr watch_end order_watch::take_look(std::optional<observed_package> const& package, observed_goal const& goal,
                                           job_clock const& clock, milliseconds settle) noexcept {
    const observation observed = observe(package, goal);
    last_observation_ = package ? observed : last_observation_;
    switch (observed) {
    case observation::unclear: break;
    case observation::unchanged:
        return is_refused() && take_unchanged_look(clock, settle) ? watch_end::refused : watch_end::not_yet;
    case observation::under_way:
        is_under_way_ = true;
        // the change is under way although the order was refused: so that refusal proves nothing any more
        fate_ = is_refused() ? order_fate::unknown : fate_;
        break;
    case observation::planned:
    case observation::reached:
    case observation::reached_and_more:
    case observation::too_late:
    case observation::foreign:
        return is_refused() && confirms_refusal(*failure_, *package, observed) ? watch_end::refused
                                                                               : watch_end::concluded;
    }
    return watch_end::not_yet;
}

constexpr std::optional<milliseconds> order_watch::next_wait(std::int64_t server_wait, job_clock const& clock,
                                                             workflow_options const& options,
                                                             milliseconds interval) const noexcept {
    const bool is_expected = fate_ == order_fate::accepted || is_under_way_;
    const std::int64_t left = clock.watch_left(is_expected ? options.longest_watch : options.unknown_watch);
    if (left <= 0) {
        return std::nullopt;
    }
    std::int64_t time = interval.count();
    if (is_refused() && unchanged_since_ && server_wait == 0) {
        const std::int64_t until_settled =
            saturating_subtract(options.settle.count(), clock.waited() - *unchanged_since_);
        time = until_settled > 0 && until_settled < time ? until_settled : time;
    }
    time = server_wait > time ? server_wait : time;
    return milliseconds(time < left ? time : left);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
