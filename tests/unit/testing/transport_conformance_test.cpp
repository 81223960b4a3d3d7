// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/transport_conformance.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

#include "sent_request.hpp"

namespace {

using zenwire::transport_duty;
using zenwire::transport_observation;
using zenwire::transport_outcome;
using zenwire::transport_report;
using zenwire::transport_scenario;
using zenwire::transport_verdict;

using namespace transport_kit_tests;

transport_scenario scenario(std::string_view name) {
    const auto all = zenwire::transport_scenarios();
    const auto found = std::ranges::find(all, name, &transport_scenario::name);
    REQUIRE(found != all.end());
    return *found;
}

transport_report tells(transport_outcome outcome) {
    transport_report report;
    report.outcome = outcome;
    return report;
}

transport_report returns(int status, std::string body) {
    transport_report report = tells(transport_outcome::response);
    report.status = status;
    report.body = std::move(body);
    return report;
}

const std::string first = R"({"requestId":"first"})";

/// What the judge says of it must be against this duty.
void check_breaks(transport_duty duty, std::string_view name, transport_observation const& observed) {
    const transport_verdict verdict = judge_transport(scenario(name), here, observed);
    CHECK_FALSE(verdict.kept);
    INFO(verdict.why);
    CHECK(to_string(verdict.duty) == to_string(duty));
}

constexpr std::string_view plain = "the response says its length";
constexpr std::string_view broken = "the server closes after the request";

}  // namespace

TEST_CASE("there are scenarios for every duty, each with a name of its own") {
    std::set<std::string> names;
    std::set<transport_duty> duties;
    for (auto const& each : zenwire::transport_scenarios()) {
        CHECK(names.insert(each.name).second);
        CHECK(!each.expected.empty());
        duties.insert(each.duty);
    }
    CHECK(duties.size() == static_cast<std::size_t>(transport_duty::ends_nothing) + 1);
}

TEST_CASE("every duty has its name") {
    CHECK(to_string(transport_duty::sends_as_signed) == "sends_as_signed");
    CHECK(to_string(transport_duty::ends_nothing) == "ends_nothing");
    CHECK(to_string(static_cast<transport_duty>(99)).empty());
}

TEST_CASE("a proper exchange keeps all duties") {
    const transport_verdict verdict =
        judge_transport(scenario(plain), here, {.received = {sent(scenario(plain))}, .reports = {returns(200, first)}});
    INFO(verdict.why);
    CHECK(verdict.kept);
    CHECK(verdict.on_the_wire == 1);
}

TEST_CASE("a field that was added is no change") {
    std::string bytes = sent(scenario(plain));
    bytes.insert(bytes.find("content-length"), "user-agent: x\r\naccept: */*\r\n");
    CHECK(judge_transport(scenario(plain), here, {.received = {bytes}, .reports = {returns(200, first)}}).kept);
}

TEST_CASE("two copies on the wire are noticed, also in part, and also unread") {
    const std::string one = sent(scenario(broken));
    const auto unknown = tells(transport_outcome::unknown);
    check_breaks(transport_duty::sends_once, broken, {.received = {one, one}, .reports = {unknown}});
    check_breaks(transport_duty::sends_once, broken, {.received = {one + one}, .reports = {unknown}});
    check_breaks(transport_duty::sends_once, broken, {.received = {one, one.substr(0, 20)}, .reports = {unknown}});
    check_breaks(transport_duty::sends_once, broken, {.received = {one}, .unread = 1, .reports = {unknown}});
}

TEST_CASE("a redirect that was followed is noticed") {
    const std::string_view name = "307 to another path";
    const std::string one = sent(scenario(name));
    check_breaks(transport_duty::follows_no_redirect, name, {.received = {one + one}, .reports = {returns(200, first)}});
}

