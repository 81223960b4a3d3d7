// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_RUN_FAULTS_HPP
#define ZENWIRE_TESTS_MODEL_RUN_FAULTS_HPP

#include "run.hpp"

/// @file
/// What goes wrong in a run: other actors, second jobs, and false words of the cloud.

namespace model {

template <class Credential>
bool run<Credential>::is_pointless(fault f) const {
    switch (f) {
    case fault::price_up:
    case fault::price_down:
    case fault::price_other: return was_handed_out_ || job_.is_cancel;
    case fault::balance_gone: return was_handed_out_ || job_.is_cancel || job_.target < job_.before.size;
    case fault::second_process: return record_.empty();
    case fault::save_taken: return !record_.empty();
    case fault::other_cancel:
    case fault::cycle: return !cloud_.state().planned;
    case fault::put_back: return cloud_.state() == job_.before;
    case fault::ledger_late: return cloud_.ledger_lag_s != 0;
    case fault::read_odd_word: return false;
    default: return false;
    }
}

template <class Credential>
fault run<Credential>::choose(unsigned where, fault after) {
    std::array<fault, std::size(fault_rows)> open{};
    std::size_t count = 1;
    for (const fault each : menu_.faults()) {
        fault_row const& row = row_of(each);
        if ((row.where & where) != 0 && !(row.is_event && each <= after) && !is_pointless(each)) {
            open[count++] = each;
        }
    }
    return open[choices_.choose(count)];
}

template <class Credential>
fault run<Credential>::events_and_fault(unsigned where) {
    fault f = choose(where);
    while (f != fault::none && row_of(f).is_event) {
        note("%s", row_of(f).text.data());
        happen(f);
        f = choose(where, f);
    }
    return f;
}

template <class Credential>
void run<Credential>::happen(fault f) {
    instance_state const is = cloud_.state();
    switch (f) {
    case fault::other_upgrade:
        cloud_.set({three_terabytes, {}, is.planned});
        cloud_.charge_other();
        break;
    case fault::ledger_late: cloud_.ledger_lag_s = 7200; break;
    case fault::other_target:
        if (job_.is_cancel) {
            cloud_.set({is.size, {}, {}});
        } else if (job_.target < is.size) {
            cloud_.set({is.size, {}, job_.target});
        } else {
            cloud_.set({job_.target, {}, is.planned});
            cloud_.charge_other();
        }
        break;
    case fault::other_plan: cloud_.set({is.size, {}, half_terabyte}); break;
    case fault::other_cancel: cloud_.set({is.size, is.running, {}}); break;
    case fault::other_processing:
        cloud_.set({is.size, {}, {}});
        cloud_.begin_change(three_terabytes, 400);
        cloud_.charge_other();
        break;
    case fault::put_back:
        cloud_.set(job_.before);
        is_hidden_ = true;
        break;
    case fault::cycle: cloud_.set({*is.planned, {}, {}}); break;
    case fault::lag_30: cloud_.status_lag_s = cloud_.list_lag_s = 30; break;
    case fault::lag_900:
        cloud_.status_lag_s = cloud_.list_lag_s = 900;
        is_hidden_ = is_lagging_ = true;
        break;
    case fault::lag_7200:
        cloud_.status_lag_s = cloud_.list_lag_s = 7200;
        is_hidden_ = is_lagging_ = true;
        break;
    case fault::lag_status:
        cloud_.status_lag_s = 900;
        is_hidden_ = is_lagging_ = true;
        break;
    case fault::lag_list:
        cloud_.list_lag_s = 900;
        is_hidden_ = is_lagging_ = true;
        break;
    case fault::dates_ahead: cloud_.date_skew_s = 3600; break;
    case fault::dates_behind: cloud_.date_skew_s = -86400; break;
    case fault::dates_missing: cloud_.has_dates = false; break;
    case fault::clock_ahead:
        clock_offset_s_ += 86400;
        is_clock_wrong_ = true;
        break;
    case fault::clock_a_bit_ahead:
        clock_offset_s_ += 250;
        is_clock_wrong_ = true;
        break;
    case fault::clock_back:
        clock_offset_s_ -= 365 * 86400;
        is_clock_wrong_ = true;
        break;
    case fault::clock_stops:
        stopped_at_s_ = clock().count();
        is_clock_wrong_ = true;
        break;
    case fault::price_up: cloud_.price_now.due_cents *= 10; break;
    case fault::price_down: cloud_.price_now.due_cents /= 2; break;
    case fault::price_other: cloud_.price_now.excess_cents += 50; break;
    case fault::balance_gone: cloud_.has_balance = false; break;
    case fault::second_process: run_second_process(); break;
    default: break;
    }
    if (f == fault::other_upgrade || f == fault::other_target || f == fault::other_plan ||
        f == fault::other_cancel || f == fault::other_processing || f == fault::cycle) {
        is_moved_ = true;
    }
}

template <class Credential>
void run<Credential>::run_second_process() {
    auto second = workflow::resume(client_, record_, options_);
    if (!second) {
        report(violation::record_refused);
        return;
    }
    meet(sometimes::second_process);
    choices_.set_quiet(true);
    // what this process is told, the first one does not know
    const auto status_before = std::pair(last_status_, last_status_ms_);
    const auto price_before = std::tuple(last_price_, last_price_ms_, list_size_);
    const std::size_t steps_before = std::exchange(steps_, 0);
    const std::int64_t sleeps_before = std::exchange(sleeps_s_, 0);
    static_cast<void>(drive(*second));
    std::tie(last_status_, last_status_ms_) = status_before;
    std::tie(last_price_, last_price_ms_, list_size_) = price_before;
    steps_ = steps_before;
    sleeps_s_ = sleeps_before;
    choices_.set_quiet(false);
}

}  // namespace model

#endif
