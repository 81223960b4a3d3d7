// SPDX-License-Identifier: BSL-1.0
#include "prepared_instance.hpp"

namespace {

using namespace fake_instance_tests;

}  // namespace

TEST_CASE("a planned downgrade takes effect when the billing cycle turns") {
    prepared sut;
    sut.cloud.settings().cycle_begin = sut.cloud.now().count();
    sut.cloud.settings().cycle_seconds = 1000;
    REQUIRE(sut.change("0.5"));
    sut.cloud.sleep_for(zenwire::milliseconds(999'999));
    CHECK(sut.instance->size == sample::size("1"));
    sut.cloud.sleep_for(zenwire::milliseconds(1));
    CHECK(sut.instance->size == sample::size("0.5"));
}

TEST_CASE("a cancelled downgrade never takes effect, and cannot be cancelled twice") {
    prepared sut;
    REQUIRE(sut.change("0.5"));
    REQUIRE(sut.send(zenwire::cancel_instance_traffic_package_downgrade{"i"}));
    CHECK(sut.cloud.orders().at(0).is_cancelled);
    const auto again = sut.send(zenwire::cancel_instance_traffic_package_downgrade{"i"});
    REQUIRE_FALSE(again);
    CHECK(again.error().api_code == api_code::operation_denied_downgrade_not_exist);
    CHECK(again.error().http_status == 404);
}

TEST_CASE("the internet status tells a change that runs, one that is planned, and none") {
    prepared sut;
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::enable);
    REQUIRE(sut.change("2"));
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::processing);
    CHECK(sut.status()->modified_size == sample::size("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    REQUIRE(sut.change("1"));
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::wait_to_enable);
}

TEST_CASE("the price that was asked for is the price that is charged") {
    prepared sut;
    sut.cloud.settings().percent_to_pay = 95;
    const auto price = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("2.05")});
    REQUIRE(price);
    CHECK(price->prices[0].original_price == zenwire::decimal(84));
    CHECK(price->prices[0].discount_price == zenwire::decimal::parse("79.8"));
    REQUIRE(sut.change("2.05"));
    CHECK(sut.cloud.orders().at(0).paid_cents == 7980);
}

TEST_CASE("the price of the size that is there is what such an order costs, on a strict cloud and on another") {
    for (const bool is_strict : {true, false}) {
        prepared sut;
        sut.cloud.settings().charges_for_same_size = is_strict;
        const auto price = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("1")});
        REQUIRE(price);
        CHECK(price->prices[0].discount_price == zenwire::decimal(is_strict ? 80 : 0));
        REQUIRE(sut.change("1"));
        CHECK(sut.cloud.orders().size() == (is_strict ? 1 : 0));
        CHECK(sut.cloud.bookings().size() == (is_strict ? 1 : 0));
    }
}

TEST_CASE("the order of the checks can be chosen") {
    prepared sut;
    sut.instance->status = zenwire::instance_status::creating;
    sut.instance->maximum_size = sample::size("5");
    CHECK(sut.change("6").error().api_code == api_code::operation_denied_instance_status_not_support);
    sut.cloud.settings().checks = {zenwire::fake_check::maximum, zenwire::fake_check::status};
    CHECK(sut.change("6").error().api_code == api_code::invalid_parameter_traffic_package_exceed);
}

TEST_CASE("a late request is carried out when it arrives, and not after its signature has expired") {
    for (const std::int64_t seconds : {300, 301}) {
        CAPTURE(seconds);
        prepared sut;
        sut.cloud.script(scripted_fault::late(seconds));
        CHECK_FALSE(sut.change("2"));
        sut.cloud.sleep_for(zenwire::milliseconds(seconds * 1000 - 1));
        CHECK(sut.cloud.orders().empty());
        sut.cloud.sleep_for(zenwire::milliseconds(1));
        CHECK(sut.cloud.orders().size() == (seconds == 300 ? 1 : 0));
    }
}

TEST_CASE("answers in other spellings are read alike") {
    for (const auto variant : {zenwire::response_variant::numbers_as_strings, zenwire::response_variant::unknown_members,
                               zenwire::response_variant::old_spellings}) {
        prepared sut;
        REQUIRE(sut.change("2"));
        sut.cloud.script(scripted_fault::varied(variant));
        const auto status = sut.status();
        REQUIRE(status);
        CHECK(status->modified_size == sample::size("2"));
        CHECK(status->modified_traffic_package_status == zenwire::modification_status::processing);
    }
}

