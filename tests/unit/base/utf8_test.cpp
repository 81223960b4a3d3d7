// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::is_utf8;
using zenwire::utf8_sequence_length;

constexpr std::uint32_t last_code_point = 0x10FFFF;

constexpr bool is_surrogate(std::uint32_t code_point) { return code_point >= 0xD800 && code_point <= 0xDFFF; }

/// The bytes of a code point after the table of RFC 3629, section 3, as one number. Also of those that are none.
std::uint32_t encoded(std::uint32_t code_point) {
    const auto continuation = [&](unsigned shift) { return 0x80U | ((code_point >> shift) & 0x3FU); };
    if (code_point < 0x80) {
        return code_point;
    }
    if (code_point < 0x800) {
        return (0xC0U | code_point >> 6U) << 8U | continuation(0);
    }
    if (code_point < 0x10000) {
        return (0xE0U | code_point >> 12U) << 16U | continuation(6) << 8U | continuation(0);
    }
    return (0xF0U | code_point >> 18U) << 24U | continuation(12) << 16U | continuation(6) << 8U | continuation(0);
}

/// The last `size` bytes of a number, the most significant first.
std::string bytes(std::uint32_t number, std::size_t size) {
    std::string text;
    for (std::size_t i = size; i-- > 0;) {
        text.push_back(static_cast<char>(static_cast<unsigned char>(number >> (8 * i))));
    }
    return text;
}

std::size_t encoded_size(std::uint32_t code_point) {
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

/// The encodings of all code points that have one.
std::unordered_set<std::uint32_t> const& encodings() {
    static const std::unordered_set<std::uint32_t> all = [] {
        std::unordered_set<std::uint32_t> set;
        set.reserve(last_code_point);
        for (std::uint32_t code_point = 0; code_point <= last_code_point; ++code_point) {
            if (!is_surrogate(code_point)) {
                set.insert(encoded(code_point));
            }
        }
        return set;
    }();
    return all;
}

/// The size of the encoding that these bytes begin with, 0 when they begin with none.
std::size_t size_of_encoding_in(std::uint32_t number, std::size_t size) {
    for (std::size_t length = 1; length <= size; ++length) {
        const std::uint32_t prefix = number >> (8 * (size - length));
        const bool is_long_enough = length == 1 || prefix >> (8 * (length - 1)) != 0;
        if (is_long_enough && encodings().contains(prefix)) {
            return length;
        }
    }
    return 0;
}

static_assert(utf8_sequence_length("\u20ACx") == 3);
static_assert(is_utf8("Z\u00FCrich") && !is_utf8("Z\xFCrich"));
static_assert(is_utf8("more than eight characters, Z\u00FCrich among them") &&
              !is_utf8("more than eight characters, Z\xFCrich among them"));

}  // namespace

TEST_CASE("every code point but the surrogates is one sequence and no part of it is one") {
    std::vector<std::uint32_t> wrong;
    for (std::uint32_t code_point = 0; code_point <= last_code_point; ++code_point) {
        const std::size_t size = is_surrogate(code_point) ? 0 : encoded_size(code_point);
        const std::string text = bytes(encoded(code_point), encoded_size(code_point)) + "x";
        bool right = utf8_sequence_length(text) == size && is_utf8(text) == (size != 0);
        for (std::size_t part = 1; part < size; ++part) {
            right = right && utf8_sequence_length(std::string_view(text).substr(0, part)) == 0;
            right = right && utf8_sequence_length(text.substr(0, part) + "x") == 0;
            right = right && utf8_sequence_length(std::string_view(text).substr(part)) == 0;
        }
        if (!right) {
            wrong.push_back(code_point);
        }
    }
    CHECK(wrong == std::vector<std::uint32_t>());
}

