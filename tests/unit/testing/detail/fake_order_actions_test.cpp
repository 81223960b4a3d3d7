// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_order_actions.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/owning.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../../results.hpp"
#include "../../samples.hpp"

namespace {

using zenwire::api_code;

/// A cloud with one instance of each service that is billed by bandwidth, `i`, with 200 Mbps, half of them free.
struct prepared {
    prepared() {
        cloud.add(sample::key());
        for (const char* service : {"vm", "bmc"}) {
            zenwire::fake_instance made;
            made.id = "i";
            made.service = service;
            made.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
            made.size.reset();
            made.bandwidth = 200;
            instance = &cloud.add(made);
        }
    }
    template <class Action>
    auto send(Action const& action, zenwire::service const& service = zenwire::services::bmc_2026_02_01) {
        const zenwire::access_key key = sample::key();
        const zenwire::client client(service, zenwire::endpoint(), key);
        return zenwire::send_action(client, action, cloud, cloud);
    }
    auto change(std::int64_t mbps, zenwire::service const& service = zenwire::services::bmc_2026_02_01) {
        return send(zenwire::modify_instance_bandwidth{"i", mbps}, service);
    }
    auto status() { return send(zenwire::describe_instance_internet_status{"i"}); }

    zenwire::fake_cloud cloud;
    zenwire::fake_instance* instance = nullptr;
};

/// `404 CODE`, or `accepted`.
template <class Result>
std::string refusal_of(Result const& result) {
    return result ? "accepted"
                  : std::to_string(result.error().http_status) + " " + std::string(result.error().api_code_text.view());
}

}  // namespace