TEST_CASE("an instance that is not there, or has no id, is refused by every action that wants one") {
    prepared sut;
    for (const std::string_view action : {modify, inquire, cancel, look}) {
        CAPTURE(action);
        CHECK(sut.refusal_of(action, R"({"instanceId":"x","trafficPackageSize":2})") ==
              api_code::invalid_instance_not_found);
        CHECK(sut.refusal_of(action, R"({"instanceId":"","trafficPackageSize":2})") ==
              api_code::invalid_parameter_less_length);
    }
}

TEST_CASE("an instance is refused although the settings check nothing when it is not there or the size is none") {
    prepared sut;
    sut.cloud.settings().checks.clear();
    CHECK(sut.refusal_of(modify, R"({"instanceId":"x","trafficPackageSize":2})") ==
          api_code::invalid_instance_not_found);
    CHECK(sut.refusal_of(modify, R"({"instanceId":"i","trafficPackageSize":1e17})") ==
          api_code::invalid_parameter_traffic_package_error);
    CHECK(sut.refusal_of(modify, R"({"instanceId":"i","trafficPackageSize":2})") == api_code::unlisted);
}

TEST_CASE("checks of an instance that is not there leave it to the check that it is") {
    prepared sut;
    sut.cloud.settings().checks = {zenwire::fake_check::status, zenwire::fake_check::instance};
    CHECK(sut.refusal_of(modify, R"({"instanceId":"x","trafficPackageSize":2})") ==
          api_code::invalid_instance_not_found);
}

TEST_CASE("actions on an instance that is not billed by traffic package are refused, and its status shows none") {
    prepared sut;
    sut.instance->internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
    for (const std::string_view action : {modify, inquire, cancel}) {
        CAPTURE(action);
        CHECK(sut.refusal_of(action, R"({"instanceId":"i","trafficPackageSize":2})") ==
              api_code::operation_denied_internet_charge_type_not_support);
    }
    const auto status = sut.status();
    REQUIRE(status);
    CHECK_FALSE(status->size.has_value());
    CHECK_FALSE(status->modified_traffic_package_status.has_value());
}

TEST_CASE("the price of a size that cannot be is refused as the size is when it is ordered") {
    prepared sut;
    struct {
        std::string_view size;
        api_code code;
    } const cases[] = {
        {"-1", api_code::invalid_parameter_less_minimum},
        {"0.07", api_code::invalid_parameter_traffic_package_error},
        {"0.15000000000000002", api_code::invalid_parameter_traffic_package_error},
        {"0.1500000000000000000000001", api_code::invalid_parameter_traffic_package_error},
        {"1000.05", api_code::invalid_parameter_traffic_package_exceed},
        {"1001", api_code::invalid_parameter_traffic_package_exceed},
        {"1e17", api_code::invalid_parameter_traffic_package_exceed},
    };
    for (auto const& each : cases) {
        CAPTURE(each.size);
        const std::string body = R"({"instanceId":"i","trafficPackageSize":)" + std::string(each.size) + "}";
        CHECK(sut.refusal_of(inquire, body) == each.code);
        CHECK(sut.refusal_of(modify, body) == each.code);
    }
    sut.instance->is_for_sale = false;
    CHECK(sut.refusal_of(inquire, R"({"instanceId":"i","trafficPackageSize":2})") ==
          api_code::invalid_instance_type_zone_no_sell);
}

TEST_CASE("the price of a downgrade is nothing") {
    prepared sut;
    const auto price = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("0.5")});
    REQUIRE(price);
    CHECK(price->prices[0].original_price == zenwire::decimal(0));
}

TEST_CASE("an instance without a package pays for the whole of its first one") {
    prepared sut;
    sut.instance->size.reset();
    const auto price = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("2")});
    REQUIRE(price);
    CHECK(price->prices[0].original_price == zenwire::decimal(160));
}

TEST_CASE("the status repeats the target of a change that is done only where the settings say so") {
    for (const bool shows : {true, false}) {
        prepared sut;
        sut.cloud.settings().processing_seconds = 0;
        sut.cloud.settings().shows_modified_size = shows;
        REQUIRE(sut.change("2"));
        CHECK(sut.status()->modified_size.has_value() == shows);
        CHECK(sut.status()->size == sample::size("2"));
    }
}

TEST_CASE("a planned downgrade that somebody else made is cancelled without an order to mark") {
    prepared sut;
    sut.instance->planned_size = sample::size("0.5");
    CHECK(sut.send(zenwire::cancel_instance_traffic_package_downgrade{"i"}));
    CHECK_FALSE(sut.instance->planned_size.has_value());
}

