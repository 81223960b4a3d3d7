// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/order_watch.hpp>

#include <optional>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/response.hpp>

#include "../../samples.hpp"

namespace {

using zenwire::api_code;
using zenwire::detail::observe;
using zenwire::detail::fate_of;
using zenwire::detail::package_shown;
using zenwire::detail::observed_goal;
using zenwire::detail::order_fate;
using zenwire::detail::observation;
using zenwire::modification_status;
using zenwire::observed_package;
using change = observed_package::change_state;
using size = std::optional<zenwire::traffic_package_size>;

size terabytes(std::string_view text) { return text.empty() ? size() : size(sample::size(text)); }

struct told {
    std::string_view id;
    std::string_view size_now;
    std::optional<std::string_view> status;
    std::string_view next;
};

std::optional<observed_package> look(told const& what) {
    zenwire::describe_instance_internet_status::response response;
    response.instance_id = what.id;
    response.size = terabytes(what.size_now);
    if (what.status) {
        response.modified_traffic_package_status = modification_status::parse(*what.status);
    }
    response.modified_size = terabytes(what.next);
    return package_shown(response, "i-1");
}

observed_package idle(std::string_view now) { return {sample::size(now)}; }
observed_package processing(std::string_view now, std::string_view next) {
    return {sample::size(now), change::processing, terabytes(next)};
}
observed_package planned(std::string_view now, std::string_view next) {
    return {sample::size(now), change::planned, terabytes(next)};
}

observation for_change(observed_package const& seen, observed_package const& before = idle("1")) {
    return observe(seen, observed_goal{false, sample::size("2"), before});
}
observation for_cancel(observed_package const& seen) {
    return observe(seen, observed_goal{true, {}, planned("1", "0.5")});
}

zenwire::error read(int status, std::string_view body, std::string_view field = "x") {
    const zenwire::field fields[] = {{field, "challenge"}};
    const zenwire::response_view response{status, body, zenwire::field_list(fields)};
    const auto result = zenwire::parse_response(sample::action(), zenwire::services::bmc_2022_11_20, response);
    REQUIRE_FALSE(result.has_value());
    return result.error();
}

zenwire::error refusal(api_code code) {
    zenwire::error failure = zenwire::error::make(zenwire::errc::api_error, zenwire::blame::local, "");
    failure.http_status = 403;
    failure.api_code = code;
    return failure;
}

constexpr api_code processing_code = api_code::operation_denied_instance_traffic_package_processing;
constexpr api_code plan_code = api_code::operation_failed_instance_exist_plan_traffic_package;

}  // namespace

TEST_CASE("idle is no change told, or Enable, with no planned size or the size itself") {
    for (const std::optional<std::string_view> status :
         {std::optional<std::string_view>(), std::optional<std::string_view>(""), std::optional<std::string_view>("Enable")}) {
        CHECK(look({"i-1", "1", status, ""}) == idle("1"));
        CHECK(look({"i-1", "1", status, "1"}) == idle("1"));
    }
}

TEST_CASE("a change is told by a known word and its planned size") {
    for (const std::string_view word : {"Processing", "Process", "CHANGING"}) {
        CHECK(look({"i-1", "1", word, "2"}) == processing("1", "2"));
    }
    CHECK(look({"i-1", "1", "WaitToEnable", "0.5"}) == planned("1", "0.5"));
}

TEST_CASE("every other look proves nothing") {
    const told cases[] = {
        {"", "", {}, ""},                       // {}
        {"i-2", "1", "Enable", ""},             // another instance
        {"", "1", "Enable", ""},                // none
        {"i-1", "", "Enable", ""},              // no size
        {"i-1", "1", "Repaired", ""},           // an unknown word
        {"i-1", "1", "Repaired", "2"},          //
        {"i-1", "1", "Enable", "2"},            // no change, and another planned size
        {"i-1", "1", {}, "2"},                  //
        {"i-1", "1", "", "2"},                  //
        {"i-1", "1", "Processing", ""},         // a change to nothing
        {"i-1", "1", "WaitToEnable", ""},       //
    };
    for (told const& each : cases) {
        CAPTURE(each.id);
        CAPTURE(each.size_now);
        CAPTURE(each.status.value_or("none"));
        CAPTURE(each.next);
        CHECK_FALSE(look(each).has_value());
    }
    CHECK(observe(std::nullopt, observed_goal{false, sample::size("2"), idle("1")}) == observation::unclear);
    CHECK(observe(std::nullopt, observed_goal{true, {}, idle("1")}) == observation::unclear);
}