TEST_CASE("what arrives must be what was signed") {
    const std::string one = sent(scenario(plain));
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string other = one;
        other.replace(other.find(from), from.size(), to);
        return transport_observation{.received = {other}, .reports = {returns(200, first)}};
    };
    for (const auto& change : {std::pair("POST", "GET"), std::pair("/api", "//api"), std::pair("host", "hast"),
                               std::pair("i-1", "i-2"), std::pair("x-zc-action", "host: x\r\nx-zc-action"),
                               std::pair("content-length", "transfer-encoding: x\r\ncontent-length")}) {
        INFO(change.first);
        check_breaks(transport_duty::sends_as_signed, plain, with(change.first, change.second));
    }
}

TEST_CASE("a body in chunks is one request, and not as it was signed") {
    std::string bytes = sent(scenario(plain));
    const std::size_t body = bytes.find("\r\n\r\n") + 4;
    const std::size_t length = bytes.find("content-length");
    bytes.append("\r\n0\r\n\r\n").insert(body, "40\r\n").replace(length, body - length - 4, "transfer-encoding: chunked");
    const transport_verdict verdict =
        judge_transport(scenario(plain), here, {.received = {bytes}, .reports = {returns(200, first)}});
    CHECK(verdict.on_the_wire == 1);
    CHECK(to_string(verdict.duty) == to_string(transport_duty::sends_as_signed));
}

TEST_CASE("not_sent when the time is over is true, but not behind a silent address, which may have taken all of it") {
    auto late = tells(transport_outcome::not_sent);
    late.took = scenario(plain).timeout;
    CHECK(judge_transport(scenario(plain), here, {.reports = {late}}).kept);
    const std::string_view again = "the response to a request that was given up comes late";
    const transport_scenario both = scenario(again);
    const auto whole = returns(200, R"({"requestId":"second"})");
    late.took = both.timeout;
    CHECK(judge_transport(both, here, {.received = {sent(both, 1)}, .reports = {late, whole}}).kept);
    check_breaks(transport_duty::not_sent_only_when_sure, again,
                 {.received = {sent(both, 0), sent(both, 1)}, .reports = {late, whole}});
    const std::string_view two = "the first of two addresses never says a word";
    late.took = scenario(two).timeout;
    check_breaks(transport_duty::tries_all_addresses, two, {.reports = {late}});
}

TEST_CASE("a request to a server with a wrong certificate is noticed") {
    const std::string_view name = "the certificate is too old";
    const auto report = returns(200, first);
    check_breaks(transport_duty::verifies_certificate, name,
                 {.received = {sent(scenario(name))}, .reports = {report, report}});
}

TEST_CASE("not_sent of what was on the wire is noticed, and unknown of what was not") {
    const auto not_sent = tells(transport_outcome::not_sent);
    const auto unknown = tells(transport_outcome::unknown);
    check_breaks(transport_duty::not_sent_only_when_sure, broken,
                 {.received = {sent(scenario(broken))}, .reports = {not_sent}});
    check_breaks(transport_duty::not_sent_only_when_sure, "the server resets with the request unread",
                 {.unread = 1, .reports = {not_sent}});
    check_breaks(transport_duty::says_not_sent, "nobody listens", {.reports = {unknown, unknown}});
    check_breaks(transport_duty::says_not_sent, "nobody listens", {.reports = {not_sent, unknown}});
}

TEST_CASE("a handshake is no request") {
    const auto not_sent = tells(transport_outcome::not_sent);
    CHECK(judge_transport(scenario("TLS stays silent"), here,
                          {.received = {"\x16\x03\x01 hello"}, .reports = {not_sent, not_sent}})
              .kept);
}

TEST_CASE("too much and too long are noticed") {
    const std::string_view endless = "the body ends with the connection, and does not end";
    check_breaks(
        transport_duty::bounds_size, endless,
        {.received = {sent(scenario(endless))}, .bytes_said = 64U << 20U, .reports = {tells(transport_outcome::unknown)}});
    auto late = tells(transport_outcome::unknown);
    late.took = zenwire::milliseconds(5000);
    const std::string_view silent = "the server never answers";
    check_breaks(transport_duty::bounds_time, silent, {.received = {sent(scenario(silent))}, .reports = {late}});
    check_breaks(transport_duty::bounds_time, silent, {.received = {sent(scenario(silent))}, .hung = true});
}

