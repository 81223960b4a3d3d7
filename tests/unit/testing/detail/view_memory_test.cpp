// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/view_memory.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../../results.hpp"

TEST_CASE("there is memory for texts of any size, and they stay where they are") {
    zenwire::detail::view_memory memory;
    const std::string longest(100'000, 'x');
    const std::string_view first = memory.memory().append("", "first");
    const std::string_view long_text = memory.memory().append("", longest);
    std::size_t size = 0;
    for (int i = 0; i < 1000; ++i) {
        size += memory.memory().append("", "0123456789").size();
    }
    CHECK(size == 10'000);
    CHECK(first == "first");
    CHECK(long_text == longest);
    CHECK_FALSE(memory.memory().exhausted());
}
