// SPDX-License-Identifier: BSL-1.0

/// @file
/// What a job asks the ledger, and what it makes of that.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "ledger_job.hpp"

namespace {

using namespace workflow_tests;

}  // namespace

TEST_CASE("a job asks the ledger before it looks, and when it ends after an order") {
    ledger_job sut;
    CHECK(sut.order().order == order_kind::accepted);
    CHECK(sut.sent == std::vector<std::string>{std::string(balance), std::string(bill), std::string(movements),
                                               std::string(find), std::string(look), std::string(inquire),
                                               std::string(modify), std::string(look), std::string(bill),
                                               std::string(movements)});
    CHECK(sut.slept == 10'000);
}

TEST_CASE("a job without a ledger, and one that cancels, asks no ledger") {
    ledger_job sut;
    sut.has_ledger = false;
    CHECK_FALSE(sut.order().ledger.has_value());
    CHECK(sut.times_sent(balance) + sut.times_sent(bill) + sut.times_sent(movements) == 0);
    ledger_job cancelling;
    cancelling.run(cancelling.change("0.5"));
    cancelling.sent.clear();
    auto machine = cancelling.cancel();
    CHECK(cancelling.drive_with_ledger(machine).instance == instance_kind::reached);
    CHECK(cancelling.times_sent(balance) + cancelling.times_sent(bill) + cancelling.times_sent(movements) == 0);
}

TEST_CASE("what the documents refuse is refused before the ledger is asked") {
    ledger_job sut;
    CHECK(sut.order("0.123").failure->code == errc::invalid_parameter);
    CHECK(sut.sent.empty());
}

TEST_CASE("a price above what the account may spend is a warning, and no more") {
    struct row {
        std::string_view power;
        bool warns;
    };
    for (const auto& each : {row{R"("purchasingPower":79.99)", true}, row{R"("purchasingPower":80)", false},
                             row{R"("cashBalance":1)", false}, row{R"("purchasingPower":"-5")", true}}) {
        CAPTURE(each.power);
        ledger_job sut;
        sut.cloud.settings().price_cents_per_terabyte = 8000;
        sut.fail(balance, answer(each.power));
        CHECK(sut.order().order == order_kind::accepted);
        CHECK(sut.was_warned == each.warns);
    }
}

TEST_CASE("an order of the instance's bill that was not there before is told as bought, and the order stays unknown") {
    ledger_job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.fail(bill, page({line("old")}), 1);
    sut.fail(bill, page({line("old"), line("new"), line("new")}), 2);
    const workflow_verdict verdict = sut.order();
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.failure->code == errc::outcome_unknown);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::new_charge);
    CHECK(verdict.ledger->count == 2);
    CHECK(verdict.ledger->entry.order_sn == "new");
    CHECK(verdict.ledger->entry.description == "BMC, traffic");
    CHECK(verdict.ledger->entry.booked_at == "2023-01-10T14:33:00Z");
    CHECK(verdict.ledger->entry.amount == zenwire::decimal::parse("80.5"));
    CHECK(verdict.advice().starts_with("something was bought"));
}

TEST_CASE("a movement of the account is weaker evidence than a line of the instance's bill") {
    ledger_job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.fail(movements, page({movement("new")}), 2);
    const workflow_verdict verdict = sut.order();
    CHECK(verdict.order == order_kind::unknown);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::new_transaction);
    CHECK(verdict.ledger->entry.description == "Bare Metal");
    CHECK(verdict.ledger->entry.amount == zenwire::decimal::parse("-80.5"));
    ledger_job both;
    both.fail(modify, {scripted_fault::kind::request_lost});
    both.fail(bill, page({line("new")}), 2);
    both.fail(movements, page({movement("new")}), 2);
    CHECK(both.order().ledger->what == evidence::new_charge);
}

