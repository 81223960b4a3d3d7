// SPDX-License-Identifier: BSL-1.0
#include <zenwire/ostream.hpp>

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "values.hpp"

TEST(printing, google_test_shows_values) {
    int count = 0;
    for_each_printed([&](auto const& value, std::string_view text) {
        EXPECT_EQ(testing::PrintToString(value), text);
        ++count;
    });
    EXPECT_GT(count, 20);
}
