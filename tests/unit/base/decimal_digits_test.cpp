// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/decimal_digits.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include <doctest/doctest.h>

namespace {

using zenwire::decimal_digits;

TEST_CASE("digits say their number, whatever their count") {
    std::uint64_t number = 0;
    std::string text;
    for (const char digit : std::string("917364528190276453")) {
        text += digit;
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
        CHECK(decimal_digits(text).number == number);
        CHECK(decimal_digits(text).are_decimal);
    }
}

TEST_CASE("zeros at the start change nothing") {
    CHECK(decimal_digits("000000000000000042").number == 42);
    CHECK(decimal_digits("00000000").number == 0);
}

TEST_CASE("each digit counts at its place") {
    std::uint64_t power = 1;
    for (std::size_t place = 12; place-- > 0; power *= 10) {
        std::string text(12, '0');
        text[place] = '7';
        CHECK(decimal_digits(text).number == 7 * power);
    }
}

TEST_CASE("any other character at any place is no digit") {
    for (std::size_t size = 1; size <= 18; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int c = 0; c < 256; ++c) {
                std::string text(size, '5');
                text[place] = static_cast<char>(c);
                if (decimal_digits(text).are_decimal != (c >= '0' && c <= '9')) {
                    FAIL("character " << c << " at " << place << " of " << size);
                }
            }
        }
    }
}

TEST_CASE("no digits are decimal, and zero") {
    CHECK(decimal_digits("").are_decimal);
    CHECK(decimal_digits("").number == 0);
}

TEST_CASE("digits can be read when compiling") {
    static_assert(decimal_digits("1673361177").number == 1673361177);
    static_assert(!decimal_digits("16733x1177").are_decimal);
    CHECK(decimal_digits("1673361177").number == 1673361177);
}

}  // namespace