TEST_CASE("entries that were there before, are another instance's, or belong to no order are not called new") {
    struct row {
        std::string_view what;
        std::vector<std::string> bill_before, bill_after, movements_before, movements_after;
    };
    const row rows[] = {
        {"nothing", {}, {}, {}, {}},
        {"a line that was there", {line("1"), line("2")}, {line("2"), line("1"), line("1")}, {}, {}},
        {"a line of another instance", {}, {line("1", "another")}, {}, {}},
        {"a line without instance", {}, {R"({"orderSn":"1","amount":1})"}, {}, {}},
        {"a line without order", {}, {line("")}, {}, {}},
        {"a movement that was there", {}, {}, {movement("1")}, {movement("1")}},
        {"a movement without order", {}, {}, {}, {movement("")}},
        {"a line whose movement was there", {}, {line("1")}, {movement("1")}, {movement("1")}},
        {"a movement whose line was there", {line("1")}, {line("1")}, {}, {movement("1")}},
    };
    for (row const& each : rows) {
        CAPTURE(each.what);
        ledger_job sut;
        sut.fail(modify, {scripted_fault::kind::request_lost});
        sut.fail(bill, page(each.bill_before), 1);
        sut.fail(bill, page(each.bill_after), 2);
        sut.fail(movements, page(each.movements_before), 1);
        sut.fail(movements, page(each.movements_after), 2);
        const workflow_verdict verdict = sut.order();
        REQUIRE(verdict.ledger.has_value());
        CHECK(verdict.ledger->what == evidence::nothing_new);
        CHECK(verdict.ledger->count == 0);
        CHECK(verdict.order == order_kind::unknown);
    }
}

TEST_CASE("against a part of what was there before nothing is called new") {
    std::vector<std::string> many;
    for (std::size_t i = 0; i <= zenwire::detail::known_orders::capacity; ++i) {
        many.push_back(line("m" + std::to_string(i)));
    }
    const scripted_fault parts[] = {
        first_page({line("1")}, 2),                                     // further pages
        answer(R"("dataSet":[])"),                                      // nobody says how many there are
        page(many),                                                     // more than are kept
        page({R"({"orderSn":")" + std::string(9000, '\\') + R"("})"}),  // longer than what is read
        scripted_fault::canned(fake_responses::api_error(zenwire::api_code::authfailure_unauthorized_operation)),
    };
    for (scripted_fault const& before : parts) {
        ledger_job sut;
        sut.fail(modify, {scripted_fault::kind::request_lost});
        sut.fail(bill, before, 1);
        sut.fail(movements, page({}), 1);
        sut.fail_from(bill, page({line("new")}), 2);
        const workflow_verdict verdict = sut.order();
        CHECK(verdict.order == order_kind::unknown);
        CHECK((!verdict.ledger || verdict.ledger->what == evidence::nothing_new));
    }
}

