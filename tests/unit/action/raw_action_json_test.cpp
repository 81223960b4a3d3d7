// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/raw_action_json.hpp>

#include <boost/container/pmr/memory_resource.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>
#include <new>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/client/send_action.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::raw_action_effect;
using zenwire::raw_action_json;
namespace json = boost::json;
using boost::container::pmr::memory_resource;

zenwire::expected<raw_action_json::response> parse(raw_action_json const& action, int status, std::string_view body) {
    return zenwire::parse_response(action, zenwire::services::bmc_2022_11_20, {status, body, {}});
}

/// A memory resource without memory.
class no_memory final : public memory_resource {
    void* do_allocate(std::size_t, std::size_t) override { throw std::bad_alloc(); }
    void do_deallocate(void*, std::size_t, std::size_t) override {}
    bool do_is_equal(memory_resource const& other) const noexcept override { return this == &other; }
};

}  // namespace

TEST_CASE("parameters of any kind go out as JSON") {
    char memory[2000];
    const raw_action_json action{
        "DescribeZones", {{"a", 1}, {"b", {"x", nullptr, true}}, {"c", {{"d", std::string(1000, 'y')}}}}, {}, {}};
    const auto body = zenwire::write_body(memory, action, zenwire::services::bmc_2022_11_20);
    REQUIRE(body.has_value());
    CHECK(json::parse(json::string_view(body->data(), body->size())) == json::value(action.body));
    CHECK(body->starts_with(R"({"a":1,"b":["x",null,true],)"));
}

TEST_CASE("no parameters are an empty object") {
    char memory[8];
    CHECK(*zenwire::write_body(memory, raw_action_json{"DescribeZones"}, zenwire::services::bmc_2022_11_20) == "{}");
}

TEST_CASE("memory that is too small, and a name that no header can carry, are refused") {
    char memory[4];
    CHECK(code_of(zenwire::write_body(memory, raw_action_json{"X", {{"a", 1}}}, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::buffer_too_small);
    CHECK(code_of(zenwire::validate(raw_action_json{"a\r\nb"}, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::invalid_parameter);
    CHECK(code_of(zenwire::validate(raw_action_json{""}, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::invalid_parameter);
}

TEST_CASE("parameters that are not UTF-8 are refused, wherever they stand") {
    const auto code = [](std::string_view text) {
        return code_of(
            zenwire::validate(raw_action_json{"DescribeZones", {{"a", {json::string_view(text.data(), text.size())}}}},
                              zenwire::services::bmc_2022_11_20));
    };
    for (std::size_t size = 0; size < 600; ++size) {
        const std::string before(size, 'x');
        REQUIRE(code(before + "\xF0\x9F\x98\x80\xC3\xA4") == zenwire::errc{});
        REQUIRE(code(before + "\xF0\x9F\x98") == zenwire::errc::invalid_parameter);
        REQUIRE(code(before + "\xFF") == zenwire::errc::invalid_parameter);
        REQUIRE(code(before + "\xC3") == zenwire::errc::invalid_parameter);
    }
    CHECK(code_of(zenwire::validate(raw_action_json{"DescribeZones", {{"\x80", 1}}},
                                    zenwire::services::bmc_2022_11_20)) == zenwire::errc::invalid_parameter);
}

TEST_CASE("the response comes back as a value, and outlives its text") {
    std::string body = R"({"requestId":"T1","response":{"requestId":"T1","zoneSet":[{"zoneId":"HKG-A"}]}})";
    const auto result = parse({"DescribeZones", {}, raw_action_effect::reads, {}}, 200, body);
    body.assign(body.size(), ' ');
    REQUIRE(result.has_value());
    CHECK(result->request_id == "T1");
    CHECK(result->json.at("zoneSet").at(0).at("zoneId") == "HKG-A");
}

TEST_CASE("an action says itself whether it may be repeated") {
    const auto reads = parse({"DescribeZones", {}, raw_action_effect::reads, {}}, 502, "<html>");
    REQUIRE_FALSE(reads.has_value());
    CHECK(reads.error().retryable());
    const auto orders = parse({"CreateInstances", {}, raw_action_effect::orders, {}}, 502, "<html>");
    REQUIRE_FALSE(orders.has_value());
    CHECK_FALSE(orders.error().retryable());
    CHECK_FALSE(zenwire::reads_only(raw_action_json{"CreateInstances"}));
}

TEST_CASE("without memory for the response it was executed all the same") {
    no_memory nothing;
    const raw_action_json action{"CreateInstances", {}, raw_action_effect::orders, &nothing};
    const auto result = parse(action, 200, R"({"response":{"a":["long enough to need memory"]}})");
    REQUIRE(code_of(result) == zenwire::errc::out_of_memory);
    CHECK(result.error().outcome == zenwire::outcome::executed);
    CHECK_FALSE(result.error().retryable());
}

TEST_CASE("without memory for the response the error tells what the response was and whether the action only reads") {
    no_memory nothing;
    for (const auto effect : {raw_action_effect::reads, raw_action_effect::orders}) {
        const raw_action_json action{"DescribeZones", {}, effect, &nothing};
        const auto result = parse(action, 200, R"({"requestId":"T1","response":{"a":["long enough to need memory"]}})");
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().reads_only == (effect == raw_action_effect::reads));
        CHECK(result.error().http_status == 200);
        CHECK(result.error().request_id == "T1");
    }
}

TEST_CASE("it is sent like any other action") {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    cloud.add({.id = "1"});
    const zenwire::access_key key = sample::key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    const raw_action_json action{"DescribeInstances", {{"instanceIds", {"1"}}}, raw_action_effect::reads, {}};
    const auto result = zenwire::send_action(client, action, cloud, cloud);
    REQUIRE(result.has_value());
    CHECK(result->json.at("totalCount") == 1);
}
