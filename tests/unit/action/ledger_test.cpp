// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/action/stream.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/owning.hpp>
#include <zenwire/client/walk_entries.hpp>
#include <zenwire/protocol/request.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using bills = zenwire::describe_bill_detail;
using history = zenwire::describe_transaction_history;
constexpr zenwire::service zbc = zenwire::services::zbc_2024_08_08;

template <class Action>
std::string_view field_of_refusal(Action const& action) {
    const auto valid = zenwire::validate(action, zbc);
    return valid ? std::string_view() : valid.error().field;
}

/// A clock that stands still.
struct still_runtime {
    [[nodiscard]] zenwire::unix_seconds now() const { return sample::time; }
    void sleep_for(zenwire::milliseconds) const {}
    [[nodiscard]] std::uint32_t jitter() const { return 0; }
};

}  // namespace

TEST_CASE("the parameters of the billing service go out under their names, and empty ones do not") {
    char memory[512];
    const std::string_view kinds[] = {"CONSUME"};
    CHECK(*zenwire::write_body(memory, zenwire::describe_customer_balance{}, zbc) == "{}");
    CHECK(*zenwire::write_body(memory, history{}, zbc) == "{}");
    CHECK(*zenwire::write_body(memory,
                               history{.page_num = 1,
                                       .page_size = 10'000,
                                       .transaction_type = kinds,
                                       .start_time = zenwire::unix_seconds(1673361177),
                                       .end_time = zenwire::unix_seconds(1673361178)},
                               zbc) ==
          R"({"pageNum":1,"pageSize":10000,"transactionType":["CONSUME"],"startTime":"2023-01-10T14:32:57Z",)"
          R"("endTime":"2023-01-10T14:32:58Z"})");
    CHECK(*zenwire::write_body(memory,
                               bills{.page_num = 2,
                                     .page_size = 20,
                                     .bill_monthly = 202611,
                                     .order_sn = "42",
                                     .resource_id = "i-1",
                                     .product = "BMC"},
                               zbc) ==
          R"({"pageNum":2,"pageSize":20,"billMonthly":202611,"orderSn":"42","resourceId":"i-1","product":"BMC"})");
}

