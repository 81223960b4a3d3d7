// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/time.hpp>

#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace {

/// Not the C library: those of Windows end with the year 3000.
void check_against_the_standard_library(std::int64_t seconds) {
    using namespace std::chrono;
    CAPTURE(seconds);
    const sys_seconds time{std::chrono::seconds(seconds)};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    const zenwire::calendar_time got{zenwire::unix_seconds(seconds)};
    CHECK(got.year == static_cast<int>(date.year()));
    CHECK(got.month == static_cast<unsigned>(date.month()));
    CHECK(got.day == static_cast<unsigned>(date.day()));
    CHECK(got.weekday == weekday(day).c_encoding());
    CHECK(got.hour == clock.hours().count());
    CHECK(got.minute == clock.minutes().count());
    CHECK(got.second == clock.seconds().count());
}

}  // namespace

TEST_CASE("days around the ends of months, leap years and centuries are those of the calendar") {
    for (const std::int64_t day :
         {0, 58, 59, 60, 364, 365, 789, 790, 11015, 11016, 11017, 47540, 47541, 47542, 2932896}) {
        check_against_the_standard_library(day * 86400);
        check_against_the_standard_library(day * 86400 + 86399);
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

TEST_CASE("any second from 1970 to 9999 is told as the standard library tells it") {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::int64_t> seconds(0, zenwire::unix_seconds::last);
    for (int i = 0; i < 2000; ++i) {
        check_against_the_standard_library(seconds(random));
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
    using zenwire::detail::append_two_digits;
    append_two_digits(append_two_digits(append_two_digits(out, 0), 7), 42);
    CHECK(out.written() == "000742");
}