TEST_CASE("what a look is worth for a change") {
    CHECK(for_change(idle("2")) == observation::reached);
    CHECK(for_change(planned("2", "1")) == observation::reached_and_more);
    CHECK(for_change(processing("2", "3")) == observation::reached_and_more);
    CHECK(for_change(processing("1", "2")) == observation::under_way);
    CHECK(for_change(processing("3", "2")) == observation::under_way);
    CHECK(for_change(processing("2", "2")) == observation::under_way);
    CHECK(for_change(planned("2", "2")) == observation::planned);
    CHECK(for_change(planned("3", "2")) == observation::planned);
    CHECK(for_change(idle("1")) == observation::unchanged);
    CHECK(for_change(idle("3")) == observation::foreign);
    CHECK(for_change(processing("1", "3")) == observation::foreign);
    CHECK(for_change(planned("1", "0.5")) == observation::foreign);
}

TEST_CASE("unchanged is the same size, the same kind of change and the same planned size") {
    CHECK(for_change(planned("1", "0.5"), planned("1", "0.5")) == observation::unchanged);
    CHECK(for_change(planned("1", "0.4"), planned("1", "0.5")) == observation::foreign);
    CHECK(for_change(processing("1", "0.5"), planned("1", "0.5")) == observation::foreign);
    CHECK(for_change(idle("1"), planned("1", "0.5")) == observation::foreign);
    CHECK(for_change(planned("3", "0.5"), planned("1", "0.5")) == observation::foreign);
}

TEST_CASE("what a look is worth for a cancellation") {
    CHECK(for_cancel(idle("1")) == observation::reached);
    CHECK(for_cancel(planned("1", "0.5")) == observation::unchanged);
    CHECK(for_cancel(idle("0.5")) == observation::too_late);
    CHECK(for_cancel(processing("1", "0.5")) == observation::under_way);
    CHECK(for_cancel(processing("1", "3")) == observation::under_way);
    CHECK(for_cancel(idle("3")) == observation::foreign);
    CHECK(for_cancel(planned("1", "0.4")) == observation::foreign);
    CHECK(for_cancel(planned("0.5", "0.4")) == observation::foreign);
}

TEST_CASE("a look leads to the verdict on the instance") {
    using kind = zenwire::workflow_verdict::instance_kind;
    using zenwire::detail::instance_shown;
    static_assert(instance_shown(observation::unclear) == kind::not_seen);
    static_assert(instance_shown(observation::unchanged) == kind::unchanged);
    static_assert(instance_shown(observation::under_way) == kind::in_progress);
    static_assert(instance_shown(observation::planned) == kind::planned);
    static_assert(instance_shown(observation::reached) == kind::reached);
    static_assert(instance_shown(observation::reached_and_more) == kind::reached);
    static_assert(instance_shown(observation::too_late) == kind::conflict);
    static_assert(instance_shown(observation::foreign) == kind::conflict);
}

TEST_CASE("a refusal is what the API said itself, in its own form, listed or not") {
    const std::string_view codes[] = {R"({"code":"OPERATION_FAILED_INSUFFICIENT_BALANCE"})",
                                      R"({"code":"Balance.Low","requestId":7})",
                                      R"({"code":"INVALID_INSTANCE_NOT_FOUND","message":"m"})"};
    for (const std::string_view body : codes) {
        CAPTURE(body);
        for (const int status : {400, 403, 404, 429, 499}) {
            CHECK(fate_of(read(status, body)) == order_fate::refused);
        }
    }
    CHECK(fate_of(read(429, R"({"code":"REQUEST_LIMIT_EXCEEDED"})")) == order_fate::refused);
    CHECK(fate_of(read(403, "<html>", "cf-mitigated")) == order_fate::refused);
    CHECK(fate_of(read(451, "<html>")) == order_fate::refused);
}

