// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/runtime.hpp>

#include <cstdint>

#include <doctest/doctest.h>

namespace {

struct clock_of_a_test {
    zenwire::unix_seconds time{};
    std::int64_t slept = 0;

    [[nodiscard]] zenwire::unix_seconds now() const { return time; }
    void sleep_for(zenwire::milliseconds wait) { slept += wait.count(); }
    [[nodiscard]] int jitter() const { return 0; }
};

struct without_jitter {
    [[nodiscard]] zenwire::unix_seconds now() const;
    void sleep_for(zenwire::milliseconds wait);
};
struct with_plain_seconds {
    [[nodiscard]] std::int64_t now() const;
    void sleep_for(zenwire::milliseconds wait);
    [[nodiscard]] std::uint32_t jitter() const;
};
struct that_sleeps_in_plain_numbers {
    [[nodiscard]] zenwire::unix_seconds now() const;
    void sleep_for(std::int64_t wait);
    [[nodiscard]] std::uint32_t jitter() const;
};

static_assert(zenwire::runtime<clock_of_a_test> && zenwire::runtime<clock_of_a_test&>);
static_assert(!zenwire::runtime<without_jitter>);
static_assert(!zenwire::runtime<with_plain_seconds>, "milliseconds would be taken for seconds");
static_assert(!zenwire::runtime<that_sleeps_in_plain_numbers>);

/// What a driver does with a runtime.
std::int64_t use(zenwire::runtime auto& clock) {
    clock.sleep_for(zenwire::milliseconds(5));
    return clock.now().count() + static_cast<std::int64_t>(clock.jitter());
}

}  // namespace

TEST_CASE("a struct with three functions is a runtime") {
    clock_of_a_test clock{zenwire::unix_seconds(7)};
    CHECK(use(clock) == 7);
    CHECK(clock.slept == 5);
}
