// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/member.hpp>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::member;
using zenwire::member_list;
using zenwire::reading;

struct point {
    int x = 0;
    int y = 0;
};

constexpr member_list list(member<&point::y>{"theY"}, member<&point::x>{"theX", reading::may_be_cut, "formerX"});

static_assert(list.size == 2 && member_list<>::size == 0);
static_assert(list.names[0].name == "theY" && list.names[1].name == "theX");

}  // namespace

TEST_CASE("a member is read as a whole and has no former name unless it says otherwise") {
    CHECK(list.names[0].reading == reading::incidental);
    CHECK(list.names[0].former_name.empty());
    CHECK(list.names[1].reading == reading::may_be_cut);
    CHECK(list.names[1].former_name == "formerX");
}
