// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/ledger_comparison.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include <doctest/doctest.h>

namespace {

using zenwire::error;
using zenwire::expected;
using zenwire::unix_seconds;
using zenwire::detail::known_orders;
using zenwire::detail::ledger_findings;
using zenwire::detail::ledger_topic;
using zenwire::detail::ledger_comparison;
using evidence = zenwire::ledger_evidence::kind;

// 2023-01-15T00:00:00Z, 2023-01-31T12:00:00Z
constexpr unix_seconds within_a_month(1673740800);
constexpr unix_seconds end_of_january(1675166400);
const zenwire::instance_id instance("i");

/// A page with an entry for each of these orders, as the witness's question reads it now.
ledger_findings page(ledger_comparison const& asking, std::initializer_list<std::string_view> orders) {
    ledger_findings found;
    found.is_whole = true;
    for (const std::string_view each : orders) {
        zenwire::ledger_entry entry;
        entry.order_sn = each;
        found.add(asking.ask_for_transactions().history, each, entry);
    }
    return found;
}
void take(ledger_comparison& asking, std::initializer_list<std::string_view> orders) {
    asking.take(expected<ledger_findings>(page(asking, orders)));
}
/// Takes a page of which a part is missing.
void take_part(ledger_comparison& asking, std::initializer_list<std::string_view> orders) {
    ledger_findings found = page(asking, orders);
    found.is_whole = false;
    asking.take(expected<ledger_findings>(found));
}
/// Takes a refusal of the API; with the status 0, that no response came.
void refuse(ledger_comparison& asking, std::uint16_t status = 403) {
    error failure = error::make(zenwire::errc::api_error, zenwire::blame::remote, "no");
    failure.http_status = status;
    if (asking.topic() == ledger_topic::balance) {
        asking.take(expected<zenwire::describe_customer_balance::response>(zenwire::unexpected(failure)));
    } else {
        asking.take(expected<ledger_findings>(zenwire::unexpected(failure)));
    }
}
void take_balance(ledger_comparison& asking, std::optional<zenwire::decimal> power = {}) {
    zenwire::describe_customer_balance::response balance;
    balance.purchasing_power = power;
    asking.take(expected<zenwire::describe_customer_balance::response>(balance));
}

/// A witness that was told the balance at that time, and now asks for a bill.
ledger_comparison before(unix_seconds time = within_a_month) {
    ledger_comparison sut;
    sut.begin_before(time);
    take_balance(sut);
    return sut;
}
/// A record of an order, with what the ledger had before it: the orders "old" in the bill and "older" among the movements.
zenwire::workflow_record record(unix_seconds time = within_a_month, std::string_view number = "") {
    ledger_comparison asking = before(time);
    while (asking.topic() == ledger_topic::bill) {
        take(asking, {"old"});
    }
    take(asking, {"older"});
    zenwire::workflow_record made;
    made.signed_at = time;
    made.order_number = number;
    made.ledger = asking.baseline();
    return made;
}
ledger_comparison after(zenwire::workflow_record const& order) {
    ledger_comparison sut;
    sut.begin_after(order);
    return sut;
}

}  // namespace

TEST_CASE("before an order the ledger is asked for the balance, the bill and the movements, one after the other") {
    ledger_comparison sut;
    CHECK(sut.topic() == ledger_topic::nothing);
    sut.begin_before(within_a_month);
    CHECK(sut.topic() == ledger_topic::balance);
    take_balance(sut, zenwire::decimal(7));
    CHECK(sut.purchasing_power() == zenwire::decimal(7));
    CHECK(sut.topic() == ledger_topic::bill);
    CHECK(sut.ask_for_bill(instance).bill_monthly == 202301);
    CHECK(sut.ask_for_bill(instance).resource_id == instance);
    take(sut, {"1", "", "2"});
    CHECK(sut.topic() == ledger_topic::transactions);
    CHECK(sut.ask_for_transactions().start_time->seconds() == unix_seconds(within_a_month.count() - 600));
    take(sut, {"3"});
    CHECK(sut.topic() == ledger_topic::nothing);
    CHECK(sut.baseline().has_bills);
    CHECK(sut.baseline().has_transactions);
    CHECK(sut.baseline().orders.size() == 3);
    // asked again, it has forgotten all of that
    sut.begin_before(within_a_month);
    CHECK_FALSE(sut.purchasing_power().has_value());
    CHECK(sut.baseline().orders.size() == 0);
    CHECK_FALSE(sut.baseline().has_bills);
}

