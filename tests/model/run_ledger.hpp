// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_RUN_LEDGER_HPP
#define ZENWIRE_TESTS_MODEL_RUN_LEDGER_HPP

#include "run.hpp"

/// @file
/// What the ledger of the model's world shows, and what goes wrong with it.

namespace model {

template <class Credential>
typename run<Credential>::answer run<Credential>::ask_ledger(std::string_view name, std::optional<std::int64_t> const& timestamp) {
    if (is_unreachable_) {
        report(violation::ledger_asked_on);
    }
    if (name == "DescribeCustomerBalance") {
        told_orders_.clear();
    }
    const fault f = events_and_fault(at::ledger);
    note("%s, %s", std::string(name).c_str(), row_of(f).text.data());
    switch (f) {
    case fault::ledger_killed: throw killed{short_pause_s};
    case fault::ledger_throws: is_unreachable_ = true; throw thrown();
    case fault::ledger_lost: is_unreachable_ = true; return no_response();
    default: break;
    }
    response response = ledger_response(name, f, timestamp);
    finish(response, 0, f == fault::ledger_slow ? 70'000 : 1000);
    clock_throws_ = f == fault::ledger_clock_throws;
    return response;
}

template <class Credential>
response run<Credential>::ledger_response(std::string_view name, fault f,
                                       std::optional<std::int64_t> const& timestamp) {
    switch (f) {
    case fault::ledger_refused: return {403, wire::refusal("AUTHFAILURE_UNAUTHORIZED_OPERATION"), {}};
    case fault::ledger_limit: return {429, wire::refusal("REQUEST_LIMIT_EXCEEDED"), {{"retry-after", "700"}}};
    case fault::ledger_empty: return {200, R"({"requestId":"r","response":{}})", {}};
    default: break;
    }
    if (!cloud_.is_fresh(timestamp)) {
        return {401, wire::refusal("AUTHFAILURE_SIGNATURE_EXPIRED"), {}};
    }
    if (name == "DescribeCustomerBalance") {
        return {200, wire::balance(cloud_.has_balance ? 100'000 : 0), {}};
    }
    const bool is_bill = name == "DescribeBillDetail";
    std::vector<std::string> entries;
    for (charge const& each : cloud_.charges) {
        if (each.at_ms <= cloud_.now_ms() - cloud_.ledger_lag_s * 1000) {
            entries.push_back(wire::entry(each, is_bill ? cloud::instance_id : ""));
            if (f != fault::ledger_part && !was_handed_out_) {
                told_orders_.insert(each.order_number);
            }
        }
    }
    if (f == fault::ledger_others) {
        entries.push_back(wire::entry({0, "3000000000001"}, is_bill ? other_id : ""));
    }
    const std::size_t total = entries.size();
    if (f == fault::ledger_part) {
        entries.clear();
    }
    return {200, wire::ledger_page(entries, total), {}};
}

template <class Credential>
void run<Credential>::saw_unclear(unsigned where) {
    if (where != at::status) {
        return;
    }
    if (was_handed_out_) {
        meet(sometimes::look_unclear);
        return;
    }
    last_status_.reset();
    unclear_before_ = true;
}

template <class Credential>
void run<Credential>::saw(instance_state const& seen) {
    if (!was_handed_out_ || !confirmed_ || !confirmed_->baseline) {
        last_status_ = seen;
        last_status_ms_ = cloud_.now_ms();
        return;
    }
    if (choices_.is_quiet()) {
        return;
    }
    is_effect_seen_ = is_effect_seen_ || is_target(seen) || seen.running == job_.target ||
                      (!job_.is_cancel && seen.planned == job_.target);
    if (is_target(seen)) {
        meet(sometimes::look_reached);
    } else if (seen.running && (job_.is_cancel || *seen.running == job_.target)) {
        meet(sometimes::look_under_way);
    } else if (!job_.is_cancel && seen.planned == job_.target) {
        meet(sometimes::look_planned);
    } else if (seen == confirmed_->baseline) {
        ++unchanged_looks_;
        meet(sometimes::look_unchanged);
    } else {
        meet(sometimes::look_foreign);
    }
}

}  // namespace model

#endif
