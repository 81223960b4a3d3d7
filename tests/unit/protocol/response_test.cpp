// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/response.hpp>

#include <climits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/modify_instance_traffic_package.hpp>

#include "../results.hpp"

namespace {

using zenwire::api_code;
using zenwire::errc;
using zenwire::field;
using zenwire::outcome;
using action = zenwire::modify_instance_traffic_package;

/// The same answers to an action that only reads.
struct reading_action : action {
    static constexpr bool reads_only = true;
};

constexpr std::string_view success_body =
    R"({"requestId":"T1","response":{"requestId":"T1","orderNumber":"1234567654321"}})";

constexpr std::string_view error_body =
    R"({"requestId":"T1","code":"INVALID_INSTANCE_NOT_FOUND","message":"no such instance"})";

constexpr std::string_view limit_body = R"({"requestId":"T1","code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"})";

template <class Action = action>
zenwire::expected<zenwire::modify_instance_traffic_package::response> parse(int status, std::string_view body,
                                                                            std::vector<field> const& fields = {}) {
    return zenwire::parse_response<Action>(zenwire::services::bmc_2022_11_20,
                                           {status, body, zenwire::field_list(fields)});
}

zenwire::error error_of(int status, std::string_view body, std::vector<field> const& fields = {}) {
    const auto result = parse(status, body, fields);
    REQUIRE_FALSE(result.has_value());
    return result.error();
}

/// What the test knows of a body.
struct body_sample {
    std::string_view body;
    bool is_success = false;
    bool has_code = false;
    bool is_limit = false;
    /// beside a code
    bool has_response = false;
};

/// The table of the design: first match, top to bottom.
struct verdict {
    enum outcome outcome;
    bool retryable;
};

verdict by_the_table(int status, body_sample const& body, bool is_challenge, bool reads_only) {
    const bool is_4xx = status >= 400 && status < 500;
    if (status == 200 && body.is_success) {
        return {outcome::executed, false};
    }
    if (body.is_success || (is_4xx && body.has_response) || (status == 200 && body.has_code)) {
        return {outcome::unknown, reads_only};
    }
    if ((is_challenge && is_4xx) || status == 451) {
        return {outcome::not_executed, false};
    }
    if (body.is_limit && status >= 400 && status < 600) {
        return {outcome::not_executed, reads_only};
    }
    if (body.has_code && is_4xx) {
        return {outcome::not_executed, false};
    }
    if (status >= 300 && status < 500) {
        return reads_only ? verdict{outcome::not_executed, status == 408 || status == 429}
                          : verdict{outcome::unknown, false};
    }
    return {outcome::unknown, reads_only};
}

static_assert(std::is_trivially_copyable_v<zenwire::error>);

}  // namespace

TEST_CASE("whatever the status and the body the outcome is the one of the table") {
    const body_sample bodies[] = {
        {success_body, true},
        {error_body, false, true},
        {limit_body, false, true, true},
        {""},
        {"<html>Bad Gateway</html>"},
        {"{}"},
        {R"({"response":{"orderNumber":1},"code":"X"})", false, true, false, true},
        {R"({"response":{"orderNumber":1},"code":"Request.Limit.Exceeded"})", false, true, true, true},
        {R"({"code":40301})", false, true},
        {R"({"message":[],"code":"X"})", false, true},
        {R"({"response":[]})"},
        {R"([{"code":"X"}])"},
        {success_body.substr(0, success_body.size() - 1)},
        {error_body.substr(0, error_body.size() - 1)},
    };
    const std::vector<std::vector<field>> field_lists = {{}, {{"CF-Mitigated", "challenge"}}, {{"retry-after", "7"}}};
    for (int status = -1; status <= 999; ++status) {
        for (auto const& each : bodies) {
            for (auto const& fields : field_lists) {
                CAPTURE(status);
                CAPTURE(each.body);
                const bool is_challenge = !fields.empty() && fields[0].name == "CF-Mitigated";
                const verdict wanted = by_the_table(status, each, is_challenge, false);
                const auto result = parse(status, each.body, fields);
                REQUIRE(result.has_value() == (wanted.outcome == outcome::executed));
                if (!result) {
                    REQUIRE(result.error().outcome == wanted.outcome);
                    REQUIRE(result.error().retryable() == wanted.retryable);
                    REQUIRE(result.error().http_status == (status < 0 ? 0 : status));
                    const verdict wanted_of_read = by_the_table(status, each, is_challenge, true);
                    const auto reading = parse<reading_action>(status, each.body, fields);
                    REQUIRE(reading.error().outcome == wanted_of_read.outcome);
                    REQUIRE(reading.error().retryable() == wanted_of_read.retryable);
                    REQUIRE((result.error().retry_after_seconds.has_value()) ==
                            (fields.size() == 1 && fields[0].name == "retry-after"));
                }
            }
        }
    }
}

