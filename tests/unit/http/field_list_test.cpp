// SPDX-License-Identifier: BSL-1.0
#include <zenwire/http/message.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::field;
using zenwire::field_list;
using zenwire::field_position;

static_assert(std::forward_iterator<field_list::iterator>);
static_assert(std::ranges::forward_range<field_list> && std::ranges::sized_range<field_list>);

constexpr std::array<field, 4> fields = {
    {{"host", "a.example"}, {"Set-Cookie", "b: c"}, {"empty", ""}, {"set-cookie", "d"}}};

constexpr std::string_view block = "GET\r\nhost: a.example\r\nSet-Cookie: b: c\r\nempty: \r\nset-cookie: d\r\n";
constexpr std::array<field_position, 4> positions = {{{5, 4, 9}, {22, 10, 4}, {40, 5, 0}, {49, 10, 1}}};

static_assert(field_list(fields).value_of("HOST") == "a.example");
static_assert(field_list(block, positions).value_of("HOST") == "a.example");
// no field behind the last one is looked at
static_assert(field_list(fields).find("absent") == 4 && field_list(block, positions).find("absent") == 4);
static_assert(field_list(fields).find_all("set-cookie").times == 2 &&
              field_list(block, positions).find_all("set-cookie").times == 2);

/// Both forms of the same fields.
const std::array<field_list, 2> lists = {field_list(fields), field_list(block, positions)};

}  // namespace

TEST_CASE("fields kept apart and fields in a block of lines are the same list") {
    for (field_list const& list : lists) {
        REQUIRE(list.size() == fields.size());
        CHECK_FALSE(list.empty());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            CAPTURE(i);
            CHECK(list[i].name == fields[i].name);
            CHECK(list[i].value == fields[i].value);
        }
        CHECK(std::equal(list.begin(), list.end(), fields.begin(), fields.end()));
    }
}

TEST_CASE("a list without fields is empty in every form") {
    for (field_list const& list :
         {field_list(), field_list(std::span<field const>()),
          field_list(std::string_view(), std::span<field_position const>()),
          field_list(block, std::span(positions).first(0)), field_list(std::span(fields).first(0))}) {
        CHECK(list.empty());
        CHECK(list.size() == 0);
        CHECK(list.begin() == list.end());
        CHECK(list.find("host") == 0);
        CHECK(list.value_of("host").empty());
    }
}

TEST_CASE("a field is found in any letter case from a place on") {
    for (field_list const& list : lists) {
        CHECK(list.find("SET-COOKIE") == 1);
        CHECK(list.find("set-cookie", 1) == 1);
        CHECK(list.find("set-cookie", 2) == 3);
        CHECK(list.find("set-cookie", 4) == list.size());
        CHECK(list.find("set-cookie", 99) == list.size());
        CHECK(list.find("set-cooki") == list.size());
        CHECK(list.find("") == list.size());
        CHECK(list.value_of("Set-Cookie") == "b: c");
        CHECK(list.value_of("empty") == "");
        CHECK(list.value_of("absent") == "");
    }
}

TEST_CASE("an iterator goes from the first field to the end") {
    for (field_list const& list : lists) {
        auto i = list.begin();
        CHECK((*i++).name == "host");
        CHECK((*++i).name == "empty");
        CHECK((*++i).value == "d");
        CHECK(i != list.end());
        CHECK(++i == list.end());
    }
}

TEST_CASE("algorithms of ranges take a list") {
    for (field_list const& list : lists) {
        CHECK((*std::ranges::find(list, std::string_view("b: c"), &field::value)).name == (*++list.begin()).name);
        CHECK(std::ranges::count_if(list, [](field const& each) { return each.value.empty(); }) == 1);
        const std::vector<field> copied(list.begin(), list.end());
        CHECK(std::ranges::equal(list, copied));
    }
}

TEST_CASE("all fields of a name are counted in any letter case and the value of the last is found") {
    for (field_list const& list : lists) {
        const auto several = list.find_all("SET-cookie");
        CHECK(several.times == 2);
        CHECK(several.value == list[3].value);
        const auto one = list.find_all("Host");
        CHECK(one.times == 1);
        CHECK(one.value == list[0].value);
        const auto none = list.find_all("absent");
        CHECK(none.times == 0);
        CHECK(none.value.empty());
    }
}

TEST_CASE("fields of one name are counted also when one follows the other") {
    const field neighbours[] = {{"a", "1"}, {"a", "2"}, {"A", "3"}, {"b", "4"}};
    const auto found = field_list(std::span<field const>(neighbours)).find_all("a");
    CHECK(found.times == 3);
    CHECK(found.value == "3");
}

TEST_CASE("a name of the length of another is not that other in either form") {
    for (field_list const& list : lists) {
        for (const field each : list) {
            CAPTURE(each.name);
            CHECK(list.find(std::string(each.name.size(), '~')) == list.size());
        }
    }
}
