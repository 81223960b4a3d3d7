// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: whatever events come in whatever order, a job sends an order only right after its bytes were saved, and none after
/// one that may have left; calls that do not fit its step change nothing; and a request_exchange of an order makes no further
/// attempt after an outcome that is unknown.
///
/// The first bytes choose the job; then each event is a byte and what belongs to it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

namespace {

using zenwire::unix_seconds;

constexpr std::string_view answers[] = {
    R"({"requestId":"r","response":{"requestId":"r","orderNumber":"o"}})",
    R"({"requestId":"r","response":{"requestId":"r"}})",
    R"({"requestId":"r","code":"INVALID_PARAMETER","message":"m"})",
    R"({"requestId":"r","code":"REQUEST_LIMIT_EXCEEDED","message":"m"})",
    R"({"response":{"requestId":"r","totalCount":1,"dataSet":[{"instanceId":"i","instanceStatus":"RUNNING",)"
    R"("instanceChargeType":"PREPAID","internetChargeType":"ByTrafficPackage","trafficPackageSize":0.1}]}})",
    R"({"response":{"requestId":"r","instanceId":"i","instanceName":"n","internetChargeType":"ByTrafficPackage",)"
    R"("trafficPackageSize":0.1}})",
    R"({"response":{"requestId":"r","instanceId":"i","instanceName":"n","internetChargeType":"ByTrafficPackage",)"
    R"("trafficPackageSize":0.15,"modifiedTrafficPackageStatus":"Enable","modifiedTrafficPackageSize":0.15}})",
    R"({"response":{"requestId":"r","instanceId":"i","internetChargeType":"ByTrafficPackage",)"
    R"("trafficPackageSize":0.1,"modifiedTrafficPackageStatus":"WaitToEnable","modifiedTrafficPackageSize":0.05}})",
    R"({"response":{"requestId":"r","trafficPackagePrice":{"originalPrice":1.5,"discountPrice":1,"currency":"USD"}}})",
    "<html>",
    "",
};
constexpr std::string_view ledger_answers[] = {
    R"({"response":{"purchasingPower":1000}})",
    R"({"response":{"purchasingPower":"0.5","cashBalance":[]}})",
    R"({"response":{"totalCount":0,"dataSet":[]}})",
    R"({"response":{"totalCount":1,"dataSet":[{"resourceId":"i","orderSn":"old","amount":1}]}})",
    R"({"response":{"totalCount":2,"dataSet":[{"resourceId":"i","orderSn":"old"},{"resourceId":"i","orderSn":"o","amount":8}]}})",
    R"({"response":{"totalCount":9,"dataSet":[{"resourceId":"j","orderSn":"new"},{"orderSn":7},{"resourceId":"i","orderSn":"\u0041"}]}})",
    R"({"response":{"dataSet":{}}})",
    R"({"requestId":"r","code":"AUTHFAILURE_UNAUTHORIZED_OPERATION","message":"m"})",
    "<html>",
};
constexpr int statuses[] = {200, 200, 200, 400, 429, 500, 503, 408, 302};

bool is_order(zenwire::request_view const& request) {
    const std::string_view name = request.fields.value_of("x-zc-action");
    return name == zenwire::modify_instance_traffic_package::name ||
           name == zenwire::cancel_instance_traffic_package_downgrade::name;
}

bool is_for_ledger(zenwire::request_view const& request) { return request.fields.value_of("x-zc-service") == "zbc"; }

zenwire::response_view choose_answer(fuzz_input& input, zenwire::field (&date)[1], bool is_of_ledger = false) {
    constexpr std::string_view dates[] = {"", "Tue, 10 Jan 2023 14:32:57 GMT", "Tue, 10 Jan 2023 14:38:30 GMT",
                                          "Tue, 10 Jan 2033 14:38:30 GMT"};
    const std::string_view body = is_of_ledger ? ledger_answers[input.choice(std::size(ledger_answers))]
                                               : answers[input.choice(std::size(answers))];
    const int status = statuses[input.choice(std::size(statuses))];
    date[0] = {"date", dates[input.choice(std::size(dates))]};
    return {status, body, zenwire::field_list(std::span<zenwire::field const>(date))};
}

void check_workflow(fuzz_input& input, zenwire::client<zenwire::access_key> const& client,
                    zenwire::client<zenwire::access_key> const& ledger) {
    using workflow_type = zenwire::traffic_package_workflow<zenwire::access_key>;
    using kind = zenwire::workflow_step::kind;
    constexpr std::string_view sizes[] = {"0.15", "0.05", "0.1", "0"};
    zenwire::workflow_options options;
    options.max_attempts = static_cast<std::uint32_t>(input.choice(4));
    const std::uint8_t chosen = input.byte();
    auto workflow = chosen % 4 == 0
                        ? workflow_type::cancel_downgrade(client, zenwire::instance_id("i"), options)
                        : workflow_type::change(client, zenwire::instance_id("i"),
                                                *zenwire::traffic_package_size::parse(sizes[chosen / 4 % 4]), options);
    constexpr std::uint8_t asks_ledger = 192;
    if (chosen >= asks_ledger) {
        static_cast<void>(workflow.consult(ledger));
    }
    std::int64_t now = 1673361177;
    bool was_saved = false;
    bool is_at_order = false;
    bool may_have_left = false;
    while (!input.empty()) {
        const kind before = workflow.step().what;
        const std::uint8_t event = input.byte();
        now += event % 64 == 63 ? 400 : event / 8 % 4;
        const unix_seconds time(now);
        zenwire::field date[1];
        std::optional<zenwire::workflow_step> step;
        kind fits = kind::done;
        switch (event % 8) {
        case 0:
        case 1:
            step = workflow.next(time);
            fits = kind::wait_for;
            break;
        case 2:
        case 3: {
            const zenwire::response_view answer = choose_answer(input, date, is_for_ledger(workflow.request()));
            may_have_left = may_have_left || (before == kind::send && is_at_order);
            step = workflow.receive(answer, time, event);
            fits = kind::send;
            break;
        }
        case 4: {
            const bool is_sure = input.choice(2) == 0;
            may_have_left = may_have_left || (before == kind::send && is_at_order && !is_sure);
            step = workflow.send_failed(
                {is_sure ? zenwire::transport_failure::not_sent : zenwire::transport_failure::unknown, "text"}, time,
                event);
            fits = kind::send;
            break;
        }
        case 5:
            step = workflow.confirm(event % 16 != 5, time);
            fits = kind::confirm;
            break;
        case 6:
            step = workflow.saved(time);
            fits = kind::save;
            was_saved = was_saved || before == kind::save;
            break;
        default:
            step = workflow.save_failed();
            fits = kind::save;
            break;
        }
        require(*step == workflow.step(), "the step that is returned is the current one");
        if (before != fits) {
            require(workflow.step().what == before, "a call that does not fit changes nothing");
            continue;
        }
        is_at_order = workflow.step().what == kind::send && is_order(workflow.request());
        if (workflow.step().what == kind::send) {
            require(!workflow.request().fields.empty(), "there is a request to send");
        }
        if (is_at_order) {
            require(zenwire::parse_timestamp(workflow.request()).has_value(), "an order has a timestamp");
            require(was_saved, "an order is sent only after its bytes were saved");
            require(!may_have_left, "no order after one that may have left");
        }
        if (workflow.step().what == kind::send) {
            require(!workflow.take_request().fields.empty(), "a request is handed out");
            require(workflow.take_request().fields.empty(), "a request is handed out once");
        }
        if (workflow.step().what == kind::save) {
            was_saved = false;
            require(!workflow.saved_bytes().empty(), "there are bytes to save");
        }
        if (workflow.step().what == kind::done) {
            const auto& verdict = workflow.verdict();
            require(!verdict.failure || !verdict.failure->retryable(), "what may cost money is not called retryable");
            require(verdict.order != zenwire::workflow_verdict::order_kind::unknown || verdict.failure,
                    "an order that is unknown says why");
            require(may_have_left || verdict.order == zenwire::workflow_verdict::order_kind::none,
                    "nothing is said of an order that never left");
            require(!verdict.ledger || verdict.ledger->what != zenwire::ledger_evidence::kind::receipt ||
                        verdict.order == zenwire::workflow_verdict::order_kind::accepted,
                    "only an accepted order has a receipt");
        }
    }
}

void check_exchange(fuzz_input& input, zenwire::client<zenwire::access_key> const& client) {
    using kind = zenwire::exchange_step::kind;
    zenwire::request_exchange exchange(
        client, zenwire::modify_instance_traffic_package{zenwire::instance_id("i"),
                                                         *zenwire::traffic_package_size::parse("0.15")});
    std::int64_t now = 1673361177;
    bool is_unknown = false;
    while (!input.empty()) {
        const kind before = exchange.step().what;
        const std::uint32_t attempts = exchange.attempts();
        const std::uint8_t event = input.byte();
        zenwire::field date[1];
        now += event / 4;
        switch (event % 4) {
        case 0:
        case 1: {
            (void)exchange.next(unix_seconds(now));
            if (before == kind::wait_for) {
                require(!is_unknown, "no attempt follows an unknown outcome");
                require(exchange.step().what == kind::send && exchange.attempts() == attempts + 1, "it is sent");
                require(exchange.request().fields.value_of("x-zc-timestamp") == std::to_string(now),
                        "each attempt is signed afresh");
            }
            break;
        }
        case 2: {
            const zenwire::response_view answer = choose_answer(input, date);
            if (before == kind::send) {
                is_unknown = answer.status >= 500 || answer.status == 408 || answer.status == 200;
                is_unknown = is_unknown && answer.body.find("REQUEST_LIMIT_EXCEEDED") == std::string_view::npos;
            }
            (void)exchange.receive(answer, unix_seconds(now), event);
            break;
        }
        default: {
            const bool is_sure = event % 8 == 3;
            is_unknown = is_unknown || (before == kind::send && !is_sure);
            (void)exchange.send_failed(
                {is_sure ? zenwire::transport_failure::not_sent : zenwire::transport_failure::unknown, "text"}, event);
            break;
        }
        }
        require(exchange.attempts() <= client.retry().max_attempts, "there are not more attempts than allowed");
        require(before != kind::done || exchange.step().what == kind::done, "done stays done");
        if (exchange.step().what == kind::done && !exchange.result()) {
            auto const& failure = exchange.result().error();
            require((failure.outcome == zenwire::outcome::unknown) == (failure.code == zenwire::errc::outcome_unknown),
                    "an unknown outcome has its own code");
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    static const auto key =
        zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    static const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key);
    if (input.choice(4) == 0) {
        check_exchange(input, client);
    } else {
        static const zenwire::client ledger(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), *key);
        check_workflow(input, client, ledger);
    }
    return 0;
}