TEST_CASE("a status that no server can send is told as none") {
    for (const int status : {-1, 10'000, INT_MAX, INT_MIN}) {
        CAPTURE(status);
        const auto result = parse(status, error_body, {});
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().http_status == 0);
    }
    CHECK(parse(9999, error_body, {}).error().http_status == 9999);
}

TEST_CASE("each kind of response has its own code and blame") {
    using zenwire::blame;
    const std::vector<field> challenge = {{"CF-MITIGATED", "challenge"}};
    const std::string deep = R"({"requestId":"T1","x":)" + std::string(1000, '[');
    const std::string long_order =
        R"({"response":{"orderNumber":")" + std::string(zenwire::limits::order_number + 1, '1') + "\"}}";
    struct {
        int status;
        std::string_view body;
        std::vector<field> fields;
        errc code;
        enum blame blame;
    } const cases[] = {
        {404, error_body, {}, errc::api_error, blame::local},
        {500, error_body, {}, errc::api_error, blame::remote},
        {503, R"({"code":"SOMETHING_NEW"})", {}, errc::api_error, blame::remote},
        {408, error_body, {}, errc::api_error, blame::local},
        {429, limit_body, {}, errc::rate_limited, blame::local},
        {429, "<html>", {}, errc::rate_limited, blame::local},
        {429, "", challenge, errc::security_challenge, blame::transport},
        {429, error_body, {}, errc::api_error, blame::local},
        {400, limit_body, {}, errc::rate_limited, blame::local},
        {503, limit_body, {}, errc::rate_limited, blame::local},
        {403, "<html>Just a moment...</html>", challenge, errc::security_challenge, blame::transport},
        {403, error_body, challenge, errc::security_challenge, blame::transport},
        {400, "<html>", challenge, errc::security_challenge, blame::transport},
        {499, "<html>", challenge, errc::security_challenge, blame::transport},
        {399, "<html>", challenge, errc::redirected, blame::transport},
        {500, "<html>", challenge, errc::malformed_response, blame::remote},
        {503, "<html>", challenge, errc::malformed_response, blame::remote},
        {400, error_body, {}, errc::api_error, blame::local},
        {499, error_body, {}, errc::api_error, blame::local},
        {451, "<html>blocked</html>", {}, errc::request_blocked, blame::transport},
        {451, error_body, {}, errc::request_blocked, blame::transport},
        {301, "", {}, errc::redirected, blame::transport},
        {307, success_body, {}, errc::unexpected_status, blame::remote},
        {451, success_body, {}, errc::unexpected_status, blame::remote},
        {503, success_body, {}, errc::unexpected_status, blame::remote},
        {300, error_body, {}, errc::redirected, blame::transport},
        {399, error_body, {}, errc::redirected, blame::transport},
        {299, error_body, {}, errc::unexpected_status, blame::remote},
        {404, "<html>", {}, errc::malformed_response, blame::remote},
        {500, "", {}, errc::malformed_response, blame::remote},
        {400, R"({"requestId":"T1"})", {}, errc::unexpected_status, blame::remote},
        {502, "{}", {}, errc::unexpected_status, blame::remote},
        {201, success_body, {}, errc::unexpected_status, blame::remote},
        {204, "", {}, errc::unexpected_status, blame::remote},
        {206, success_body.substr(0, 20), {}, errc::unexpected_status, blame::remote},
        {100, "", {}, errc::unexpected_status, blame::remote},
        {0, "", {}, errc::unexpected_status, blame::remote},
        {200, error_body, {}, errc::unexpected_error_body, blame::remote},
        {200, limit_body, {}, errc::unexpected_error_body, blame::remote},
        {200, R"({"code":"","response":{}})", {}, errc::unexpected_error_body, blame::remote},
        {200, R"({"requestId":"T1"})", {}, errc::malformed_response, blame::remote},
        {200, R"({"response":null})", {}, errc::malformed_response, blame::remote},
        {200, R"({"response":[]})", {}, errc::malformed_response, blame::remote},
        {200, R"({"code":{},"response":{}})", {}, errc::unexpected_error_body, blame::remote},
        {404, R"({"code":["X"]})", {}, errc::unexpected_status, blame::remote},
        {404, R"({"code":"two words"})", {}, errc::unexpected_status, blame::remote},
        {200, R"({"response":"{}"})", {}, errc::malformed_response, blame::remote},
        {200, R"([{"response":{}}])", {}, errc::malformed_response, blame::remote},
        {200, R"({"response":{"orderNumber":"1","orderNumber":"2"}})", {}, errc::malformed_response, blame::remote},
        {200, R"({"response":{}} x)", {}, errc::malformed_response, blame::remote},
        {200, R"({"response":{}}{"response":{}})", {}, errc::malformed_response, blame::remote},
        {200, "", {}, errc::malformed_response, blame::remote},
        {200, std::string_view("{\0\"\0", 4), {}, errc::malformed_response, blame::remote},
        {200, deep, {}, errc::response_too_deep, blame::remote},
        {200, long_order, {}, errc::response_too_large, blame::remote},
    };
    for (auto const& each : cases) {
        CAPTURE(each.status);
        CAPTURE(each.body);
        const zenwire::error error = error_of(each.status, each.body, each.fields);
        CHECK(error.code == each.code);
        CHECK(error.cause == each.code);
        CHECK(error.blame == each.blame);
        CHECK_FALSE(error.message.empty());
    }
}

