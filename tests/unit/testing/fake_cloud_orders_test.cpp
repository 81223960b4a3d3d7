// SPDX-License-Identifier: BSL-1.0
#include "../aborts.hpp"
#include "prepared_cloud.hpp"

namespace {

using namespace fake_cloud_tests;

}  // namespace

TEST_CASE("an upgrade is charged, ordered and effective when its time has passed") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(100'000);
    const result answer = sut.send("2.15");
    REQUIRE(answer);
    CHECK(answer->order_number.view() == "1000000000001");
    CHECK(answer->request_id.view() == "T00000001-0000-4000-8000-000000000001");
    REQUIRE(sut.cloud.orders().size() == 1);
    CHECK(sut.cloud.orders()[0].number == answer->order_number.view());
    CHECK(sut.cloud.orders()[0].instance_id == instance_id);
    CHECK(sut.cloud.orders()[0].size == sample::size("2.15"));
    CHECK(sut.cloud.orders()[0].paid_cents == 9200);
    CHECK(sut.cloud.balance_cents() == 90'800);
    REQUIRE(sut.instance->running_change);
    CHECK(sut.instance->running_change->target == sample::size("2.15"));
    CHECK(sut.instance->size == sample::size("1"));

    sut.cloud.sleep_for(zenwire::milliseconds(9'999));
    CHECK(sut.instance->running_change.has_value());
    sut.cloud.sleep_for(zenwire::milliseconds(1));
    CHECK_FALSE(sut.instance->running_change.has_value());
    CHECK(sut.instance->size == sample::size("2.15"));
}

TEST_CASE("a processing time of zero makes an upgrade effective at once") {
    prepared_cloud sut;
    sut.cloud.settings().processing_seconds = 0;
    REQUIRE(sut.send("2"));
    CHECK_FALSE(sut.instance->running_change.has_value());
    CHECK(sut.instance->size == sample::size("2"));
}

TEST_CASE("a price is rounded up to a whole cent") {
    prepared_cloud sut;
    sut.cloud.settings().price_cents_per_terabyte = 1;
    REQUIRE(sut.send("1.05"));
    CHECK(sut.cloud.orders().at(0).paid_cents == 1);
}

TEST_CASE("a downgrade is ordered for the next cycle and costs nothing") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(0);
    const result answer = sut.send("0.5");
    REQUIRE(answer);
    CHECK(answer->order_number.view() == "1000000000001");
    CHECK(sut.instance->planned_size == sample::size("0.5"));
    CHECK(sut.instance->size == sample::size("1"));
    CHECK_FALSE(sut.instance->running_change.has_value());
    CHECK(sut.cloud.orders().at(0).paid_cents == 0);
    CHECK(sut.cloud.balance_cents() == 0);
}

TEST_CASE("an order that is repeated when its size is there costs the whole package, on a strict cloud") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(100'000);
    REQUIRE(sut.send("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    const result again = sut.send("2");
    REQUIRE(again);
    CHECK_FALSE(again->order_number.empty());
    CHECK(sut.cloud.orders().size() == 2);
    CHECK(sut.cloud.orders_that_may_cost() == 2);
    CHECK(sut.cloud.balance_cents() == 100'000 - 8'000 - 16'000);
}

TEST_CASE("each request for an order is noted, with what became of it") {
    using fate = zenwire::fake_order_request::fate;
    struct row {
        scripted_fault fault;
        fate at_once;
        fate later;
        bool may_cost;
    };
    const auto page = zenwire::fake_responses::html(403);
    for (row const& each : {row{{}, fate::executed, fate::executed, true},
                            {{scripted_fault::kind::response_lost}, fate::executed, fate::executed, true},
                            {scripted_fault::masked(page), fate::executed, fate::executed, true},
                            {scripted_fault::canned(page), fate::lost, fate::lost, false},
                            {{scripted_fault::kind::request_lost}, fate::lost, fate::lost, false},
                            {scripted_fault::late(300), fate::on_its_way, fate::executed, true},
                            {scripted_fault::late(301), fate::on_its_way, fate::too_late, false}}) {
        CAPTURE(each.fault.what);
        prepared_cloud sut;
        sut.cloud.script(each.fault);
        static_cast<void>(sut.send("2"));
        REQUIRE(sut.cloud.order_requests().size() == 1);
        CHECK(sut.cloud.order_requests()[0].what == each.at_once);
        sut.cloud.sleep_for(zenwire::milliseconds(400'000));
        CHECK(sut.cloud.order_requests()[0].what == each.later);
        CHECK(sut.cloud.orders_that_may_cost() == (each.may_cost ? 1 : 0));
    }
}

TEST_CASE("an order that was not sent is no request, and one that is refused at once costs nothing") {
    prepared_cloud sut;
    sut.cloud.script({scripted_fault::kind::not_sent});
    CHECK(sut.send("1000").has_value() == false);
    REQUIRE(sut.cloud.order_requests().size() == 1);
    CHECK(sut.cloud.order_requests()[0].what == zenwire::fake_order_request::fate::refused);
    CHECK(sut.cloud.orders_that_may_cost() == 0);
}

TEST_CASE(
    "an order that comes late and is refused counts all the same: at another moment it would have been executed") {
    prepared_cloud sut;
    sut.cloud.script(scripted_fault::late(60));
    CHECK_FALSE(sut.send("2"));
    sut.cloud.act({zenwire::fake_act::kind::order, std::string(instance_id), sample::size("0.5")});
    sut.cloud.sleep_for(zenwire::milliseconds(60'000));
    CHECK(sut.cloud.orders().empty());
    CHECK(sut.cloud.orders_that_may_cost() == 1);
}

TEST_CASE("two copies of one request are one request, executed or not") {
    using fate = zenwire::fake_order_request::fate;
    prepared_cloud sut;
    sut.cloud.script(scripted_fault::twice(60));
    REQUIRE(sut.send("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(400'000));
    CHECK(sut.cloud.order_requests().size() == 1);
    CHECK(sut.cloud.orders_that_may_cost() == 1);
    sut.cloud.act({zenwire::fake_act::kind::order, "", sample::size("0.5")});
    sut.cloud.script(scripted_fault::twice(60));
    CHECK_FALSE(sut.send("3"));
    CHECK(sut.cloud.order_requests()[1].what == fate::on_its_way);
    sut.cloud.act({zenwire::fake_act::kind::cancel});
    sut.cloud.sleep_for(zenwire::milliseconds(400'000));
    CHECK(sut.cloud.order_requests()[1].what == fate::executed);
}

TEST_CASE("somebody else's order follows the rules of the cloud, is paid, and is none of the client's") {
    prepared_cloud sut;
    using kind = zenwire::fake_act::kind;
    sut.cloud.set_balance_cents(8'000);
    sut.cloud.act({kind::order, std::string(instance_id), sample::size("2")});
    REQUIRE(sut.instance->running_change);
    CHECK(sut.cloud.balance_cents() == 0);
    CHECK(sut.cloud.orders().empty());
    CHECK(sut.cloud.order_requests().empty());
    // refused as anybody's: a change is under way, and later there is no money
    sut.cloud.act({kind::order, "", sample::size("0.5")});
    CHECK_FALSE(sut.instance->planned_size);
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    sut.cloud.act({kind::order, "", sample::size("3")});
    CHECK(sut.instance->size == sample::size("2"));
    CHECK_FALSE(sut.instance->running_change);
    sut.cloud.act({kind::order, "", sample::size("0.5")});
    CHECK(sut.instance->planned_size == sample::size("0.5"));
    sut.cloud.act({kind::cancel, "somebody else's instance"});
    CHECK(sut.instance->planned_size);
    sut.cloud.act({kind::cancel});
    CHECK_FALSE(sut.instance->planned_size);
    CHECK_FALSE(sut.instance->modified_size);
    sut.cloud.act({kind::put, "", sample::size("1")});
    CHECK(sut.instance->size == sample::size("1"));
    sut.instance->status = zenwire::instance_status::installing;
    sut.cloud.act({kind::order, "", sample::size("0.5")});
    CHECK_FALSE(sut.instance->planned_size);
}

TEST_CASE("the history of an instance has each state once, from when it was seen first") {
    prepared_cloud sut;
    sut.cloud.settings().cycle_begin = sut.cloud.now().count();
    sut.cloud.settings().cycle_seconds = 1'000;
    REQUIRE(sut.send("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    REQUIRE(sut.send("0.5"));
    sut.cloud.sleep_for(zenwire::milliseconds(980'000));
    auto const& history = sut.cloud.history(*sut.instance);
    REQUIRE(history.size() == 5);
    CHECK(history[0].size == sample::size("1"));
    CHECK(history[0].is_idle());
    CHECK(history[1].running_change->target == sample::size("2"));
    CHECK(history[2].size == sample::size("2"));
    CHECK(history[2].is_idle());
    CHECK(history[2].since.count() == history[1].since.count() + 10);
    CHECK(history[3].planned_size == sample::size("0.5"));
    CHECK(history[4].size == sample::size("0.5"));
    CHECK(history[4].since == sut.cloud.now());
    const fake_instance copy = *sut.instance;
    CHECK(aborts([&] { static_cast<void>(sut.cloud.history(copy)); }));
}

TEST_CASE("the status and the list may be behind, each on its own") {
    for (const bool is_list : {false, true}) {
        CAPTURE(is_list);
        prepared_cloud sut;
        auto& settings = sut.cloud.settings();
        (is_list ? settings.list_lag_seconds : settings.status_lag_seconds) = 900;
        settings.processing_seconds = 0;
        REQUIRE(sut.send("2"));
        const auto sizes = [&] {
            const zenwire::access_key key = sample::key();
            const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key);
            const auto status = zenwire::send_action(client, zenwire::describe_instance_internet_status{instance_id},
                                                     sut.cloud, sut.cloud);
            const auto list =
                zenwire::send_action(client, zenwire::look_up_instance{{instance_id}}, sut.cloud, sut.cloud);
            return std::pair(status->size, list->data_set[0].traffic_package_size);
        };
        const auto before = sample::size("1");
        const auto after = sample::size("2");
        CHECK(sizes() == (is_list ? std::pair(std::optional(after), std::optional(before))
                                  : std::pair(std::optional(before), std::optional(after))));
        sut.cloud.sleep_for(zenwire::milliseconds(900'000));
        CHECK(sizes() == std::pair(std::optional(after), std::optional(after)));
    }
}

TEST_CASE("the current size as target succeeds without an order where the cloud is not strict") {
    prepared_cloud sut;
    sut.cloud.settings().charges_for_same_size = false;
    const result answer = sut.send("1");
    REQUIRE(answer);
    CHECK(answer->order_number.view() == "");
    CHECK(answer->request_id.view() == "T00000001-0000-4000-8000-000000000001");
    CHECK(sut.cloud.orders().empty());
    CHECK_FALSE(sut.instance->running_change.has_value());
}

TEST_CASE("a postpaid instance changes in both directions without an order") {
    for (const std::string_view target : {"2", "0.5"}) {
        CAPTURE(target);
        prepared_cloud sut;
        sut.cloud.set_balance_cents(0);
        sut.instance->charge_type = zenwire::instance_charge_type::postpaid;
        const result answer = sut.send(target);
        REQUIRE(answer);
        CHECK(answer->order_number.view() == "");
        CHECK(sut.cloud.orders().empty());
        sut.cloud.sleep_for(zenwire::milliseconds(10'000));
        CHECK(sut.instance->size == sample::size(target));
    }
}

TEST_CASE("a stopped instance can be changed") {
    prepared_cloud sut;
    sut.instance->status = zenwire::instance_status::stopped;
    CHECK(sut.send("2").has_value());
}

TEST_CASE("a balance that covers the price exactly suffices, one cent less does not") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(7'999);
    const result refused = sut.send("2");
    CHECK(refusal_of(refused) == "403 OPERATION_FAILED_INSUFFICIENT_BALANCE");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().api_code == api_code::unlisted);
    CHECK(refused.error().outcome == outcome::not_executed);
    CHECK(sut.cloud.balance_cents() == 7'999);
    CHECK(sut.cloud.orders().empty());
    CHECK_FALSE(sut.instance->running_change.has_value());

    sut.cloud.set_balance_cents(8'000);
    CHECK(sut.send("2").has_value());
    CHECK(sut.cloud.balance_cents() == 0);
}