TEST_CASE("parameters of the billing service that break a rule are refused by name") {
    CHECK(field_of_refusal(history{}).empty());
    CHECK(field_of_refusal(history{.page_num = 0}) == "pageNum");
    CHECK(field_of_refusal(history{.page_size = 10'001}) == "pageSize");
    CHECK(field_of_refusal(history{.start_time = zenwire::unix_seconds(-1)}) == "startTime");
    CHECK(field_of_refusal(history{.start_time = zenwire::unix_seconds(9), .end_time = zenwire::unix_seconds(8)}) ==
          "endTime");
    CHECK(field_of_refusal(history{.start_time = zenwire::unix_seconds(9), .end_time = zenwire::unix_seconds(9)}) == "");
    CHECK(field_of_refusal(history{.start_time = zenwire::unix_seconds(9)}).empty());
    CHECK(field_of_refusal(history{.end_time = zenwire::unix_seconds(9)}).empty());
    CHECK(field_of_refusal(history{.end_time = zenwire::unix_seconds(-1)}) == "endTime");
    CHECK(field_of_refusal(history{.page_size = 10'000}).empty());
    CHECK(field_of_refusal(bills{.page_size = 5'000}).empty());
    CHECK(field_of_refusal(bills{.page_size = 5'001}) == "pageSize");
    for (const std::int64_t month : {0, 202600, 202613, 1, 20261101, 196912, 1000001}) {
        CHECK(field_of_refusal(bills{.bill_monthly = month}) == "billMonthly");
    }
    for (const std::int64_t month : {197001, 202601, 202612, 999912}) {
        CHECK(field_of_refusal(bills{.bill_monthly = month}).empty());
    }
}

TEST_CASE("only the billing service has the ledger, and no instances") {
    for (zenwire::service const& other : {zenwire::services::bmc_2026_02_01, zenwire::services::vm_2026_04_01}) {
        CHECK(code_of(zenwire::validate(zenwire::describe_customer_balance{}, other)) ==
              zenwire::errc::unsupported_action);
        CHECK(code_of(zenwire::validate(history{}, other)) == zenwire::errc::unsupported_action);
        CHECK(code_of(zenwire::validate(bills{}, other)) == zenwire::errc::unsupported_action);
    }
}

TEST_CASE("a version of the billing service that is not listed has the ledger, and no instances either") {
    constexpr zenwire::service newer{"zbc", "/api/v2/zbc", "2099-01-01"};
    CHECK(zenwire::validate(zenwire::describe_customer_balance{}, newer));
    CHECK(zenwire::validate(bills{}, newer));
    CHECK(code_of(zenwire::validate(zenwire::look_up_instance{{"1"}}, newer)) == zenwire::errc::unsupported_action);
}

TEST_CASE("amounts of a balance are exact, and a balance of another type is no response") {
    const auto read = [](std::string_view body) {
        return zenwire::parse_response(zenwire::describe_customer_balance{}, zbc, {200, body, {}});
    };
    const auto balance = read(
        R"({"response":{"accountUid":5,"cashBalance":-0.10,"creditValue":"100.00","purchasingPower":99.9,"orderFrozenAmount":0}})");
    REQUIRE(balance);
    CHECK(balance->account_uid.view() == "5");
    CHECK(balance->cash_balance == zenwire::decimal::parse("-0.1"));
    CHECK(balance->credit_value == zenwire::decimal(100));
    CHECK(balance->purchasing_power == zenwire::decimal::parse("99.9"));
    CHECK(balance->order_frozen_amount == zenwire::decimal(0));
    CHECK(code_of(read(R"({"response":{"purchasingPower":"much"}})")) == zenwire::errc::malformed_response);
}

TEST_CASE("entries are handed out one by one, without memory where no text has an escape") {
    constexpr std::string_view page =
        R"({"requestId":"T1","response":{"totalCount":3,"dataSet":[
            {"resourceId":"i-1","amount":12.5,"orderSn":"42","billMonthly":"202611"},
            {"resourceId":"i-2","amount":1,"label":"a\"b"},{"resourceId":"i-3","amount":2}]}})";
    std::string text;
    const auto note = [&](zenwire::bill_entry const& each) { text += std::string(each.resource_id) + ' '; };
    const auto without = zenwire::for_each_entry<bills>({200, page, {}}, {}, note);
    REQUIRE(without);
    CHECK(text == "i-1 i-3 ");
    CHECK(without->count == 3);
    CHECK(without->incomplete_count == 1);
    CHECK(without->total_count == 3);
    std::array<std::byte, 64> scratch{};
    text.clear();
    const auto with = zenwire::for_each_entry<bills>({200, page, {}}, scratch, note);
    REQUIRE(with);
    CHECK(text == "i-1 i-2 i-3 ");
    CHECK(with->incomplete_count == 0);
    CHECK(code_of(zenwire::for_each_entry<bills>({200, R"({"response":{"dataSet":[{"amount":{}}]}})", {}}, scratch,
                                                 note)) == zenwire::errc::malformed_response);
}

TEST_CASE("all pages of a bill are walked, and a page that fails ends the walk") {
    const auto key = sample::key();
    const zenwire::client client(zbc, zenwire::endpoint(), key);
    std::string bodies;
    const auto pages = [&](zenwire::request_view const& request)
        -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
        CHECK(request.target == "/api/v2/zbc");
        CHECK(request.fields.value_of("x-zc-version") == "2024-08-08");
        bodies += std::string(request.body);
        const bool is_first = request.body.find(R"("pageNum":1,)") != std::string_view::npos;
        return zenwire::response_view{
            200,
            is_first ? R"({"response":{"totalCount":3,"dataSet":[{"resourceId":"1"},{"resourceId":"2"}]}})"
                     : R"({"response":{"totalCount":3,"dataSet":[{"resourceId":"3"}]}})",
            {}};
    };
    std::string ids;
    const auto note = [&](zenwire::bill_entry const& each) { ids += each.resource_id; };
    const auto count = zenwire::walk_entries(client, bills{.page_size = 2}, pages, still_runtime(), note);
    REQUIRE(count);
    CHECK(*count == 3);
    CHECK(ids == "123");
    CHECK(bodies == R"({"pageNum":1,"pageSize":2}{"pageNum":2,"pageSize":2}{"pageNum":1,"pageSize":2})");
    const auto refuse =
        [&](zenwire::request_view const&) -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
        bodies.clear();
        return zenwire::response_view{401, R"({"code":"AUTHFAILURE_SIGNATURE_FAILURE"})", {}};
    };
    CHECK(code_of(zenwire::walk_entries(client, bills{}, refuse, still_runtime(), note)) == zenwire::errc::api_error);
}
