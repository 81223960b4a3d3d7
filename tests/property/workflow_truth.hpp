// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_PROPERTY_WORKFLOW_TRUTH_HPP
#define ZENWIRE_TESTS_PROPERTY_WORKFLOW_TRUTH_HPP

/// @file
/// Whether the verdict of a job is true of its world.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "workflow_world.hpp"

namespace property {

/// Says what is wrong with a verdict; an empty text where it is true.
class truth {
public:
    /// @param is_token whether the job's requests are authorized by a token
    truth(world& of, bool is_token) : world_(of), is_token_(is_token) {}

    [[nodiscard]] std::string judge(zenwire::workflow_verdict const& verdict) {
        using order = zenwire::workflow_verdict::order_kind;
        world_.note("verdict: instance " + std::to_string(static_cast<int>(verdict.instance)) + ", order " +
                    std::to_string(static_cast<int>(verdict.order)) +
                    (verdict.failure ? ": " + std::string(verdict.failure->message.view()) : ""));
        if (verdict.order == order::unknown && (!verdict.failure || !verdict.acceptable_until)) {
            return "the order is unknown and nothing says why, or until when it may be accepted";
        }
        if (verdict.failure && verdict.failure->retryable()) {
            return "the failure of a job that orders is called retryable";
        }
        if (std::string wrong = world_.is_honest ? contradiction(verdict) : untruth(verdict); !wrong.empty()) {
            return wrong;
        }
        if (std::string wrong = false_evidence(verdict); !wrong.empty()) {
            return wrong;
        }
        constexpr zenwire::milliseconds longer_than_any_delay(1'000'000);
        world_.cloud.sleep_for(longer_than_any_delay);
        world_.note("all requests have arrived");
        if (world_.cloud.requests_on_their_way() != 0) {
            return "the test does not wait long enough";
        }
        const std::size_t orders = world_.cloud.orders_that_may_cost();
        if (orders > 1) {
            return "more than one order was executed, or could have been";
        }
        if (verdict.order == order::none && orders > 0) {
            return "the verdict says that nothing was ordered, and something was";
        }
        if (verdict.order == order::refused && orders > 0) {
            is_deceived_ = world_.is_lie;
            return world_.is_lie
                       ? ""
                       : "the verdict says that the order was refused, and it was executed, or could have been";
        }
        if (verdict.order == order::accepted && orders == 0) {
            return "the verdict says that the order was accepted, and it was not";
        }
        if (std::string wrong = wrong_bound(verdict); !wrong.empty()) {
            return wrong;
        }
        return world_.is_honest ? wrong_payment() : "";
    }

    /// Whether the order was executed, the API said that it refused it, and the verdict believed that.
    [[nodiscard]] bool is_deceived() const { return is_deceived_; }

private:
    [[nodiscard]] bool is_reached() const {
        return !world_.instance->running_change && !world_.instance->planned_size &&
               (world_.cancels ? world_.instance->size == world_.size_before : world_.instance->size == world_.target);
    }
    [[nodiscard]] bool is_under_way() const {
        return world_.instance->running_change &&
               (world_.cancels || world_.instance->running_change->target == world_.target);
    }

    /// What the ledger is said to show is in the books, and is what it is called.
    [[nodiscard]] std::string false_evidence(zenwire::workflow_verdict const& verdict) const {
        using kind = zenwire::ledger_evidence::kind;
        if (!verdict.ledger || verdict.ledger->what == kind::nothing_new) {
            return "";
        }
        zenwire::ledger_evidence const& seen = *verdict.ledger;
        const bool is_booked = std::any_of(
            world_.cloud.bookings().begin(), world_.cloud.bookings().end(), [&](zenwire::fake_booking const& each) {
                return each.order_number == seen.entry.order_sn.view() &&
                       (seen.what != kind::new_charge || each.resource_id == instance_id);
            });
        if (!is_booked) {
            return "the ledger is said to show what is not in the books";
        }
        const bool is_receipt = verdict.order == zenwire::workflow_verdict::order_kind::accepted &&
                                seen.entry.order_sn == verdict.order_number.view();
        return is_receipt == (seen.what == kind::receipt) ? ""
                                                          : "a receipt is that of the accepted order, and of no other";
    }

    /// Of an order whose outcome is unknown: whether it came after it could still be accepted, by the job's clock.
    [[nodiscard]] std::string wrong_bound(zenwire::workflow_verdict const& verdict) const {
        if (verdict.order != zenwire::workflow_verdict::order_kind::unknown) {
            return "";
        }
        if (is_token_) {
            return verdict.acceptable_until == zenwire::workflow_verdict::never
                       ? ""
                       : "a token's order can be accepted for ever";
        }
        if (world_.is_clock_disturbed || world_.stopped_at) {
            return "";
        }
        for (zenwire::fake_order_request const& each : world_.cloud.order_requests()) {
            if (each.may_cost() && each.arrived_at &&
                each.arrived_at->count() > verdict.acceptable_until->count() - world_.clock_offset) {
                return "an order was executed after it could no longer be accepted";
            }
        }
        return "";
    }

    /// Where reads lag and others interfere, what a verdict says must have been true at some time.
    [[nodiscard]] std::string untruth(zenwire::workflow_verdict const& verdict) const {
        const auto ever = [&](auto predicate) {
            auto const& moments = world_.cloud.history(*world_.instance);
            return std::any_of(moments.begin(), moments.end(), predicate);
        };
        using moment = zenwire::fake_package_state;
        switch (verdict.instance) {
        case zenwire::workflow_verdict::instance_kind::reached:
            return ever(
                       [&](moment const& each) { return world_.cancels ? each.is_idle() : each.size == world_.target; })
                       ? ""
                       : "the verdict says reached, and it never was";
        case zenwire::workflow_verdict::instance_kind::planned:
            return ever([&](moment const& each) { return each.planned_size == world_.target; })
                       ? ""
                       : "the verdict says planned, and it never was";
        case zenwire::workflow_verdict::instance_kind::in_progress:
            return ever([&](moment const& each) {
                return each.running_change && (world_.cancels || each.running_change->target == world_.target);
            })
                       ? ""
                       : "the verdict says in progress, and it never was";
        default: return "";
        }
    }

    [[nodiscard]] std::string contradiction(zenwire::workflow_verdict const& verdict) const {
        switch (verdict.instance) {
        case zenwire::workflow_verdict::instance_kind::reached:
            // a downgrade that came before anything was cancelled leaves nothing to cancel
            return is_reached() || verdict.is_changed_further ||
                           (world_.cancels && !world_.instance->planned_size && !world_.instance->running_change)
                       ? ""
                       : "the verdict says reached, and it is not so";
        case zenwire::workflow_verdict::instance_kind::planned:
            return world_.instance->planned_size == world_.target || is_reached()
                       ? ""
                       : "the verdict says planned, it is not so";
        case zenwire::workflow_verdict::instance_kind::in_progress:
            return is_under_way() || is_reached() || world_.cancels ? "" : "the verdict says in progress, it is not so";
        default: return "";
        }
    }

    [[nodiscard]] std::string wrong_payment() const {
        std::int64_t paid = 0;
        for (zenwire::fake_order const& each : world_.cloud.orders()) {
            paid += each.paid_cents;
        }
        const bool is_balanced =
            !world_.balance_before || *world_.balance_before - paid == world_.cloud.balance_cents();
        return is_balanced ? "" : "the balance does not fit the orders";
    }

    world& world_;
    bool is_token_;
    bool is_deceived_ = false;
};

}  // namespace property

#endif
