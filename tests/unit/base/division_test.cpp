// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/ascii.hpp>

#include <cstdint>
#include <random>

#include <doctest/doctest.h>

namespace {

/// Whether both ways divide as the processor does.
bool is_divided_exactly(std::uint64_t dividend, std::uint64_t divisor) {
    for (const zenwire::detail::division each :
         {zenwire::detail::divide_by_bits(dividend, divisor), zenwire::detail::divide(dividend, divisor)}) {
        if (each.quotient != dividend / divisor || each.remainder != dividend % divisor) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("numbers at the edges of their ranges are divided exactly") {
    constexpr std::uint64_t largest = UINT64_MAX;
    constexpr std::uint64_t largest_divisor = std::uint64_t{1} << 63U;
    for (const std::uint64_t dividend :
         {std::uint64_t{0}, std::uint64_t{1}, largest_divisor - 1, largest_divisor, largest}) {
        for (const std::uint64_t divisor : {std::uint64_t{1}, std::uint64_t{2}, largest_divisor - 1, largest_divisor}) {
            CAPTURE(dividend);
            CAPTURE(divisor);
            CHECK(is_divided_exactly(dividend, divisor));
        }
    }
}

TEST_CASE("random numbers of every magnitude are divided exactly") {
    std::mt19937_64 random(64);
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t dividend = random() >> random() % 64;
        const std::uint64_t divisor = (random() >> 1U >> random() % 63) + 1;
        CAPTURE(dividend);
        CAPTURE(divisor);
        REQUIRE(is_divided_exactly(dividend, divisor));
    }
}