TEST_CASE("a success tells request id and order number as they were sent") {
    struct {
        std::string_view body;
        std::string_view request_id;
        std::string_view order_number;
    } const cases[] = {
        {success_body, "T1", "1234567654321"},
        {R"({"requestId":"T1","response":{"requestId":"T2"}})", "T1", ""},
        {R"({"response":{"requestId":"T2","orderNumber":null}})", "T2", ""},
        {R"({"requestId":null,"response":{"requestId":"T2","orderNumber":""}})", "T2", ""},
        {R"({"requestId":"T1","response":{"orderNumber":1234567654321}})", "T1", "1234567654321"},
        {R"({"requestId":"T1","response":{"orderNumber":12345678901234567890123}})", "T1", "12345678901234567890123"},
        {R"({"requestId":"T1","response":{"orderNumber":"A\u002d1"}})", "T1", "A-1"},
        {R"({"response":{}})", "", ""},
        {R"({"code":null,"message":null,"response":{}})", "", ""},
        {"\xEF\xBB\xBF{\"response\":{\"orderNumber\":\"1\"}}\r\n", "", "1"},
        {R"({"response":{"orderNumber":"1","new":[{"requestId":"x"}]},"extra":{"code":"X","requestId":"y"}})", "", "1"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.body);
        const auto result = parse(200, each.body);
        REQUIRE(code_of(result) == errc{});
        CHECK(result->request_id.view() == each.request_id);
        CHECK(result->order_number.view() == each.order_number);
    }
}

TEST_CASE("an error of the API carries its code and message and request id") {
    const zenwire::error error = error_of(
        403, R"({"requestId":"T9","code":"OPERATION_FILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE","message":"none"})");
    CHECK(error.api_code == api_code::operation_failed_instance_not_exist_traffic_package);
    CHECK(error.api_code_text.view() == "OPERATION_FILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE");
    CHECK(zenwire::api_code_spelling(error) == "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE");
    CHECK(error.message.view() == "none");
    CHECK(error.request_id.view() == "T9");
    CHECK(error.excerpt.empty());
    CHECK(error.http_status == 403);

    const zenwire::error unlisted = error_of(400, R"({"code":"Some.New.Code"})");
    CHECK(unlisted.api_code == api_code::unlisted);
    CHECK(zenwire::api_code_spelling(unlisted) == "Some.New.Code");
    CHECK_FALSE(unlisted.message.empty());
}

