// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_VERDICT_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_VERDICT_HPP

#include <optional>
#include <string>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "exit_code.hpp"
#include "traffic_package_json.hpp"
#include "traffic_package_ledger.hpp"
#include "traffic_package_report.hpp"

/// @file
/// What the program traffic_package says of a job: while its file is there, and when it has ended.

/// What the instance shows, for people.
inline std::string_view words_for(zenwire::workflow_verdict::instance_kind kind) {
    using enum zenwire::workflow_verdict::instance_kind;
    switch (kind) {
    case unchanged: return "unchanged";
    case in_progress: return "the change is under way";
    case planned: return "the change is planned";
    case reached: return "as wanted";
    case conflict: return "changed by somebody else";
    case not_seen: break;
    }
    return "not seen";
}

/// Until when an order can be accepted, for people.
inline std::string acceptance_text(zenwire::unix_seconds until) {
    return until == zenwire::workflow_verdict::never
               ? "it can be accepted at any time, since an order with a token does not expire"
               : "it can be accepted until " + utc_text(until);
}

/// What a job's file says, for people.
inline std::string evidence(zenwire::workflow_record const& record) {
    using state = zenwire::workflow_record::order_state;
    return (record.what == zenwire::workflow_record::goal::cancel ? "a cancellation of the planned downgrade"
                                                                  : "a change to " + terabytes(record.target)) +
           " of " + printable(record.service) + " instance " + printable(record.instance_id) + ", which had " +
           terabytes(record.before.size) + ", at " + printable(record.endpoint) + " with credential " +
           printable(record.account) +
           (record.confirmed_price ? ", for a price of " + decimal_text(*record.confirmed_price) : "") + ", begun " +
           utc_text(record.began_at) + ", order signed " + utc_text(record.signed_at) +
           (record.order == state::accepted  ? ", accepted as order " + printable(record.order_number)
            : record.order == state::refused ? ", refused by the API with " + printable(record.refusal_code)
                                             : ", and no response was saved: it was sent, or perhaps never");
}

inline exit_code code_of(zenwire::workflow_verdict const& verdict) {
    using instance = zenwire::workflow_verdict::instance_kind;
    const bool is_held_up = verdict.order == zenwire::workflow_verdict::order_kind::none && verdict.failure;
    if ((verdict.instance == instance::reached || verdict.instance == instance::planned) && !is_held_up) {
        return done;
    }
    const bool is_conflict = verdict.instance == instance::conflict;
    switch (verdict.order) {
    case zenwire::workflow_verdict::order_kind::unknown: return outcome_unknown;
    case zenwire::workflow_verdict::order_kind::refused: return refused_by_api;
    case zenwire::workflow_verdict::order_kind::accepted: return is_conflict ? conflict : not_seen_yet;
    case zenwire::workflow_verdict::order_kind::none: break;
    }
    const bool is_declined = verdict.failure && verdict.failure->code == zenwire::errc::not_confirmed;
    return is_conflict                                 ? conflict
           : verdict.instance == instance::in_progress ? not_seen_yet
           : is_declined                               ? declined
                                                       : nothing_ordered;
}

inline std::string_view headline(zenwire::workflow_verdict const& verdict) {
    switch (code_of(verdict)) {
    case done:
        return verdict.instance == zenwire::workflow_verdict::instance_kind::planned
                   ? "PLANNED for the next billing cycle"
               : verdict.order == zenwire::workflow_verdict::order_kind::none ? "DONE: nothing had to be ordered"
                                                                              : "DONE: the instance is as it should be";
    case outcome_unknown: return "UNKNOWN: nobody knows whether the order was placed";
    case refused_by_api: return "REFUSED by the API";
    case conflict: return "CONFLICT: somebody else changed the instance";
    case not_seen_yet: return "UNDER WAY: the effect was not seen yet";
    case declined: return "DECLINED: nothing was ordered";
    default: return "NOT DONE: nothing was ordered";
    }
}

inline std::string order_text(zenwire::workflow_verdict const& verdict) {
    using enum zenwire::workflow_verdict::order_kind;
    const std::string when = verdict.ordered_at ? ", signed " + utc_text(*verdict.ordered_at) : "";
    switch (verdict.order) {
    case none: return "none by this job";
    case refused: return "refused by the API" + when;
    case accepted:
        return "accepted" + (verdict.order_number.empty() ? "" : ", number " + printable(verdict.order_number)) + when;
    case unknown: break;
    }
    return "UNKNOWN" + when + (verdict.acceptable_until ? "; " + acceptance_text(*verdict.acceptable_until) : "");
}