TEST_CASE("a gateway's word on an order is unknown, and so is all that contradicts itself") {
    struct {
        int status;
        std::string_view body;
    } const cases[] = {
        {403, "<html>"},
        {403, ""},
        {403, R"({"message":"forbidden"})"},
        {403, R"({"code":"not a code"})"},
        {403, R"({"code":""})"},
        {403, R"({"code":"CUT)"},
        {429, "<html>"},
        {429, "{}"},
        {408, "<html>"},
        {302, ""},
        {404, "<html>"},
        {502, "<html>"},
        {503, R"({"code":"SERVICE_TEMPORARY_UNAVAILABLE"})"},
        {500, R"({"code":"REQUEST_LIMIT_EXCEEDED"})"},
        {500, R"({"code":"OPERATION_FAILED_INSUFFICIENT_BALANCE"})"},
        {200, "{}"},
        {200, R"({"code":"OPERATION_FAILED_INSUFFICIENT_BALANCE"})"},
        {201, R"({"response":{"requestId":"r","orderNumber":"1"}})"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.status);
        CAPTURE(each.body);
        CHECK(fate_of(read(each.status, each.body)) == order_fate::unknown);
    }
    CHECK(fate_of(zenwire::detail::make_transport_error(zenwire::transport_failure::unknown, false)) == order_fate::unknown);
}

TEST_CASE("what never left is no order") {
    CHECK(fate_of(zenwire::detail::make_transport_error(zenwire::transport_failure::not_sent, false)) == order_fate::none);
    CHECK(fate_of(zenwire::error::make(zenwire::errc::crypto_failed, zenwire::blame::local, "")) ==
          order_fate::none);
}

TEST_CASE("a refusal whose reason can be seen is believed when it is seen") {
    const observed_package under_change{sample::size("1"), change::processing, sample::size("3")};
    const observed_package with_plan{sample::size("1"), change::planned, sample::size("0.5")};
    const observed_package idle{sample::size("3")};
    const auto shows = [](api_code code, observed_package const& look, observation seen) {
        return zenwire::detail::confirms_refusal(refusal(code), look, seen);
    };
    CHECK(shows(processing_code, under_change, observation::foreign));
    CHECK(shows(plan_code, with_plan, observation::foreign));
    // the change that the order asked for may be the order
    CHECK_FALSE(shows(processing_code, under_change, observation::under_way));
    CHECK_FALSE(shows(plan_code, with_plan, observation::planned));
    CHECK_FALSE(shows(processing_code, with_plan, observation::foreign));
    CHECK_FALSE(shows(plan_code, under_change, observation::foreign));
    CHECK_FALSE(shows(processing_code, idle, observation::foreign));
    CHECK_FALSE(shows(api_code::unlisted, under_change, observation::foreign));
    CHECK(shows(api_code::operation_denied_downgrade_not_exist, idle, observation::too_late));
    CHECK_FALSE(shows(api_code::operation_denied_downgrade_not_exist, idle, observation::reached));
    CHECK_FALSE(shows(api_code::operation_denied_downgrade_not_exist, idle, observation::foreign));
    CHECK_FALSE(shows(plan_code, idle, observation::too_late));
}

TEST_CASE("an instance that was not found is one that a look does not find either") {
    zenwire::error lost = refusal(api_code::invalid_instance_not_found);
    lost.http_status = 404;
    using zenwire::detail::confirms_refusal;
    CHECK(confirms_refusal(refusal(api_code::invalid_instance_not_found), lost));
    CHECK_FALSE(confirms_refusal(refusal(processing_code), lost));
    zenwire::error other = lost;
    other.http_status = 500;
    CHECK_FALSE(confirms_refusal(refusal(api_code::invalid_instance_not_found), other));
    other = lost;
    other.api_code = api_code::unlisted;
    CHECK_FALSE(confirms_refusal(refusal(api_code::invalid_instance_not_found), other));
}

TEST_CASE("these refusals have a reason that can be seen") {
    using zenwire::detail::has_visible_reason;
    for (const api_code code : {processing_code, plan_code, api_code::operation_denied_downgrade_not_exist,
                                api_code::invalid_instance_not_found}) {
        CHECK(has_visible_reason(refusal(code)));
    }
    CHECK_FALSE(has_visible_reason(refusal(api_code::unlisted)));
    CHECK_FALSE(has_visible_reason(refusal(api_code::request_limit_exceeded)));
}
