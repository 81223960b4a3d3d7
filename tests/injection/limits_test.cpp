// SPDX-License-Identifier: BSL-1.0

/// @file
/// Every limit, reached with the capacities of tiny_limits.hpp.

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/zenwire.hpp>

#include "../unit/results.hpp"

namespace {

using zenwire::errc;
namespace limits = zenwire::limits;

static_assert(limits::request_id == 4, "these are the tiny capacities");

constexpr zenwire::unix_seconds now(1673361177);

zenwire::access_key key() {
    return *zenwire::access_key::make(zenwire::access_key_id("0123456789abcdef"), zenwire::access_key_password("p"));
}

zenwire::modify_instance_traffic_package action(std::string_view id, std::string_view size = "1") {
    return {zenwire::instance_id(id), *zenwire::traffic_package_size::parse(size)};
}

auto read(int status, std::string_view body) {
    return zenwire::parse_response<zenwire::modify_instance_traffic_package>(zenwire::services::vm_2026_04_01,
                                                                             {status, body, {}});
}

std::string answer(std::string_view id, std::string_view order) {
    return R"({"response":{"requestId":")" + std::string(id) + R"(","orderNumber":")" + std::string(order) + R"("}})";
}

}  // namespace

TEST_CASE("an instance id may be as long as the limit, and no longer") {
    CHECK(validate(action(std::string(limits::instance_id, 'i')), zenwire::services::vm_2026_04_01));
    CHECK(code_of(validate(action(std::string(limits::instance_id + 1, 'i')), zenwire::services::vm_2026_04_01)) ==
          errc::invalid_parameter);
}

TEST_CASE("an access key id may be as long as the limit, and no longer") {
    const auto make = [](std::size_t size) {
        return zenwire::access_key::make(zenwire::access_key_id(std::string(size, 'k')),
                                         zenwire::access_key_password("p"));
    };
    CHECK(make(limits::access_key_id));
    CHECK(code_of(make(limits::access_key_id + 1)) == errc::invalid_credential);
}

TEST_CASE("a token may be as long as the limit, and no longer") {
    const auto make = [](std::size_t size) {
        return zenwire::bearer_token::make(zenwire::token(std::string(size, 't')));
    };
    REQUIRE(make(limits::bearer_token));
    CHECK(make(limits::bearer_token)->secret_text().size() == limits::bearer_token);
    CHECK(code_of(make(limits::bearer_token + 1)) == errc::invalid_credential);
}

TEST_CASE("an authority may be as long as the limit, and no longer") {
    CHECK(zenwire::endpoint::make(std::string(limits::authority, 'h')));
    CHECK(code_of(zenwire::endpoint::make(std::string(limits::authority + 1, 'h'))) == errc::invalid_endpoint);
}

TEST_CASE("a request client may be as long as the limit, and no longer") {
    const auto make = [](std::string_view client) {
        return zenwire::prepared_endpoint<>::make(zenwire::services::bmc_2026_02_01, zenwire::endpoint(),
                                                  {zenwire::content_type::json, client});
    };
    CHECK(make("1234"));
    CHECK(code_of(make("12345")) == errc::invalid_parameter);
}

TEST_CASE("a body that exceeds the limit is refused") {
    CHECK(code_of(zenwire::make_request(action("instance-id", "0.123456"), zenwire::services::vm_2026_04_01,
                                        zenwire::endpoint(), key(), now)) == errc::buffer_too_small);
}

TEST_CASE("a request within the limits of head and body is made") {
    CHECK(zenwire::make_request(action("i"), zenwire::services::vm_2026_04_01, zenwire::endpoint(), key(), now));
}

TEST_CASE("fields that exceed the limit are refused") {
    const std::string path = "/" + std::string(limits::request_head, 'p');
    zenwire::service service = zenwire::services::vm_2026_04_01;
    service.path = path;
    CHECK(code_of(zenwire::prepared_endpoint<>::make(service, zenwire::endpoint(), {})) == errc::buffer_too_small);
    service.path = std::string_view(path).substr(0, 200);
    CHECK(code_of(zenwire::make_request(action("i"), service, zenwire::endpoint(), key(), now)) ==
          errc::buffer_too_small);
}

TEST_CASE("a request id that is too long is cut and flagged") {
    const auto result = read(200, answer("12345", "1"));
    REQUIRE(result);
    CHECK(result->request_id.view() == "1234");
    CHECK(result->request_id.truncated());
}

TEST_CASE("an order number that is too long is no order number") {
    REQUIRE(read(200, answer("r", "1234")));
    CHECK(read(200, answer("r", "1234"))->order_number.view() == "1234");
    const auto result = read(200, answer("r", "12345"));
    REQUIRE(!result);
    CHECK(result.error().outcome == zenwire::outcome::unknown);
}

TEST_CASE("code and message of an error are cut and flagged") {
    const auto result =
        read(400, R"({"code":"INVALID_PARAMETER","message":"a message of more than 24 bytes","requestId":"r"})");
    REQUIRE(!result);
    CHECK(result.error().api_code_text.view() == "INVALID_");
    CHECK(result.error().api_code_text.truncated());
    CHECK(result.error().message.view() == "a message of more than 2");
    CHECK(result.error().message.truncated());
}

TEST_CASE("an excerpt is as long as the limit") {
    const auto result = read(400, "<html><body>");
    REQUIRE(!result);
    CHECK(result.error().excerpt.view() == "<html><b");
}

TEST_CASE("a body of an answer may be as long as the limit, and no longer") {
    std::string body = answer("r", "1");
    body.append(limits::response_body - body.size(), ' ');
    CHECK(read(200, body));
    body += ' ';
    const auto result = read(200, body);
    REQUIRE(!result);
    CHECK(result.error().code == errc::response_too_large);
    CHECK(result.error().outcome == zenwire::outcome::unknown);
}

TEST_CASE("an answer may be nested as deeply as the limit, and no deeper") {
    CHECK(read(200, R"({"response":{"requestId":"r","x":[[1]]}})"));
    CHECK(!read(200, R"({"response":{"requestId":"r","x":[[[1]]]}})"));
}
