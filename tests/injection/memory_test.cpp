// SPDX-License-Identifier: BSL-1.0

/// @file
/// What uses the heap of the program itself: each time that it asks for memory there is none.

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>

#include <doctest/doctest.h>

#include <zenwire/client/instance_pager.hpp>
#include <zenwire/zenwire.hpp>

namespace {

constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
/// How often there is memory still.
std::size_t left = never;

bool is_used_up() { return left != never && (left == 0 || left-- == 0); }

}  // namespace

// Not inlined: where only one of the two is, GCC 12 takes them for functions that do not belong together.
[[gnu::noinline]] void* operator new(std::size_t size) {
    void* const memory = is_used_up() ? nullptr : std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("a walk over all instances ends with an error when there is no memory, whichever time it is") {
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    REQUIRE(key.has_value());
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key);
    const zenwire::unix_seconds now(1673361177);
    const std::string body =
        R"({"requestId":"T1","response":{"totalCount":2,"dataSet":[{"instanceId":"1"},{"instanceId":"2"}]}})";
    bool is_enough = false;
    std::size_t errors = 0;
    for (std::size_t times = 0; !is_enough; ++times) {
        CAPTURE(times);
        zenwire::instance_pager pager(client, zenwire::describe_instances{});
        REQUIRE(pager.next(now).what == zenwire::pager_step::kind::send);
        left = times;
        const zenwire::pager_step step = pager.receive({200, body, {}}, now);
        left = never;
        is_enough = step.what == zenwire::pager_step::kind::page;
        if (!is_enough) {
            REQUIRE(step.what == zenwire::pager_step::kind::done);
            CHECK(pager.result().error().code == zenwire::errc::out_of_memory);
            CHECK(pager.next(now).what == zenwire::pager_step::kind::done);
            ++errors;
        }
    }
    // the block of the page, an id in the map, the list of the new ones, and more
    CHECK(errors >= 4);
}
