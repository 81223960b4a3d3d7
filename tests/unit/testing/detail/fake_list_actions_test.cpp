// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/raw_action.hpp>

#include "prepared_instance.hpp"

namespace {

using namespace fake_instance_tests;

}  // namespace

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
    sut.instance->name = "web";
    sut.instance->hostname = "web.example";
    sut.instance->zone_id = "SIN-A";
    sut.instance->instance_type_id = "M8";
    sut.instance->image_id = "image";
    sut.instance->resource_group_id = "group";
    sut.instance->bandwidth = 7;
    sut.instance->size = sample::size("2.5");
    sut.instance->status = zenwire::instance_status::stopped;
    sut.instance->charge_type = zenwire::instance_charge_type::postpaid;
    sut.instance->public_ip_addresses = {"192.0.2.1", "192.0.2.2"};
    sut.instance->private_ip_addresses = {"10.0.0.1"};
    sut.instance->subnet_ids = {"s"};
    sut.instance->tags = {{"team", "blue"}, {"stage", "test"}};
    const auto answer = sut.send(zenwire::owning{zenwire::describe_instances{}});
    REQUIRE(answer);
    REQUIRE((**answer).data_set.size() == 1);
    zenwire::instance_info const& info = *(**answer).data_set.begin();
    CHECK(info.instance_id == "i");
    CHECK(info.instance_name == "web");
    CHECK(info.hostname == "web.example");
    CHECK(info.zone_id == "SIN-A");
    CHECK(info.instance_type_id == "M8");
    CHECK(info.image_id == "image");
    CHECK(info.resource_group_id == "group");
    CHECK(info.bandwidth_out_mbps == 7);
    CHECK(info.traffic_package_size == sample::size("2.5"));
    CHECK(info.instance_status == zenwire::instance_status::stopped);
    CHECK(info.instance_charge_type == zenwire::instance_charge_type::postpaid);
    CHECK(info.internet_charge_type == zenwire::internet_charge_type::by_traffic_package);
    CHECK(info.create_time == "2023-01-01T00:00:00Z");
    CHECK(info.primary_public_ip_address == "192.0.2.1");
    CHECK(texts_of(info.public_ip_addresses) == std::vector<std::string>{"192.0.2.1", "192.0.2.2"});
    CHECK(texts_of(info.private_ip_addresses) == std::vector<std::string>{"10.0.0.1"});
    CHECK(texts_of(info.subnet_ids) == std::vector<std::string>{"s"});
    REQUIRE(info.tags.has_value());
    std::vector<std::string> tags;
    for (zenwire::tag const& each : info.tags->tags) {
        tags.push_back(std::string(each.key) + "=" + std::string(each.value));
    }
    CHECK(tags == std::vector<std::string>{"team=blue", "stage=test"});
}

TEST_CASE("an instance that a test says nothing about runs, prepaid, with 1 TB of at most 1000, and without addresses "
          "or tags") {
    prepared sut;
    const auto answer = sut.send(zenwire::owning{zenwire::describe_instances{}});
    REQUIRE(answer);
    REQUIRE((**answer).data_set.size() == 1);
    zenwire::instance_info const& info = *(**answer).data_set.begin();
    CHECK(info.instance_status == zenwire::instance_status::running);
    CHECK(info.instance_charge_type == zenwire::instance_charge_type::prepaid);
    CHECK(info.internet_charge_type == zenwire::internet_charge_type::by_traffic_package);
    CHECK(info.traffic_package_size == sample::size("1"));
    CHECK(info.bandwidth_out_mbps == 100);
    CHECK(info.primary_public_ip_address.empty());
    CHECK(info.public_ip_addresses.size() == 0);
    CHECK(info.enable_gateway_mode == false);
    CHECK(info.tags->tags.empty());
    CHECK(sut.instance->default_size == sample::size("0"));
    CHECK(sut.instance->maximum_size == sample::size("1000"));
    CHECK_FALSE(sut.instance->modified_size.has_value());
}

TEST_CASE("a page has twenty instances where the request does not say how many") {
    prepared sut;
    for (int i = 0; i < 24; ++i) {
        sut.cloud.add({.id = "j" + std::to_string(i)});
    }
    const auto first = sut.send(zenwire::owning{zenwire::describe_instances{}});
    REQUIRE(first);
    CHECK((**first).data_set.size() == 20);
    CHECK((**first).total_count == 25);
}

