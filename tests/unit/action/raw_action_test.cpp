// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/raw_action.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"

namespace {

using zenwire::raw_action;
using zenwire::raw_action_effect;

static_assert(zenwire::reads_only(raw_action{"A", "{}", raw_action_effect::reads, {}}));
static_assert(!zenwire::reads_only(raw_action{"A", "{}", raw_action_effect::orders, {}}));
// who does not say what it does gets what is safe
static_assert(!zenwire::reads_only(raw_action{"A", "{}"}));
static_assert(!zenwire::reads_only(raw_action{.name = "A", .body = "{}", .response_memory = {}}));

zenwire::expected<void> validate(std::string_view name, std::string_view body) {
    return zenwire::validate(raw_action{name, body, raw_action_effect::reads, {}}, zenwire::services::bmc_2026_02_01);
}

/// What is handed back of a response, in `size` bytes of memory.
zenwire::expected<std::string> parse(std::string_view body, int status = 200,
                                     raw_action_effect effect = raw_action_effect::reads, std::size_t size = 1000) {
    std::string memory(size, '\0');
    const raw_action action{"DescribeZones", "{}", effect, memory};
    return zenwire::parse_response(action, zenwire::services::bmc_2026_02_01, {status, body, {}})
        .transform([](raw_action::response const& response) { return std::string(response.json); });
}

}  // namespace

TEST_CASE("what changes something by its name is not sent as an action that reads, which would be repeated") {
    for (const std::string_view name :
         {"ModifyInstanceTrafficPackage", "CancelInstanceTrafficPackageDowngrade", "CreateInstances", "RenewInstance"}) {
        CAPTURE(name);
        CHECK(validate(name, "{}").error().code == zenwire::errc::invalid_parameter);
        CHECK(zenwire::validate(raw_action{name, "{}"}, zenwire::services::bmc_2026_02_01).has_value());
    }
    CHECK(validate("DescribeZones", "{}").has_value());
    CHECK(validate("InquiryPriceCreateInstance", "{}").has_value());
}

TEST_CASE("the body goes out as it was given") {
    char memory[64];
    const raw_action action{"DescribeZones", R"({ "a" : [1, "x"] })", raw_action_effect::reads, {}};
    CHECK(*zenwire::write_body(memory, action, zenwire::services::bmc_2026_02_01) == action.body);
}

TEST_CASE("a body that is no JSON object is refused") {
    for (const std::string_view body :
         {"", "[]", "1", "\"x\"", "null", "{", "{}x", "{\"a\":}", "\xEF\xBB\xBF{}", "{\"a\":\"\xFF\"}"}) {
        CAPTURE(body);
        CHECK(code_of(validate("DescribeZones", body)) == zenwire::errc::invalid_parameter);
    }
    CHECK(validate("DescribeZones", " {\"a\":{\"b\":[null]}} ").has_value());
}

TEST_CASE("a name that no header can carry is refused") {
    for (const std::string_view name : {"", "a\r\nb", "a\nb", " a", "a ", "\xE7\xB4\x85"}) {
        CAPTURE(name);
        const auto result = validate(name, "{}");
        REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
        CHECK(result.error().field == "x-zc-action");
    }
}

TEST_CASE("the text of the response comes back as it was written") {
    struct {
        std::string_view why;
        std::string_view body;
        std::string_view response;
    } const cases[] = {
        {"the documented form", R"({"requestId":"T1","response":{"requestId":"T1","a":[1,{"b":2}]}})",
         R"({"requestId":"T1","a":[1,{"b":2}]})"},
        {"blanks", "{ \"response\" : \n { \"a\" : 1 } , \"requestId\" : \"T1\" }", R"({ "a" : 1 })"},
        {"empty", R"({"response":{}})", "{}"},
        {"its name deeper before", R"({"x":{"response":{"no":1}},"y":[{"response":{}}],"response":{"yes":1}})",
         R"({"yes":1})"},
        {"its name as a value", R"({"x":"response","y":{"z":"response"},"response":{"yes":1}})", R"({"yes":1})"},
        {"brackets and quotes in texts", R"({"x":"}]\"{","response":{"a":"}\"]{","b\\":"\\"},"z":"{"})",
         R"({"a":"}\"]{","b\\":"\\"})"},
        {"its name in a text", R"({"x":"\"response\":{}","response":{"yes":1}})", R"({"yes":1})"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.why);
        const auto result = parse(each.body);
        REQUIRE(result.has_value());
        CHECK(*result == each.response);
    }
}

TEST_CASE("the request id is handed back too") {
    char memory[64];
    const raw_action action{"DescribeZones", "{}", raw_action_effect::reads, memory};
    const auto result = zenwire::parse_response(action, zenwire::services::bmc_2026_02_01,
                                                {200, R"({"response":{"requestId":"inner"}})", {}});
    REQUIRE(result.has_value());
    CHECK(result->request_id == "inner");
}

TEST_CASE("a response that is no object is none") {
    for (const std::string_view body :
         {R"({"response":null})", R"({"response":null,"x":{}})", R"({"response":1})", R"({"response":[{}]})", "{}",
          R"({"response":{},"response":{}})", R"({"response":null,"response":{}})", R"({"response":{},"code":"X"})"}) {
        CAPTURE(body);
        CHECK_FALSE(parse(body).has_value());
    }
}

TEST_CASE("memory that is too small is told, and that the action was carried out") {
    const std::string_view body = R"({"requestId":"T1","response":{"a":12}})";
    CHECK(parse(body, 200, raw_action_effect::orders, 8).has_value());
    const auto result = parse(body, 200, raw_action_effect::orders, 7);
    REQUIRE(code_of(result) == zenwire::errc::buffer_too_small);
    CHECK(result.error().outcome == zenwire::outcome::executed);
    CHECK(result.error().request_id.view() == "T1");
    CHECK(result.error().http_status == 200);
    CHECK_FALSE(result.error().retryable());
    CHECK_FALSE(result.error().reads_only);
    CHECK(parse(body, 200, raw_action_effect::reads, 7).error().reads_only);
}

TEST_CASE("a response whose name is written with escapes cannot be handed back, but was carried out") {
    const auto result = parse(R"({"requestId":"T1","\u0072esponse":{"a":1}})");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().outcome == zenwire::outcome::executed);
    CHECK(result.error().request_id.view() == "T1");
}

TEST_CASE("whether a failure may be repeated is as the action says") {
    CHECK(parse("<html>", 502, raw_action_effect::reads).error().retryable());
    CHECK_FALSE(parse("<html>", 502, raw_action_effect::orders).error().retryable());
}

TEST_CASE("a member of an object is found by its name") {
    using zenwire::detail::find_json_member;
    CHECK(find_json_member(R"({"a":{"b":{}},"b":{"c":1}})", "b") == R"({"c":1})");
    CHECK(find_json_member(R"({"a":[1]})", "a") == "[1]");
    CHECK(find_json_member(R"({"a":{}})", "b").empty());
    CHECK(find_json_member(R"({"\u0061":{}})", "a").empty());
    CHECK(find_json_member("{}", "a").empty());
    CHECK(find_json_member(R"({"a)", "a").empty());
    CHECK(find_json_member(R"({"a\)", "a").empty());
}
