// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/milliseconds.hpp>

#include <compare>
#include <cstdint>
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
