// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/time.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::detail::parse_http_date;
using zenwire::unix_seconds;

static_assert(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == unix_seconds(784111777));
static_assert(!parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"));

/// The parts of a date in the form of HTTP.
std::string http_date(std::tm const& parts) {
    constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64];
    std::snprintf(text, sizeof(text), "Thu, %02d %s %04d %02d:%02d:%02d GMT", parts.tm_mday, months[parts.tm_mon],
                  parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text;
}

/// What the standard library makes of the parts; nothing when there is no such day. Not the C library: those of Windows end
/// with the year 3000.
std::optional<std::int64_t> reference(std::tm const& parts) {
    using namespace std::chrono;
    const year_month_day date(year(parts.tm_year + 1900), month(static_cast<unsigned>(parts.tm_mon + 1)),
                              day(static_cast<unsigned>(parts.tm_mday)));
    if (!date.ok()) {
        return std::nullopt;
    }
    // in seconds first: minutes since 1970 may be too many for 32 bits
    const sys_seconds time = sys_seconds(sys_days(date)) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
    return time.time_since_epoch().count();
}

void check_against_reference(std::tm const& parts) {
    const auto read = parse_http_date(http_date(parts));
    CAPTURE(http_date(parts));
    CHECK((read ? std::optional(read->count()) : std::nullopt) == reference(parts));
}

std::tm midnight(int year, int month, int day) {
    std::tm parts{};
    parts.tm_year = year - 1900;
    parts.tm_mon = month;
    parts.tm_mday = day;
    return parts;
}

}  // namespace

TEST_CASE("dates are read to the second") {
    struct {
        std::string_view text;
        std::int64_t seconds;
    } const cases[] = {
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Tue, 10 Jan 2023 14:32:57 GMT", 1673361177},   {"Tue, 19 Jan 2038 03:14:08 GMT", 2147483648},
        {"Thu, 29 Feb 2024 23:59:59 GMT", 1709251199},   {"Tue, 29 Feb 2000 00:00:00 GMT", 951782400},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799}, {"Sat, 31 Dec 2016 23:59:60 GMT", 1483228800},
        {"  Thu, 01 Jan 1970 00:00:01 GMT\t", 1},        {"Mon, 01 Jan 1970 00:00:00 GMT", 0},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto read = parse_http_date(each.text);
        REQUIRE(read.has_value());
        CHECK(read->count() == each.seconds);
    }
}

TEST_CASE("any other text is not a date") {
    for (const std::string_view text : {
             ""sv,
             "now"sv,
             "120"sv,
             "Sunday, 06-Nov-94 08:49:37 GMT"sv,
             "Sun Nov  6 08:49:37 1994"sv,
             "Sun, 6 Nov 1994 08:49:37 GMT"sv,
             "Sun, 06 Nov 1994 08:49:37 UTC"sv,
             "Sun, 06 Nov 1994 08:49:37 gmt"sv,
             "Sun, 06 Nov 1994 08:49:37"sv,
             "Sun, 06 Nov 1994 08:49:37 GMT+1"sv,
             "Sun, 06 nov 1994 08:49:37 GMT"sv,
             "Sun, 06 anF 1994 08:49:37 GMT"sv,
             "Sun, 06 Foo 1994 08:49:37 GMT"sv,
             "Sun, 06 \0\0\0 1994 08:49:37 GMT"sv,
             "Sun. 06 Nov 1994 08:49:37 GMT"sv,
             "Sun, 06-Nov-1994 08:49:37 GMT"sv,
             "Sun, 06-Nov 1994 08:49:37 GMT"sv,
             "Sun, 06 Nov-1994 08:49:37 GMT"sv,
             "Sun,-06 Nov 1994 08:49:37 GMT"sv,
             "Sun, 06 Nov 1994 08.49.37 GMT"sv,
             "Sun, 06 Nov 1994T08:49:37 GMT"sv,
             "Sun,  6 Nov 1994 08:49:37 GMT"sv,
             "Sun, +6 Nov 1994 08:49:37 GMT"sv,
             "Sun, 06 Nov 199x 08:49:37 GMT"sv,
             "Sun, 06 Nov -994 08:49:37 GMT"sv,
             "Sun, 00 Nov 1994 08:49:37 GMT"sv,
             "Sun, 31 Nov 1994 08:49:37 GMT"sv,
             "Sun, 32 Dec 1994 08:49:37 GMT"sv,
             "Wed, 29 Feb 2023 08:49:37 GMT"sv,
             "Mon, 29 Feb 2100 08:49:37 GMT"sv,
             "Fri, 30 Feb 2024 08:49:37 GMT"sv,
             "Sun, 06 Nov 1994 24:00:00 GMT"sv,
             "Sun, 06 Nov 1994 08:60:00 GMT"sv,
             "Sun, 06 Nov 1994 08:49:61 GMT"sv,
             "Wed, 31 Dec 1969 23:59:59 GMT"sv,
             "Sat, 01 Jan 0000 00:00:00 GMT"sv,
         }) {
        CAPTURE(text);
        CHECK_FALSE(parse_http_date(text).has_value());
    }
}

TEST_CASE("the last days of February and the first of March are those of the standard library in every year") {
    for (int year = 1970; year <= 9999; year += year < 2500 ? 1 : 47) {
        check_against_reference(midnight(year, 1, 28));
        check_against_reference(midnight(year, 1, 29));
        check_against_reference(midnight(year, 2, 1));
    }
}

TEST_CASE("the first and last days of each month are those of the standard library") {
    for (const int year : {1970, 1999, 2000, 2023, 2024, 2100}) {
        for (int month = 0; month < 12; ++month) {
            for (const int day : {1, 28, 29, 30, 31, 32}) {
                check_against_reference(midnight(year, month, day));
            }
        }
    }
}

TEST_CASE("random dates are those of the standard library") {
    std::mt19937 random;
    const auto below = [&](unsigned end) { return static_cast<int>(random() % end); };
    for (int i = 0; i < 5000; ++i) {
        std::tm parts = midnight(1970 + below(8030), below(12), 1 + below(31));
        parts.tm_hour = below(24);
        parts.tm_min = below(60);
        parts.tm_sec = below(60);
        check_against_reference(parts);
    }
}
