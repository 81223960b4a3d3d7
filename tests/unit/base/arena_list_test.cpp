// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/arena.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include "../aborts.hpp"

namespace {

using zenwire::arena_list;
using zenwire::arena;

static_assert(std::forward_iterator<arena_list<int>::iterator>);

/// An element that has a list inside.
struct branch {
    int number = 5;
    arena_list<int> leaves{};
};

}  // namespace

TEST_CASE("elements are added at the end with their default value") {
    std::array<std::byte, 1024> block{};
    arena memory{std::span(block)};
    arena_list<int> list;
    CHECK(list.empty());
    CHECK(list.begin() == list.end());
    std::vector<int> expected;
    for (int number = 1; number <= 10; ++number) {
        int* const added = list.add(memory);
        REQUIRE(added != nullptr);
        CHECK(*added == 0);
        *added = number;
        expected.push_back(number);
        CHECK(list.size() == expected.size());
        CHECK(std::equal(list.begin(), list.end(), expected.begin(), expected.end()));
    }
    CHECK_FALSE(list.empty());
    CHECK(list.front() == 1);
}

TEST_CASE("lists grow inside of lists at the same time") {
    std::array<std::byte, 1024> block{};
    arena memory{std::span(block)};
    arena_list<branch> tree;
    for (int i = 0; i < 3; ++i) {
        branch* const added = tree.add(memory);
        REQUIRE(added != nullptr);
        CHECK(added->number == 5);
        added->number = i;
        for (int k = 0; k < i; ++k) {
            *added->leaves.add(memory) = 10 * i + k;
        }
    }
    std::vector<int> leaves;
    for (branch const& each : tree) {
        CHECK(each.leaves.size() == static_cast<std::size_t>(each.number));
        leaves.insert(leaves.end(), each.leaves.begin(), each.leaves.end());
    }
    CHECK(leaves == std::vector{10, 20, 21});
    CHECK(std::next(tree.begin())->leaves.front() == 10);
}

TEST_CASE("without memory nothing is added and the list stays as it was") {
    alignas(16) std::array<std::byte, 40> block{};
    arena memory{std::span(block)};
    arena_list<int> list;
    int* added = list.add(memory);
    std::size_t count = 0;
    for (; added != nullptr; added = list.add(memory)) {
        *added = 7;
        ++count;
    }
    CHECK(count > 0);
    CHECK(memory.exhausted());
    CHECK(list.size() == count);
    CHECK(std::count(list.begin(), list.end(), 7) == static_cast<std::ptrdiff_t>(count));
}

TEST_CASE("the first element of an empty list ends the program") {
    const arena_list<int> list;
    CHECK(aborts([&] { static_cast<void>(list.front()); }));
}

TEST_CASE("a copy refers to the same elements") {
    std::array<std::byte, 64> block{};
    arena memory{std::span(block)};
    arena_list<int> list;
    *list.add(memory) = 1;
    const arena_list<int> copy = list;
    CHECK(&copy.front() == &list.front());
    auto at = copy.begin();
    CHECK(at++ == copy.begin());
    CHECK(at == copy.end());
}
