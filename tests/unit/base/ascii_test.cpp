// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/ascii.hpp>

#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace ascii = zenwire::detail::ascii;
using namespace std::string_view_literals;

static_assert(ascii::to_lower('Z') == 'z' && ascii::equal_ignoring_case("Retry-After", "retry-after"));

TEST_CASE("the classes of characters are those of the C locale and beyond ASCII there are none") {
    for (int code = 0; code < 256; ++code) {
        CAPTURE(code);
        const char c = static_cast<char>(code);
        const bool is_ascii = code < 128;
        CHECK(ascii::is_decimal_digit(c) == (is_ascii && std::isdigit(code) != 0));
        CHECK(ascii::is_alphanumeric(c) == (is_ascii && std::isalnum(code) != 0));
        CHECK(ascii::is_visible(c) == (is_ascii && std::isgraph(code) != 0));
        CHECK(ascii::to_lower(c) == (is_ascii ? static_cast<char>(std::tolower(code)) : c));
        CHECK(ascii::to_upper(c) == (is_ascii ? static_cast<char>(std::toupper(code)) : c));
    }
}

TEST_CASE("a character is one of a text's when it stands anywhere in it") {
    for (const char c : "a_~"sv) {
        CHECK(ascii::is_one_of(c, "a_~"));
    }
    CHECK_FALSE(ascii::is_one_of('b', "a_~"));
    CHECK_FALSE(ascii::is_one_of('\0', "a_~"));
    CHECK_FALSE(ascii::is_one_of('a', ""));
}

TEST_CASE("texts that differ in nothing but the case of A to Z are equal ignoring case") {
    struct {
        std::string_view left;
        std::string_view right;
        bool equal;
    } const cases[] = {
        {"", "", true},
        {"Content-Type", "content-tYPE", true},
        {"a", "", false},
        {"host", "hosts", false},
        {"[", "{", false},
        {"@", "`", false},
        {"\xC3\x84", "\xC3\xA4", false},
        {"a\0b"sv, "A\0B"sv, true},
        {"a\0b"sv, "a\0c"sv, false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.left);
        CAPTURE(each.right);
        CHECK(ascii::equal_ignoring_case(each.left, each.right) == each.equal);
        CHECK(ascii::equal_ignoring_case(each.right, each.left) == each.equal);
    }
}

TEST_CASE("blanks and tabs are trimmed at both ends and nothing else") {
    struct {
        std::string_view text;
        std::string_view trimmed;
    } const cases[] = {
        {"", ""},
        {" \t ", ""},
        {"a", "a"},
        {" a", "a"},
        {"a\t", "a"},
        {"\t a b \t", "a b"},
        {"\r\na\v", "\r\na\v"},
        {"\0 "sv, "\0"sv},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        CHECK(ascii::trim(each.text) == each.trimmed);
    }
}

TEST_CASE("a text is printable or visible when each of its characters is, wherever it stands") {
    const std::string plain = "abcdefghijklmnopqrst";
    for (std::size_t size = 1; size <= plain.size(); ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int code = 0; code < 256; ++code) {
                std::string text = plain.substr(0, size);
                text[place] = static_cast<char>(code);
                const bool is_expected = zenwire::detail::ascii::is_printable(text) == (code >= 0x20 && code <= 0x7E) &&
                                         zenwire::detail::ascii::is_visible(text) == (code > 0x20 && code <= 0x7E);
                if (!is_expected) {
                    CAPTURE(size);
                    CAPTURE(place);
                    CAPTURE(code);
                    CHECK(is_expected);
                }
            }
        }
    }
    CHECK(zenwire::detail::ascii::is_visible(plain));
}

TEST_CASE("texts of any length are equal ignoring case unless one place differs in more than that") {
    const std::string plain = "Content-TYPE:\xC4\xE4 x[\\]^_`{|}~@abcXYZ0189";
    for (std::size_t size = 1; size <= plain.size(); ++size) {
        const std::string left = plain.substr(0, size);
        for (std::size_t place = 0; place < size; ++place) {
            for (int code = 0; code < 256; ++code) {
                std::string right = left;
                for (char& c : right) {
                    c = ascii::to_upper(c);
                }
                right[place] = static_cast<char>(code);
                const bool equal = ascii::to_lower(right[place]) == ascii::to_lower(left[place]);
                const bool is_right = ascii::equal_ignoring_case(left, right) == equal &&
                                      ascii::equal_ignoring_case(right, left) == equal;
                if (!is_right) {
                    CAPTURE(left);
                    CAPTURE(right);
                    CHECK(is_right);
                }
            }
        }
        CHECK_FALSE(ascii::equal_ignoring_case(left, left + "a"));
        CHECK_FALSE(ascii::equal_ignoring_case(left + "a", left));
    }
}