TEST_CASE("an error names a field where the response has another form than documented and nowhere else") {
    const std::string long_number(200, '1');
    struct {
        int status;
        std::string body;
        errc code;
        std::string_view field;
    } const cases[] = {
        {200, "{}", errc::malformed_response, "response"},
        {200, R"({"response":{"orderNumber":")" + long_number + "\"}}", errc::response_too_large, "orderNumber"},
        {200, "", errc::malformed_response, ""},
        {200, std::string(error_body), errc::unexpected_error_body, ""},
        {404, std::string(error_body), errc::api_error, ""},
        {429, std::string(limit_body), errc::rate_limited, ""},
        {302, "", errc::redirected, ""},
        {451, "", errc::request_blocked, ""},
        {500, "{}", errc::unexpected_status, ""},
        {502, "<html>", errc::malformed_response, ""},
    };
    for (auto const& each : cases) {
        CAPTURE(each.status);
        CAPTURE(each.body);
        const zenwire::error error = error_of(each.status, each.body);
        CHECK(error.code == each.code);
        CHECK(error.field == each.field);
    }
}

TEST_CASE("every text of an error that was cut says so") {
    const std::string text(1000, 'x');
    const zenwire::error error =
        error_of(400, R"({"requestId":")" + text + R"(","code":")" + text + R"(","message":")" + text + "\"}");
    CHECK(error.request_id.truncated());
    CHECK(error.api_code_text.truncated());
    CHECK(error.message.truncated());
    CHECK(error.api_code == api_code::unlisted);
    CHECK(error_of(502, text).excerpt.truncated());
    const zenwire::error whole = error_of(404, error_body);
    CHECK_FALSE(whole.request_id.truncated());
    CHECK_FALSE(whole.api_code_text.truncated());
    CHECK_FALSE(whole.message.truncated());
}

TEST_CASE("a success that was cut at any byte is no success and keeps a whole request id or none") {
    const std::string_view bodies[] = {
        success_body,
        R"({"requestId":"T1234-5678","response":{"requestId":"T1234-5678","orderNumber":98765}})",
        R"({"response":{"orderNumber":"1","requestId":"T1234-5678"}})",
        R"({"requestId":"T\u0031\u0032-5678","response":{}})",
        "\xEF\xBB\xBF{\"requestId\":\"T1\",\"response\":{}}",
    };
    for (const std::string_view body : bodies) {
        const auto whole = parse(200, body);
        REQUIRE(whole.has_value());
        for (std::size_t size = 0; size < body.size(); ++size) {
            CAPTURE(body.substr(0, size));
            const zenwire::error error = error_of(200, body.substr(0, size));
            REQUIRE(error.code == errc::malformed_response);
            REQUIRE(error.outcome == outcome::unknown);
            REQUIRE((error.request_id.empty() || error.request_id.view() == whole->request_id.view()));
            REQUIRE_FALSE(error.retryable());
        }
    }
}

TEST_CASE("an error body that was cut at any byte keeps a whole request id or none") {
    for (std::size_t size = 0; size < error_body.size(); ++size) {
        const zenwire::error error = error_of(404, error_body.substr(0, size));
        CAPTURE(error_body.substr(0, size));
        REQUIRE(error.code == errc::malformed_response);
        REQUIRE(error.outcome == outcome::unknown);
        REQUIRE(error.api_code_text.empty());
        REQUIRE(error.request_id.empty() == (size < error_body.find("T1\"") + 3));
        REQUIRE((error.request_id.empty() || error.request_id.view() == "T1"));
    }
}

