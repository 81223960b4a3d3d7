// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/fake_data_center.hpp>

#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/client/send_action.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::api_code;
using zenwire::fake_cloud;
using zenwire::scripted_fault;

/// A cloud with one instance of 1 TB, `i`.
struct prepared {
    prepared() {
        cloud.add(sample::key());
        zenwire::fake_instance made;
        made.id = "i";
        instance = &cloud.add(made);
    }
    template <class Action>
    auto send(Action const& action) {
        const zenwire::access_key key = sample::key();
        const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
        return zenwire::send_action(client, action, cloud, cloud);
    }
    auto status() { return send(zenwire::describe_instance_internet_status{"i"}); }
    auto change(std::string_view terabytes) {
        return send(zenwire::modify_instance_traffic_package{"i", sample::size(terabytes)});
    }

    fake_cloud cloud;
    zenwire::fake_instance* instance = nullptr;
};

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
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::value_type::enable);
    REQUIRE(sut.change("2"));
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::value_type::processing);
    CHECK(sut.status()->modified_size == sample::size("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    REQUIRE(sut.change("1"));
    CHECK(sut.status()->modified_traffic_package_status == zenwire::modification_status::value_type::wait_to_enable);
}

TEST_CASE("the price that was asked for is the price that is charged") {
    prepared sut;
    sut.cloud.settings().discount_percent = 95;
    const auto price = sut.send(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("2.05")});
    REQUIRE(price);
    CHECK(price->prices[0].original_price == zenwire::decimal(84));
    CHECK(price->prices[0].discount_price == zenwire::decimal::parse("79.8"));
    REQUIRE(sut.change("2.05"));
    CHECK(sut.cloud.orders().at(0).paid_cents == 7980);
}

TEST_CASE("the order of the checks can be chosen") {
    prepared sut;
    sut.instance->status = zenwire::instance_status::value_type::creating;
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
    for (const auto variant : {zenwire::answer_variant::numbers_as_strings, zenwire::answer_variant::unknown_members,
                               zenwire::answer_variant::old_spellings}) {
        prepared sut;
        REQUIRE(sut.change("2"));
        sut.cloud.script(scripted_fault::varied(variant));
        const auto status = sut.status();
        REQUIRE(status);
        CHECK(status->modified_size == sample::size("2"));
        CHECK(status->modified_traffic_package_status == zenwire::modification_status::value_type::processing);
    }
}
