// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/inline_string.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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

/// As many whole UTF-8 sequences from the beginning of `text` as there is room for.
std::string_view cut(std::string_view text, std::size_t capacity) {
    std::size_t size = 0;
    while (size < text.size() && size + zenwire::utf8_sequence_length(text.substr(size)) <= capacity) {
        size += zenwire::utf8_sequence_length(text.substr(size));
    }
    return text.substr(0, size);
}

template <std::size_t Capacity>
void check_cut(std::string_view text, std::size_t piece_size) {
    CAPTURE(Capacity);
    CAPTURE(piece_size);
    inline_string<Capacity> kept;
    for (std::size_t i = 0; i < text.size(); i += piece_size) {
        kept.append(text.substr(i, piece_size));
    }
    CHECK(kept.view() == cut(text, Capacity));
    CHECK(kept.truncated() == (text.size() > Capacity));
}

/// Checks for the capacities from 1 to 12.
void check_cuts(std::string_view text, std::size_t piece_size) {
    CAPTURE(text);
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (check_cut<Index + 1>(text, piece_size), ...);
    }(std::make_index_sequence<12>());
}

constexpr std::string_view texts[] = {
    "abcdefghijklmn",
    "a\u00E9\u20AC\U0001F600\u00E9z",
    "\U0001F600\u20AC\u00E9abcdefg",
    "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9",
    "\U0001F600\U0001F600\U0001F600\U0001F600",
    // the first sequences of three bytes and of four, the last ones of two and of three
    "\u0800\u0800\u0800\u0800\u0800",
    "\U00010000\U00010000\U00010000\U00010000",
    "\u07FF\u07FF\u07FF\u07FF\u07FF\u07FF\u07FF",
    "\uFFFF\uFFFF\uFFFF\uFFFF\uFFFF",
};

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
    for (const std::string_view given : {""sv, "a"sv, "12345678"sv, "a\0b"sv, "\u20AC\u20AC\u00E9"sv, "\xFF\x80"sv}) {
        CAPTURE(given);
        const inline_string<8> text(given);
        CHECK(text.view() == given);
        CHECK(text.size() == given.size());
        CHECK(text.empty() == given.empty());
        CHECK_FALSE(text.truncated());
        CHECK(std::string_view(text.data(), text.size()) == given);
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
    for (const std::string_view text : texts) {
        check_cuts(text, text.size());
    }
}

TEST_CASE("a text that comes in pieces is cut at the end of a whole sequence wherever the pieces end") {
    for (const std::string_view text : texts) {
        for (std::size_t piece_size = 1; piece_size < 6; ++piece_size) {
            check_cuts(text, piece_size);
        }
    }
}

TEST_CASE("of a text that is not UTF-8 no more is cut away than what may be a sequence") {
    for (const std::string_view text :
         {"abcdefg\xFFz"sv, "abcdefgh\x80"sv, "abcdef\xE2\xE2\xE2"sv, "abcd\x80\x80\x80\x80\x80"sv}) {
        CAPTURE(text);
        const inline_string<8> kept(text);
        CHECK(kept.truncated());
        CHECK(text.starts_with(kept.view()));
        CHECK(kept.size() >= 4);
    }
    CHECK(inline_string<2>("\x80\x80\x80"sv).truncated());
    CHECK(inline_string<2>("\x80\x80\x80"sv).view() == "\x80\x80"sv);
}

TEST_CASE("a text that was cut equals no text, not even the one that is left of it") {
    const inline_string<4> cut("abcde");
    CHECK(cut.view() == "abcd");
    CHECK(cut != "abcd"sv);
    CHECK(cut != inline_string<4>("abcd"));
    CHECK(cut == inline_string<4>("abcdef"));
    CHECK(inline_string<4>("abcd") == "abcd"sv);
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

TEST_CASE("a text that was cut is cut in whatever it is copied to") {
    const inline_string<4> cut("abcdef");
    const inline_string<8> copy = cut;
    CHECK(copy.view() == "abcd");
    CHECK(copy.truncated());
    CHECK(inline_string<2>(cut).truncated());
    CHECK_FALSE(inline_string<8>(inline_string<4>("abcd")).truncated());
    CHECK(inline_string<8>("abcd") != cut);
    CHECK(cut != inline_string<8>("abcd"));
    CHECK(copy != inline_string<4>("abcd"));
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

TEST_CASE("a cut sequence of UTF-8 goes as a whole also when its continuation is the lowest byte there is") {
    const zenwire::inline_string<3> text("a\xE2\x80\x80");
    CHECK(text.view() == "a");
    CHECK(text.truncated());
}
