// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/fuzzed_transport.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using zenwire::fuzzed_transport;
using outcome = zenwire::expected<zenwire::fake_response, zenwire::transport_error>;

/// What a transport of these bytes makes of its first request.
outcome first_of(std::string_view bytes) {
    fuzzed_transport transport(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    return transport(zenwire::request_view());
}

zenwire::transport_failure failure_of_first(std::string_view bytes) {
    const outcome result = first_of(bytes);
    REQUIRE_FALSE(result.has_value());
    return result.error().failure;
}

}  // namespace

TEST_CASE("fuzzed bytes are requests that were not sent, and requests of which nobody knows") {
    CHECK(failure_of_first("0") == zenwire::transport_failure::not_sent);
    CHECK(failure_of_first("1") == zenwire::transport_failure::unknown);
    CHECK(failure_of_first("") == zenwire::transport_failure::unknown);
    CHECK(failure_of_first("\n0") == zenwire::transport_failure::unknown);
}

TEST_CASE("fuzzed bytes are responses: a success, a body, a status, an error of the API, a limit, or something before the service") {
    CHECK(first_of("2{\"a\":1}")->body.find(R"("response":{"a":1}})") != std::string::npos);
    CHECK(first_of("3{\"a\":1}")->body == "{\"a\":1}");
    CHECK(first_of("3")->status == 200);
    CHECK(first_of(std::string_view("4\x08text", 6))->status == 500);
    CHECK(first_of(std::string_view("4\x08text", 6))->body == "text");
    CHECK(first_of("5A")->body.find("\"code\"") != std::string::npos);
    const outcome limited = first_of("6\x05");
    CHECK(limited->status == 429);
    REQUIRE(limited->fields.size() == 2);
    CHECK(limited->fields[1].value == "5");
    CHECK(first_of("7\x03")->fields.back().name == "cf-mitigated");
    CHECK(first_of("7\x01")->status == 302);
    CHECK(first_of("7\x02")->status == 502);
}

TEST_CASE("each request takes one line of the fuzzed bytes, whatever is in it") {
    const std::string_view bytes("0rest\n3first\n3second");
    fuzzed_transport transport(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    CHECK_FALSE(transport(zenwire::request_view()).has_value());
    CHECK(transport(zenwire::request_view())->body == "first");
    CHECK_FALSE(transport.is_used_up());
    CHECK(transport(zenwire::request_view())->body == "second");
    CHECK(transport.is_used_up());
    CHECK_FALSE(transport(zenwire::request_view()).has_value());
    CHECK(transport.requests_seen() == 4);
}

TEST_CASE("the clock of a fuzzed transport goes on with each request and while it sleeps") {
    fuzzed_transport transport(nullptr, 0);
    const std::int64_t begin = transport.now().count();
    static_cast<void>(transport(zenwire::request_view()));
    CHECK(transport.now().count() == begin + 1);
    transport.sleep_for(zenwire::milliseconds(2500));
    CHECK(transport.now().count() == begin + 3);
    transport.sleep_for(zenwire::milliseconds(INT64_MAX));
    static_cast<void>(transport(zenwire::request_view()));
    CHECK(transport.now().count() == INT64_MAX / 1000);
    CHECK(transport.jitter() == 0);
}
