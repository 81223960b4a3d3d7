// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/ascii.hpp>

#include <string_view>

#include <doctest/doctest.h>

TEST_CASE("the literal of the library is the standard's and keeps zeros") {
    using zenwire::operator""sv;
    using namespace std::literals;
    CHECK("a\0b"sv == std::string_view("a\0b", 3));
}
