// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/utf8.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using zenwire::inline_string;
using zenwire::safe_text;

/// A code point of at most 16 bits, as UTF-8.
std::string utf8(unsigned point) {
    if (point < 0x80) {
        return {static_cast<char>(point)};
    }
    if (point < 0x800) {
        return {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))};
    }
    return {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
            static_cast<char>(0x80 | (point & 0x3F))};
}

bool is_control(unsigned point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x61C || point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x206F) || point == 0xFEFF;
}

static_assert(safe_text("a\x1B[2Jb").view() == "a [2Jb");

}  // namespace

TEST_CASE("of all characters only those that control a terminal or the direction of writing become blanks") {
    for (unsigned point = 0; point < 0x10000; ++point) {
        if (point >= 0xD800 && point < 0xE000) {
            continue;
        }
        const std::string character = utf8(point);
        const auto safe = safe_text("a" + character + "b");
        if (safe.view() != "a" + (is_control(point) ? " " : character) + "b") {
            FAIL_CHECK("U+", std::hex, point);
        }
    }
}

TEST_CASE("what is not UTF-8 becomes question marks, and longer characters stay") {
    CHECK(safe_text("\xFF\xC2").view() == "??");
    CHECK(safe_text("\x9B" "2J").view() == "?2J");
    CHECK(safe_text("\xED\xA0\x80").view() == "???");
    CHECK(safe_text("\xF0\x9F\x98\x80").view() == "\xF0\x9F\x98\x80");
    CHECK(safe_text("").view().empty());
}

TEST_CASE("a safe text is cut at its capacity and says so") {
    CHECK(safe_text<4>("abcd").view() == "abcd");
    CHECK_FALSE(safe_text<4>("abcd").truncated());
    CHECK(safe_text<4>("a\nbcde").view() == "a bc");
    CHECK(safe_text<4>("a\nbcde").truncated());
    CHECK(safe_text<4>("abc\xE5\xAE\x9E").view() == "abc");
}

TEST_CASE("a safe text is written into any memory, as far as it goes") {
    char memory[8];
    zenwire::buffer_writer out(memory);
    zenwire::write_safe_text(out, "a\r\nb");
    CHECK(out.written() == "a  b");
    CHECK_FALSE(out.overflowed());
    zenwire::write_safe_text(out, "cdefg");
    CHECK(out.overflowed());
}
