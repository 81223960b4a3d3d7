// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/describe.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::advice_on;
using zenwire::describe;
using zenwire::errc;
using zenwire::error;
using zenwire::explain;
using zenwire::outcome;

constexpr error refused_order() {
    error refused = error::make(errc::api_error, zenwire::blame::remote, "This instance has an unpaid order.");
    refused.http_status = 403;
    refused.api_code = zenwire::api_code::operation_denied_instance_exist_pay_order;
    refused.api_code_text = "OPERATION_DENIED_INSTANCE_EXIST_PAY_ORDER";
    refused.request_id = "T-1";
    return refused;
}

// an error whose every text is as long as it can be
error largest() {
    error failure;
    failure.code = errc::outcome_unknown;
    failure.cause = errc::unexpected_error_body;
    failure.blame = zenwire::blame::transport;
    failure.outcome = outcome::unknown;
    failure.http_status = 65535;
    failure.retry_after_seconds = UINT32_MAX;
    failure.clock_offset_seconds = INT64_MIN;
    failure.field = "trafficPackageSize";
    failure.api_code_text = std::string(zenwire::limits::api_code, 'c');
    failure.message = std::string(zenwire::limits::message, 'm');
    failure.request_id = std::string(zenwire::limits::request_id, 'r');
    failure.excerpt = std::string(zenwire::limits::excerpt, 'e');
    return failure;
}

template <class Text>
auto lines_of(Text const& text) {
    return std::ranges::count(text.view(), '\n');
}

}  // namespace

TEST_CASE("an error in one line says code, blame, outcome, whether to try again, what the API said, and what to do") {
    CHECK(describe(refused_order()).view() ==
          "code=api_error blame=remote outcome=not_executed retry=no status=403 "
          "api_code=\"OPERATION_DENIED_INSTANCE_EXIST_PAY_ORDER\" request_id=\"T-1\" "
          "message=\"This instance has an unpaid order.\" advice=\"pay or cancel that order first\"");
}

TEST_CASE("a refusal of our own needs no server to be described, and no heap") {
    constexpr auto line =
        describe(error::make(errc::invalid_parameter, zenwire::blame::local, "instanceId must not be empty", "instanceId"));
    static_assert(line.view() ==
                  "code=invalid_parameter blame=local outcome=not_executed retry=no field=\"instanceId\" "
                  "message=\"instanceId must not be empty\" advice=\"correct it: nothing was sent\"");
    CHECK_FALSE(line.truncated());
}

TEST_CASE("what made an outcome unknown, a wait and a wrong clock are in the line") {
    error failure = error::make(errc::outcome_unknown, zenwire::blame::transport, "");
    failure.cause = errc::transport_failed;
    failure.outcome = outcome::unknown;
    failure.retry_after_seconds = 7;
    failure.clock_offset_seconds = -400;
    const auto line = describe(failure);
    CHECK(contains(line, "code=outcome_unknown cause=transport_failed blame=transport outcome=unknown"));
    CHECK(contains(line, " retry_after=7 clock_offset=-400 "));
    failure.retry_after_seconds = 0;
    CHECK(contains(describe(failure), " retry_after=0 "));
}

TEST_CASE("what a server wrote cannot end the line, forge a pair or drive a terminal") {
    error failure = refused_order();
    failure.message = "a\nb\" outcome=executed \x1B[2J\xE2\x80\xAE\xFF";
    failure.request_id = "x\" code=ok \r\n";
    failure.api_code_text = "E\" blame=local \t";
    for (std::string const& text : {std::string(describe(failure).view()), std::string(explain(failure).view())}) {
        CAPTURE(text);
        CHECK(std::ranges::count(text, '\x1B') == 0);
        CHECK(std::ranges::count(text, '\r') == 0);
        CHECK_FALSE(contains(text, "\xE2\x80\xAE"));
    }
    const auto line = describe(failure);
    CHECK(lines_of(line) == 0);
    CHECK(contains(line, "message=\"a b' outcome=executed  [2J ?\" "));
    CHECK(contains(line, "request_id=\"x' code=ok   \" "));
}

TEST_CASE("the longest error fits into its line and into its page") {
    CHECK_FALSE(describe(largest()).truncated());
    CHECK(describe(largest()).view().ends_with('"'));
    CHECK_FALSE(explain(largest()).truncated());
    CHECK(contains(describe(largest()), "clock_offset=-9223372036854775808 "));
}

TEST_CASE("for people there is a headline, what happened, what to do, and what support asks for") {
    CHECK(explain(refused_order()).view() ==
          "api_error: the instance has an unpaid order\n"
          "  what happened  nothing was carried out, no money moved\n"
          "  what to do     pay or cancel that order first\n"
          "  API code       OPERATION_DENIED_INSTANCE_EXIST_PAY_ORDER\n"
          "  HTTP status    403\n"
          "  request id     T-1\n");
}

TEST_CASE("whether trying again is safe is said to people too") {
    error failure = error::make(errc::not_sent, zenwire::blame::transport, "no route");
    CHECK(contains(explain(failure), "  trying again   is safe, and may help\n"));
    CHECK_FALSE(contains(explain(refused_order()), "trying again"));
}

TEST_CASE("people are told which clock is ahead") {
    error failure = refused_order();
    failure.clock_offset_seconds = 400;
    CHECK(contains(explain(failure), "  this clock     400 s behind the server's\n"));
    failure.clock_offset_seconds = -400;
    CHECK(contains(explain(failure), "  this clock     400 s ahead of the server's\n"));
}

TEST_CASE("an order of unknown outcome is never advised to be sent again, whatever the code says") {
    for (int value = 1; !to_string(static_cast<errc>(value)).empty(); ++value) {
        error failure = error::make(static_cast<errc>(value), zenwire::blame::remote, "");
        failure.outcome = outcome::unknown;
        CAPTURE(to_string(failure.code));
        CHECK(contains(advice_on(failure), "do not send it again"));
        failure.reads_only = true;
        CHECK_FALSE(contains(advice_on(failure), "do not send it again"));
    }
}

TEST_CASE("every error has advice") {
    for (int value = 1; !to_string(static_cast<errc>(value)).empty(); ++value) {
        CAPTURE(value);
        CHECK_FALSE(advice_on(error::make(static_cast<errc>(value), zenwire::blame::local, "")).empty());
    }
    CHECK(advice_on(refused_order()) == "pay or cancel that order first");
}
