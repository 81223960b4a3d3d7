// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/inline_string.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

#include <zenwire/base/utf8.hpp>

#include "../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::inline_string;

template <class Left, class Right>
concept comparable = requires(Left const& left, Right const& right) {
    left == right;
    right == left;
};

template <std::size_t Capacity>
void check_cut(std::string_view text) {
    std::size_t fitting = 0;
    while (fitting < text.size() && fitting + zenwire::utf8_sequence_length(text.substr(fitting)) <= Capacity) {
        fitting += zenwire::utf8_sequence_length(text.substr(fitting));
    }
    CAPTURE(Capacity);
    const inline_string<Capacity> whole(text);
    CHECK(whole.view() == text.substr(0, fitting));
    CHECK(whole.truncated() == (text.size() > Capacity));

    inline_string<Capacity> by_bytes;
    for (const char c : text) {
        by_bytes.append(std::string_view(&c, 1));
    }
    CHECK(by_bytes.view() == whole.view());
    CHECK(by_bytes.truncated() == whole.truncated());
}

constexpr bool works_in_a_constant_expression() {
    inline_string<4> text("ab");
    text.append("\u00E9");
    const inline_string<4> copy = text;
    text.append("z");
    return copy.view() == "ab\u00E9" && !copy.truncated() && text.view() == "ab\u00E9" && text.truncated();
}
static_assert(works_in_a_constant_expression());

static_assert(std::is_trivially_copyable_v<inline_string<8>>);
static_assert(inline_string<8>::capacity() == 8);
static_assert(!std::is_convertible_v<int, inline_string<8>>);

}  // namespace

TEST_CASE("a text that fits is kept whole") {
    struct {
        std::string_view text;
    } const cases[] = {{""}, {"a"}, {"12345678"}, {"a\0b"sv}, {"\u20AC\u20AC\u00E9"}, {"\xFF\x80"}};
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const inline_string<8> text(each.text);
        CHECK(text.view() == each.text);
        CHECK(text.size() == each.text.size());
        CHECK(text.empty() == each.text.empty());
        CHECK_FALSE(text.truncated());
        CHECK(std::string_view(text.data(), text.size()) == each.text);
    }
}

TEST_CASE("a text is made of literals and strings and views and is one") {
    const std::string string = "text";
    const inline_string<8> from_literal = "text";
    const inline_string<8> from_string = string;
    const inline_string<8> from_view = std::string_view(string);
    const inline_string<8> from_shorter = inline_string<4>("text");
    CHECK(from_literal == from_string);
    CHECK(from_literal == from_view);
    CHECK(from_literal == from_shorter);
    const std::string_view view = from_literal;
    CHECK(view == "text");
}

TEST_CASE("a text that does not fit is cut at the end of a whole UTF-8 sequence") {
    for (const std::string_view text : {"abcdefghij"sv, "a\u00E9\u20AC\U0001F600z"sv, "\U0001F600\u20AC\u00E9a"sv,
                                        "\u00E9\u00E9\u00E9\u00E9\u00E9"sv, "\U0001F600\U0001F600\U0001F600"sv}) {
        CAPTURE(text);
        check_cut<1>(text);
        check_cut<2>(text);
        check_cut<3>(text);
        check_cut<4>(text);
        check_cut<5>(text);
        check_cut<6>(text);
        check_cut<7>(text);
        check_cut<8>(text);
        check_cut<9>(text);
        check_cut<10>(text);
        check_cut<11>(text);
        check_cut<12>(text);
    }
}

TEST_CASE("of a text that is not UTF-8 no more is cut away than is needed") {
    CHECK(inline_string<3>("ab\xFFz").view() == "ab\xFF");
    CHECK(inline_string<3>("\x80\x80\x80\x80").view() == "");
    CHECK(inline_string<3>("\x80\x80\x80\x80").truncated());
}

TEST_CASE("behind a cut nothing is appended") {
    inline_string<4> text("abc");
    text.append("\u00E9");
    CHECK(text.view() == "abc");
    text.append("d");
    CHECK(text.view() == "abc");
    CHECK(text.truncated());
}

TEST_CASE("pieces are appended until the text is full") {
    inline_string<5> text;
    text.append("ab");
    text.append("");
    text.append("cde");
    CHECK(text.view() == "abcde");
    CHECK_FALSE(text.truncated());
    text.append("");
    CHECK_FALSE(text.truncated());
    text.append("f");
    CHECK(text.view() == "abcde");
    CHECK(text.truncated());
}

TEST_CASE("clear and assign forget the old text and that it was cut") {
    inline_string<3> text("abcd");
    REQUIRE(text.truncated());
    text.clear();
    CHECK(text.empty());
    CHECK_FALSE(text.truncated());

    text.assign("12345");
    CHECK(text.view() == "123");
    CHECK(text.truncated());
    text.assign("xy");
    CHECK(text.view() == "xy");
    CHECK_FALSE(text.truncated());
}

TEST_CASE("a text may be assigned a part of itself") {
    inline_string<8> text("  ab cd ");
    text.assign(text.view().substr(2, 5));
    CHECK(text.view() == "ab cd");
    text.append(text.view().substr(0, 3));
    CHECK(text.view() == "ab cdab ");
}

TEST_CASE("a text that was cut equals no text that was not") {
    CHECK(inline_string<3>("abc") == inline_string<3>("abc"));
    CHECK(inline_string<3>("abc") != inline_string<3>("abd"));
    CHECK(inline_string<3>("abc") != inline_string<3>("abcd"));
    CHECK(inline_string<3>("abcd") == inline_string<3>("abcd"));
    CHECK(inline_string<3>("abc") == "abc"sv);
    CHECK(inline_string<3>("abcd") != "abc"sv);
    CHECK("abc"sv == inline_string<3>("abc"));
}

TEST_CASE("a text compares with all that it is made of") {
    CHECK(comparable<inline_string<4>, std::string_view>);
    CHECK(comparable<inline_string<4>, char const*>);
    CHECK(comparable<inline_string<4>, char[4]>);
    CHECK(comparable<inline_string<4>, std::string>);
    CHECK(comparable<inline_string<4>, inline_string<8>>);
}

TEST_CASE("a copy is a text of its own") {
    inline_string<4> text("ab");
    const inline_string<4> copy = text;
    text.append("c");
    CHECK(copy.view() == "ab");
    CHECK(text.view() == "abc");
}