TEST_CASE("against one of two months, or more orders of both than are kept, nothing is called new, and a refusal is believed") {
    constexpr std::int64_t last_day_of_january = 1675166400;
    const auto lines = [](char name, std::size_t count) {
        std::vector<std::string> result;
        for (std::size_t i = 0; i < count; ++i) {
            result.push_back(line(name + std::to_string(i)));
        }
        return result;
    };
    constexpr std::size_t most = zenwire::detail::known_orders::capacity;
    const scripted_fault forbidden =
        scripted_fault::canned(fake_responses::api_error(zenwire::api_code::authfailure_unauthorized_operation));
    struct row {
        std::string_view what;
        scripted_fault first_month, second_month, moved;
        bool has_orders;
    };
    const row rows[] = {
        {"both months read", page({}), page(lines('b', 1)), page({}), true},
        {"the second month refused", page({}), scripted_fault::canned(fake_responses::html(502)), page({}), false},
        {"the second month lost", page({}), {scripted_fault::kind::response_lost}, page({}), false},
        {"the second month cut", page({}), first_page({}, 1), page({}), false},
        {"the first month refused", forbidden, page(lines('b', 1)), page({}), false},
        {"as many orders as are kept", page(lines('a', most - 1)), page(lines('b', 1)), forbidden, true},
        {"one more order than is kept", page(lines('a', most)), page(lines('b', 1)), forbidden, false},
    };
    for (row const& each : rows) {
        CAPTURE(each.what);
        ledger_job sut;
        sut.cloud.sleep_for(zenwire::milliseconds((last_day_of_january - sut.cloud.now().count()) * 1000));
        sut.fail(modify, scripted_fault::canned(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE")));
        sut.fail(bill, each.first_month, 1);
        sut.fail(bill, each.second_month, 2);
        sut.fail_from(bill, page(lines('b', 1)), 3);
        sut.fail(movements, each.moved, 1);
        const workflow_verdict verdict = sut.order();
        CHECK(verdict.order == order_kind::refused);
        CHECK((!verdict.ledger || verdict.ledger->what == evidence::nothing_new));
        CHECK(sut.slept == 60'000);
        CHECK(sut.record().ledger->has_bills == each.has_orders);
    }
}

TEST_CASE("against a part nothing is called new where an accepted order is asked for its receipt, either") {
    ledger_job sut;
    sut.fail(bill, first_page({line("1")}, 2), 1);
    sut.fail(movements, first_page({movement("1")}, 2), 1);
    sut.fail(bill, page({line("new")}), 2);
    sut.fail(movements, page({movement("new")}), 2);
    CHECK_FALSE(sut.order().ledger.has_value());
}

TEST_CASE("a part of what is there after an order may show that something was bought, but not that nothing was") {
    ledger_job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.fail(bill, first_page({line("new")}, 20), 2);
    CHECK(sut.order().ledger->what == evidence::new_charge);
    ledger_job nothing;
    nothing.fail(modify, {scripted_fault::kind::request_lost});
    nothing.fail(bill, first_page({}, 20), 2);
    CHECK_FALSE(nothing.order().ledger.has_value());
}

TEST_CASE("a job that looks again before its order asks the ledger again: what others bought meanwhile is not new") {
    ledger_job sut;
    sut.on_save = [&] {
        if (sut.save_modes.size() == 1) {
            sut.cloud.sleep_for(zenwire::milliseconds(61'000));
        }
    };
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.fail_from(bill, page({line("another's")}), 2);
    const workflow_verdict verdict = sut.order();
    CHECK(verdict.order == order_kind::unknown);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::nothing_new);
    CHECK(sut.times_sent(find) == 2);
    CHECK(sut.times_sent(balance) == 2);
    CHECK(sut.times_sent(bill) == 3);
}

TEST_CASE("of an accepted order the receipt is shown, and of no other one") {
    ledger_job sut;
    sut.fail(modify, answer(R"("orderNumber":"4711")"));
    sut.fail(bill, page({line("4712"), line("4711")}), 2);
    sut.options.longest_watch = zenwire::milliseconds(1);
    const workflow_verdict verdict = sut.order();
    CHECK(verdict.order == order_kind::accepted);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::receipt);
    CHECK(verdict.ledger->count == 1);
    CHECK(verdict.ledger->entry.order_sn == "4711");
    CHECK(verdict.ledger->other_charges == 1);
    CHECK(contains(verdict.advice(), "something else was bought"));
    ledger_job by_movement;
    by_movement.fail(modify, answer(R"("orderNumber":"4711")"));
    by_movement.fail(movements, page({movement("4711")}), 2);
    by_movement.options.longest_watch = zenwire::milliseconds(1);
    CHECK(by_movement.order().ledger->what == evidence::receipt);
}

TEST_CASE("a number of an order that was cut is nobody's receipt") {
    ledger_job sut;
    const std::string number(zenwire::limits::order_number + 1, '4');
    sut.fail(modify, answer(R"("orderNumber":")" + number + '"'));
    sut.fail(bill, page({line(number.substr(1))}), 2);
    sut.options.longest_watch = zenwire::milliseconds(1);
    CHECK(sut.order().ledger->what == evidence::new_charge);
}

TEST_CASE("a new charge speaks against a refusal, a movement of the account and an empty ledger do not") {
    const auto refused = scripted_fault::canned(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE"));
    ledger_job charged;
    charged.fail(modify, refused);
    charged.fail(bill, page({line("new")}), 2);
    const workflow_verdict verdict = charged.order();
    // watched as an unknown order is; and what the ledger showed is told although it shows it no more
    CHECK(charged.slept == 900'000);
    CHECK(charged.times_sent(bill) == 3);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::new_charge);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.failure->code == errc::outcome_unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
    CHECK(verdict.failure->api_code_text == "OPERATION_FAILED_INSUFFICIENT_BALANCE");
    CHECK(verdict.acceptable_until.has_value());
    // and a job that is resumed does not believe the refusal, even where it asks no ledger
    charged.has_ledger = false;
    CHECK(charged.go_on().order == order_kind::unknown);
    // the reason of the refusal may be what was bought
    ledger_job explained;
    explained.fail(modify, scripted_fault::canned(fake_responses::api_error(
                               zenwire::api_code::operation_denied_instance_traffic_package_processing)));
    explained.fail_from(look, sight("Processing", R"(,"modifiedTrafficPackageSize":3)"), 2);
    explained.fail(bill, page({line("new")}), 2);
    CHECK(explained.order().order == order_kind::refused);
    ledger_job moved;
    moved.fail(modify, refused);
    moved.fail(movements, page({movement("new")}), 2);
    CHECK(moved.order().order == order_kind::refused);
    ledger_job empty;
    empty.fail(modify, refused);
    const workflow_verdict as_before = empty.order();
    CHECK(as_before.order == order_kind::refused);
    CHECK(as_before.failure->outcome == zenwire::outcome::not_executed);
    CHECK(empty.slept == 60'000);
}

TEST_CASE("a ledger that fails changes neither the verdict nor how long the job takes") {
    const scripted_fault failures[] = {
        {scripted_fault::kind::response_lost},
        {scripted_fault::kind::not_sent},
        scripted_fault::canned(fake_responses::api_error(zenwire::api_code::authfailure_unauthorized_operation)),
        scripted_fault::canned(fake_responses::api_error(zenwire::api_code::authfailure_signature_expired)),
        scripted_fault::canned(fake_responses::too_many_requests()),
        scripted_fault::canned(fake_responses::html(502)),
        scripted_fault::canned({200, "{"}),
        answer(""),
        answer(R"("dataSet":7,"purchasingPower":"much")"),
    };
    const scripted_fault orders[] = {
        {scripted_fault::kind::none},
        {scripted_fault::kind::request_lost},
        scripted_fault::canned(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE")),
    };
    for (scripted_fault const& of_order : orders) {
        ledger_job without;
        without.has_ledger = false;
        without.fail(modify, of_order);
        const workflow_verdict wanted = without.order();
        for (std::string_view const action : ledger_actions) {
            for (std::size_t i = 0; i < std::size(failures); ++i) {
                CAPTURE(action);
                CAPTURE(i);
                ledger_job sut;
                sut.fail(modify, of_order);
                sut.fail_from(action, failures[i]);
                const workflow_verdict verdict = sut.order();
                CHECK(verdict.order == wanted.order);
                CHECK(verdict.instance == wanted.instance);
                CHECK(verdict.looks == wanted.looks);
                CHECK(verdict.failure.has_value() == wanted.failure.has_value());
                CHECK((!verdict.ledger || verdict.ledger->what == evidence::nothing_new));
                CHECK(sut.slept == without.slept);
                CHECK_FALSE(sut.was_warned);
            }
        }
    }
}

TEST_CASE("a ledger that cannot be reached is asked one question before the order, and one after it") {
    ledger_job sut;
    for (std::string_view const action : ledger_actions) {
        sut.fail_from(action, {scripted_fault::kind::response_lost});
    }
    CHECK(sut.order().order == order_kind::accepted);
    CHECK(sut.times_sent(balance) == 1);
    CHECK(sut.times_sent(bill) + sut.times_sent(movements) == 1);
}

TEST_CASE("what the ledger knew before the order is in the record, for a job that goes on in another process") {
    ledger_job sut;
    sut.fail(bill, page({line("old")}), 1);
    sut.fail(movements, page({movement("older")}), 1);
    sut.before_send = [](std::string_view action, std::size_t) {
        if (action == modify) {
            throw 1;
        }
    };
    CHECK_THROWS_AS(sut.order(), int);
    const auto record = sut.record();
    REQUIRE(record.ledger.has_value());
    CHECK(record.ledger->has_bills);
    CHECK(record.ledger->has_transactions);
    CHECK(record.ledger->first_month == 202301);
    CHECK(record.ledger->last_month == 202301);
    CHECK(record.ledger->since == unix_seconds(record.looked_at.count() - 600));
    CHECK(record.ledger->orders.size() == 2);
    CHECK(record.ledger->orders.has("old"));
    CHECK(record.ledger->orders.has("older"));

    sut.before_send = [](std::string_view, std::size_t) {};
    sut.faults.clear();
    sut.fail_from(bill, page({line("old"), line("new")}));
    sut.fail_from(movements, page({}));
    const workflow_verdict verdict = sut.go_on();
    CHECK(verdict.order == order_kind::unknown);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::new_charge);
    CHECK(verdict.ledger->entry.order_sn == "new");
    CHECK(sut.times_sent(balance) == 1);
}

TEST_CASE("a resumed job whose record has no ledger finds the receipt of an accepted order, and calls nothing else new") {
    for (bool const is_accepted : {true, false}) {
        ledger_job sut;
        sut.has_ledger = false;
        sut.fail(modify, is_accepted ? answer(R"("orderNumber":"4711")")
                                     : scripted_fault{scripted_fault::kind::request_lost});
        sut.options.longest_watch = sut.options.unknown_watch = zenwire::milliseconds(1);
        CHECK_FALSE(sut.order().ledger.has_value());
        CHECK_FALSE(sut.record().ledger.has_value());
        sut.has_ledger = true;
        sut.faults.clear();
        sut.fail_from(bill, page({line("4711"), line("new")}));
        sut.fail_from(movements, page({movement("new")}));
        const workflow_verdict verdict = sut.go_on();
        CHECK(verdict.ledger.has_value() == is_accepted);
        CHECK((!verdict.ledger || verdict.ledger->what == evidence::receipt));
    }
}

TEST_CASE("around the end of a month both months are asked for") {
    struct row {
        std::int64_t time;
        std::vector<std::string> months;
    };
    // 2023-01-30T23:59:59Z, 2023-01-31T00:00:00Z, 2023-02-01T12:00:00Z, 2023-02-02T00:00:00Z
    for (const auto& each : {row{1675123199, {"202301"}}, row{1675123200, {"202301", "202302"}},
                             row{1675252800, {"202301", "202302"}}, row{1675296000, {"202302"}}}) {
        CAPTURE(each.time);
        ledger_job sut;
        sut.cloud.sleep_for(zenwire::milliseconds((each.time - sut.cloud.now().count()) * 1000));
        CHECK(sut.order().order == order_kind::accepted);
        std::vector<std::string> asked;
        for (std::size_t i = 0; i < sut.sent.size(); ++i) {
            if (sut.sent[i] == bill) {
                asked.push_back(sut.bodies[i].substr(sut.bodies[i].find("billMonthly") + 13, 6));
                CHECK(sut.bodies[i].find(R"("resourceId":"932237369560662463")") != std::string::npos);
            }
        }
        std::vector<std::string> wanted = each.months;
        wanted.insert(wanted.end(), each.months.begin(), each.months.end());
        CHECK(asked == wanted);
    }
}

TEST_CASE("a server that asks for a wait longer than the watch, and a deadline, leave the ledger unasked after the order") {
    ledger_job told;
    told.fail(modify, {scripted_fault::kind::request_lost});
    told.fail_from(look, scripted_fault::canned(fake_responses::too_many_requests(5000)), 2);
    CHECK(told.order().order == order_kind::unknown);
    CHECK(told.times_sent(bill) == 1);
    ledger_job late;
    late.fail(modify, {scripted_fault::kind::request_lost});
    late.options.deadline = unix_seconds(late.cloud.now().count() + 100);
    CHECK(late.order().order == order_kind::unknown);
    CHECK(late.times_sent(bill) == 1);
    // one that is resumed after it looks once, at the ledger, too
    CHECK(late.go_on().order == order_kind::unknown);
    CHECK(late.times_sent(bill) == 2);
}

TEST_CASE("a caller who takes long has the ledger asked again") {
    ledger_job sut;
    auto machine = sut.change("2");
    sut.add_empty_pages();
    REQUIRE(machine.consult(sut.ledger).has_value());
    sut.on_confirm = [&] { sut.cloud.sleep_for(zenwire::milliseconds(3'600'000)); };
    CHECK(sut.drive(machine).order == order_kind::accepted);
    CHECK(sut.times_sent(balance) == 2);
    CHECK(sut.record().ledger->since.count() > sut.record().began_at.count());
}

TEST_CASE("a ledger is the billing service, asked with the credential of the job") {
    ledger_job sut;
    auto machine = sut.change("2");
    CHECK(machine.consult(sut.client).error().code == errc::another_service);
    const auto other = *zenwire::access_key::make(zenwire::access_key_id("other"), zenwire::access_key_password("p"));
    const zenwire::client<zenwire::access_key> others(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), other);
    CHECK(machine.consult(others).error().code == errc::another_account);
    CHECK(sut.drive(machine).order == order_kind::accepted);
    CHECK(sut.times_sent(balance) == 0);
}

TEST_CASE(
    "a ledger that does not fit may be offered at any time: a round of questions ends with the client that it has") {
    for (std::string_view const asked : ledger_actions) {
        for (const std::size_t number : {1U, 2U}) {  // before the order and after it
            ledger_job sut;
            auto machine = sut.change("2");
            sut.before_send = [&](std::string_view action, std::size_t times) {
                if (action == asked && times == number) {
                    CHECK(machine.consult(sut.client).error().code == errc::another_service);
                }
            };
            sut.add_empty_pages();
            CHECK(sut.drive_with_ledger(machine).order == order_kind::accepted);
        }
    }
}
