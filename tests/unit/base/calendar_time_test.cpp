// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/calendar_time.hpp>

#include <cstdint>
#include <ctime>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace {

void check_against_the_c_library(std::int64_t seconds) {
    CAPTURE(seconds);
    const std::time_t time{seconds};
    std::tm expected{};
    REQUIRE(gmtime_r(&time, &expected) != nullptr);
    const zenwire::calendar_time got{zenwire::unix_seconds(seconds)};
    CHECK(got.year == expected.tm_year + 1900);
    CHECK(got.month == expected.tm_mon + 1);
    CHECK(got.day == expected.tm_mday);
    CHECK(got.weekday == expected.tm_wday);
    CHECK(got.hour == expected.tm_hour);
    CHECK(got.minute == expected.tm_min);
    CHECK(got.second == expected.tm_sec);
}

}  // namespace

TEST_CASE("days around the ends of months, leap years and centuries are those of the calendar") {
    for (const std::int64_t day :
         {0, 58, 59, 60, 364, 365, 789, 790, 11015, 11016, 11017, 47540, 47541, 47542, 2932896}) {
        check_against_the_c_library(day * 86400);
        check_against_the_c_library(day * 86400 + 86399);
    }
}

TEST_CASE("February ends in every year as in the calendar") {
    std::int64_t first_day = 0;
    for (int year = 1970; year <= 9999; ++year) {
        const bool is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        const auto day_of_year = [&](std::int64_t day) {
            const zenwire::calendar_time got{zenwire::unix_seconds((first_day + day) * 86400)};
            return std::vector<std::int64_t>{got.year, got.month, got.day};
        };
        const std::vector<std::int64_t> wanted[] = {{year, 1, 1},
                                                    {year, 2, 28},
                                                    is_leap_year ? std::vector<std::int64_t>{year, 2, 29}
                                                                 : std::vector<std::int64_t>{year, 3, 1}};
        REQUIRE(day_of_year(0) == wanted[0]);
        REQUIRE(day_of_year(58) == wanted[1]);
        REQUIRE(day_of_year(59) == wanted[2]);
        first_day += is_leap_year ? 366 : 365;
    }
}

TEST_CASE("any second from 1970 to 9999 is told as the C library tells it") {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::int64_t> seconds(0, zenwire::unix_seconds::last);
    for (int i = 0; i < 2000; ++i) {
        check_against_the_c_library(seconds(random));
    }
}

TEST_CASE("times that cannot be told become the nearest that can") {
    const zenwire::calendar_time before{zenwire::unix_seconds(-1)};
    CHECK(before.year == 1970);
    CHECK(before.second == 0);
    const zenwire::calendar_time after{zenwire::unix_seconds(INT64_MAX)};
    CHECK(after.year == 9999);
    CHECK(after.second == 59);
}

TEST_CASE("numbers of a date have two digits") {
    char memory[8];
    zenwire::buffer_writer out(memory);
    append_two_digits(append_two_digits(append_two_digits(out, 0), 7), 42);
    CHECK(out.written() == "000742");
}
