// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_json.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../../results.hpp"
#include "../../samples.hpp"

namespace {

/// What the cloud answers to a body, as text.
std::string answer(zenwire::service const& service, std::string_view action, std::string_view body) {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    cloud.add({.id = "i", .service = std::string(service.name)});
    const auto key = sample::key();
    const auto endpoint = zenwire::request_template<>::make(service, zenwire::endpoint(), {});
    char head[1024];
    const auto request = zenwire::sign_body(head, action, body, *endpoint, key, cloud.now());
    return cloud(request->view())->body;
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what a price does not have is null, amounts have a point, and older versions have no newer members") {
    constexpr std::string_view body = R"({"instanceId":"i","trafficPackageSize":2})";
    constexpr std::string_view action = "InquiryPriceInstanceTrafficPackage";
    for (zenwire::service const& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01,
                                            zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01}) {
        CAPTURE(service.version);
        const std::string text = answer(service, action, body);
        CHECK(has(text, R"({"discount":100.0,"originalPrice":80.0,"discountPrice":80.0,"unitPrice":null,)"
                        R"("discountUnitPrice":null,"chargeUnit":null,"stepPrices":null)"));
        CHECK(
            has(text, R"("stepPrices":[{"stepStart":0.0,"stepEnd":null,"unitPrice":0.08,"discountUnitPrice":0.08}])"));
        CHECK_FALSE(has(text, "\"\""));
        CHECK_FALSE(has(text, "[]"));
        const bool is_newer = service.version.starts_with("2026");
        CHECK(has(text, R"("amountUnit":null)") == is_newer);
        CHECK(has(text, R"("category":null)") == is_newer);
        CHECK(has(text, "excess") == is_newer);
    }
}

TEST_CASE("sizes have a point, also in a list of instances") {
    for (zenwire::service const& service : {zenwire::services::bmc_2026_02_01, zenwire::services::vm_2026_04_01}) {
        CAPTURE(service.name);
        CHECK(has(answer(service, "DescribeInstanceInternetStatus", R"({"instanceId":"i"})"),
                  R"("trafficPackageSize":1.0)"));
        CHECK(has(answer(service, "DescribeInstances", "{}"), R"("trafficPackageSize":1.0)"));
    }
}

TEST_CASE("an instance tells each member that the version has, and is null only where the documents allow it") {
    constexpr std::string_view nullable[] = {"bandwidthOutMbps",
                                             "expiredTime",
                                             "ipv6Addresses",
                                             "ipxeUrl",
                                             "keyId",
                                             "period",
                                             "primaryPublicIPv6Address",
                                             "primaryPublicIpAddress",
                                             "raidType",
                                             "subnetId",
                                             "vpuCard",
                                             "vpuCount",
                                             "vpuVendor",
                                             "trafficPackageSize"};
    for (zenwire::service const& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01,
                                            zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01}) {
        CAPTURE(service.version);
        std::string text = answer(service, "DescribeInstances", "{}");
        CHECK(has(text, R"("publicIpAddresses":[])"));
        CHECK(has(text, R"("tags":{"tags":[]})"));
        CHECK_FALSE(has(text, "\"\""));
        CHECK(has(text, "primaryPublicIPv6Address") == (service == zenwire::services::bmc_2026_02_01));
        CHECK(has(text, "vpu") == (service == zenwire::services::bmc_2026_02_01));
        // the nullable ones out, and what is left has a value
        for (const std::string_view name : nullable) {
            const std::string member = '"' + std::string(name) + "\":null";
            if (const std::size_t at = text.find(member); at != std::string::npos) {
                text.erase(at, member.size());
            }
        }
        const std::size_t null = text.find("null");
        CHECK_MESSAGE(null == std::string::npos, text.substr(null == std::string::npos ? 0 : null - 30, 40));
    }
}

TEST_CASE("amounts of the ledger and figures of traffic have a point where they are Floats, and only there") {
    CHECK(has(answer(zenwire::services::zbc_2024_08_08, "DescribeCustomerBalance", "{}"), R"("cashBalance":0.0,)"));
    CHECK(has(answer(zenwire::services::zbc_2024_08_08, "DescribeBillDetail", "{}"),
              R"("totalRefund":0.0,"totalCount":0,"dataSet":[])"));
    const std::string traffic =
        answer(zenwire::services::bmc_2026_02_01, "DescribeInstanceTraffic",
               R"({"instanceId":"i","startTime":"2023-01-10T14:00:00Z","endTime":"2023-01-10T14:00:00Z"})");
    CHECK(has(traffic, R"("time":"2023-01-10T14:00:00Z")"));
    CHECK_FALSE(has(traffic, ".0,"));
}

TEST_CASE("a size of any length is told too large or no multiple, and never taken for another one") {
    const auto code_of_size = [](std::string_view size) {
        const std::string text = answer(zenwire::services::bmc_2026_02_01, "ModifyInstanceTrafficPackage",
                                        R"({"instanceId":"i","trafficPackageSize":)" + std::string(size) + "}");
        return has(text, "_EXCEED\"") ? "exceed" : has(text, "_ERROR\"") ? "error" : "accepted";
    };
    CHECK(code_of_size("1000000000000000000") == std::string("exceed"));
    CHECK(code_of_size("1e400") == std::string("exceed"));
    CHECK(code_of_size("2.00000000000000000000000000000000001") == std::string("error"));
    CHECK(code_of_size("0.1499999999999999944488848768742172978818416595458984375") == std::string("error"));
    CHECK(code_of_size("2.00000000000000000000000000000000000") == std::string("accepted"));
}

TEST_CASE("an action that the fake cloud does not have is told as its own lack") {
    const std::string text = answer(zenwire::services::bmc_2026_02_01, "DescribeZones", "{}");
    CHECK(has(text, "AUTHFAILURE_UNAUTHORIZED_OPERATION"));
    CHECK(has(text, "the fake cloud does not have the action DescribeZones of bmc"));
}

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

using zenwire::response_variant;
using zenwire::detail::vary;

TEST_CASE("every number that is a value comes in quotes and no digit in a text does") {
    CHECK(vary(R"({"a1":-1.5e+3,"b":[0,1E-2],"c":"1","d\"2":"\\","e":3})", response_variant::numbers_as_strings) ==
          R"({"a1":"-1.5e+3","b":["0","1E-2"],"c":"1","d\"2":"\\","e":"3"})");
    CHECK(vary("-7", response_variant::numbers_as_strings) == "\"-7");
    CHECK(vary("\"a\\", response_variant::numbers_as_strings) == "\"a\\");
    CHECK(vary(R"({"a":true,"b":null})", response_variant::numbers_as_strings) == R"({"a":true,"b":null})");
}

TEST_CASE("every object gets one more member, and no brace in a text is taken for one") {
    const std::string more = R"("unknownMember":{"list":[1,null,"text"]})";
    CHECK(vary(R"({"a":{},"b\"{":"{"})", response_variant::unknown_members) ==
          "{" + more + R"(,"a":{)" + more + R"(},"b\"{":"{"})");
    CHECK(vary("[]", response_variant::unknown_members) == "[]");
    CHECK(vary("{", response_variant::unknown_members) == "{" + more + ",");
    CHECK(vary("\"a\\", response_variant::unknown_members) == "\"a\\");
}

TEST_CASE("spellings of older documents replace those of today") {
    CHECK(vary(R"({"a":"Processing","b":"OPERATION_FAILED_INSTANCE_X","c":"Processing"})",
               response_variant::old_spellings) == R"({"a":"CHANGING","b":"OPERATION_FILED_INSTANCE_X","c":"CHANGING"})");
}
