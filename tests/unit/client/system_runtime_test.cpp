// SPDX-License-Identifier: BSL-1.0
#include <zenwire/system_runtime.hpp>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <set>

#include <doctest/doctest.h>

TEST_CASE("the system runtime tells the time of the system") {
    const zenwire::system_runtime system;
    const std::int64_t before = std::time(nullptr);
    const std::int64_t now = system.now().count();
    // the two clocks may be of different coarseness
    CHECK(now >= before - 1);
    CHECK(now <= std::time(nullptr) + 1);
    CHECK(system.now().is_valid());
}

TEST_CASE("the system runtime sleeps at least as long as it was told") {
    const zenwire::system_runtime system;
    const auto before = std::chrono::steady_clock::now();
    system.sleep_for(zenwire::milliseconds(20));
    CHECK(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(20));
    system.sleep_for(zenwire::milliseconds(0));
    system.sleep_for(zenwire::milliseconds(-1));
}

TEST_CASE("the system runtime's jitter takes all 32 bits") {
    zenwire::system_runtime system;
    std::set<std::uint32_t> seen;
    std::uint32_t used_bits = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::uint32_t jitter = system.jitter();
        seen.insert(jitter);
        used_bits |= jitter;
    }
    CHECK(seen.size() > 990);
    CHECK(used_bits == UINT32_MAX);
}
