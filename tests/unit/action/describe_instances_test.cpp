// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/describe_vm_instances.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::describe_instances;

static_assert(action::name == "DescribeInstances");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("without filters the body is an empty object") {
    char memory[8];
    CHECK(*zenwire::write_body(memory, action{}, zenwire::services::bmc_2022_11_20) == "{}");
}

TEST_CASE("every filter goes out under its name") {
    char memory[1024];
    constexpr std::string_view ids[] = {"a", "b"};
    constexpr std::string_view keys[] = {"k"};
    constexpr zenwire::tag tags[] = {{"k", "v"}};
    action all;
    all.instance_ids = ids;
    all.zone_id = "HKG-A";
    all.resource_group_id = "g";
    all.instance_type_id = "M7D";
    all.internet_charge_type = zenwire::internet_charge_type::by_traffic_package;
    all.image_id = "i";
    all.subnet_id = "s";
    all.instance_status = zenwire::instance_status::running;
    all.instance_name = "TEST*";
    all.hostname = "h";
    all.public_ip_addresses = ids;
    all.private_ip_addresses = ids;
    all.tag_keys = keys;
    all.tags = tags;
    all.page_num = 2;
    all.page_size = 1000;
    CHECK(*zenwire::write_body(memory, all, zenwire::services::bmc_2022_11_20) ==
          R"({"instanceIds":["a","b"],"zoneId":"HKG-A","resourceGroupId":"g","instanceTypeId":"M7D",)"
          R"("internetChargeType":"ByTrafficPackage","imageId":"i","subnetId":"s","instanceStatus":"RUNNING",)"
          R"("instanceName":"TEST*","hostname":"h","publicIpAddresses":["a","b"],"privateIpAddresses":["a","b"],)"
          R"("tagKeys":["k"],"tags":[{"key":"k","value":"v"}],"pageNum":2,"pageSize":1000})");
}

TEST_CASE("a status that the library does not know is sent as it is") {
    char memory[64];
    action filter;
    filter.instance_status = zenwire::instance_status::parse("SLEEPING");
    CHECK(*zenwire::write_body(memory, filter, zenwire::services::bmc_2022_11_20) ==
          R"({"instanceStatus":"SLEEPING"})");
}

TEST_CASE("lists and pages have the documented bounds") {
    const std::vector<std::string_view> texts(101, "x");
    const std::vector<zenwire::tag> tags(21, zenwire::tag{"k", "v"});
    const auto field_of_refusal = [](action const& parameters) {
        const auto result = zenwire::validate(parameters, zenwire::services::bmc_2022_11_20);
        return result ? std::string_view() : result.error().field;
    };
    const std::span<std::string_view const> all(texts);
    CHECK(field_of_refusal({.instance_ids = all.first(100)}) == "");
    CHECK(field_of_refusal({.instance_ids = all}) == "instanceIds");
    CHECK(field_of_refusal({.tag_keys = all.first(20)}) == "");
    CHECK(field_of_refusal({.tag_keys = all.first(21)}) == "tagKeys");
    CHECK(field_of_refusal({.tags = std::span<zenwire::tag const>(tags).first(20)}) == "");
    CHECK(field_of_refusal({.tags = tags}) == "tags");
    CHECK(field_of_refusal({.page_num = 1, .page_size = 1000}) == "");
    CHECK(field_of_refusal({.page_num = 0}) == "pageNum");
    CHECK(field_of_refusal({.page_size = 0}) == "pageSize");
    CHECK(field_of_refusal({.page_size = 1001}) == "pageSize");
}

TEST_CASE("keys and values of tags have 1 to 128 characters, not bytes") {
    const auto field_of_refusal = [](action const& parameters) {
        const auto result = zenwire::validate(parameters, zenwire::services::bmc_2022_11_20);
        return result ? std::string_view() : result.error().field;
    };
    std::string longest;
    for (int i = 0; i < 64; ++i) {
        longest += "\u5B9E\U0001F600";
    }
    const std::string too_long = longest + "x";
    struct {
        std::string_view why;
        std::string_view text;
        bool valid;
    } const cases[] = {{"no character", "", false},
                       {"one", "x", true},
                       {"128 of three and four bytes", longest, true},
                       {"129 of three and four bytes", too_long, false}};
    for (auto const& each : cases) {
        CAPTURE(each.why);
        const std::string_view keys[] = {"k", each.text};
        const zenwire::tag by_key[] = {{"k", "v"}, {each.text, "v"}};
        const zenwire::tag by_value[] = {{"k", "v"}, {"k", each.text}};
        CHECK(field_of_refusal({.tag_keys = keys}) == (each.valid ? "" : "tagKeys"));
        CHECK(field_of_refusal({.tags = by_key}) == (each.valid ? "" : "tags"));
        CHECK(field_of_refusal({.tags = by_value}) == (each.valid ? "" : "tags"));
    }
}

TEST_CASE("each service gets its own spelling of a billing by a bandwidth cluster, whichever was given") {
    char memory[64];
    struct {
        zenwire::service service;
        std::string_view body;
    } const cases[] = {{zenwire::services::bmc_2022_11_20, R"({"internetChargeType":"ByBandwidthCluster"})"},
                       {zenwire::services::bmc_2026_02_01, R"({"internetChargeType":"ByBandwidthCluster"})"},
                       {zenwire::services::vm_2023_03_13, R"({"internetChargeType":"BandwidthCluster"})"},
                       {zenwire::services::vm_2026_04_01, R"({"internetChargeType":"BandwidthCluster"})"}};
    for (auto const& each : cases) {
        CAPTURE(each.service.version);
        for (const std::string_view text : {"ByBandwidthCluster", "BandwidthCluster"}) {
            const auto word = zenwire::internet_charge_type::parse(text);
            CHECK((each.service.name == "vm"
                       ? *zenwire::write_body(memory, zenwire::describe_vm_instances{.internet_charge_type = word},
                                              each.service)
                       : *zenwire::write_body(memory, action{.internet_charge_type = word}, each.service)) ==
                  each.body);
        }
    }
}

TEST_CASE("words that all services spell alike go out to all alike") {
    char memory[64];
    action filter;
    filter.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
    constexpr zenwire::service newer{"bmc", "/api/v2/bmc", "2099-01-01"};
    for (zenwire::service const& service :
         {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01, newer}) {
        CHECK(*zenwire::write_body(memory, filter, service) == R"({"internetChargeType":"ByBandwidth"})");
    }
}

TEST_CASE("virtual machines have another DescribeInstances, which is said before anything is sent") {
    constexpr zenwire::service unknown{"odd", "/api/v2/odd", "2000-01-01"};
    for (zenwire::service const& service :
         {zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01, unknown}) {
        const auto refused = zenwire::validate(action{}, service);
        REQUIRE(code_of(refused) == zenwire::errc::unsupported_action);
        CHECK(refused.error().message.view().find("describe_vm_instances") != std::string_view::npos);
    }
}

TEST_CASE("a text that is not UTF-8 is refused") {
    char memory[64];
    CHECK(code_of(zenwire::write_body(memory, action{.zone_id = "\xff"}, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::invalid_parameter);
}
