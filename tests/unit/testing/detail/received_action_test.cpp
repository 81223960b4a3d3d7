// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/received_action.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/protocol/detail/json_reader.hpp>

#include "../../results.hpp"

namespace {

using modify = zenwire::modify_instance_traffic_package;
using describe = zenwire::describe_instances;
using zenwire::detail::json_fault;
using zenwire::detail::received_action;

}  // namespace

TEST_CASE("parameters are read under the names that a client sends, and each may be missing") {
    received_action<modify> parameters;
    REQUIRE(zenwire::detail::read_json(R"({"instanceId":"i","trafficPackageSize":0.15})", parameters).fault ==
            json_fault::none);
    CHECK(*parameters.get<&modify::instance_id>() == "i");
    CHECK(parameters.get<&modify::size>()->value == zenwire::decimal::parse("0.15"));
    CHECK(parameters.first_missing().empty());
}

TEST_CASE("the first required parameter that is missing is named") {
    received_action<modify> nothing;
    CHECK(nothing.first_missing() == "instanceId");
    received_action<modify> half;
    REQUIRE(zenwire::detail::read_json(R"({"instanceId":"i","trafficPackageSize":null})", half).fault == json_fault::none);
    CHECK(half.first_missing() == "trafficPackageSize");
    CHECK(received_action<describe>().first_missing().empty());
}

TEST_CASE("a size is any number, and no text") {
    struct {
        std::string_view number;
        bool is_negative;
        bool is_rounded;
    } const cases[] = {{"2", false, false},
                       {"-2", true, false},
                       {"-0", false, false},
                       {"-1e-300", true, true},
                       {"0.15000000000000002", false, false},
                       {"1234567890123456789012", false, true},
                       {"-1234567890123456789012", true, true}};
    for (auto const& each : cases) {
        CAPTURE(each.number);
        received_action<modify> parameters;
        REQUIRE(zenwire::detail::read_json(R"({"trafficPackageSize":)" + std::string(each.number) + "}", parameters).fault ==
                json_fault::none);
        CHECK(parameters.get<&modify::size>()->is_negative == each.is_negative);
        REQUIRE(parameters.get<&modify::size>()->value.has_value());
        CHECK(parameters.get<&modify::size>()->value->is_rounded() == each.is_rounded);
    }
    received_action<modify> parameters;
    CHECK(zenwire::detail::read_json(R"({"trafficPackageSize":"2"})", parameters).fault == json_fault::wrong_type);
}

TEST_CASE("lists and tags are owned, with escapes resolved") {
    received_action<describe> parameters;
    REQUIRE(zenwire::detail::read_json(R"({"instanceIds":["a","\u0062c"],"tags":[{"key":"k","value":"v\n"}],"pageNum":2})",
                               parameters)
                .fault == json_fault::none);
    REQUIRE(parameters.get<&describe::instance_ids>()->size() == 2);
    CHECK(parameters.get<&describe::instance_ids>()->at(1) == "bc");
    CHECK(parameters.get<&describe::tags>()->at(0).value == "v\n");
    CHECK(parameters.get<&describe::page_num>() == 2);
}

TEST_CASE("a text that did not come to its end is no value") {
    received_action<describe> parameters;
    CHECK(zenwire::detail::read_json(R"({"zoneId":"HKG","imageId":"ab)", parameters).fault == json_fault::syntax);
    CHECK(*parameters.get<&describe::zone_id>() == "HKG");
    CHECK(parameters.get<&describe::image_id>().value_or("").empty());
}
