// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/time.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <ratio>
#include <type_traits>

#include <doctest/doctest.h>

using zenwire::milliseconds;

static_assert(!std::is_convertible_v<std::int64_t, milliseconds>,
              "a number is not taken for a length of time by accident");
static_assert(milliseconds(1500).count() == 1500);

TEST_CASE("a length of time is nothing by default and is ordered by its count") {
    CHECK(milliseconds().count() == 0);
    CHECK(milliseconds(-1) < milliseconds());
    CHECK(milliseconds(4000) > milliseconds(2000));
    CHECK_FALSE(milliseconds(2000) > milliseconds(2000));
    CHECK(milliseconds(2000) >= milliseconds(2000));
    CHECK((milliseconds(2000) <=> milliseconds(4000)) == std::strong_ordering::less);
    CHECK((milliseconds(4000) <=> milliseconds(2000)) == std::strong_ordering::greater);
    CHECK((milliseconds(2000) <=> milliseconds(2000)) == std::strong_ordering::equal);
    CHECK(milliseconds(250) == milliseconds(250));
    CHECK(milliseconds(250) != milliseconds(251));
}

TEST_CASE("a length of time is made from any duration, rounded down") {
    using namespace std::chrono_literals;
    using frames = std::chrono::duration<int, std::ratio<1, 30>>;
    const milliseconds wait = 30s;
    CHECK(wait == milliseconds(30'000));
    CHECK(milliseconds(1h) == milliseconds(3'600'000));
    CHECK(milliseconds(1999us) == milliseconds(1));
    CHECK(milliseconds(-1us) == milliseconds(-1));
    CHECK(milliseconds(std::chrono::duration<double>(0.25)) == milliseconds(250));
    CHECK(milliseconds(frames(1)) == milliseconds(33));
}

TEST_CASE("a length of time is taken for any duration") {
    const milliseconds wait(1500);
    CHECK(std::chrono::milliseconds(wait).count() == 1500);
    CHECK(std::chrono::seconds(wait).count() == 1);
    CHECK(std::chrono::nanoseconds(wait).count() == 1'500'000'000);
    CHECK(std::chrono::duration<double>(wait).count() == 1.5);
    CHECK(static_cast<std::chrono::hours>(milliseconds(-1)).count() == -1);
}

TEST_CASE("a duration that does not fit is the longest or the shortest time") {
    using hours = std::chrono::duration<std::int64_t, std::ratio<3600>>;  // where long has 32 bits, std::chrono::hours has no more
    CHECK(milliseconds(hours::max()).count() == INT64_MAX);
    CHECK(milliseconds(hours::min()).count() == INT64_MIN);
    CHECK(milliseconds(std::chrono::duration<double>(1e300)).count() == INT64_MAX);
    CHECK(milliseconds(std::chrono::duration<double>(-1e300)).count() == INT64_MIN);
    CHECK(milliseconds(std::chrono::duration<float>(std::numeric_limits<float>::quiet_NaN())).count() == 0);
    CHECK(milliseconds(std::chrono::duration<std::uint64_t>(UINT64_MAX)).count() == INT64_MAX);
    CHECK(std::chrono::nanoseconds(milliseconds(INT64_MAX)).count() == INT64_MAX);
    CHECK(std::chrono::nanoseconds(milliseconds(INT64_MIN)).count() == INT64_MIN);
    // of few bits, as std::chrono::hours is with some compilers
    using small = std::chrono::duration<std::int32_t, std::milli>;
    CHECK(small(milliseconds(INT32_MAX)).count() == INT32_MAX);
    CHECK(small(milliseconds(std::int64_t{INT32_MAX} + 1)).count() == INT32_MAX);
    CHECK(small(milliseconds(std::int64_t{INT32_MIN} - 1)).count() == INT32_MIN);
    CHECK(std::chrono::duration<std::uint16_t>(milliseconds(-1)).count() == 0);
    CHECK(std::chrono::duration<std::uint16_t>(milliseconds(65'536'000)).count() == UINT16_MAX);
    CHECK(std::chrono::duration<std::uint64_t>(milliseconds(INT64_MAX)).count() == INT64_MAX / 1000);
}