TEST_CASE("time that goes back undoes nothing, also before the first billing cycle") {
    prepared sut;
    REQUIRE(sut.change("0.5"));
    sut.cloud.set_now(zenwire::unix_seconds(1'000));
    CHECK(sut.instance->planned_size == sample::size("0.5"));
    sut.cloud.settings().cycle_seconds = 100;
    sut.cloud.set_now(zenwire::unix_seconds(1'099));
    CHECK(sut.instance->size == sample::size("1"));
    sut.cloud.set_now(zenwire::unix_seconds(1'100));
    CHECK(sut.instance->size == sample::size("0.5"));
}

TEST_CASE("the clock stops at its ends, and what never ends is never over") {
    prepared sut;
    sut.cloud.settings().processing_seconds = INT64_MAX;
    sut.cloud.settings().cycle_seconds = INT64_MAX;
    REQUIRE(sut.change("2"));
    CHECK(sut.cloud.bookings().at(0).ends_at == zenwire::unix_seconds(INT64_MAX));
    sut.cloud.script(zenwire::scripted_fault::slow(INT64_MAX));
    CHECK(sut.status().has_value());
    CHECK(sut.cloud.now() == zenwire::unix_seconds(INT64_MAX / 1000));
    sut.cloud.sleep_for(zenwire::milliseconds(INT64_MAX));
    sut.cloud.set_now(zenwire::unix_seconds(INT64_MAX));
    CHECK(sut.cloud.now() == zenwire::unix_seconds(INT64_MAX / 1000));
    CHECK(sut.instance->running_change.has_value());
    sut.cloud.set_now(zenwire::unix_seconds(INT64_MIN));
    CHECK(sut.cloud.now() == zenwire::unix_seconds::from_milliseconds(INT64_MIN));
}

TEST_CASE("the internet status tells what the instance is and how fast it may send") {
    prepared sut;
    sut.instance->name = "web";
    sut.instance->bandwidth = 7;
    const auto status = sut.status();
    REQUIRE(status);
    CHECK(status->instance_id == "i");
    CHECK(status->instance_name == "web");
    CHECK(status->internet_max_bandwidth_out == 7);
    CHECK(status->modified_bandwidth_status == zenwire::modification_status::enable);
    CHECK(status->size == sample::size("1"));
    CHECK_FALSE(status->modified_size.has_value());
}

TEST_CASE("the status repeats the target of a plan that took effect, and none after a plan was taken back") {
    prepared done;
    REQUIRE(done.change("0.5"));
    CHECK(done.status()->modified_size == sample::size("0.5"));
    done.cloud.sleep_for(zenwire::milliseconds(1000 * done.cloud.settings().cycle_seconds));
    CHECK_FALSE(done.instance->planned_size.has_value());
    CHECK(done.status()->modified_size == sample::size("0.5"));
    CHECK(done.status()->modified_traffic_package_status == zenwire::modification_status::enable);

    prepared taken_back;
    taken_back.cloud.settings().processing_seconds = 0;
    REQUIRE(taken_back.change("2"));
    REQUIRE(taken_back.change("0.5"));
    REQUIRE(taken_back.send(zenwire::cancel_instance_traffic_package_downgrade{"i"}));
    CHECK_FALSE(taken_back.status()->modified_size.has_value());
}

TEST_CASE("an order is noted with its instance, size, price and time") {
    prepared sut;
    sut.cloud.sleep_for(zenwire::milliseconds(5'000));
    REQUIRE(sut.change("2"));
    REQUIRE(sut.cloud.orders().size() == 1);
    zenwire::fake_order const& order = sut.cloud.orders()[0];
    CHECK(order.number == "1000000000001");
    CHECK(order.instance_id == "i");
    CHECK(order.size == sample::size("2"));
    CHECK(order.paid_cents == 8000);
    CHECK(order.placed_at == sut.cloud.now());
    CHECK_FALSE(order.is_cancelled);
}

TEST_CASE("of several orders the last one of the instance is marked when its plan is cancelled") {
    prepared sut;
    sut.cloud.settings().processing_seconds = 0;
    sut.cloud.add({.id = "j"});
    REQUIRE(sut.change("2"));
    REQUIRE(sut.change("0.5"));
    REQUIRE(sut.send(zenwire::modify_instance_traffic_package{"j", sample::size("2")}));
    REQUIRE(sut.send(zenwire::cancel_instance_traffic_package_downgrade{"i"}));
    std::string marks;
    for (zenwire::fake_order const& each : sut.cloud.orders()) {
        marks += each.is_cancelled ? "x" : "-";
    }
    CHECK(marks == "-x-");
}

TEST_CASE("an order is marked as cancelled when its own plan is, whoever cancels it") {
    prepared sut;
    sut.cloud.settings().processing_seconds = 0;
    REQUIRE(sut.change("2"));
    sut.cloud.act({zenwire::fake_act::kind::order, "i", sample::size("0.5")});
    REQUIRE(sut.send(zenwire::cancel_instance_traffic_package_downgrade{"i"}));
    CHECK_FALSE(sut.cloud.orders().at(0).is_cancelled);

    REQUIRE(sut.change("0.5"));
    sut.cloud.act({zenwire::fake_act::kind::cancel, "i", {}});
    CHECK(sut.cloud.orders().at(1).is_cancelled);
    REQUIRE(sut.change("0.5"));
    sut.cloud.sleep_for(zenwire::milliseconds(sut.cloud.settings().cycle_seconds * 1000));
    CHECK(sut.instance->size == sample::size("0.5"));
    sut.cloud.act({zenwire::fake_act::kind::put, "i", sample::size("2")});
    sut.cloud.act({zenwire::fake_act::kind::order, "i", sample::size("0.5")});
    REQUIRE(sut.send(zenwire::cancel_instance_traffic_package_downgrade{"i"}));
    CHECK_FALSE(sut.cloud.orders().at(2).is_cancelled);
}

TEST_CASE("what is due while the clock jumps happens at its time, and a read that lags shows it") {
    prepared sut;
    const std::int64_t begin = sut.cloud.now().count();
    sut.cloud.settings().cycle_begin = begin;
    sut.cloud.settings().cycle_seconds = 3000;
    const auto since = [&] { return sut.cloud.history(*sut.instance).back().since.count() - begin; };
    REQUIRE(sut.change("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(1'000'000));
    CHECK(since() == 10);
    sut.cloud.settings().status_lag_seconds = 900;
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::enable);
    CHECK(sut.status()->size == sample::size("2"));
    sut.cloud.settings().status_lag_seconds = 995;
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::processing);

    REQUIRE(sut.change("0.5"));
    sut.cloud.sleep_for(zenwire::milliseconds(9'000'000));
    CHECK(since() == 3000);
    CHECK(sut.instance->size == sample::size("0.5"));
}

TEST_CASE("prices and what is left of them are rounded up to whole cents, each on its own") {
    struct {
        std::int64_t cents_per_terabyte;
        std::int64_t percent;
        std::string_view size;
        std::string_view price;
        std::string_view discounted;
    } const cases[] = {
        {8000, 100, "2", "80", "80"},         {8000, 100, "1.05", "4", "4"},
        {101, 100, "1.5", "0.51", "0.51"},    {101, 50, "1.5", "0.51", "0.26"},
        {1, 100, "1.05", "0.01", "0.01"},     {7, 100, "2", "0.07", "0.07"},
        {12'345, 90, "3", "246.9", "222.21"}, {10'001, 33, "2", "100.01", "33.01"},
        {10'101, 99, "2", "101.01", "100"},   {1'000'000, 1, "1000", "9990000", "99900"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.cents_per_terabyte);
        CAPTURE(each.size);
        prepared sut;
        sut.cloud.settings().price_cents_per_terabyte = each.cents_per_terabyte;
        sut.cloud.settings().percent_to_pay = each.percent;
        const auto answer = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size(each.size)});
        REQUIRE(answer);
        CHECK(answer->prices[0].discount == zenwire::decimal(each.percent));
        CHECK(answer->prices[0].original_price == zenwire::decimal::parse(each.price));
        CHECK(answer->prices[0].discount_price == zenwire::decimal::parse(each.discounted));
    }
}

TEST_CASE("a price list has the package first and then what is above it, from the first unit on") {
    prepared sut;
    const auto answer = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("2")});
    REQUIRE(answer);
    REQUIRE(answer->prices.size() == 2);
    CHECK(answer->prices[0].step_prices.empty());
    CHECK(answer->prices[1].discount == zenwire::decimal(100));
    CHECK_FALSE(answer->prices[1].original_price.has_value());
    REQUIRE(answer->prices[1].step_prices.size() == 1);
    CHECK(answer->prices[1].step_prices[0].step_start == zenwire::decimal(0));
    CHECK_FALSE(answer->prices[1].step_prices[0].step_end.has_value());
    CHECK(answer->prices[1].step_prices[0].unit_price == zenwire::decimal::parse("0.08"));
    CHECK(answer->prices[1].step_prices[0].discount_unit_price == zenwire::decimal::parse("0.08"));
}