TEST_CASE("more bandwidth is charged, ordered, under way, and there when its time has passed") {
    prepared sut;
    sut.cloud.set_balance_cents(100'000);
    const auto price = sut.send(zenwire::inquiry_price_instance_bandwidth{"i", 250});
    REQUIRE(price);
    REQUIRE(price->prices.size() == 1);
    CHECK(price->prices[0].discount_price == zenwire::decimal(66));
    const auto order = sut.change(250);
    REQUIRE(order);
    CHECK(order->order_number.view() == "1000000000001");
    CHECK(sut.cloud.balance_cents() == 100'000 - 6'600);
    CHECK(sut.cloud.orders().at(0).bandwidth == 250);
    CHECK(sut.status()->modified_bandwidth_status == zenwire::modification_status::processing);
    CHECK(sut.status()->modified_internet_max_bandwidth_out == 250);
    CHECK(sut.status()->internet_max_bandwidth_out == 200);
    CHECK(refusal_of(sut.change(300)) == "403 OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING");
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    CHECK(sut.status()->internet_max_bandwidth_out == 250);
    CHECK(sut.status()->modified_bandwidth_status == zenwire::modification_status::enable);
    CHECK(sut.cloud.orders_that_may_cost() == 1);
}

TEST_CASE("less bandwidth is planned for the next cycle, and can be taken back once") {
    prepared sut;
    sut.cloud.settings().cycle_begin = sut.cloud.now().count();
    sut.cloud.settings().cycle_seconds = 1000;
    REQUIRE(sut.change(150));
    CHECK(sut.status()->modified_bandwidth_status == zenwire::modification_status::wait_to_enable);
    CHECK(refusal_of(sut.change(300)) == "403 OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH");
    REQUIRE(sut.send(zenwire::cancel_instance_bandwidth_downgrade{"i"}));
    CHECK(sut.cloud.orders().at(0).is_cancelled);
    CHECK(refusal_of(sut.send(zenwire::cancel_instance_bandwidth_downgrade{"i"})) ==
          "403 OPERATION_DENIED_DOWNGRADE_NOT_EXIST");
    REQUIRE(sut.change(120));
    sut.cloud.sleep_for(zenwire::milliseconds(1'000'000));
    CHECK(sut.status()->internet_max_bandwidth_out == 120);
}

TEST_CASE("a bandwidth is free within the free one, where it is postpaid, and where the network is billed otherwise") {
    for (const int why : {0, 1, 2}) {
        CAPTURE(why);
        prepared sut;
        sut.cloud.set_balance_cents(0);
        if (why == 0) {
            sut.instance->default_bandwidth = 500;
        } else if (why == 1) {
            sut.instance->charge_type = zenwire::instance_charge_type::postpaid;
        } else {
            sut.instance->internet_charge_type = zenwire::internet_charge_type::by_traffic_package;
        }
        const auto order = sut.change(400);
        REQUIRE(order);
        CHECK(order->order_number.empty());
        CHECK(sut.cloud.orders().empty());
    }
    prepared sut;
    sut.cloud.set_balance_cents(0);
    CHECK(refusal_of(sut.change(400)) == "403 OPERATION_FAILED_INSUFFICIENT_BALANCE");
}

TEST_CASE("each service has its own wire name for a bandwidth, and some codes and statuses of its own") {
    prepared sut;
    zenwire::fake_instance& machine = *sut.cloud.find("i", "vm");
    REQUIRE(sut.change(300, zenwire::services::vm_2026_04_01));
    CHECK(machine.running_bandwidth_change->target == 300);
    CHECK(refusal_of(sut.change(300, zenwire::services::vm_2023_03_13)) ==
          "403 OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING");
    machine.is_for_sale = false;
    sut.instance->is_for_sale = false;
    const zenwire::inquiry_price_instance_bandwidth inquiry{"i", 300};
    CHECK(refusal_of(sut.send(inquiry, zenwire::services::vm_2026_04_01)) == "404 INVALID_INSTANCE_TYPE_ZONE_NO_SELL");
    CHECK(refusal_of(sut.send(inquiry)) == "400 INVALID_INSTANCE_TYPE_ZONE_NO_SELL");
    zenwire::service mistaken = zenwire::services::bmc_2026_02_01;
    mistaken.bandwidth_field = zenwire::services::vm_2026_04_01.bandwidth_field;
    CHECK(refusal_of(sut.change(300, mistaken)) == "400 MISSING_PARAMETER");
}

TEST_CASE("a bandwidth that cannot be, and an instance that must not change, are refused as documented") {
    prepared sut;
    CHECK(refusal_of(sut.change(10'001)) == "400 INVALID_PARAMETER_BANDWIDTH_EXCEED");
    CHECK(refusal_of(sut.send(zenwire::modify_instance_bandwidth{"x", 1})) == "404 INVALID_INSTANCE_NOT_FOUND");
    sut.instance->status = zenwire::instance_status::stopped;
    CHECK(refusal_of(sut.change(250)) == "403 OPERATION_DENIED_INSTANCE_NOT_RUNNING");
    sut.instance->internet_charge_type = zenwire::internet_charge_type::by_traffic_package;
    for (std::string const& refusal : {refusal_of(sut.send(zenwire::inquiry_price_instance_bandwidth{"i", 300})),
                                       refusal_of(sut.send(zenwire::cancel_instance_bandwidth_downgrade{"i"}))}) {
        CHECK(refusal == "403 OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT");
    }
}

TEST_CASE("a price comes back only above the free bandwidth, by the hour where the instance is postpaid") {
    prepared sut;
    CHECK(sut.send(zenwire::inquiry_price_instance_bandwidth{"i", 100})->prices.empty());
    sut.instance->charge_type = zenwire::instance_charge_type::postpaid;
    const auto price = sut.send(zenwire::inquiry_price_instance_bandwidth{"i", 101});
    REQUIRE(price->prices.size() == 1);
    CHECK(price->prices[0].unit_price == zenwire::decimal::parse("1.32"));
    CHECK(price->prices[0].charge_unit.view() == "HOUR");
    CHECK_FALSE(price->prices[0].original_price);
}

TEST_CASE("the traffic of a span has a point for each five minutes, and figures that follow from them") {
    prepared sut;
    const std::int64_t now = sut.cloud.now().count();
    const zenwire::describe_instance_traffic span{"i", zenwire::unix_seconds(now - 86'400), zenwire::unix_seconds(now)};
    const auto traffic = sut.send(zenwire::owning{span});
    REQUIRE(traffic);
    auto const& answer = **traffic;
    REQUIRE(answer.data_list.size() == 288);
    std::int64_t sum = 0;
    std::int64_t largest = 0;
    std::size_t above = 0;
    for (zenwire::traffic_point const& each : answer.data_list) {
        sum += *each.internet_rx;
        largest = (std::max)(largest, *each.internet_rx);
        above += *each.internet_rx > *answer.in_95 ? 1 : 0;
    }
    CHECK(answer.data_list.front().time == "2023-01-09T14:35:00Z");
    CHECK(answer.in_total == sum * 300 / 8);
    CHECK(answer.in_average == sum / 288);
    CHECK(answer.in_maximum == largest);
    CHECK(above == 14);
    CHECK(answer.out_total.has_value());
    CHECK(answer.maximum_bandwidth_95_mbps == zenwire::decimal::parse("0.14"));
    CHECK(answer.unit == "bps");
    CHECK(answer.total_unit == "B");
}

TEST_CASE("a span without a point has no figures, and one that cannot be asked for is refused") {
    prepared sut;
    const std::int64_t now = sut.cloud.now().count();
    const auto ask = [&](std::int64_t start, std::int64_t end) {
        return sut.send(zenwire::owning{zenwire::describe_instance_traffic{"i", zenwire::unix_seconds(now + start),
                                                                           zenwire::unix_seconds(now + end)}});
    };
    const auto nothing = ask(-1, 0);
    REQUIRE(nothing);
    CHECK((**nothing).data_list.empty());
    CHECK_FALSE((**nothing).in_95);
    CHECK(refusal_of(ask(-86'400 * 30, -86'400 * 30)) == "accepted");
    CHECK(refusal_of(ask(-86'400 * 30 - 1, -86'400 * 30)) == "400 INVALID_PARAMETER_LESS_MINIMUM");
}
