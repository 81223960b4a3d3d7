// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/open_enum.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

// an enumeration as the library has them
enum class colour : unsigned char { red = 1, green };

// words of the API
struct light_words {
    enum class value : unsigned char { unknown, on, off };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {{value::on, "ON"}, {value::off, "OFF"}, {value::off, "DARK"}};
};

enum class nameless : unsigned char { one };

}  // namespace

namespace zenwire {

template <>
inline constexpr detail::enum_row<colour> detail::enum_names<colour>[] = {
    {colour::red, "red"},
    {colour::green, "green"},
};

template <>
inline constexpr auto& detail::enum_names<light_words::value> = light_words::table;

}  // namespace zenwire

TEST_CASE("an enumerator is called what it is called in the code") {
    static_assert(zenwire::to_string(colour::green) == "green");
    CHECK(zenwire::to_string(colour::red) == "red");
}

TEST_CASE("a value that is no enumerator has no name") {
    CHECK(zenwire::to_string(colour{}) == "");
    CHECK(zenwire::to_string(static_cast<colour>(3)) == "");
}

TEST_CASE("a word of the API is called by its documented spelling, and an unknown one unknown") {
    CHECK(zenwire::to_string(light_words::value::off) == "OFF");
    CHECK(zenwire::to_string(light_words::value::unknown) == "unknown");
    CHECK(zenwire::to_string(static_cast<light_words::value>(7)) == "");
}

TEST_CASE("an enumeration without a table has no to_string") {
    static_assert(zenwire::detail::named_enum<colour>);
    static_assert(!zenwire::detail::named_enum<nameless>);
    static_assert(!zenwire::detail::named_enum<int>);
}
