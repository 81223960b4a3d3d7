// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_RUN_ORDERS_HPP
#define ZENWIRE_TESTS_MODEL_RUN_ORDERS_HPP

#include "run.hpp"

/// @file
/// Orders on their way, and what the cloud makes of them.

namespace model {

template <class Credential>
void run<Credential>::check_hand_out() {
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

template <class Credential>
typename run<Credential>::answer run<Credential>::place(order_request const& order) {
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

template <class Credential>
bool run<Credential>::mask(fault f, response& response) {
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

}  // namespace model

#endif
