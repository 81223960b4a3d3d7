// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/judge_response.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/modify_instance_traffic_package.hpp>

#include "../../results.hpp"

namespace {

using response_type = zenwire::modify_instance_traffic_package::response;

/// An envelope and the response in it.
struct answer : zenwire::detail::envelope {
    explicit answer(std::string_view json) {
        response.target = {&zenwire::detail::json_value_type_for<response_type>, &content};
        envelope& base = *this;
        REQUIRE(zenwire::detail::read_json(json, base).fault == zenwire::detail::json_fault::none);
    }
    answer(answer const&) = delete;
    answer& operator=(answer const&) = delete;

    response_type content;
};

}  // namespace

TEST_CASE("an envelope of a success carries a response and no code") {
    const answer success(R"({"requestId":"T1","response":{"requestId":"T2","orderNumber":"1234567654321"}})");
    CHECK(success.request_id.view() == "T1");
    CHECK(success.response.is_filled);
    CHECK(success.content.request_id.view() == "T2");
    CHECK(success.content.order_number.view() == "1234567654321");
    CHECK_FALSE(success.code.is_there);
}

TEST_CASE("an envelope of a failure carries code and message and no response") {
    const answer failure(
        R"({"requestId":"T1","code":"INVALID_ZONE_NOT_FOUND","message":"The specified zoneId `SEL--A` is not found"})");
    REQUIRE(failure.code.is_text);
    CHECK(failure.code.text.view() == "INVALID_ZONE_NOT_FOUND");
    CHECK(failure.message.view() == "The specified zoneId `SEL--A` is not found");
    CHECK_FALSE(failure.response.is_filled);
}

TEST_CASE("a code that is null is none, an empty one is one, and one of another type is there") {
    CHECK_FALSE(answer(R"({"code":null})").code.is_there);
    CHECK(answer(R"({"code":""})").code.is_text);
    for (const std::string_view json : {R"({"code":true})", R"({"code":{}})", R"({"code":["A"]})"}) {
        CAPTURE(json);
        const answer odd(json);
        CHECK(odd.code.is_there);
        CHECK_FALSE(odd.code.is_text);
    }
    CHECK_FALSE(answer(R"({"response":null})").response.is_filled);
    CHECK(answer(R"({"response":{}})").response.is_filled);
}

TEST_CASE("a text of a response is put whole or cut into its place whether it has escapes or not") {
    const std::string text(255, 'x');
    struct {
        std::string json;
        std::string text;
        bool is_cut;
    } const cases[] = {
        {text + "y", text + "y", false},
        {text + "yz", text + "y", true},
        {text + R"(\u0079)", text + "y", false},
        {text + R"(\u0079z)", text + "y", true},
        {text + "\xC3\xA4", text, true},
        {R"(\n)", "\n", false},
        {"", "", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        const std::string json = R"({"message":")" + each.json + "\"}";
        const answer failure(json);
        CHECK(failure.message.view() == each.text);
        CHECK(failure.message.truncated() == each.is_cut);
    }
}

TEST_CASE("a secret is masked wherever it stands, also its beginning where the text was cut") {
    using text = zenwire::inline_string<16>;
    struct {
        std::string_view text;
        std::string_view masked;
    } const cases[] = {
        {"token", "***"},
        {"a token, a token", "a ***, a ***"},
        {"tokentoken", "******"},
        {"a toke", "a toke"},
        {"", ""},
        {"0123456789 token", "0123456789 ***"},
        {"0123456789abcdtoken", "0123456789abcd**"},
        {"0123456789abtoken", "0123456789ab***"},
        {"0123456789abcdet!", "0123456789abcde"},
        {"token 0123456789abc", "*** 0123456789"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto masked = zenwire::detail::mask_secret(text(each.text), "token");
        CHECK(masked.view().substr(0, each.masked.size()) == each.masked);
        CHECK(masked.truncated() == text(each.text).truncated());
    }
    CHECK(zenwire::detail::mask_secret(text("anything"), "").view() == "anything");
}

TEST_CASE("a secret is masked where JSON has a backslash in it, too") {
    using text = zenwire::inline_string<16>;
    struct {
        std::string_view text;
        std::string_view secret;
        std::string_view masked;
    } const cases[] = {
        {R"(a t\/k\/n!)", "t/k/n", "a ***!"},
        {R"(a t/k\/n!)", "t/k/n", "a ***!"},
        {R"(a t\\k\"n!)", R"(t\k"n)", "a ***!"},
        {R"(a t\k"n!)", R"(t\k"n)", "a ***!"},
        {R"(0123456789 t\/k\/n)", "t/k/n", "0123456789 ***"},
        {R"(\\ \n \/ k)", "t/k/n", R"(\\ \n \/ k)"},
        {R"(a t\/k\/)", "t/k/n", R"(a t\/k\/)"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        CHECK(zenwire::detail::mask_secret(text(each.text), each.secret).view() == each.masked);
    }
}
