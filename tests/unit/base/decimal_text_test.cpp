// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/ascii.hpp>

#include <cstdint>
#include <limits>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string text_of(std::uint64_t number) { return std::string(zenwire::detail::decimal_text(number).view()); }

TEST_CASE("A decimal text has the digits of its number, whatever their count") {
    std::uint64_t number = 0;
    for (const char digit : std::string("12345678901234567890")) {
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
        CHECK(text_of(number) == std::to_string(number));
    }
}

TEST_CASE("A decimal text is right on both sides of each power of ten") {
    for (std::uint64_t power = 1; power <= 1'000'000'000'000'000'000U; power *= 10) {
        CHECK(text_of(power) == std::to_string(power));
        CHECK(text_of(power - 1) == std::to_string(power - 1));
        CHECK(text_of(power * 10 - 7) == std::to_string(power * 10 - 7));
    }
}

TEST_CASE("A decimal text is right for each number of four digits, at the end and before other digits") {
    bool all_right = true;
    for (std::uint64_t number = 0; number < 10'000; ++number) {
        const std::uint64_t shifted = number * 100'000'000U + 9'999U;
        all_right = all_right && text_of(number) == std::to_string(number) &&
                    text_of(number * 10'000U) == std::to_string(number * 10'000U) &&
                    text_of(shifted) == std::to_string(shifted);
    }
    CHECK(all_right);
}

TEST_CASE("The largest number has its twenty digits") {
    CHECK(text_of(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("Zero is one digit") { CHECK(text_of(0) == "0"); }

TEST_CASE("A decimal text can be made when compiling") {
    static_assert(zenwire::detail::decimal_text(1673361177).view() == "1673361177");
    static_assert(zenwire::detail::decimal_text(12345678901234567890U).view() == "12345678901234567890");
    CHECK(text_of(1673361177) == "1673361177");
}

}  // namespace