TEST_CASE("a day around the end of a month both months are asked for, and only both together are a bill") {
    constexpr std::int64_t february = 1675209600;
    for (const auto& [time, first, last] :
         {std::tuple(february - 86'401, 202301, 202301), std::tuple(february - 86'400, 202301, 202302),
          std::tuple(february + 86'399, 202301, 202302), std::tuple(february + 86'400, 202302, 202302)}) {
        ledger_comparison sut = before(unix_seconds(time));
        CHECK(sut.ask_for_bill(instance).bill_monthly == first);
        take(sut, {});
        CHECK(sut.ask_for_bill(instance).bill_monthly == last);
        CHECK((sut.topic() == ledger_topic::bill) == (first != last));
    }
    struct {
        bool first_is_whole, second_is_whole;
    } const rows[] = {{true, true}, {true, false}, {false, true}};
    for (auto const& each : rows) {
        ledger_comparison sut = before(end_of_january);
        each.first_is_whole ? take(sut, {"1"}) : take_part(sut, {"1"});
        each.second_is_whole ? take(sut, {"2"}) : take_part(sut, {"2"});
        CHECK(sut.topic() == ledger_topic::transactions);
        take_part(sut, {});
        CHECK(sut.baseline().has_bills == (each.first_is_whole && each.second_is_whole));
        CHECK_FALSE(sut.baseline().has_transactions);
    }
    ledger_comparison refused = before(end_of_january);
    take(refused, {});
    refuse(refused);
    CHECK_FALSE(refused.baseline().has_bills);
    CHECK(refused.topic() == ledger_topic::transactions);
    refuse(refused);
    CHECK(refused.topic() == ledger_topic::nothing);
}

TEST_CASE("a refused question is left out, and when no response comes no other question is asked") {
    ledger_comparison sut;
    sut.begin_before(within_a_month);
    refuse(sut);
    CHECK_FALSE(sut.purchasing_power().has_value());
    CHECK(sut.topic() == ledger_topic::bill);
    refuse(sut, 500);
    CHECK(sut.topic() == ledger_topic::transactions);
    take(sut, {"1"});
    CHECK_FALSE(sut.baseline().has_bills);
    CHECK(sut.baseline().has_transactions);
    ledger_comparison silent;
    silent.begin_before(within_a_month);
    refuse(silent, 0);
    CHECK(silent.topic() == ledger_topic::nothing);
    ledger_comparison later = before(end_of_january);
    take(later, {});
    refuse(later, 0);
    CHECK(later.topic() == ledger_topic::nothing);
    CHECK_FALSE(later.baseline().has_bills);
}

TEST_CASE("more orders than are kept are no baseline, for the bill and the movements alike") {
    ledger_comparison sut = before();
    take(sut, {"1"});
    CHECK(sut.baseline().has_bills);
    ledger_findings many = page(sut, {});
    for (std::size_t i = 0; i < known_orders::capacity; ++i) {
        many.add({}, "m" + std::to_string(i), {});
    }
    REQUIRE(many.orders.is_whole());
    sut.take(expected<ledger_findings>(many));
    CHECK_FALSE(sut.baseline().has_bills);
    CHECK_FALSE(sut.baseline().has_transactions);
}

TEST_CASE("after an order new entries are counted over all pages, and the strongest kind is the evidence") {
    ledger_comparison sut = after(record(end_of_january));
    CHECK(sut.topic() == ledger_topic::bill);
    CHECK(sut.ask_for_bill(instance).bill_monthly == 202301);
    take(sut, {"old", "older", "a", "a"});
    CHECK(sut.ask_for_bill(instance).bill_monthly == 202302);
    take(sut, {"b", "old"});
    CHECK(sut.topic() == ledger_topic::transactions);
    take(sut, {"a", "b", "c"});
    CHECK(sut.topic() == ledger_topic::nothing);
    REQUIRE(sut.evidence().has_value());
    CHECK(sut.evidence()->what == evidence::new_charge);
    CHECK(sut.evidence()->count == 3);
    CHECK(sut.evidence()->entry.order_sn == "a");

    ledger_comparison moved = after(record());
    take(moved, {"old"});
    take(moved, {"older", "c"});
    CHECK(moved.evidence()->what == evidence::new_transaction);
    CHECK(moved.evidence()->count == 1);
}

