// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/ascii.hpp>

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace ascii = zenwire::ascii;
using namespace std::string_view_literals;

constexpr bool is_lowered_when_compiling(std::string_view text, std::string_view lower) {
    char memory[32]{};
    ascii::write_lower(memory, text);
    return std::string_view(memory, text.size()) == lower;
}
static_assert(is_lowered_when_compiling("Ab", "ab") && is_lowered_when_compiling("X-ZC-Action", "x-zc-action") &&
              is_lowered_when_compiling("X-ZC-Signed-Headers", "x-zc-signed-headers"));
static_assert(ascii::is_named("Retry-After", "retry-after") && !ascii::is_named("Retry\rAfter", "retry-after"));
static_assert(ascii::to_lower('Z') == 'z' && ascii::equal_ignoring_case("Retry-After", "retry-after"));

TEST_CASE("the classes of characters are those of the C locale and beyond ASCII there are none") {
    for (int code = 0; code < 256; ++code) {
        CAPTURE(code);
        const char c = static_cast<char>(code);
        const bool is_ascii = code < 128;
        CHECK(ascii::is_digit(c) == (is_ascii && std::isdigit(code) != 0));
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

TEST_CASE("a text has a name exactly when it differs from it in letter case at most") {
    for (const std::string_view name :
         {"a"sv, "-9"sv, "z-0"sv, "host"sv, "x-zc-9"sv, "content-type"sv, "x-zc-signature-method"sv}) {
        for (std::size_t place = 0; place < name.size(); ++place) {
            for (int code = 0; code < 256; ++code) {
                std::string text(name);
                text[place] = static_cast<char>(code);
                const bool is_name = ascii::to_lower(text[place]) == name[place];
                if (ascii::is_named(text, name) != is_name) {
                    CAPTURE(text);
                    CHECK(ascii::is_named(text, name) == is_name);
                }
            }
        }
        CHECK(ascii::is_named(name, name));
        CHECK_FALSE(ascii::is_named(std::string(name) + "a", name));
        CHECK_FALSE(ascii::is_named(name.substr(1), name));
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

TEST_CASE("looks at eight characters at a time find each character at each place") {
    const std::string plain = "abcdefghijklmnopqrst";
    for (std::size_t size = 1; size <= plain.size(); ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int code = 0; code < 256; ++code) {
                std::string text = plain.substr(0, size);
                text[place] = static_cast<char>(code);
                std::string lower = text;
                lower[place] = zenwire::ascii::to_lower(text[place]);
                std::string written(size, '#');
                zenwire::ascii::write_lower(written.data(), text);
                const bool is_expected = zenwire::ascii::is_printable(text) == (code >= 0x20 && code <= 0x7E) &&
                                         zenwire::ascii::is_visible(text) == (code > 0x20 && code <= 0x7E) &&
                                         written == lower;
                if (!is_expected) {
                    CAPTURE(size);
                    CAPTURE(place);
                    CAPTURE(code);
                    CHECK(is_expected);
                }
            }
        }
    }
    CHECK(zenwire::ascii::is_visible(plain));
}

TEST_CASE("eight characters become lower case wherever each of them is and whatever the others are") {
    for (unsigned place = 0; place < 8; ++place) {
        for (int code = 0; code < 256; ++code) {
            const char c = static_cast<char>(code);
            const auto at_place = [&](char each) {
                return std::uint64_t{static_cast<unsigned char>(each)} << (8 * place);
            };
            for (const unsigned other : {0x00U, 0x40U, 0x5AU, 0x5BU, 0x7FU, 0x80U, 0xDAU, 0xFFU}) {
                const std::uint64_t rest = other * zenwire::each_byte & ~at_place('\xFF');
                const char lower = ascii::to_lower(static_cast<char>(other));
                const std::uint64_t lower_rest =
                    static_cast<unsigned char>(lower) * zenwire::each_byte & ~at_place('\xFF');
                const bool is_lower =
                    ascii::lower_word(rest | at_place(c)) == (lower_rest | at_place(ascii::to_lower(c)));
                if (!is_lower) {
                    CAPTURE(place);
                    CAPTURE(code);
                    CAPTURE(other);
                    CHECK(is_lower);
                }
            }
        }
    }
}

TEST_CASE("lower case is written over the room of the text alone, also in the text's own place") {
    for (std::size_t size = 0; size <= 40; ++size) {
        CAPTURE(size);
        std::string text;
        std::string lower;
        for (std::size_t i = 0; i < size; ++i) {
            text.push_back(static_cast<char>('A' - 3 + 13 * i));
            lower.push_back(ascii::to_lower(text.back()));
        }
        std::string memory(size + 16, '#');
        ascii::write_lower(memory.data() + 8, text);
        CHECK(memory == "########" + lower + "########");
        ascii::write_lower(text.data(), text);
        CHECK(text == lower);
    }
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
