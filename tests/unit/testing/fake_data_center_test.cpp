// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/fake_data_center.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/owning.hpp>
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

    /// What an action is refused with when its body is this one.
    api_code refusal_of(std::string_view action, std::string_view body) {
        char head[zenwire::limits::request_head];
        const auto request = zenwire::sign_body(head, action, body, sample::endpoint(), sample::key(), cloud.now());
        const auto answer = cloud(request->view());
        const auto result = zenwire::parse_response<zenwire::describe_instance_internet_status>(
            zenwire::services::bmc_2022_11_20, zenwire::response_adapter(*answer).view());
        return result ? api_code::unlisted : result.error().api_code;
    }

    fake_cloud cloud;
    zenwire::fake_instance* instance = nullptr;
};

constexpr std::string_view modify = "ModifyInstanceTrafficPackage";
constexpr std::string_view inquire = "InquiryPriceInstanceTrafficPackage";
constexpr std::string_view cancel = "CancelInstanceTrafficPackageDowngrade";
constexpr std::string_view look = "DescribeInstanceInternetStatus";
constexpr std::string_view find = "DescribeInstances";

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
    sut.instance->internet_charge_type = zenwire::internet_charge_type::value_type::by_bandwidth;
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

TEST_CASE("pages hold as many instances as were asked for, of the service that was asked") {
    prepared sut;
    for (const char* id : {"j", "k", "l", "m"}) {
        sut.cloud.add({.id = id});
    }
    sut.cloud.add({.id = "v", .service = "vm"});
    zenwire::describe_instances filter;
    filter.page_size = 2;
    const std::string_view pages[] = {"ij", "kl", "m", ""};
    for (std::int64_t page = 1; page <= 4; ++page) {
        filter.page_num = page;
        const auto answer = sut.send(zenwire::owning{filter});
        REQUIRE(answer);
        std::string ids;
        for (zenwire::instance_info const& each : (**answer).data_set) {
            ids += each.instance_id;
        }
        CHECK(ids == pages[page - 1]);
        CHECK((**answer).total_count == 5);
    }
}

TEST_CASE("filters beyond their bounds are refused") {
    prepared sut;
    CHECK(sut.refusal_of(find, R"({"pageNum":0})") == api_code::invalid_parameter_less_minimum);
    CHECK(sut.refusal_of(find, R"({"pageSize":0})") == api_code::invalid_parameter_less_minimum);
    CHECK(sut.refusal_of(find, R"({"pageSize":1001})") == api_code::invalid_parameter_exceed_maximum);
    const auto list = [](std::string_view name, std::size_t size, std::string_view element) {
        std::string text = "{\"" + std::string(name) + "\":[";
        for (std::size_t i = 0; i < size; ++i) {
            text.append(i == 0 ? "" : ",").append(element);
        }
        return text + "]}";
    };
    struct {
        std::string_view name;
        std::size_t most;
        std::string_view element;
    } const cases[] = {
        {"instanceIds", 100, R"("i")"}, {"tagKeys", 20, R"("k")"}, {"tags", 20, R"({"key":"k","value":"v"})"}};
    for (auto const& each : cases) {
        CAPTURE(each.name);
        CHECK(sut.refusal_of(find, list(each.name, each.most, each.element)) == api_code::unlisted);
        CHECK(sut.refusal_of(find, list(each.name, each.most + 1, each.element)) ==
              api_code::invalid_parameter_exceed_length);
    }
}

TEST_CASE("an instance is described with all that a test gave it") {
    prepared sut;
    sut.instance->public_ip_addresses = {"192.0.2.1", "192.0.2.2"};
    sut.instance->private_ip_addresses = {"10.0.0.1"};
    sut.instance->subnet_ids = {"s"};
    sut.instance->tags = {{"team", "blue"}, {"stage", "test"}};
    const auto answer = sut.send(zenwire::owning{zenwire::describe_instances{}});
    REQUIRE(answer);
    REQUIRE((**answer).data_set.size() == 1);
    zenwire::instance_info const& info = *(**answer).data_set.begin();
    CHECK(info.instance_id == "i");
    CHECK(info.primary_public_ip_address == "192.0.2.1");
    CHECK(info.public_ip_addresses.size() == 2);
    CHECK(info.private_ip_addresses.size() == 1);
    CHECK(*info.subnet_ids.begin() == "s");
    REQUIRE(info.tags.has_value());
    CHECK(info.tags->tags.size() == 2);
    CHECK(info.tags->tags.begin()->value == "blue");
}

TEST_CASE("what is for sale is found by each filter") {
    prepared sut;
    sut.cloud.add(zenwire::fake_resource{});
    zenwire::fake_resource other;
    other.zone_id = "SIN-A";
    other.instance_type_id = "M8";
    other.charge_type = zenwire::instance_charge_type::value_type::postpaid;
    other.sell_status = zenwire::sell_status::value_type::sold_out;
    sut.cloud.add(other);
    const auto zones = [&](zenwire::describe_available_resources const& filter) {
        const auto answer = sut.send(zenwire::owning{filter});
        REQUIRE(answer);
        std::string text;
        for (zenwire::available_resource const& each : (**answer).available_resources) {
            text.append(each.zone_id).append(" ");
        }
        return text;
    };
    using action = zenwire::describe_available_resources;
    CHECK(zones({}) == "HKG-A SIN-A ");
    CHECK(zones(action{.instance_charge_type = other.charge_type}) == "SIN-A ");
    CHECK(zones(action{.zone_id = "HKG-A"}) == "HKG-A ");
    CHECK(zones(action{.instance_type_id = "M8"}) == "SIN-A ");
    CHECK(zones(action{.sell_status = zenwire::sell_status(zenwire::sell_status::value_type::sell)}) == "HKG-A ");
    CHECK(zones(action{.zone_id = "SIN-A", .instance_type_id = "M7D"}).empty());
}

TEST_CASE("a text of any length is kept for the answer") {
    prepared sut;
    sut.instance->public_ip_addresses.assign(1000, "192.0.2.1");
    sut.instance->tags.assign(200, {"key", std::string(100, 'v')});
    const auto answer = sut.send(zenwire::owning{zenwire::describe_instances{}});
    REQUIRE(answer);
    CHECK((**answer).data_set.begin()->public_ip_addresses.size() == 1000);
    CHECK((**answer).data_set.begin()->tags->tags.size() == 200);
}
