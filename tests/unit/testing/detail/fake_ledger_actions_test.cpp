// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_ledger_actions.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/owning.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../../results.hpp"
#include "../../samples.hpp"

namespace {

using zenwire::api_code;

/// An account with 1,000.00 and one instance of 1 TB, `i`.
struct account {
    account() {
        cloud.add(sample::key());
        cloud.add({.id = "i", .name = "web"});
        cloud.set_balance_cents(100'000);
    }

    template <class Action>
    auto send(Action const& action, zenwire::service const& service = zenwire::services::zbc_2024_08_08) {
        const zenwire::access_key key = sample::key();
        const zenwire::client client(service, zenwire::endpoint(), key);
        return zenwire::send_action(client, action, cloud, cloud);
    }
    auto order(std::string_view terabytes) {
        return send(zenwire::modify_instance_traffic_package{"i", sample::size(terabytes)},
                    zenwire::services::bmc_2026_02_01);
    }
    auto history(zenwire::describe_transaction_history const& filter = {}) { return send(zenwire::owning{filter}); }
    auto bill(zenwire::describe_bill_detail const& filter = {}) { return send(zenwire::owning{filter}); }

    /// What a body is refused with; unlisted when it is not.
    api_code refusal_of(std::string_view action, std::string_view body) {
        char head[zenwire::limits::request_head];
        const auto endpoint =
            zenwire::request_template<>::make(zenwire::services::zbc_2024_08_08, zenwire::endpoint());
        const auto request = zenwire::sign_body(head, action, body, *endpoint, sample::key(), cloud.now());
        const auto answer = cloud(request->view());
        const auto result = zenwire::parse_response<zenwire::describe_customer_balance>(
            zenwire::services::zbc_2024_08_08, zenwire::response_adapter(*answer).view());
        return result ? api_code::unlisted : result.error().api_code;
    }

    zenwire::fake_cloud cloud;
};

zenwire::decimal amount(std::string_view text) { return *zenwire::decimal::parse(text); }

}  // namespace

TEST_CASE("an order shows at once in balance, history and bill, and all three agree") {
    account sut;
    const auto order = sut.order("2.5");
    REQUIRE(order);
    const auto balance = sut.send(zenwire::describe_customer_balance{});
    REQUIRE(balance);
    CHECK(balance->cash_balance == amount("880"));
    CHECK(balance->credit_value == amount("0"));
    CHECK(balance->purchasing_power == amount("880"));
    CHECK(balance->order_frozen_amount == amount("0"));

    const auto history = sut.history();
    REQUIRE(history);
    REQUIRE((**history).data_set.size() == 2);
    zenwire::account_transaction const& spent = (**history).data_set.front();
    CHECK(spent.order_sn == order->order_number.view());
    CHECK(spent.amount == amount("-120"));
    CHECK(spent.cash_balance == balance->cash_balance);
    CHECK(spent.transaction_time == "2023-01-10T14:32:57Z");
    CHECK(spent.account_uid == balance->account_uid.view());
    CHECK((**history).expenditure_sum == amount("120"));
    CHECK((**history).income_sum == amount("1000"));

    const auto bill = sut.bill();
    REQUIRE(bill);
    REQUIRE((**bill).data_set.size() == 1);
    zenwire::bill_entry const& line = (**bill).data_set.front();
    CHECK(line.order_sn == order->order_number.view());
    CHECK(line.resource_id == "i");
    CHECK(line.label == "web");
    CHECK(line.product_subitem == "Traffic Package");
    CHECK(line.amount == amount("120"));
    CHECK(line.cash == amount("120"));
    CHECK(line.voucher == amount("0"));
    CHECK(line.bill_monthly == 202301);
    CHECK(line.deduction_time == "2023-01-10T14:32:57Z");
    CHECK((**bill).total_spend == amount("120"));
}

TEST_CASE("what costs nothing is not booked: a downgrade, a refusal, a change of what is postpaid") {
    account sut;
    sut.cloud.add({.id = "p", .charge_type = zenwire::instance_charge_type::postpaid});
    REQUIRE(sut.order("0.5"));
    CHECK_FALSE(sut.order("2"));
    REQUIRE(
        sut.send(zenwire::modify_instance_traffic_package{"p", sample::size("9")}, zenwire::services::bmc_2026_02_01));
    CHECK(sut.cloud.bookings().size() == 1);
    CHECK(sut.bill().value()->data_set.empty());
}

TEST_CASE("somebody else's order is booked under a number of its own") {
    account sut;
    sut.cloud.act({zenwire::fake_act::kind::order, "i", sample::size("2")});
    const auto bill = sut.bill();
    REQUIRE((**bill).data_set.size() == 1);
    CHECK((**bill).data_set.front().order_sn == "1000000000001");
    CHECK(sut.cloud.orders().empty());
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    CHECK(sut.order("3")->order_number.view() == "1000000000002");
}

TEST_CASE("an account without a limit owes what it spent, and can always pay") {
    account sut;
    sut.cloud.set_balance_cents(std::nullopt);
    REQUIRE(sut.order("1000"));
    const auto balance = sut.send(zenwire::describe_customer_balance{});
    CHECK(*balance->cash_balance < zenwire::decimal(0));
    CHECK(*balance->purchasing_power > zenwire::decimal(1'000'000));
}

TEST_CASE("a balance that a test sets is booked, and amounts below one keep their sign and cents") {
    account sut;
    sut.cloud.set_balance_cents(-5);
    const auto balance = sut.send(zenwire::describe_customer_balance{});
    CHECK(balance->cash_balance == amount("-0.05"));
    CHECK(sut.history().value()->data_set.front().amount == amount("-1000.05"));
}

TEST_CASE("bills are those of a month, an order, an instance, a product") {
    account sut;
    sut.cloud.add({.id = "j"});
    const auto first = sut.order("2");
    sut.cloud.sleep_for(zenwire::milliseconds(1000LL * 86'400 * 30));
    REQUIRE(sut.order("3"));
    REQUIRE(
        sut.send(zenwire::modify_instance_traffic_package{"j", sample::size("2")}, zenwire::services::bmc_2026_02_01));
    CHECK((**sut.bill()).data_set.size() == 2);
    const std::string number(first->order_number.view());
    struct {
        zenwire::describe_bill_detail filter;
        std::size_t size;
    } const cases[] = {{{.bill_monthly = 202301}, 1},
                       {{.bill_monthly = 202212}, 0},
                       {{.resource_id = "j"}, 1},
                       {{.resource_id = "x"}, 0},
                       {{.product = "Bare Metal Cloud"}, 2},
                       {{.product = "Virtual Machine"}, 0},
                       {{.bill_monthly = 202301, .order_sn = number}, 1},
                       {{.order_sn = number}, 0}};
    for (auto const& each : cases) {
        const auto bill = sut.bill(each.filter);
        REQUIRE(bill);
        CHECK((**bill).data_set.size() == each.size);
        CHECK((**bill).total_count == static_cast<std::int64_t>(each.size));
    }
}

TEST_CASE("movements are those of a span and of some kinds, and their sums are those of all pages") {
    account sut;
    REQUIRE(sut.order("2"));
    const zenwire::unix_seconds begin = sut.cloud.now();
    sut.cloud.sleep_for(zenwire::milliseconds(1000LL * 86'400 * 31));
    REQUIRE(sut.order("3"));
    CHECK((**sut.history()).data_set.size() == 1);
    CHECK((**sut.history({.start_time = begin})).data_set.size() == 3);
    CHECK((**sut.history({.start_time = begin, .end_time = begin})).data_set.size() == 2);
    const std::string_view spent[] = {"CONSUMPTION"};
    CHECK((**sut.history({.transaction_type = spent, .start_time = begin})).data_set.size() == 2);
    const auto page = sut.history({.page_num = 2, .page_size = 2, .start_time = begin});
    CHECK((**page).data_set.size() == 1);
    CHECK((**page).total_count == 3);
    CHECK((**page).expenditure_sum == amount("160"));
}

TEST_CASE("lists begin with the newest entry or the oldest one, as the settings say") {
    for (const bool begins_with_newest : {true, false}) {
        account sut;
        sut.cloud.settings().ledger_begins_with_newest = begins_with_newest;
        REQUIRE(sut.order("2"));
        CHECK((**sut.history()).data_set.front().order_sn.empty() == !begins_with_newest);
    }
}

TEST_CASE("lists may be behind the balance") {
    account sut;
    sut.cloud.sleep_for(zenwire::milliseconds(900'000));
    sut.cloud.settings().ledger_lag_seconds = 900;
    REQUIRE(sut.order("2"));
    CHECK(sut.send(zenwire::describe_customer_balance{})->cash_balance == amount("920"));
    CHECK((**sut.bill()).data_set.empty());
    CHECK((**sut.history()).data_set.size() == 1);
    sut.cloud.sleep_for(zenwire::milliseconds(900'000));
    CHECK((**sut.bill()).data_set.size() == 1);
    CHECK((**sut.history()).data_set.size() == 2);
}

TEST_CASE("filters beyond their bounds, and what is no time, are refused") {
    account sut;
    constexpr std::string_view history = "DescribeTransactionHistory";
    constexpr std::string_view bill = "DescribeBillDetail";
    CHECK(sut.refusal_of(history, R"({"pageSize":10000})") == api_code::unlisted);
    CHECK(sut.refusal_of(history, R"({"pageSize":10001})") == api_code::invalid_parameter_exceed_maximum);
    CHECK(sut.refusal_of(bill, R"({"pageSize":5001})") == api_code::invalid_parameter_exceed_maximum);
    CHECK(sut.refusal_of(bill, R"({"pageNum":0})") == api_code::invalid_parameter_less_minimum);
    CHECK(sut.refusal_of(history, R"({"startTime":"2022-10-10T14:32:57Z"})") == api_code::unlisted);
    CHECK(sut.refusal_of(history, R"({"startTime":"2022-10-10T14:32:56Z"})") ==
          api_code::invalid_parameter_exceed_maximum);
    CHECK(sut.refusal_of(history, R"({"startTime":"2023-01-10T14:32:57Z","endTime":"2023-01-10T14:32:56Z"})") ==
          api_code::invalid_parameter_value);
    for (const std::string_view text : {"", "2023-01-10 14:32:57", "2023-13-10T14:32:57Z", "2023-00-10T14:32:57Z",
                                        "2023-02-29T14:32:57Z", "2023-01-10T24:32:57Z", "2023-a1-10T14:32:57Z"}) {
        CAPTURE(text);
        CHECK(sut.refusal_of(history, R"({"endTime":")" + std::string(text) + R"("})") ==
              api_code::invalid_parameter_date_format_error);
    }
}

TEST_CASE("the billing service has its own actions only, in both versions that clients name") {
    account sut;
    CHECK(sut.refusal_of("DescribeInstances", "{}") == api_code::authfailure_unauthorized_operation);
    zenwire::service other = zenwire::services::zbc_2024_08_08;
    other.version = "2024-08-09";
    CHECK(sut.send(zenwire::describe_customer_balance{}, other));
}
