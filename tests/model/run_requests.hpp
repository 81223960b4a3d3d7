// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_RUN_REQUESTS_HPP
#define ZENWIRE_TESTS_MODEL_RUN_REQUESTS_HPP

#include "run.hpp"

/// @file
/// Requests of a job, and the responses to its looks.

namespace model {

template <class Credential>
typename run<Credential>::answer run<Credential>::send(workflow& machine, zenwire::request_view const& request) {
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

template <class Credential>
typename run<Credential>::answer run<Credential>::read(unsigned where, std::optional<std::int64_t> const& timestamp) {
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

template <class Credential>
response run<Credential>::read_response(unsigned where, fault f, std::optional<std::int64_t> const& timestamp) {
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

}  // namespace model

#endif
