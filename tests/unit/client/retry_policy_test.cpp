// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/retry_policy.hpp>

#include <cstdint>
#include <optional>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::errc;
using zenwire::milliseconds;
using zenwire::outcome;
using zenwire::retry_policy;

constexpr std::uint32_t all_of_the_jitter = UINT32_MAX;

zenwire::error failure(errc code, enum outcome outcome, bool reads_only = false) {
    zenwire::error error = zenwire::error::make(code, zenwire::blame::transport, "failed");
    error.outcome = outcome;
    error.reads_only = reads_only;
    return error;
}

zenwire::error limited(std::optional<std::uint32_t> retry_after = {}) {
    auto error = failure(errc::rate_limited, outcome::not_executed, true);
    error.retry_after_seconds = retry_after;
    return error;
}

/// The wait in milliseconds; nothing when there is no further attempt.
std::optional<std::int64_t> wait_of(retry_policy const& policy, zenwire::error const& error, std::uint32_t attempts,
                                    std::uint32_t jitter = 0) {
    const auto wait = zenwire::retry_wait(policy, error, attempts, jitter);
    return wait ? std::optional(wait->count()) : std::nullopt;
}

static_assert(zenwire::retry_wait({}, zenwire::error{}, 1, 0) == std::nullopt);

}  // namespace

TEST_CASE("the default policy waits 1 and 2 and 4 seconds and ends after four attempts") {
    CHECK(wait_of({}, limited(), 1) == 1000);
    CHECK(wait_of({}, limited(), 2) == 2000);
    CHECK(wait_of({}, limited(), 3) == 4000);
    CHECK_FALSE(wait_of({}, limited(), 4).has_value());
    CHECK_FALSE(wait_of({}, limited(), 5).has_value());
    CHECK_FALSE(wait_of({}, limited(), UINT32_MAX).has_value());
    CHECK_FALSE(wait_of({.max_attempts = 1}, limited(), 1).has_value());
    CHECK_FALSE(wait_of({.max_attempts = 0}, limited(), 1).has_value());
}

TEST_CASE("only what is safe to repeat is repeated") {
    struct {
        zenwire::error error;
        bool repeated;
    } const cases[] = {
        {limited(), true},
        {failure(errc::rate_limited, outcome::not_executed), false},
        {failure(errc::not_sent, outcome::not_executed), true},
        {failure(errc::transport_failed, outcome::unknown), false},
        {failure(errc::transport_failed, outcome::unknown, true), true},
        {failure(errc::malformed_response, outcome::unknown), false},
        {failure(errc::malformed_response, outcome::unknown, true), true},
        {failure(errc::api_error, outcome::not_executed), false},
        {failure(errc::api_error, outcome::not_executed, true), false},
        {failure(errc::api_error, outcome::unknown), false},
        {failure(errc::outcome_unknown, outcome::unknown), false},
        {failure(errc::rate_limited, outcome::unknown), false},
        {failure(errc::not_sent, outcome::unknown), false},
        {failure(errc::redirected, outcome::not_executed, true), false},
        {failure(errc::invalid_parameter, outcome::not_executed), false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.error.code);
        CAPTURE(each.error.outcome);
        CHECK(each.error.retryable() == each.repeated);
        CHECK(wait_of({}, each.error, 1).has_value() == each.repeated);
    }
}

TEST_CASE("the wait that the server wants is honoured and ends the attempts when it is too long") {
    CHECK(wait_of({}, limited(0), 1) == 0);
    CHECK(wait_of({}, limited(7), 1) == 7000);
    CHECK(wait_of({}, limited(7), 3) == 7000);
    CHECK(wait_of({}, limited(60), 1) == 60'000);
    CHECK_FALSE(wait_of({}, limited(61), 1).has_value());
    CHECK_FALSE(wait_of({}, limited(86400), 1).has_value());
    CHECK_FALSE(wait_of({}, limited(UINT32_MAX), 1).has_value());
    CHECK(wait_of({.max_backoff = milliseconds(86'400'000)}, limited(86400), 1) == 86'400'000);
    CHECK_FALSE(wait_of({}, limited(7), 4).has_value());
}

TEST_CASE("a wait doubles up to the longest one") {
    const retry_policy policy{
        .max_attempts = 100, .initial_backoff = milliseconds(1000), .max_backoff = milliseconds(5000)};
    CHECK(wait_of(policy, limited(), 3) == 4000);
    CHECK(wait_of(policy, limited(), 4) == 5000);
    CHECK(wait_of(policy, limited(), 99) == 5000);
    CHECK(wait_of({.initial_backoff = milliseconds(90'000)}, limited(), 1) == 60'000);
}

TEST_CASE("the shortest wait doubles too, and no wait stays none") {
    const retry_policy policy{.max_attempts = 100, .initial_backoff = milliseconds(1)};
    CHECK(wait_of(policy, limited(), 1) == 1);
    CHECK(wait_of(policy, limited(), 2) == 2);
    CHECK(wait_of(policy, limited(), 5) == 16);
    CHECK(wait_of({.max_attempts = 100, .initial_backoff = milliseconds(0)}, limited(), 5) == 0);
}

TEST_CASE("jitter adds from nothing to all of its width and never more") {
    CHECK(wait_of({}, limited(), 1, 0) == 1000);
    CHECK(wait_of({}, limited(), 1, all_of_the_jitter) == 1250);
    CHECK(wait_of({}, limited(7), 1, all_of_the_jitter) == 7250);
    std::int64_t before = 0;
    for (std::uint64_t jitter = 0; jitter <= UINT32_MAX; jitter += 0x01000001) {
        const auto wait = wait_of({}, limited(), 1, static_cast<std::uint32_t>(jitter));
        REQUIRE(wait.has_value());
        REQUIRE(*wait >= 1000);
        REQUIRE(*wait <= 1250);
        REQUIRE(*wait >= before);
        before = *wait;
    }
    CHECK(wait_of({.max_jitter = milliseconds(0)}, limited(), 2, all_of_the_jitter) == 2000);
}

TEST_CASE("no wait is longer than the longest one even with jitter") {
    CHECK(wait_of({}, limited(60), 1, all_of_the_jitter) == 60'000);
    CHECK(wait_of({.max_backoff = milliseconds(1100)}, limited(), 1, all_of_the_jitter) == 1100);
}

TEST_CASE("a policy of any numbers gives a wait within its bounds") {
    constexpr std::int64_t numbers[] = {INT64_MIN, INT32_MIN, -1, 0, 1, 1000, INT32_MAX, INT64_MAX / 2 + 1, INT64_MAX};
    for (const std::int64_t first : numbers) {
        for (const std::int64_t longest : numbers) {
            for (const std::int64_t jitter_width : numbers) {
                const retry_policy policy{.max_attempts = UINT32_MAX,
                                          .initial_backoff = milliseconds(first),
                                          .max_backoff = milliseconds(longest),
                                          .max_jitter = milliseconds(jitter_width)};
                CAPTURE(first);
                CAPTURE(longest);
                CAPTURE(jitter_width);
                for (const std::uint32_t attempts : {1U, 2U, 100U}) {
                    const auto wait = wait_of(policy, limited(), attempts, all_of_the_jitter);
                    REQUIRE(wait.has_value());
                    REQUIRE(*wait >= 0);
                    REQUIRE((*wait <= longest || *wait == 0));
                }
            }
        }
    }
}
