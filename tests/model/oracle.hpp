// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_ORACLE_HPP
#define ZENWIRE_TESTS_MODEL_ORACLE_HPP

#include "run.hpp"

/// @file
/// The oracle: whether what a job says at its end is true of the world.

namespace model {

template <class Credential>
void run<Credential>::judge(claims const& said) {
    constexpr std::int64_t longer_than_any_delay_ms = 2'000'000;
    cloud_.pass(longer_than_any_delay_ms);
    const std::size_t executed = cloud_.executed();
    if (executed > 1) {
        report(violation::two_orders);
    }
    judge_order(said, executed);
    judge_instance(said);
    if (job_.has_ledger) {
        judge_ledger(said, executed);
    }
    if (said.is_retryable) {
        report(violation::retryable_verdict);
    }
    if (!said.has_right_failure) {
        report(violation::wrong_failure);
    }
}

template <class Credential>
void run<Credential>::judge_order(claims const& said, std::size_t executed) {
    using order = claims::order;
    const bool is_denied = said.of_order == order::none || said.of_order == order::refused;
    // of a lie whose reason can be seen, unchanged looks are no proof
    const bool is_proven = !has_visible_reason_ || said.of_instance == claims::instance::conflict || is_404_seen_;
    if (is_denied && executed > 0 && is_lie_ && (is_hidden_ || is_moved_) && is_proven && !is_effect_seen_) {
        meet(is_lagging_ ? sometimes::lie_and_lag : sometimes::lie_and_others);
    } else if (is_denied && executed > 0) {
        report(violation::false_not_executed);
    }
    if (said.of_order == order::accepted && executed == 0) {
        report(violation::accepted_of_nothing);
    }
    if (is_acceptance_told_ && said.of_order != order::accepted) {
        report(violation::acceptance_lost);
    }
    const bool is_open = said.of_order == order::unknown || said.of_order == order::accepted;
    constexpr std::int64_t shortest_watch_s = 600;
    if (is_open && sleeps_s_ < shortest_watch_s &&
        (said.of_instance == claims::instance::unchanged || said.of_instance == claims::instance::not_seen)) {
        report(violation::ended_early);
    }
    if (said.of_order == order::unknown) {
        judge_bound(said);
    }
    if (said.of_order == order::none && said.is_clock_blamed) {
        meet(sometimes::clock_blamed);
    }
    if (said.of_order == order::refused) {
        meet(said.of_instance == claims::instance::conflict ? sometimes::refused_by_reason : sometimes::settled);
    }
    if (said.of_order == order::unknown && said.of_instance == claims::instance::unchanged) {
        meet(sometimes::unknown_to_the_end);
    }
}

template <class Credential>
void run<Credential>::judge_bound(claims const& said) {
    if (job_.has_token) {
        meet(sometimes::acceptable_for_ever);
    }
    if (!said.acceptable_until || said.is_acceptable_for_ever != job_.has_token) {
        report(violation::bound_too_early);
        return;
    }
    if (stopped_at_s_ || offset_at_order_s_ != clock_offset_s_) {
        return;
    }
    for (order_request const& each : cloud_.orders) {
        if ((each.is_executed || each.was_possible) && each.arrived_at + clock_offset_s_ > *said.acceptable_until) {
            report(violation::bound_too_early);
        }
    }
}

template <class Credential>
void run<Credential>::judge_ledger(claims const& said, std::size_t executed) {
    using kind = zenwire::ledger_evidence::kind;
    using order = claims::order;
    if (said.of_order == order::none) {
        return;
    }
    const bool is_charged = executed > 0 && job_.target >= job_.before.size;
    if (said.of_order == order::unknown && is_charged) {
        meet(sometimes::unknown_but_charged);
    }
    if (!said.of_ledger) {
        meet(sometimes::ledger_silent);
        return;
    }
    const std::string number(said.of_ledger->entry.order_sn.view());
    const bool is_there = std::any_of(cloud_.charges.begin(), cloud_.charges.end(),
                                      [&](charge const& each) { return each.order_number == number; });
    switch (said.of_ledger->what) {
    case kind::nothing_new: meet(sometimes::ledger_nothing); break;
    case kind::new_transaction: meet(sometimes::ledger_movement); break;
    case kind::new_charge:
        meet(sometimes::ledger_charge);
        // an order of the time before the job is new only to a ledger that was late
        if (!is_there || number.empty() || old_orders_.contains(number) ||
            (number == cloud::former_order && cloud_.ledger_lag_s == 0)) {
            report(violation::bought_nothing_new);
        }
        if (said.of_order == order::refused && said.of_instance == claims::instance::unchanged &&
            !has_visible_reason_ && !is_404_seen_) {
            report(violation::refusal_despite_charge);
        }
        if (was_resumed_) {
            meet(sometimes::ledger_after_resume);
        }
        if (said.of_order == order::unknown && is_charged) {
            meet(sometimes::unknown_and_charge_seen);
        }
        if (is_refusal_told_ && said.of_order == order::unknown &&
            said.of_instance == claims::instance::unchanged) {
            meet(sometimes::ledger_contradicts);
        }
        break;
    case kind::receipt:
        meet(sometimes::ledger_receipt);
        if (number != cloud::own_order || executed == 0 || said.of_order != order::accepted) {
            report(violation::another_receipt);
        }
        break;
    }
}

template <class Credential>
void run<Credential>::judge_instance(claims const& said) {
    const auto ever = [&](auto predicate) { return cloud_.ever(predicate); };
    switch (said.of_instance) {
    case claims::instance::reached:
        if (!ever([&](instance_state const& is) { return is_target(is); })) {
            report(violation::reached_of_nothing);
        }
        if (said.is_changed_further) {
            meet(sometimes::changed_further);
        }
        break;
    case claims::instance::conflict:
        if (!ever([&](instance_state const& is) { return is_foreign(is); })) {
            report(violation::conflict_of_nothing);
        }
        if (job_.is_cancel && cloud_.state().is_idle() && cloud_.state().size == baseline().planned) {
            meet(sometimes::too_late);
        }
        break;
    case claims::instance::planned:
        if (!ever([&](instance_state const& is) { return is.planned == job_.target; })) {
            report(violation::planned_of_nothing);
        }
        break;
    case claims::instance::in_progress:
        if (!ever([&](instance_state const& is) {
                return job_.is_cancel ? is.running.has_value() : is.running == job_.target;
            })) {
            report(violation::in_progress_of_nothing);
        }
        break;
    default: break;
    }
}

}  // namespace model

#endif
