// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/time.hpp>

#include <chrono>
#include <cstdint>
#include <type_traits>

#include <doctest/doctest.h>

using zenwire::unix_seconds;

static_assert(!std::is_convertible_v<std::int64_t, unix_seconds>, "milliseconds are not taken for seconds by accident");
static_assert(!std::is_constructible_v<unix_seconds, std::chrono::steady_clock::time_point>, "it begins anywhere");
static_assert(!std::is_constructible_v<std::chrono::steady_clock::time_point, unix_seconds>);
static_assert(!std::is_convertible_v<std::chrono::sys_seconds, unix_seconds>);
static_assert(unix_seconds::from_milliseconds(1673361177999) == unix_seconds(1673361177));

TEST_CASE("milliseconds are rounded down to the second also before 1970") {
    struct {
        std::int64_t milliseconds;
        std::int64_t seconds;
    } const cases[] = {
        {0, 0},     {999, 0},    {1000, 1},   {1673361177999, 1673361177},   {-1, -1},
        {-999, -1}, {-1000, -1}, {-1001, -2}, {INT64_MAX, 9223372036854775}, {INT64_MIN, -9223372036854776},
    };
    for (auto const& each : cases) {
        CAPTURE(each.milliseconds);
        CHECK(unix_seconds::from_milliseconds(each.milliseconds).count() == each.seconds);
    }
}

TEST_CASE("a request may be signed for 1970 to 9999") {
    CHECK(unix_seconds().is_valid());
    CHECK(unix_seconds(253402300799).is_valid());
    CHECK_FALSE(unix_seconds(-1).is_valid());
    CHECK_FALSE(unix_seconds(253402300800).is_valid());
    CHECK_FALSE(unix_seconds(INT64_MIN).is_valid());
    CHECK_FALSE(unix_seconds(INT64_MAX).is_valid());
    CHECK_FALSE(unix_seconds(1673361177000).is_valid());  // milliseconds, taken for seconds
}

TEST_CASE("points in time are ordered") {
    CHECK(unix_seconds().count() == 0);
    CHECK(unix_seconds(1) < unix_seconds(2));
    CHECK_FALSE(unix_seconds(2) < unix_seconds(1));
    CHECK_FALSE(unix_seconds(2) < unix_seconds(2));
    CHECK(unix_seconds(-1) < unix_seconds(0));
    CHECK(unix_seconds(2) == unix_seconds(2));
    CHECK(unix_seconds(2) != unix_seconds(3));
}

TEST_CASE("a point in time is made from one of the system's clock, rounded down") {
    using namespace std::chrono;
    const sys_days day = 2023y / 7 / 11;
    CHECK(unix_seconds(day) == unix_seconds(1689033600));
    CHECK(unix_seconds(day + 6h + 50min + 36s) == unix_seconds(1689058236));
    CHECK(unix_seconds(sys_time<milliseconds>(1999ms)) == unix_seconds(1));
    CHECK(unix_seconds(sys_time<milliseconds>(-1ms)) == unix_seconds(-1));
    const std::int64_t now = system_clock::to_time_t(system_clock::now());
    CHECK(unix_seconds(system_clock::now()).count() >= now);
    CHECK(unix_seconds(system_clock::now()).count() <= now + 10);
}

TEST_CASE("a point in time is taken for one of the system's clock") {
    using namespace std::chrono;
    const unix_seconds time(1689058236);
    CHECK(sys_seconds(time) == sys_days(2023y / 7 / 11) + 6h + 50min + 36s);
    CHECK(sys_time<milliseconds>(time).time_since_epoch() == 1689058236000ms);
    CHECK(sys_time<nanoseconds>(unix_seconds(INT64_MAX)) == sys_time<nanoseconds>::max());
    using of_32_bits = sys_time<duration<std::int32_t>>;
    CHECK(of_32_bits(unix_seconds(4102444800)) == (of_32_bits::max)());
    CHECK(of_32_bits(unix_seconds(-4102444800)) == (of_32_bits::min)());
}
