// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_RUN_HPP
#define ZENWIRE_TESTS_MODEL_RUN_HPP

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <zenwire/base/decimal.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/client/run_workflow.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

#include "claims.hpp"
#include "cloud.hpp"
#include "fault.hpp"
#include "schedule.hpp"

namespace model {

/// What no run may do.
enum class violation : std::uint8_t {
    none,
    two_orders,
    false_not_executed,
    accepted_of_nothing,
    acceptance_lost,
    reached_of_nothing,
    planned_of_nothing,
    in_progress_of_nothing,
    conflict_of_nothing,
    endless,
    ended_early,
    disturbed,
    unconfirmed_price,
    unconfirmed_baseline,
    unclear_baseline,
    old_price,
    wrong_clock,
    order_without_record,
    order_beside_another,
    record_refused,
    bound_too_early,
    retryable_verdict,
    wrong_failure,
    taken_twice,
    bought_nothing_new,
    another_receipt,
    ledger_asked_on,
    own_record_in_the_way,
    refusal_despite_charge,
    count_
};
inline constexpr std::string_view violation_names[] = {
    "none",
    "two orders were executed, or could have been",
    "\"not executed\" of an executed order",
    "\"accepted\" of an order that was not",
    "an acceptance that was told and stored is forgotten",
    "\"reached\" of nothing",
    "\"planned\" of nothing",
    "\"in progress\" of nothing",
    "\"conflict\" where nobody interfered",
    "the job does not end",
    "a watch ends before its time",
    "a look before the time that the server asked for",
    "an order at a price that nobody confirmed",
    "an order from a baseline that nobody confirmed",
    "an order from an unclear baseline",
    "an order on a price or a look older than 60 s",
    "an order of a job whose looks had to be signed by the server's time",
    "an order that no record knows",
    "an order where another process made the record",
    "the saved bytes are refused",
    "an order executed after it could no longer be accepted",
    "the verdict calls an order retryable",
    "the verdict's failure does not fit what it says of the order",
    "a request is handed out twice, or next() in a step `send` does something",
    "\"bought\" of nothing, or of what the ledger showed before the order",
    "a receipt of an order that was not accepted, or is not ours",
    "a ledger that cannot be reached is asked on",
    "a job is to make its record where it made it before",
    "a refusal is believed although the ledger showed a charge, and nothing its reason",
};

/// What must happen in some run.
enum class sometimes : std::uint8_t {
    look_reached,
    look_under_way,
    look_planned,
    look_unchanged,
    look_foreign,
    look_unclear,
    look_failed,
    confirmed_twice,
    priced_twice,
    not_sent_again,
    resumed_before_order,
    resumed_after_order,
    second_process,
    declined,
    record_taken,
    unclear_baseline_again,
    clock_blamed,
    looked_by_server_time,
    waited_as_told,
    settled,
    refused_by_reason,
    changed_further,
    too_late,
    unknown_to_the_end,
    acceptable_for_ever,
    lie_and_lag,
    lie_and_others,
    ledger_charge,
    ledger_movement,
    ledger_receipt,
    ledger_nothing,
    ledger_silent,
    ledger_contradicts,
    ledger_after_resume,
    unknown_but_charged,
    unknown_and_charge_seen,
    count_
};
inline constexpr std::string_view sometimes_names[] = {
    "a look after the order: reached",
    "a look after the order: under way",
    "a look after the order: planned",
    "a look after the order: unchanged",
    "a look after the order: foreign",
    "a look after the order: unclear",
    "a look after the order: none came",
    "the caller was asked again",
    "the price was taken anew",
    "an order that was not sent was tried again",
    "resumed, and no order was handed out before",
    "resumed, and an order was handed out before",
    "a second process went on with the job",
    "the caller said no",
    "another process had made the record",
    "an unclear look before the order was taken again",
    "the job ended before the question, for its clock is wrong",
    "a look was signed by the server's time",
    "a wait that the server asked for",
    "a refusal was believed after two unchanged looks",
    "a refusal was believed at a look that shows its reason",
    "reached, and changed further by somebody",
    "the plan came before its cancellation",
    "unchanged to the end of the watch, and unknown",
    "an order that can be accepted for ever",
    "counted apart: the API lies, and the status lags",
    "counted apart: the API lies, and others put the instance back or change it",
    "the ledger showed a new charge for the instance",
    "the ledger showed no more than a new movement of the account",
    "the ledger showed the receipt",
    "the ledger showed nothing new",
    "the ledger did not tell",
    "a refusal of the API was not believed, for the ledger showed a charge",
    "a resumed job knew from its record what the ledger had shown",
    "with a ledger: unknown, of an order that was executed and charged",
    "of these: the ledger showed that something was bought",
};

/// A job on an instance.
struct scenario {
    std::string_view name;
    bool is_cancel;
    instance_state before;
    steps target;
    std::int64_t processing_s;
    bool has_token;
    bool has_ledger = false;
};

constexpr steps half_terabyte = 10;
constexpr steps one_terabyte = 20;
constexpr steps two_terabytes = 40;
constexpr steps three_terabytes = 60;

inline constexpr scenario scenarios[] = {
    {"upgrade", false, {one_terabyte}, two_terabytes, 0, false},
    {"slow_upgrade", false, {one_terabyte}, two_terabytes, 90, false},
    {"downgrade", false, {two_terabytes}, one_terabyte, 0, false},
    {"cancel", true, {two_terabytes, std::nullopt, one_terabyte}, 0, 0, false},
    {"token_upgrade", false, {one_terabyte}, two_terabytes, 0, true},
    {"token_cancel", true, {two_terabytes, std::nullopt, one_terabyte}, 0, 0, true},
    {"ledger_upgrade", false, {one_terabyte}, two_terabytes, 0, false, true},
    {"ledger_downgrade", false, {two_terabytes}, one_terabyte, 0, false, true},
};

/// The faults that a search has to choose from, by the place where they may happen.
class menus {
public:
    explicit menus(bool is_core) {
        for (std::size_t i = 1; i < std::size(fault_rows); ++i) {
            if (!is_core || fault_rows[i].is_core) {
                faults_.push_back(static_cast<fault>(i));
            }
        }
    }
    [[nodiscard]] std::vector<fault> const& faults() const { return faults_; }

private:
    std::vector<fault> faults_;
};

/// What a run led to.
struct result {
    violation what = violation::none;
    claims said{};
    bool has_verdict = false;
    std::bitset<static_cast<std::size_t>(sometimes::count_)> met{};
    std::int64_t seconds = 0;
    std::size_t exchanges = 0;
};

/// One run of one job: everything in it follows from the schedule.
template <class Credential>
class run {
    using workflow = zenwire::traffic_package_workflow<Credential>;
    using answer = zenwire::expected<response, zenwire::transport_error>;

public:
    run(scenario const& job, zenwire::client<Credential> const& client, zenwire::client<Credential> const& ledger,
        schedule& choices, menus const& menu, bool is_traced)
        : job_(job), client_(client), ledger_(ledger), choices_(choices), menu_(menu), is_traced_(is_traced),
          cloud_(job.before, job.processing_s) {
        options_.first_look = zenwire::milliseconds(10'000);
        options_.look_interval = zenwire::milliseconds(600'000);
    }

    result go() {
        drive_to_the_end();
        out_.seconds = cloud_.now_s() - cloud::begin_s;
        return out_;
    }

private:
    struct killed {
        std::int64_t resumed_after_s;
    };
    struct thrown {};
    struct endless {};

    // ---- The process and its user

    void drive_to_the_end() {
        std::optional<workflow> machine(begin());
        try {
            for (;;) {
                try {
                    out_.said = claims_of(drive(*machine));
                    note("verdict: %s, %s", instance_names[static_cast<std::size_t>(out_.said.of_instance)].data(),
                         order_names[static_cast<std::size_t>(out_.said.of_order)].data());
                    out_.has_verdict = true;
                    judge(out_.said);
                    return;
                } catch (thrown const&) {
                    note("the job's call ended with an exception; it is called again");
                } catch (killed const& how) {
                    cloud_.pass(how.resumed_after_s * 1000);
                    is_acceptance_told_ = is_acceptance_stored_;
                    is_told_until_ms_ = 0;
                    is_effect_seen_ = false;
                    is_server_time_needed_ = false;
                    unclear_before_ = false;
                    machine = resume();
                    if (!machine) {
                        report(violation::record_refused);
                        return;
                    }
                }
            }
        } catch (endless const&) {
            report(violation::endless);
        }
    }

    [[nodiscard]] workflow begin() {
        sleeps_s_ = 0;
        steps_ = 0;
        const zenwire::instance_id id(cloud::instance_id);
        return with_ledger(job_.is_cancel ? workflow::cancel_downgrade(client_, id, options_)
                                          : workflow::change(client_, id, package(job_.target), options_));
    }

    [[nodiscard]] workflow with_ledger(workflow machine) {
        is_unreachable_ = false;
        if (job_.has_ledger && !machine.consult(ledger_)) {
            report(violation::record_refused);
        }
        return machine;
    }

    [[nodiscard]] std::optional<workflow> resume() {
        if (record_.empty()) {
            note("begun again: there is no record");
            meet(sometimes::resumed_before_order);
            confirmed_.reset();
            return begin();
        }
        note("resumed from the record");
        was_resumed_ = true;
        meet(cloud_.orders.empty() ? sometimes::resumed_before_order : sometimes::resumed_after_order);
        sleeps_s_ = 0;
        steps_ = 0;
        auto resumed = workflow::resume(client_, record_, options_);
        return resumed ? std::optional<workflow>(with_ledger(std::move(*resumed))) : std::nullopt;
    }

    [[nodiscard]] zenwire::workflow_verdict drive(workflow& machine) {
        struct runtime {
            run* self;
            zenwire::unix_seconds now() { return self->read_clock(); }
            void sleep_for(zenwire::milliseconds time) { self->sleep(time.count()); }
            std::uint32_t jitter() { return 0; }
        };
        return zenwire::run_workflow(
            machine, [&](zenwire::request_view const& request) { return send(machine, request); }, runtime{this},
            [&](std::span<char const> bytes, zenwire::save_mode mode) { return save(bytes, mode); },
            [&](workflow const& asking) { return confirm(asking); });
    }

    void count_step() {
        constexpr std::size_t max_steps = 400;
        if (++steps_ > max_steps) {
            throw endless();
        }
    }

    [[nodiscard]] zenwire::unix_seconds clock() const {
        return zenwire::unix_seconds(stopped_at_s_.value_or(cloud_.now_s() + clock_offset_s_));
    }
    [[nodiscard]] zenwire::unix_seconds read_clock() {
        if (std::exchange(clock_throws_, false)) {
            note("the clock throws");
            throw thrown();
        }
        last_reading_s_ = clock().count();
        return clock();
    }

    void sleep(std::int64_t ms) {
        constexpr std::int64_t longest_s = 5 * 3600;
        note("waits %lld ms", static_cast<long long>(ms));
        count_step();
        if (std::exchange(is_told_to_wait_, false) && ms >= 699'000) {
            meet(sometimes::waited_as_told);
        }
        sleeps_s_ += ms / 1000;
        if (sleeps_s_ > longest_s || ms < 0) {
            throw endless();
        }
        cloud_.pass(ms);
    }

    [[nodiscard]] bool confirm(workflow const& asking) {
        count_step();
        note("asks the caller");
        if (unclear_before_) {
            meet(sometimes::unclear_baseline_again);
        }
        const fault f = choose(at::confirm);
        switch (f) {
        case fault::confirm_no: meet(sometimes::declined); return false;
        case fault::confirm_throws: throw thrown();
        case fault::confirm_slow: cloud_.pass(70'000); break;
        case fault::confirm_very_slow: cloud_.pass(6 * 3'600'000); break;
        default: break;
        }
        if (confirmed_) {
            meet(sometimes::confirmed_twice);
        }
        confirmed_ = agreement{last_status_, last_price_};
        if (!job_.is_cancel && !shows(asking, last_price_)) {
            report(violation::unconfirmed_price);
        }
        return true;
    }

    /// Whether the caller is shown the price that the cloud told last; or none where it told none.
    [[nodiscard]] static bool shows(workflow const& asking, std::optional<price> const& last_told) {
        if (!last_told) {
            return asking.prices().empty();
        }
        price const& told = *last_told;
        return !asking.prices().empty() && asking.prices()[0].discount_price &&
               asking.prices()[0].discount_price ==
                   zenwire::decimal::parse(wire::text("%lld.%02lld", static_cast<long long>(told.due_cents / 100),
                                                      static_cast<long long>(told.due_cents % 100)));
    }

    [[nodiscard]] bool save(std::span<char const> bytes, zenwire::save_mode mode) {
        count_step();
        const bool is_receipt = was_handed_out_;
        note(is_receipt ? "stores the bytes after the order" : "stores the bytes before the order");
        const fault f = choose(is_receipt ? at::receipt : at::save);
        switch (f) {
        case fault::save_fails: return false;
        case fault::save_throws: throw thrown();
        case fault::save_slow: cloud_.pass(70'000); break;
        case fault::save_taken: is_record_taken_ = true; break;
        case fault::killed_before_save: throw killed{short_pause_s};
        default: break;
        }
        if (mode == zenwire::save_mode::create && !record_.empty() && !is_record_taken_) {
            report(violation::own_record_in_the_way);
        }
        if (mode == zenwire::save_mode::create && (is_record_taken_ || !record_.empty())) {
            meet(sometimes::record_taken);
            return false;
        }
        record_.assign(bytes.begin(), bytes.end());
        if (!is_receipt) {
            old_orders_ = told_orders_;
        }
        is_recorded_ = true;
        is_acceptance_stored_ = is_acceptance_told_;
        clock_throws_ = f == fault::save_clock_throws;
        if (f == fault::killed_after_save) {
            throw killed{short_pause_s};
        }
        return true;
    }

    // ---- Requests

    [[nodiscard]] answer send(workflow& machine, zenwire::request_view const& request) {
        count_step();
        ++out_.exchanges;
        const std::size_t size_before = request.body.size();
        // the owner of an event loop may call it at any time
        static_cast<void>(machine.next(clock()));
        if (request.body.size() != size_before || request.body.empty() || !machine.take_request().fields.empty()) {
            report(violation::taken_twice);
        }
        if (is_told_until_ms_ > cloud_.now_ms() && !choices_.is_quiet()) {
            report(violation::disturbed);
        }
        const std::string_view name = request.fields.value_of("x-zc-action");
        std::optional<std::int64_t> timestamp;
        if (!job_.has_token) {
            timestamp = std::strtoll(std::string(request.fields.value_of("x-zc-timestamp")).c_str(), nullptr, 10);
        }
        if (name == "DescribeCustomerBalance" || name == "DescribeBillDetail" || name == "DescribeTransactionHistory") {
            return ask_ledger(name, timestamp);
        }
        is_unreachable_ = false;
        if (name == "DescribeInstances") {
            return read(at::list, timestamp);
        }
        if (name == "DescribeInstanceInternetStatus") {
            return read(at::status, timestamp);
        }
        if (name == "InquiryPriceInstanceTrafficPackage") {
            return read(at::price, timestamp);
        }
        order_request order;
        order.is_cancel = name == "CancelInstanceTrafficPackageDowngrade";
        order.target = job_.target;
        order.timestamp = timestamp;
        return place(order);
    }

    [[nodiscard]] answer no_response() {
        cloud_.pass(30'000);
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::unknown));
    }
    [[nodiscard]] static answer not_sent() {
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent));
    }

    [[nodiscard]] answer read(unsigned where, std::optional<std::int64_t> const& timestamp) {
        const std::int64_t sent_ms = cloud_.now_ms();
        const fault f = events_and_fault(where);
        // A second process runs to its end while this request is on its way, twenty minutes perhaps. No transport waits that long: it
        // gives the request up. If it were answered, for its old signature or, by a wrong offset, just in time, the machine would
        // learn, and twice in a row prove, an offset that is only the length of the other job.
        constexpr std::int64_t longest_ms = 300'000;
        if (cloud_.now_ms() - sent_ms > longest_ms) {
            saw_nothing(where);
            return no_response();
        }
        note("%s, %s",
             where == at::list     ? "DescribeInstances"
             : where == at::status ? "internet status"
                                   : "price",
             row_of(f).text.data());
        switch (f) {
        case fault::read_killed: throw killed{short_pause_s};
        case fault::read_killed_long: throw killed{long_pause_s};
        case fault::read_throws: saw_nothing(where); throw thrown();
        case fault::read_not_sent: saw_nothing(where); return not_sent();
        case fault::read_lost: saw_nothing(where); return no_response();
        default: break;
        }
        response response = read_response(where, f, timestamp);
        finish(response,
               f == fault::read_date_ahead    ? 3600
               : f == fault::read_date_behind ? -86400
                                              : 0,
               f == fault::read_slow ? 70'000 : 1000);
        clock_throws_ = f == fault::read_clock_throws;
        return response;
    }

    [[nodiscard]] response read_response(unsigned where, fault f, std::optional<std::int64_t> const& timestamp) {
        response response;
        if (f == fault::read_gateway) {
            saw_nothing(where);
            return {502, "<html>502</html>", {}};
        }
        if (f == fault::read_limit) {
            saw_nothing(where);
            is_told_to_wait_ = was_handed_out_ && !choices_.is_quiet();
            is_told_until_ms_ = is_told_to_wait_ ? cloud_.now_ms() + 700'000 : 0;
            return {429, wire::refusal("REQUEST_LIMIT_EXCEEDED"), {{"retry-after", "700"}}};
        }
        if (f == fault::read_not_found) {
            saw_nothing(where);
            is_hidden_ = is_404_seen_ = true;
            return {404, wire::refusal("INVALID_INSTANCE_NOT_FOUND"), {}};
        }
        // Signed by another time than the last reading of the clock. What the clock says by now does not matter: it may have jumped
        // since the request was signed.
        if (cloud_.is_fresh(timestamp) && timestamp && !cloud_.is_fresh(last_reading_s_)) {
            meet(sometimes::looked_by_server_time);
            is_server_time_needed_ = !choices_.is_quiet();
        }
        if (!cloud_.is_fresh(timestamp)) {
            saw_nothing(where);
            return {401, wire::refusal("AUTHFAILURE_SIGNATURE_EXPIRED"), {}};
        }
        if (f == fault::read_empty) {
            saw_unclear(where);
            if (where == at::price) {
                last_price_.reset();
                last_price_ms_ = cloud_.now_ms();
            }
            return {200, R"({"requestId":"r","response":{}})", {}};
        }
        if (where == at::price) {
            response.body = wire::prices(cloud_.price_now);
            if (was_priced_) {
                meet(sometimes::priced_twice);
            }
            was_priced_ = true;
            last_price_ = cloud_.price_now;
            last_price_ms_ = cloud_.now_ms();
            return response;
        }
        std::int64_t lag_s = where == at::list ? cloud_.list_lag_s : cloud_.status_lag_s;
        if (f == fault::read_stale) {
            lag_s = std::max<std::int64_t>(lag_s, 7200);
            is_hidden_ = is_lagging_ = true;
        }
        instance_state const& seen = cloud_.state_before(lag_s);
        if (where == at::list) {
            if (f == fault::read_other) {
                response.body = wire::list({job_.target, {}, {}}, other_id);
            } else {
                list_size_ = seen.size;
                response.body = wire::list(seen, cloud::instance_id);
            }
            return response;
        }
        switch (f) {
        case fault::read_other:
            saw_unclear(where);
            response.body = wire::status({job_.is_cancel ? job_.before.size : job_.target, {}, {}}, other_id);
            break;
        case fault::read_odd_word:
            saw_unclear(where);
            response.body = wire::status({job_.target, {}, {}}, cloud::instance_id, "Thinking");
            break;
        case fault::read_half:
            saw_unclear(where);
            response.body = wire::status(seen, cloud::instance_id, "Processing", false);
            break;
        case fault::read_contradicts:
            saw_unclear(where);
            response.body = wire::status({seen.size, seen.size + one_terabyte, {}}, cloud::instance_id, "Enable");
            break;
        default:
            saw(seen);
            response.body = wire::status(seen, cloud::instance_id);
            break;
        }
        return response;
    }

    // ---- The ledger

    [[nodiscard]] answer ask_ledger(std::string_view name, std::optional<std::int64_t> const& timestamp) {
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

    [[nodiscard]] response ledger_response(std::string_view name, fault f,
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

    void finish(response& response, std::int64_t date_skew_s, std::int64_t takes_ms) {
        if (cloud_.has_dates) {
            date_ = zenwire::detail::http_date_text(zenwire::unix_seconds(cloud_.now_s() + cloud_.date_skew_s + date_skew_s));
            response.fields.push_back({"date", date_.view()});
        }
        cloud_.pass(takes_ms);
    }

    // What the looks of the status showed: the second implementation of what a look is worth.
    void saw_nothing(unsigned where) {
        if (where == at::status && was_handed_out_) {
            meet(sometimes::look_failed);
        }
    }
    void saw_unclear(unsigned where) {
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
    void saw(instance_state const& seen) {
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
    /// What the job calls its baseline: what it was told before the order.
    [[nodiscard]] instance_state baseline() const {
        return confirmed_ && confirmed_->baseline ? *confirmed_->baseline : last_status_.value_or(job_.before);
    }
    [[nodiscard]] bool is_target(instance_state const& is) const {
        return job_.is_cancel ? is.is_idle() && is.size == baseline().size
                              : is.size == job_.target && is.running != job_.target && is.planned != job_.target;
    }
    [[nodiscard]] bool is_foreign(instance_state const& is) const {
        return is != baseline() && !is_target(is) &&
               (job_.is_cancel ? !is.running : is.running != job_.target && is.planned != job_.target);
    }

    // ---- Orders

    void check_hand_out() {
        if (!is_recorded_) {
            report(violation::order_without_record);
        }
        is_recorded_ = false;
        if (!last_status_ || (list_size_ && *list_size_ != last_status_->size)) {
            report(violation::unclear_baseline);
        }
        if (!confirmed_ || confirmed_->baseline != last_status_) {
            report(violation::unconfirmed_baseline);
        }
        if (is_server_time_needed_) {
            report(violation::wrong_clock);
        }
        if (is_record_taken_) {
            report(violation::order_beside_another);
        }
        if (!job_.is_cancel && confirmed_ && !is_covered(last_price_, confirmed_->price)) {
            report(violation::unconfirmed_price);
        }
        constexpr std::int64_t oldest_ms = 65'000;
        if (!is_clock_wrong_ && (cloud_.now_ms() - last_status_ms_ > oldest_ms ||
                                 (!job_.is_cancel && cloud_.now_ms() - last_price_ms_ > oldest_ms))) {
            report(violation::old_price);
        }
    }

    /// Whether who agreed to a price has agreed to what it is now: the same, or less to pay at once.
    [[nodiscard]] static bool is_covered(std::optional<price> const& now, std::optional<price> const& agreed) {
        return now && agreed ? now->due_cents <= agreed->due_cents && now->excess_cents == agreed->excess_cents
                             : now == agreed;
    }

    [[nodiscard]] answer place(order_request const& order) {
        check_hand_out();
        offset_at_order_s_ = stopped_at_s_ ? std::nullopt : std::optional(clock_offset_s_);
        const fault f = events_and_fault(at::order);
        note("the order, %s", row_of(f).text.data());
        if (f == fault::order_not_sent) {
            was_not_sent_ = true;
            return not_sent();
        }
        if (was_not_sent_) {
            meet(sometimes::not_sent_again);
        }
        was_handed_out_ = true;
        switch (f) {
        case fault::order_lost: return no_response();
        case fault::order_late_100: cloud_.arrive_late(order, 100); return no_response();
        case fault::order_late_250: cloud_.arrive_late(order, 250); return no_response();
        case fault::order_late_400: cloud_.arrive_late(order, 400); return no_response();
        case fault::order_late_600: cloud_.arrive_late(order, 600); return no_response();
        case fault::order_throws_before: throw thrown();
        case fault::order_throws_late: cloud_.arrive_late(order, 250); throw thrown();
        case fault::order_killed_before: throw killed{short_pause_s};
        case fault::order_killed_late: cloud_.arrive_late(order, 250); throw killed{short_pause_s};
        case fault::refused_403: return with_date({403, "<html>403</html>", {}});
        case fault::refused_code: return with_date({403, wire::refusal("OPERATION_FAILED_NOT_IN_THE_MOOD"), {}});
        case fault::refused_limit: return with_date({429, wire::refusal("REQUEST_LIMIT_EXCEEDED"), {}});
        case fault::refused_502: return with_date({502, "<html>502</html>", {}});
        default: break;
        }
        char const* const refusal = cloud_.arrive(order);
        response response;
        if (refusal != nullptr) {
            response = {wire::status_of(refusal), wire::refusal(refusal), {}};
        } else {
            response.body = wire::accepted(order.is_cancel);
        }
        switch (f) {
        case fault::order_response_lost: return no_response();
        case fault::order_throws_after: throw thrown();
        case fault::order_killed: throw killed{short_pause_s};
        case fault::order_slow: cloud_.pass(400'000); break;
        default: break;
        }
        if (mask(f, response) && refusal == nullptr) {
            is_lie_ = true;
        }
        finish(response, f == fault::order_date_ahead ? 3600 : 0, 1000);
        clock_throws_ = f == fault::order_clock_throws;
        is_refusal_told_ = response.status != 200;
        has_visible_reason_ = f == fault::masked_processing || f == fault::masked_plan || f == fault::masked_404;
        is_acceptance_told_ = refusal == nullptr && response.status == 200 && f != fault::masked_200;
        return response;
    }

    [[nodiscard]] response with_date(response response) {
        finish(response, 0, 1000);
        return response;
    }

    /// Puts something else in the place of the response. True when that is a refusal of the API.
    [[nodiscard]] static bool mask(fault f, response& response) {
        const auto code = [&](int status, char const* text) {
            response = {status, wire::refusal(text), {}};
            return true;
        };
        const auto page = [&](int status) {
            response = {status, "<html></html>", {}};
            return false;
        };
        switch (f) {
        case fault::masked_403: return page(403);
        case fault::masked_429: return page(429);
        case fault::masked_502: return page(502);
        case fault::masked_302: return page(302);
        case fault::masked_200: return page(200);
        case fault::masked_403_code: return code(403, "OPERATION_FAILED_NOT_IN_THE_MOOD");
        case fault::masked_processing: return code(403, "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING");
        case fault::masked_plan: return code(403, "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE");
        case fault::masked_404: return code(404, "INVALID_INSTANCE_NOT_FOUND");
        case fault::masked_limit: return code(429, "REQUEST_LIMIT_EXCEEDED");
        case fault::masked_expired: return code(401, "AUTHFAILURE_SIGNATURE_EXPIRED");
        case fault::masked_503_code: code(503, "SERVICE_TEMPORARY_UNAVAILABLE"); return false;
        case fault::masked_challenge: response = {403, "<html></html>", {{"cf-mitigated", "challenge"}}}; return true;
        case fault::masked_contradiction:
            response = {400, R"({"requestId":"r","response":{"requestId":"r","orderNumber":"1"}})", {}};
            return false;
        case fault::masked_both:
            response = {400, R"({"requestId":"r","code":"X","response":{"requestId":"r","orderNumber":"1"}})", {}};
            return false;
        default: return false;
        }
    }

    // ---- What goes wrong

    [[nodiscard]] bool is_pointless(fault f) const {
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

    [[nodiscard]] fault choose(unsigned where, fault after = fault::none) {
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

    [[nodiscard]] fault events_and_fault(unsigned where) {
        fault f = choose(where);
        while (f != fault::none && row_of(f).is_event) {
            note("%s", row_of(f).text.data());
            happen(f);
            f = choose(where, f);
        }
        return f;
    }

    void happen(fault f) {
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

    /// Somebody starts the job once more while this process is at work: it runs to its end.
    void run_second_process() {
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

    // ---- The oracle

    void judge(claims const& said) {
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

    void judge_order(claims const& said, std::size_t executed) {
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

    /// Until when the order can be accepted, by the caller's clock, if that is still the clock by which it was signed.
    void judge_bound(claims const& said) {
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

    void judge_ledger(claims const& said, std::size_t executed) {
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
        case kind::new_movement: meet(sometimes::ledger_movement); break;
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

    void judge_instance(claims const& said) {
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

    void meet(sometimes what) { out_.met.set(static_cast<std::size_t>(what)); }
    void report(violation what) {
        note("VIOLATION: %s", violation_names[static_cast<std::size_t>(what)].data());
        if (out_.what == violation::none || what < out_.what) {
            out_.what = what;
        }
    }

    template <class... Values>
    void note(char const* format, Values... values) const {
        if (is_traced_) {
            std::printf("%7lld s  %s, %zu executed  ", static_cast<long long>(cloud_.now_s() - cloud::begin_s),
                        text_of(cloud_.state()).c_str(), cloud_.executed());
            std::printf(format, values...);
            std::printf("\n");
        }
    }
    [[nodiscard]] static std::string text_of(instance_state const& is) {
        return wire::terabytes(is.size) + " TB" + (is.running ? ", on its way to " + wire::terabytes(is.running) : "") +
               (is.planned ? ", planned " + wire::terabytes(is.planned) : "");
    }
    [[nodiscard]] static zenwire::traffic_package_size package(steps of) {
        return *zenwire::traffic_package_size::from_units(of * zenwire::traffic_package_size::units_per_terabyte / 20);
    }

    static constexpr std::string_view other_id = "111111111111111111";
    static constexpr std::int64_t short_pause_s = 10;
    static constexpr std::int64_t long_pause_s = 7200;

    struct agreement {
        std::optional<instance_state> baseline;
        std::optional<model::price> price;
    };

    scenario const& job_;
    zenwire::client<Credential> const& client_;
    zenwire::client<Credential> const& ledger_;
    schedule& choices_;
    menus const& menu_;
    bool is_traced_;
    cloud cloud_;
    zenwire::workflow_options options_{};
    result out_{};

    std::vector<char> record_{};
    bool is_recorded_ = false;
    bool is_record_taken_ = false;
    std::optional<agreement> confirmed_{};
    // the orders that the ledger showed before the order, and of these what the record knows
    std::set<std::string> told_orders_{};
    std::set<std::string> old_orders_{};
    bool is_unreachable_ = false;
    bool was_resumed_ = false;
    bool is_refusal_told_ = false;
    std::optional<instance_state> last_status_{};
    std::int64_t last_status_ms_ = 0;
    std::optional<price> last_price_{};
    std::int64_t last_price_ms_ = 0;
    bool was_priced_ = false;
    bool unclear_before_ = false;
    std::size_t unchanged_looks_ = 0;
    bool is_told_to_wait_ = false;
    std::int64_t is_told_until_ms_ = 0;
    std::optional<steps> list_size_{};
    bool has_visible_reason_ = false;
    bool is_acceptance_told_ = false;
    bool is_acceptance_stored_ = false;
    bool was_handed_out_ = false;
    bool was_not_sent_ = false;
    bool is_lie_ = false;
    bool is_404_seen_ = false;
    bool is_server_time_needed_ = false;
    // by this process: then no unchanged look afterwards makes a refusal true
    bool is_effect_seen_ = false;
    bool is_hidden_ = false;
    bool is_lagging_ = false;
    bool is_moved_ = false;
    bool is_clock_wrong_ = false;
    bool clock_throws_ = false;
    std::int64_t clock_offset_s_ = 0;
    std::optional<std::int64_t> offset_at_order_s_{};
    std::optional<std::int64_t> stopped_at_s_{};
    std::int64_t last_reading_s_ = cloud::begin_s;
    std::int64_t sleeps_s_ = 0;
    std::size_t steps_ = 0;
    zenwire::detail::http_date_text date_{zenwire::unix_seconds(0)};
};

}  // namespace model

#endif
