// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_instances.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/response.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::look_up_instance;

static_assert(action::name == "DescribeInstances");
static_assert(action::reads_only);

zenwire::expected<action::response> parse(std::string_view body) {
    return zenwire::parse_response<action>(zenwire::services::bmc_2026_02_01, {200, body, {}});
}

}  // namespace

TEST_CASE("it asks for one id, in a list") {
    char memory[64];
    CHECK(*zenwire::write_body(memory, action{{"a\"b"}}, zenwire::services::bmc_2026_02_01) ==
          R"({"instanceIds":["a\"b"]})");
}

TEST_CASE("without an id it is refused, since it would ask for all instances") {
    char memory[64];
    CHECK(code_of(zenwire::write_body(memory, action{{""}}, zenwire::services::bmc_2026_02_01)) ==
          zenwire::errc::invalid_parameter);
}

TEST_CASE("of an instance only what decides about its package is read") {
    const auto answer =
        parse(R"({"requestId":"T1","response":{"totalCount":1,"dataSet":[{"instanceId":"i","instanceStatus":"STOPPED",)"
              R"("internetChargeType":"ByTrafficPackage","instanceChargeType":"PREPAID","trafficPackageSize":1.5,)"
              R"("subnetIds":["s"],"tags":{"tags":[{"key":"k","value":"v"}]}}]}})");
    REQUIRE(answer.has_value());
    CHECK(answer->request_id == "T1");
    REQUIRE(answer->data_set.size() == 1);
    action::summary const& found = answer->data_set[0];
    CHECK(found.instance_id == "i");
    CHECK(found.instance_status == zenwire::instance_status::stopped);
    CHECK(found.internet_charge_type == zenwire::internet_charge_type::by_traffic_package);
    CHECK(found.instance_charge_type == zenwire::instance_charge_type::prepaid);
    CHECK(found.traffic_package_size == zenwire::traffic_package_size::parse("1.5"));
}

TEST_CASE("what the response leaves out, or sends as null, is nothing") {
    const auto answer = parse(R"({"response":{"dataSet":[{"instanceId":"i","trafficPackageSize":null}]}})");
    REQUIRE(answer.has_value());
    action::summary const& found = answer->data_set[0];
    CHECK_FALSE(found.instance_status.has_value());
    CHECK_FALSE(found.internet_charge_type.has_value());
    CHECK_FALSE(found.instance_charge_type.has_value());
    CHECK_FALSE(found.traffic_package_size.has_value());
}

TEST_CASE("an id that does not exist finds nothing") {
    for (const std::string_view body : {R"({"response":{"totalCount":0,"dataSet":[]}})", R"({"response":{}})"}) {
        const auto answer = parse(body);
        REQUIRE(answer.has_value());
        CHECK(answer->data_set.empty());
    }
}

TEST_CASE("two instances for one id are no response") {
    CHECK(code_of(parse(R"({"response":{"dataSet":[{"instanceId":"i"},{"instanceId":"j"}]}})")) ==
          zenwire::errc::response_too_large);
}
