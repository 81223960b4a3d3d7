// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/job_clock.hpp>

#include <cstdint>

#include <doctest/doctest.h>

namespace {

using zenwire::milliseconds;
using zenwire::unix_seconds;
using zenwire::detail::job_clock;

constexpr std::int64_t begin = 1'673'361'177;

job_clock begun(std::int64_t seconds_allowed) {
    job_clock clock;
    clock.take_reading(unix_seconds(begin), unix_seconds(begin + seconds_allowed));
    return clock;
}

}  // namespace

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
