// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/response.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/modify_instance_traffic_package.hpp>

#include "../results.hpp"

/// @file
/// What a response's fields add to an error, and the beginning of a body that was not understood.

namespace {

using zenwire::field;
using action = zenwire::modify_instance_traffic_package;

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

}  // namespace

TEST_CASE("retry-after is read as seconds or as a date and bounded to a day") {
    constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";
    constexpr zenwire::unix_seconds time_of_date{784111777};
    struct {
        std::vector<field> fields;
        std::optional<zenwire::unix_seconds> now;
        std::optional<std::uint32_t> seconds;
    } const cases[] = {
        {{}, {}, {}},
        {{{"retry-after", ""}}, {}, {}},
        {{{"retry-after", "0"}}, {}, 0},
        {{{"Retry-After", " 7 "}}, {}, 7},
        {{{"retry-after", "86400"}}, {}, 86400},
        {{{"retry-after", "86401"}}, {}, 86400},
        {{{"retry-after", "99999999999999999999999999999999999999"}}, {}, 86400},
        {{{"retry-after", "-1"}}, {}, {}},
        {{{"retry-after", "+1"}}, {}, {}},
        {{{"retry-after", "1.5"}}, {}, {}},
        {{{"retry-after", "1 s"}}, {}, {}},
        {{{"retry-after", "soon"}}, {}, {}},
        {{{"retry-after", "99999999999x"}}, {}, {}},
        {{{"retry-after", date}}, {}, {}},
        {{{"retry-after", date}}, time_of_date, 0},
        {{{"retry-after", date}}, zenwire::unix_seconds(time_of_date.count() - 90), 90},
        {{{"retry-after", date}}, zenwire::unix_seconds(time_of_date.count() + 90), 0},
        {{{"retry-after", date}}, zenwire::unix_seconds(0), 86400},
        {{{"retry-after", date}, {"date", "Sun, 06 Nov 1994 08:49:30 GMT"}}, zenwire::unix_seconds(0), 7},
        {{{"Date", "Sun, 06 Nov 1994 08:49:30 GMT"}, {"RETRY-AFTER", date}}, {}, 7},
        {{{"retry-after", date}, {"date", "yesterday"}}, zenwire::unix_seconds(time_of_date.count() - 5), 5},
        {{{"retry-after", "3"}, {"retry-after", "9"}}, {}, 3},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        CAPTURE(i);
        const zenwire::response_view response{429, "", zenwire::field_list(cases[i].fields)};
        CHECK(zenwire::retry_after_seconds(response, cases[i].now) == cases[i].seconds);
        CHECK(error_of(429, "", cases[i].fields).retry_after_seconds == zenwire::retry_after_seconds(response));
    }
}

TEST_CASE("the server's time is its date field or unknown") {
    const field right[] = {{"DATE", "Tue, 10 Jan 2023 14:32:57 GMT"}};
    const field wrong[] = {{"date", "2023-01-10T14:32:57Z"}};
    CHECK(zenwire::server_time({200, "", zenwire::field_list(right)}) == zenwire::unix_seconds(1673361177));
    CHECK_FALSE(zenwire::server_time({200, "", zenwire::field_list(wrong)}).has_value());
    CHECK_FALSE(zenwire::server_time({}).has_value());
}

TEST_CASE("an excerpt is the first bytes of a body made fit to be printed") {
    const std::string exact(zenwire::limits::excerpt, 'x');
    struct {
        std::string body;
        std::string_view excerpt;
        bool truncated;
    } const cases[] = {
        {"", "", false},
        {"<html>", "<html>", false},
        {"a\r\n\tb\x1B[31m\x7F", "a   b [31m ", false},
        {std::string("\0a", 2), " a", false},
        {"\xFF\xFE"
         "a",
         "??a", false},
        {"实例", "实例", false},
        {"\xE5\xAE", "??", false},
        {"a\xC2\x9B"
         "2J\xC2\x85"
         "b",
         "a 2J b", false},
        {"\xE2\x80\xAE"
         "evil\xE2\x81\xA9",
         " evil ", false},
        {exact, exact, false},
        {exact + "y", exact, true},
        {std::string(zenwire::limits::excerpt - 1, 'x') + "实", std::string_view(exact).substr(1), true},
        {exact + std::string(10'000'000, '\n'), exact, true},
    };
    for (auto const& each : cases) {
        CAPTURE(each.body.substr(0, 200));
        const auto excerpt = error_of(502, each.body).excerpt;
        CHECK(excerpt.view() == each.excerpt);
        CHECK(excerpt.truncated() == each.truncated);
    }
    CHECK(error_of(502, "<html>\nBad Gateway").excerpt.view() == "<html> Bad Gateway");
}