TEST_CASE("one and two bytes are a sequence exactly when a code point is encoded so") {
    for (std::size_t size = 1; size <= 2; ++size) {
        std::vector<std::uint32_t> wrong;
        for (std::uint32_t number = 0; number < 1U << (8 * size); ++number) {
            if (utf8_sequence_length(bytes(number, size)) != size_of_encoding_in(number, size)) {
                wrong.push_back(number);
            }
        }
        CAPTURE(size);
        CHECK(wrong == std::vector<std::uint32_t>());
    }
}

TEST_CASE("three and four bytes around every border are a sequence exactly when a code point is encoded so") {
    const std::vector<std::uint32_t> borders = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    std::vector<std::uint32_t> wrong;
    for (std::uint32_t first = 0xC0; first <= 0xFF; ++first) {
        for (const std::uint32_t second : borders) {
            for (const std::uint32_t third : borders) {
                const std::uint32_t three = first << 16U | second << 8U | third;
                if (utf8_sequence_length(bytes(three, 3)) != size_of_encoding_in(three, 3)) {
                    wrong.push_back(three);
                }
                for (const std::uint32_t fourth : borders) {
                    const std::uint32_t four = three << 8U | fourth;
                    if (utf8_sequence_length(bytes(four, 4)) != size_of_encoding_in(four, 4)) {
                        wrong.push_back(four);
                    }
                }
            }
        }
    }
    CHECK(wrong == std::vector<std::uint32_t>());
}

TEST_CASE("a text is UTF-8 when it is whole sequences from its first byte to its last") {
    struct {
        std::string_view why;
        std::string_view text;
        bool valid;
    } const cases[] = {
        {"no text", "", true},
        {"ASCII with NUL", "a\0b"sv, true},
        {"all sizes", "a\u00E9\u20AC\U0001F600", true},
        {"the first and last code points of each size", "\x7F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF",
         true},
        {"a byte order mark", "\uFEFFx", true},
        {"a stray continuation byte", "a\x80z", false},
        {"a continuation byte too many", "\u00E9\x80", false},
        {"a continuation byte missing at the end", "ab\xE2\x82", false},
        {"a continuation byte missing inside", "\xE2\x82z", false},
        {"an overlong NUL", "\xC0\x80", false},
        {"an overlong slash", "\xE0\x80\xAF", false},
        {"an overlong form of four bytes", "\xF0\x8F\xBF\xBF", false},
        {"the first surrogate", "\xED\xA0\x80", false},
        {"the last surrogate", "\xED\xBF\xBF", false},
        {"a pair of surrogates", "\xED\xA0\xBD\xED\xB8\x80", false},
        {"the first code point beyond the last", "\xF4\x90\x80\x80", false},
        {"a lead byte of no code point", "\xF5\x80\x80\x80", false},
        {"five bytes", "\xF8\x88\x80\x80\x80", false},
        {"a byte that occurs nowhere", "\xFE", false},
        {"UTF-16", "\xFF\xFEh\0"sv, false},
        {"Latin-1", "Z\xFCrich", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.why);
        CHECK(is_utf8(each.text) == each.valid);
    }
}

TEST_CASE("a byte that is not UTF-8 is found wherever it stands in a text of any length") {
    for (std::size_t size = 1; size <= 80; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            CAPTURE(size);
            CAPTURE(at);
            std::string text(size, 'a');
            text[at] = '\x80';
            CHECK_FALSE(is_utf8(text));
            CHECK(is_utf8(text.replace(at, 1, "\u20AC")));
        }
    }
}

TEST_CASE("characters are counted, not bytes") {
    using zenwire::detail::utf8_character_count;
    CHECK(utf8_character_count("") == 0);
    CHECK(utf8_character_count("abc") == 3);
    CHECK(utf8_character_count("a\u00E9\u20AC\U0001F600") == 4);
    CHECK(utf8_character_count("e\u0301") == 2);
    CHECK(utf8_character_count("\xFF\xFE") == 2);
}

TEST_CASE("an empty text begins with no sequence, and is UTF-8") {
    CHECK(zenwire::utf8_sequence_length("") == 0);
    CHECK(zenwire::is_utf8(""));
}
