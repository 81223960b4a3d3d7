// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/inplace_vector.hpp>

#include <algorithm>
#include <iterator>
#include <type_traits>

#include <doctest/doctest.h>

#include "../aborts.hpp"

namespace {

using zenwire::inplace_vector;

constexpr int sum_in_a_constant_expression() {
    inplace_vector<int, 3> list;
    *list.add() = 1;
    *list.add() = 2;
    int sum = 0;
    for (const int number : list) {
        sum += number;
    }
    return sum;
}
static_assert(sum_in_a_constant_expression() == 3);
static_assert(std::is_trivially_copyable_v<inplace_vector<int, 3>>);
static_assert(inplace_vector<int, 3>::capacity() == 3);

}  // namespace

TEST_CASE("elements are added with their default value until there is no room") {
    inplace_vector<int, 3> list;
    CHECK(list.empty());
    CHECK(list.begin() == list.end());
    for (const int number : {10, 20, 30}) {
        int* const added = list.add();
        REQUIRE(added != nullptr);
        CHECK(*added == 0);
        *added = number;
    }
    CHECK(list.add() == nullptr);
    CHECK(list.size() == 3);
    CHECK_FALSE(list.empty());
    const int expected[] = {10, 20, 30};
    CHECK(std::equal(list.begin(), list.end(), std::begin(expected), std::end(expected)));
    CHECK(list[2] == 30);
}

TEST_CASE("an index beyond the size ends the program") {
    inplace_vector<int, 3> list;
    *list.add() = 1;
    CHECK(list[0] == 1);
    CHECK(aborts([&] { static_cast<void>(list[1]); }));
    CHECK(aborts([&] { static_cast<void>(list[3]); }));
}