TEST_CASE("what is for sale is described with all that a test gave it") {
    prepared sut;
    zenwire::fake_resource given;
    given.zone_id = "SIN-A";
    given.instance_type_id = "M8";
    given.sell_status = zenwire::sell_status::sold_out;
    given.internet_charge_types = {zenwire::internet_charge_type::by_bandwidth,
                                   zenwire::internet_charge_type::by_traffic_package};
    given.maximum_bandwidth = 40'000;
    given.default_bandwidth = 20;
    given.default_size = sample::size("0.5");
    given.quantity = 3;
    sut.cloud.add(given);
    const auto answer = sut.send(zenwire::owning{zenwire::describe_available_resources{
        .instance_charge_type = zenwire::instance_charge_type::prepaid}});
    REQUIRE(answer);
    REQUIRE((**answer).available_resources.size() == 1);
    zenwire::available_resource const& row = *(**answer).available_resources.begin();
    CHECK(row.zone_id == "SIN-A");
    CHECK(row.instance_type_id == "M8");
    CHECK(row.sell_status == zenwire::sell_status::sold_out);
    CHECK(row.internet_charge_types.size() == 2);
    CHECK(*row.internet_charge_types.begin() == zenwire::internet_charge_type::by_bandwidth);
    CHECK(row.maximum_bandwidth_out == 40'000);
    CHECK(row.default_bandwidth_out == 20);
    CHECK(row.default_traffic_package_size == sample::size("0.5"));
    CHECK(row.quantity == 3);
}

TEST_CASE("what is for sale is, where a test says nothing about it, eleven of a model with 5 TB") {
    prepared sut;
    sut.cloud.add(zenwire::fake_resource{});
    const auto answer = sut.send(zenwire::owning{zenwire::describe_available_resources{
        .instance_charge_type = zenwire::instance_charge_type::prepaid}});
    REQUIRE(answer);
    REQUIRE((**answer).available_resources.size() == 1);
    zenwire::available_resource const& row = *(**answer).available_resources.begin();
    CHECK(row.sell_status == zenwire::sell_status::sell);
    CHECK(row.maximum_bandwidth_out == 10'000);
    CHECK(row.default_bandwidth_out == 100);
    CHECK(row.default_traffic_package_size == sample::size("5"));
    CHECK(row.quantity == 11);
}

TEST_CASE("what is for sale is found by each filter") {
    prepared sut;
    sut.cloud.add(zenwire::fake_resource{});
    zenwire::fake_resource other;
    other.zone_id = "SIN-A";
    other.instance_type_id = "M8";
    other.sell_status = zenwire::sell_status::sold_out;
    sut.cloud.add(other);
    other.charge_type = zenwire::instance_charge_type::postpaid;
    sut.cloud.add(other);
    constexpr zenwire::instance_charge_type prepaid = zenwire::instance_charge_type::prepaid;
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
    CHECK(zones(action{.instance_charge_type = prepaid}) == "HKG-A SIN-A ");
    CHECK(zones(action{.instance_charge_type = other.charge_type}) == "SIN-A ");
    CHECK(zones(action{.instance_charge_type = prepaid, .zone_id = "HKG-A"}) == "HKG-A ");
    CHECK(zones(action{.instance_charge_type = prepaid, .instance_type_id = "M8"}) == "SIN-A ");
    CHECK(zones(action{.instance_charge_type = prepaid,
                       .sell_status = zenwire::sell_status(zenwire::sell_status::sell)}) == "HKG-A ");
    CHECK(zones(action{.instance_charge_type = prepaid, .zone_id = "SIN-A", .instance_type_id = "M7D"}).empty());

    char memory[4096];
    const auto unfiltered = sut.send(zenwire::raw_action{
        .name = action::name,
        .body = R"({"instanceChargeType":"PREPAID","zoneId":"","instanceTypeId":""})",
        .effect = zenwire::raw_action_effect::reads,
        .response_memory = memory});
    REQUIRE(unfiltered);
    CHECK(unfiltered->json.find("HKG-A") != std::string_view::npos);  // an empty filter fits all, as in the list of instances
}

TEST_CASE("a text of any length is kept for the response") {
    prepared sut;
    sut.instance->public_ip_addresses.assign(1000, "192.0.2.1");
    sut.instance->tags.assign(200, {"key", std::string(100, 'v')});
    const auto answer = sut.send(zenwire::owning{zenwire::describe_instances{}});
    REQUIRE(answer);
    CHECK((**answer).data_set.begin()->public_ip_addresses.size() == 1000);
    CHECK((**answer).data_set.begin()->tags->tags.size() == 200);
}