/// Why it ended so, in a line.
inline std::string reason_text(zenwire::error const& error) {
    const std::string code = printable(zenwire::api_code_spelling(error));
    return printable(error.message) + (code.empty() ? "" : "; API code " + code) +
           (error.http_status == 0 ? "" : "; HTTP status " + std::to_string(error.http_status)) +
           (error.request_id.empty() ? "" : "; request id " + printable(error.request_id)) +
           (error.retry_after_seconds ? "; the API asks to wait " + std::to_string(*error.retry_after_seconds) + " s"
                                      : "") +
           (error.clock_offset_seconds
                ? "; the server's clock is " + std::to_string(*error.clock_offset_seconds) + " s ahead of this one"
                : "");
}

/// What to do. Where nothing was ordered the failure says it best.
inline std::string_view advice_on(zenwire::workflow_verdict const& verdict) {
    const bool is_about_failure = verdict.order == zenwire::workflow_verdict::order_kind::none && verdict.failure &&
                                  verdict.instance != zenwire::workflow_verdict::instance_kind::conflict;
    return is_about_failure ? zenwire::advice_on(*verdict.failure) : verdict.advice();
}

/// A job as JSON, whatever is known of it.
/// @param kept where the job's file stays; empty when it went
inline json_text job_as_json(zenwire::workflow_verdict const& verdict, zenwire::traffic_package_state const& state,
                             std::string const& kept, std::string_view advice) {
    const auto time = [](std::optional<zenwire::unix_seconds> when) {
        return !when                                           ? json_text()
               : when == zenwire::workflow_verdict::never ? json_text("never")
                                                               : json_text(utc_text(*when));
    };
    const std::string_view number = verdict.order_number;
    return json_object({{"instance", to_string(verdict.instance)},
                        {"order", to_string(verdict.order)},
                        {"orderNumber", number.empty() ? json_text() : json_text(number)},
                        {"orderedAt", time(verdict.ordered_at)},
                        {"acceptableUntil", time(verdict.acceptable_until)},
                        {"sizeBefore", verdict.size_before},
                        {"trafficPackageSize", state.size},
                        {"looks", verdict.looks},
                        {"seenUntil", time(verdict.seen_until)},
                        {"ledger", ledger_as_json(verdict.ledger)},
                        {"file", kept.empty() ? json_text() : json_text(printable(kept))},
                        {"advice", advice}});
}

/// What the instance showed, in a line.
inline std::string instance_text(zenwire::workflow_verdict const& verdict, zenwire::traffic_package_state const& state) {
    using enum zenwire::workflow_verdict::instance_kind;
    using order = zenwire::workflow_verdict::order_kind;
    const std::string looks = std::to_string(verdict.looks) + (verdict.looks == 1 ? " look" : " looks");
    const bool is_all_known = verdict.instance == not_seen && state.size && verdict.order == order::none;
    return (is_all_known ? "" : std::string(words_for(verdict.instance)) + ": ") +
           (state.size ? terabytes(*state.size) : "size unknown") +
           (verdict.instance == planned && state.modified_size ? " now, then " + terabytes(*state.modified_size) : "") +
           (verdict.size_before == state.size || !verdict.size_before ? ""
                                                                     : ", before " + terabytes(*verdict.size_before)) +
           (verdict.is_changed_further ? ", with a further change of somebody else on top" : "") +
           (verdict.seen_until ? "; " + looks + ", the last " + utc_text(*verdict.seen_until) : "");
}

/// How a job ended, for people and programs: the instance, the order, and what to do.
/// @param kept where the job's file stays; empty when it went
inline report make_verdict(zenwire::workflow_verdict const& verdict, zenwire::traffic_package_state const& state,
                           std::string const& kept) {
    report result{.code = code_of(verdict), .job = job_as_json(verdict, state, kept, advice_on(verdict))};
    const bool is_seen = state.size || verdict.seen_until || verdict.order != zenwire::workflow_verdict::order_kind::none;
    result.text = std::string(headline(verdict)) + "\n" +
                  (is_seen ? "instance   " + instance_text(verdict, state) + "\n" : "") + "order      " +
                  order_text(verdict) + "\n";
    if (verdict.ledger) {
        result.text += "ledger     " + ledger_text(*verdict.ledger) + "\n";
    }
    if (verdict.failure) {
        result.error = error_as_json(*verdict.failure);
        result.text += result.code == declined ? "" : "because    " + reason_text(*verdict.failure) + "\n";
    }
    if (!kept.empty()) {
        result.text += "the job    stays in " + printable(kept) +
                       "; no other change of the instance is begun. watch goes on with it, forget gives it up\n";
    }
    const std::string_view advice = advice_on(verdict);
    if (result.code != declined && !advice.starts_with("nothing to do")) {
        result.text += "next step  " + std::string(advice) + "\n";
    }
    return result;
}

#endif
