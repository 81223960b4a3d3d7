// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/job_clock.hpp>

#include <cstdint>

#include <doctest/doctest.h>

namespace {

using zenwire::detail::elapsed_time;
using zenwire::detail::job_clock;
using zenwire::milliseconds;
using zenwire::unix_seconds;

/// What has passed when the clock shows `told` seconds more after a wait.
constexpr std::int64_t after(std::int64_t wait_ms, std::int64_t told) {
    elapsed_time time;
    time.advance(unix_seconds(1'673'361'177));
    time.expect_wait(milliseconds(wait_ms));
    time.advance(unix_seconds(1'673'361'177 + told));
    return time.count();
}

constexpr std::int64_t begin = 1'673'361'177;

job_clock begun(std::int64_t seconds_allowed) {
    job_clock clock;
    clock.take_reading(unix_seconds(begin), unix_seconds(begin + seconds_allowed));
    return clock;
}

}  // namespace

TEST_CASE("time passes as the clock says, where that is possible") {
    static_assert(after(0, 0) == 0);
    static_assert(after(0, 7) == 7000);
    static_assert(after(5000, 5) == 5000);
    static_assert(after(5000, 8) == 8000);
}

TEST_CASE("no less passes than the wait that was handed out, whatever the clock says") {
    static_assert(after(5000, 4) == 5000);
    static_assert(after(5000, 0) == 5000);
    static_assert(after(5000, -31'536'000) == 5000);
    static_assert(after(0, -1) == 0);
}

TEST_CASE("a wait of parts of a second counts whole, also where the clock stands still or tells whole seconds") {
    static_assert(after(500, 0) == 500);
    static_assert(after(5250, 5) == 5250);
    static_assert(after(5250, 6) == 6000);
    static_assert(after(1000, 0) == 1000);
}

TEST_CASE("no more passes than the wait and 120 s") {
    static_assert(after(5000, 125) == 125'000);
    static_assert(after(5000, 126) == 125'000);
    static_assert(after(0, 31'536'000) == 120'000);
}

TEST_CASE("a wait counts once, and one of less than nothing as nothing") {
    elapsed_time time;
    time.advance(unix_seconds(0));
    time.expect_wait(milliseconds(5000));
    time.advance(unix_seconds(0));
    time.advance(unix_seconds(0));
    CHECK(time.count() == 5000);
    time.expect_wait(milliseconds(-5000));
    time.advance(unix_seconds(0));
    CHECK(time.count() == 5000);
}

TEST_CASE("nothing has passed before the first reading, which may be any") {
    elapsed_time time;
    CHECK_FALSE(time.has_begun());
    time.expect_wait(milliseconds(5000));
    time.advance(unix_seconds(INT64_MIN));
    CHECK(time.has_begun());
    CHECK(time.count() == 0);
    CHECK(time.now() == unix_seconds(INT64_MIN));
}

TEST_CASE("the ends of the range are readings like others") {
    constexpr std::int64_t ends[] = {INT64_MIN, -1, 0, INT64_MAX};
    for (const std::int64_t first : ends) {
        for (const std::int64_t second : ends) {
            CAPTURE(first);
            CAPTURE(second);
            elapsed_time time;
            time.advance(unix_seconds(first));
            time.expect_wait(milliseconds(INT64_MAX));
            time.advance(unix_seconds(second));
            CHECK(time.count() == INT64_MAX);
            time.advance(unix_seconds(first));
            CHECK(time.count() == INT64_MAX);
        }
    }
}

TEST_CASE("sums, differences and products end at the ends of the range") {
    using namespace zenwire::detail;
    static_assert(saturating_add(1, 2) == 3);
    static_assert(saturating_add(INT64_MAX, 1) == INT64_MAX);
    static_assert(saturating_add(INT64_MAX, INT64_MIN) == -1);
    static_assert(saturating_add(INT64_MIN, -1) == INT64_MIN);
    static_assert(saturating_subtract(1, 2) == -1);
    static_assert(saturating_subtract(INT64_MIN, 1) == INT64_MIN);
    static_assert(saturating_subtract(INT64_MAX, -1) == INT64_MAX);
    static_assert(saturating_subtract(-1, INT64_MIN) == INT64_MAX);
    static_assert(saturating_subtract(0, INT64_MIN) == INT64_MAX);
    static_assert(saturating_milliseconds(7) == 7000);
    static_assert(saturating_milliseconds(INT64_MAX / 1000) == INT64_MAX / 1000 * 1000);
    static_assert(saturating_milliseconds(INT64_MAX / 1000 + 1) == INT64_MAX);
    static_assert(saturating_milliseconds(INT64_MIN) == INT64_MIN);
}

TEST_CASE("a deadline has come by the clock, or by the time that the job has run") {
    job_clock by_clock = begun(60);
    CHECK_FALSE(by_clock.is_past_deadline());
    by_clock.take_reading(unix_seconds(begin + 59), {});
    CHECK_FALSE(by_clock.is_past_deadline());
    by_clock.take_reading(unix_seconds(begin + 60), {});
    CHECK(by_clock.is_past_deadline());

    job_clock standing = begun(60);
    CHECK(standing.wait(59'000) == milliseconds(59'000));
    standing.take_reading(unix_seconds(begin), {});
    CHECK_FALSE(standing.is_past_deadline());
    CHECK(standing.wait(1'000) == milliseconds(1'000));
    standing.take_reading(unix_seconds(begin), {});
    CHECK(standing.is_past_deadline());
}

TEST_CASE("a wait ends with the deadline, whichever of the two comes first, and is never less than nothing") {
    job_clock clock = begun(60);
    CHECK(clock.wait(61'000) == milliseconds(60'000));
    clock.take_reading(unix_seconds(begin + 10), {});
    // the time that the job has run is ahead of its clock
    CHECK(clock.wait(1'000) == milliseconds(0));
    CHECK(begun(60).wait(-1) == milliseconds(0));
    CHECK(begun(-60).wait(1) == milliseconds(0));
}

TEST_CASE("all waits that were handed out are counted") {
    job_clock clock = begun(1000);
    static_cast<void>(clock.wait(5'000));
    static_cast<void>(clock.wait(7'000));
    CHECK(clock.waited() == 12'000);
    clock.take_reading(unix_seconds(begin + 100), {});
    CHECK(clock.waited() == 12'000);
}

TEST_CASE("what is older than 60 s, by the clock or since the last look, is too old to build an order on") {
    job_clock clock = begun(1000);
    clock.begin_look();
    CHECK_FALSE(clock.is_too_old(unix_seconds(begin)));
    CHECK_FALSE(clock.is_too_old(unix_seconds(begin - 60)));
    CHECK(clock.is_too_old(unix_seconds(begin - 61)));
    CHECK(clock.is_too_old(unix_seconds(begin + 1)));
    static_cast<void>(clock.wait(61'000));
    clock.take_reading(unix_seconds(begin), {});
    CHECK(clock.is_too_old(unix_seconds(begin)));
    clock.begin_look();
    CHECK_FALSE(clock.is_too_old(unix_seconds(begin)));
    CHECK(clock.is_too_old(unix_seconds(INT64_MIN)));
    CHECK(clock.is_too_old(unix_seconds(INT64_MAX)));
}

TEST_CASE("a watch is counted from its first look on") {
    job_clock clock = begun(1000);
    CHECK(clock.watch_left(milliseconds(100'000)) == 100'000);
    clock.take_reading(unix_seconds(begin + 10), {});
    clock.begin_watch();
    clock.take_reading(unix_seconds(begin + 40), {});
    clock.begin_watch();
    CHECK(clock.watch_left(milliseconds(100'000)) == 70'000);
    CHECK(clock.watch_left(milliseconds(INT64_MIN)) == INT64_MIN);
}