TEST_CASE("a response that is none, another one, or without its fields is noticed") {
    const std::string one = sent(scenario(plain));
    check_breaks(transport_duty::takes_no_part_for_whole, broken, {.received = {one}, .reports = {returns(200, "")}});
    check_breaks(transport_duty::returns_the_response, plain, {.received = {one}, .reports = {returns(201, first)}});
    check_breaks(transport_duty::returns_the_response, plain, {.received = {one}, .reports = {returns(200, "{}")}});
    check_breaks(transport_duty::returns_the_response, plain, {.reports = {returns(200, first)}});
    auto without = returns(200, first);
    without.gives_fields = true;
    check_breaks(transport_duty::returns_the_response, plain, {.received = {one}, .reports = {without}});
    without.fields = {{"Retry-After", "7"}};
    CHECK(judge_transport(scenario(plain), here, {.received = {one}, .reports = {without}}).kept);
}

TEST_CASE("a wrong outcome is against the duty that the scenario is about, or against that of returning the response") {
    const auto unknown = tells(transport_outcome::unknown);
    for (const std::string_view about_responses :
         {plain, std::string_view("307 to another path"), std::string_view("the server says 429 Too Many Requests"),
          std::string_view("the path has escapes, dots and a query")}) {
        INFO(about_responses);
        check_breaks(transport_duty::returns_the_response, about_responses,
                     {.received = {sent(scenario(about_responses))}, .reports = {unknown}});
    }
    const std::string_view two = "the first of two addresses refuses";
    check_breaks(transport_duty::tries_all_addresses, two, {.received = {sent(scenario(two))}, .reports = {unknown}});
    const std::string_view signals = "signals come while the response is waited for";
    check_breaks(transport_duty::ends_nothing, signals, {.received = {sent(scenario(signals))}, .reports = {unknown}});
    // and so with a response where there must be none
    const std::string_view over = "a body is one byte larger than allowed";
    check_breaks(transport_duty::bounds_size, over,
                 {.received = {sent(scenario(over))}, .reports = {returns(200, std::string(5001, ' '))}});
    const std::string_view old = "the certificate is too old";
    check_breaks(transport_duty::verifies_certificate, old, {.reports = {returns(200, first), returns(200, first)}});
}

TEST_CASE("what throws, dies or says nothing is noticed") {
    const std::string one = sent(scenario(broken));
    check_breaks(transport_duty::ends_nothing, broken, {.received = {one}, .reports = {tells(transport_outcome::threw)}});
    check_breaks(transport_duty::ends_nothing, broken, {.received = {one}, .abrupt_end = "Broken pipe"});
    check_breaks(transport_duty::ends_nothing, broken, {.received = {one}});
}

TEST_CASE("what a transport tells is kept") {
    struct response {
        int status;
        std::string body;
        std::vector<std::pair<std::string, std::string>> fields;
    };
    using result = zenwire::expected<response, zenwire::transport_error>;
    const zenwire::request_view request;
    auto answers = [](zenwire::request_view const&) { return result(response{200, "x", {{"a", "b"}}}); };
    const transport_report answer = zenwire::observe_transport(answers, request);
    CHECK(answer.outcome == transport_outcome::response);
    CHECK(answer.status == 200);
    CHECK(answer.body == "x");
    CHECK(answer.fields.size() == 1);
    auto fails = [](zenwire::request_view const&) {
        return result(zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent, "why")));
    };
    const transport_report failure = zenwire::observe_transport(fails, request);
    CHECK(failure.outcome == transport_outcome::not_sent);
    CHECK(failure.message == "why");
    auto throws = [](zenwire::request_view const&) -> result { throw std::runtime_error("thrown"); };
    CHECK(zenwire::observe_transport(throws, request).message == "thrown");
}
