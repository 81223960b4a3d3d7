// SPDX-License-Identifier: BSL-1.0
#include <zenwire/http/message.hpp>

#include <cctype>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::detail::is_field_name;
using zenwire::detail::is_field_value;

static_assert(is_field_name("x-zc-action") && !is_field_name("x-zc action"));
static_assert(is_field_value("application/json; charset=utf-8") && !is_field_value("a\r\nb"));

}  // namespace

TEST_CASE("a name is made of the token characters of RFC 9110 wherever they stand") {
    const std::string_view marks = "!#$%&'*+-.^_`|~";
    for (int code = 0; code < 256; ++code) {
        CAPTURE(code);
        const std::string c(1, static_cast<char>(code));
        const bool is_token = code < 128 && (std::isalnum(code) != 0 || marks.find(c) != std::string_view::npos);
        CHECK(is_field_name(c) == is_token);
        CHECK(is_field_name(c + "ab") == is_token);
        CHECK(is_field_name("a" + c + "b") == is_token);
        CHECK(is_field_name("ab" + c) == is_token);
    }
    CHECK_FALSE(is_field_name(""));
}

TEST_CASE("a value is made of visible ASCII with blanks and tabs only inside") {
    for (int code = 0; code < 256; ++code) {
        CAPTURE(code);
        const std::string c(1, static_cast<char>(code));
        const bool is_visible = code > 0x20 && code < 0x7F;
        const bool is_blank = c == " " || c == "\t";
        CHECK(is_field_value(c) == is_visible);
        CHECK(is_field_value(c + "ab") == is_visible);
        CHECK(is_field_value("ab" + c) == is_visible);
        CHECK(is_field_value("a" + c + "b") == (is_visible || is_blank));
    }
    CHECK(is_field_value(""));
    CHECK(is_field_value("a b\tc d"));
    CHECK_FALSE(is_field_value("a b\tc d "));
    CHECK_FALSE(is_field_value("  "));
}

TEST_CASE("nothing that ends a line or starts another field gets into a value") {
    for (const std::string_view value : {"a\r\nhost: evil"sv, "a\nz"sv, "a\rz"sv, "a\r\n z"sv, "a\0z"sv, "a\x0Bz"sv,
                                         "a\x7Fz"sv, "caf\u00E9"sv, "a\x85z"sv}) {
        CAPTURE(value);
        CHECK_FALSE(is_field_value(value));
        CHECK_FALSE(is_field_name(value));
    }
}

TEST_CASE("fields are equal when name and value are") {
    const zenwire::field one = {"host", "a"};
    CHECK(one == zenwire::field{"host", "a"});
    CHECK(one != zenwire::field{"host", "b"});
    CHECK(one != zenwire::field{"Host", "a"});
}