TEST_CASE("the request id is kept from whatever else is wrong with the response") {
    for (const std::string_view body :
         {R"({"requestId":"T1","response":[]})", R"({"response":1,"requestId":"T1"})",
          R"({"requestId":"T1","response":{"orderNumber":"1","orderNumber":"1"}})", R"({"requestId":"T1"} trailing)",
          R"({"requestId":"T1","code":"X","code":"Y"})", R"({"requestId":"T1","requestId":"T2"})",
          R"({"requestId":{},"response":{"requestId":"T1"},"code":"X"})"}) {
        CAPTURE(body);
        CHECK(error_of(200, body).request_id.view() == "T1");
    }
}

TEST_CASE("a row of the table decides before the rows below it") {
    using zenwire::errc;
    using zenwire::detail::json_fault;
    zenwire::detail::response_facts everything{403, json_fault::none, true, true, true, true, true};
    const auto judge = [&] { return zenwire::detail::judge_response(everything).code; };
    CHECK(judge() == errc::unexpected_status);
    everything.is_success_body = false;
    CHECK(judge() == errc::security_challenge);
    everything.is_challenge = false;
    CHECK(judge() == errc::rate_limited);
    everything.has_limit_code = false;
    CHECK(judge() == errc::api_error);
    everything.status = 429;
    CHECK(judge() == errc::api_error);
    everything.has_api_code = false;
    CHECK(judge() == errc::rate_limited);
    everything.status = 200;
    CHECK(judge() == errc::unexpected_error_body);
}

TEST_CASE("only what is certain is certain for an order") {
    using zenwire::detail::json_fault;
    for (int status = 0; status < 1000; ++status) {
        for (unsigned flags = 0; flags < 32; ++flags) {
            const auto is = [&](unsigned flag) { return (flags & flag) != 0; };
            const zenwire::detail::response_facts facts{status, json_fault::none, is(1), is(2), is(4), is(8), is(16)};
            const auto judged = zenwire::detail::judge_response(facts);
            CHECK(judged.of_order != outcome::executed);
            CHECK(judged.of_read != outcome::executed);
            if (judged.of_order == outcome::not_executed) {
                CHECK(judged.of_read == outcome::not_executed);
                CHECK(status >= 400);
                CHECK((status == 451 || facts.is_challenge || facts.has_limit_code || facts.has_api_code));
                CHECK_FALSE(facts.is_success_body);
            }
        }
    }
}

TEST_CASE("the outer request id counts and else the inner one in results and in errors") {
    struct {
        std::string_view json;
        std::string_view id;
    } const cases[] = {
        {R"({"requestId":"T1","response":{"requestId":"T2"}})", "T1"},
        {R"({"response":{"requestId":"T2"}})", "T2"},
        {R"({"requestId":null,"response":{"requestId":"T2"}})", "T2"},
        {R"({"requestId":"","response":{"requestId":"T2"}})", "T2"},
        {R"({"requestId":"T1","response":null})", "T1"},
        {R"({"response":{}})", ""},
        {"{}", ""},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        const auto parsed = zenwire::parse_response<action>(zenwire::services::bmc_2026_02_01, {200, each.json, {}});
        CHECK((parsed ? parsed->request_id : parsed.error().request_id).view() == each.id);
        const auto refused = zenwire::parse_response<action>(zenwire::services::bmc_2026_02_01, {500, each.json, {}});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().request_id.view() == each.id);
    }
}

TEST_CASE("of a code that is longer than its text, all of it decides whether the API refused") {
    const auto outcome_of = [](std::string const& code) {
        const std::string body = R"({"code":")" + code + R"("})";
        zenwire::response_view response;
        response.status = 400;
        response.body = body;
        const auto result = zenwire::parse_response<zenwire::modify_instance_traffic_package>(
            zenwire::services::bmc_2026_02_01, response);
        return result.error().outcome;
    };
    const std::string longer(zenwire::limits::api_code + 1, 'A');
    CHECK(outcome_of(longer) == zenwire::outcome::not_executed);
    CHECK(outcome_of(longer + "<") == zenwire::outcome::unknown);
    CHECK(outcome_of(R"(\u0041)" + longer + R"(\u0000)") == zenwire::outcome::unknown);
}