TEST_CASE("an entry with the number of the order is its receipt, however old the ledger calls it") {
    ledger_comparison sut = after(record(within_a_month, "old"));
    take(sut, {"new", "old"});
    take(sut, {"old", "newer"});
    CHECK(sut.evidence()->what == evidence::receipt);
    CHECK(sut.evidence()->count == 2);
    CHECK(sut.evidence()->entry.order_sn == "old");
}

TEST_CASE("that there is nothing new is said only when all was read, before and after") {
    ledger_comparison sut = after(record());
    take(sut, {"old"});
    take(sut, {"older"});
    REQUIRE(sut.evidence().has_value());
    CHECK(sut.evidence()->what == evidence::nothing_new);
    CHECK(sut.evidence()->count == 0);

    ledger_comparison part = after(record());
    take_part(part, {"old"});
    take(part, {"older"});
    CHECK_FALSE(part.evidence().has_value());
    ledger_comparison refused = after(record());
    refuse(refused);
    CHECK(refused.topic() == ledger_topic::transactions);
    take(refused, {"older"});
    CHECK_FALSE(refused.evidence().has_value());
    // but what is seen is seen
    ledger_comparison seen = after(record());
    refuse(seen);
    take(seen, {"new"});
    CHECK(seen.evidence()->what == evidence::new_transaction);
}

TEST_CASE("after an order only that is asked for which can be compared, or all when the number of the order is known") {
    struct {
        bool has_bills, has_transactions;
        ledger_topic first, second;
    } const rows[] = {{true, true, ledger_topic::bill, ledger_topic::transactions},
                      {true, false, ledger_topic::bill, ledger_topic::nothing},
                      {false, true, ledger_topic::transactions, ledger_topic::nothing},
                      {false, false, ledger_topic::nothing, ledger_topic::nothing}};
    for (auto const& each : rows) {
        zenwire::workflow_record order = record();
        order.ledger->has_bills = each.has_bills;
        order.ledger->has_transactions = each.has_transactions;
        ledger_comparison sut = after(order);
        CHECK(sut.topic() == each.first);
        if (each.first != ledger_topic::nothing) {
            take(sut, {"old", "older"});
            CHECK(sut.topic() == each.second);
        }
        // with a number both are asked for, and new entries still count only against a whole list of before
        order.order_number = "4711";
        ledger_comparison numbered = after(order);
        CHECK(numbered.topic() == ledger_topic::bill);
        take(numbered, {"new"});
        CHECK(numbered.topic() == ledger_topic::transactions);
        CHECK(numbered.evidence().has_value() == each.has_bills);
        take(numbered, {"new"});
        CHECK(numbered.topic() == ledger_topic::nothing);
        CHECK(numbered.evidence().has_value() == (each.has_bills || each.has_transactions));
    }
}

TEST_CASE("of a record without a ledger the time of the order says what to read, and only its receipt is evidence") {
    zenwire::workflow_record order = record(end_of_january);
    order.ledger.reset();
    CHECK(after(order).topic() == ledger_topic::nothing);
    order.order_number = "4711";
    ledger_comparison sut = after(order);
    CHECK(sut.ask_for_bill(instance).bill_monthly == 202301);
    CHECK(sut.ask_for_transactions().start_time->seconds() == unix_seconds(end_of_january.count() - 600));
    take(sut, {"new"});
    CHECK(sut.ask_for_bill(instance).bill_monthly == 202302);
    take(sut, {"new"});
    take(sut, {"new"});
    CHECK_FALSE(sut.evidence().has_value());
    ledger_comparison receipt = after(order);
    take(receipt, {"4711"});
    CHECK(receipt.evidence()->what == evidence::receipt);
    CHECK(receipt.evidence()->count == 1);
}
