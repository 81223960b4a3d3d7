// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/decimal.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::decimal;

std::string written(decimal number) {
    char memory[21];
    zenwire::buffer_writer out(memory);
    number.write_to(out);
    REQUIRE_FALSE(out.overflowed());
    return std::string(out.written());
}

static_assert(decimal::parse("12.50")->coefficient() == 125 && decimal::parse("12.50")->scale() == 1);
static_assert(decimal::parse("1E3") == decimal(1000) && !decimal::parse("01"));
static_assert(!std::is_constructible_v<decimal, double> && !std::is_constructible_v<decimal, float>);
static_assert(*decimal::parse("-0.1") < decimal() && *decimal::parse("0.30") > *decimal::parse("0.2999"));

}  // namespace

TEST_CASE("numbers as JSON writes them are read exactly and written without exponent") {
    struct {
        std::string_view text;
        std::int64_t coefficient;
        int scale;
        std::string_view written;
    } const cases[] = {
        {"0", 0, 0, "0"},
        {"-0", 0, 0, "0"},
        {"0.000", 0, 0, "0"},
        {"0e99999999999999999999", 0, 0, "0"},
        {"0.00e-99999999999999999999", 0, 0, "0"},
        {"7", 7, 0, "7"},
        {"-7", -7, 0, "-7"},
        {"0.15", 15, 2, "0.15"},
        {"-12.5", -125, 1, "-12.5"},
        {"12.500", 125, 1, "12.5"},
        {"100", 100, 0, "100"},
        {"100.00", 100, 0, "100"},
        {"1.005", 1005, 3, "1.005"},
        {"1E3", 1000, 0, "1000"},
        {"1e+3", 1000, 0, "1000"},
        {"1.25E1", 125, 1, "12.5"},
        {"1200E-3", 12, 1, "1.2"},
        {"1e-0", 1, 0, "1"},
        {"1E-18", 1, 18, "0.000000000000000001"},
        {"-0.000000000000000001", -1, 18, "-0.000000000000000001"},
        {"-0.999999999999999999", -999999999999999999, 18, "-0.999999999999999999"},
        {"999999999999999999", 999999999999999999, 0, "999999999999999999"},
        {"-999999999999999999", -999999999999999999, 0, "-999999999999999999"},
        {"1E17", 100000000000000000, 0, "100000000000000000"},
        {"123456789.987654321", 123456789987654321, 9, "123456789.987654321"},
        {"1.00000000000000000000000000000", 1, 0, "1"},
        {"1000000000000000000000000000000e-30", 1, 0, "1"},
        {"0.00000000000000000000000000001e29", 1, 0, "1"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto number = decimal::parse(each.text);
        REQUIRE(number.has_value());
        CHECK(number->coefficient() == each.coefficient);
        CHECK(number->scale() == each.scale);
        CHECK(written(*number) == each.written);
    }
}

TEST_CASE("other text is not a number") {
    for (const std::string_view text :
         {""sv,     "-"sv,     "+1"sv,  "."sv,        ".5"sv,    "5."sv,   "-.5"sv, "00"sv,   "01"sv,
          "-01"sv,  "1e"sv,    "1e+"sv, "1e-"sv,      "1e1.5"sv, "1.e1"sv, "1,5"sv, " 1"sv,   "1 "sv,
          "0x10"sv, "1_000"sv, "NaN"sv, "Infinity"sv, "--1"sv,   "1-"sv,   "1\0"sv, "1e5e5"sv}) {
        CAPTURE(text);
        CHECK_FALSE(decimal::parse(text).has_value());
    }
}

TEST_CASE("a number that needs more than eighteen digits or decimals is refused and not rounded") {
    for (const std::string_view text :
         {"1000000000000000001"sv, "1E18"sv, "9999999999999999999"sv, "0.1234567890123456789"sv,
          "1234567890.1234567891"sv, "1E-19"sv, "1.5E-18"sv, "1e99999999999999999999"sv, "-1e-99999999999999999999"sv,
          "100000000000000000000000000000000000000000000000001"sv}) {
        CAPTURE(text);
        CHECK_FALSE(decimal::parse(text).has_value());
    }
}

TEST_CASE("whole numbers beyond eighteen digits become the largest") {
    CHECK(decimal().coefficient() == 0);
    CHECK(decimal(-42).coefficient() == -42);
    CHECK(decimal(INT64_MAX).coefficient() == 999999999999999999);
    CHECK(decimal(INT64_MIN).coefficient() == -999999999999999999);
    CHECK(decimal(UINT64_MAX).coefficient() == 999999999999999999);
    CHECK(decimal(UINT64_MAX).is_rounded());
    CHECK(decimal(std::uint64_t{42}) == decimal(42));
    CHECK(decimal(std::uint64_t{999999999999999999}).coefficient() == 999999999999999999);
    CHECK_FALSE(decimal(std::uint64_t{999999999999999999}).is_rounded());
    CHECK(decimal(std::uint64_t{1000000000000000000}).is_rounded());
}

TEST_CASE("numbers are ordered by their value whatever their scale") {
    const std::vector<std::string_view> ascending = {
        "-999999999999999999",
        "-2",
        "-1.00000000000000001",
        "-1",
        "-0.999999999999999999",
        "-0.5",
        "-0.000000000000001",
        "0",
        "0.000000000000000001",
        "0.3",
        "0.300000000000000001",
        "0.999999999999999999",
        "1",
        "1.005",
        "1.05",
        "9",
        "10",
        "999999999999999999",
    };
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t k = 0; k < ascending.size(); ++k) {
            CAPTURE(ascending[i]);
            CAPTURE(ascending[k]);
            const bool is_so = (*decimal::parse(ascending[i]) <=> *decimal::parse(ascending[k])) == (i <=> k);
            CHECK(is_so);
            CHECK((*decimal::parse(ascending[i]) == *decimal::parse(ascending[k])) == (i == k));
        }
    }
    CHECK(*decimal::parse("1.50") == *decimal::parse("15e-1"));
}

TEST_CASE("what was written is read as the same number") {
    std::mt19937_64 random;
    for (int i = 0; i < 2000; ++i) {
        const auto digits = static_cast<std::int64_t>(random() % 1'000'000'000'000'000'000U);
        const std::int64_t coefficient = (random() % 2 == 0 ? 1 : -1) * (digits >> random() % 60);
        const std::string text = std::to_string(coefficient) + "e-" + std::to_string(random() % 19);
        CAPTURE(text);
        const auto number = decimal::parse(text);
        REQUIRE(number.has_value());
        CHECK(decimal::parse(written(*number)) == number);
    }
}

TEST_CASE("a number of any length is read as the nearest one and says that it is another") {
    const std::string nines(18, '9');
    struct {
        std::string text;
        std::string_view nearest;
        bool is_rounded;
    } const cases[] = {
        {"12.50", "12.5", false},
        {"7524.000000000000000000000000000000000000000000000000", "7524", false},
        {"1000000000000000000000000000000e-30", "1", false},
        {"0.000000000000000000000000000000e99", "0", false},
        {"-0.0", "0", false},
        // 0.15 as a double, in full
        {"0.1499999999999999944488848768742172978818416595458984375", "0.149999999999999994", true},
        {"-0.1499999999999999944488848768742172978818416595458984375", "-0.149999999999999994", true},
        {"95.05000000000000426325641456060111522674560546875", "95.0500000000000043", true},
        {"123456789012345678.5", "123456789012345679", true},
        {"123456789012345678.4999999", "123456789012345678", true},
        {"1234567890123456784", "999999999999999999", true},
        {"0.0000000000000000005", "0.000000000000000001", true},
        {"0.00000000000000000049", "0", true},
        {"1e-400", "0", true},
        {"1e-99999999999999999999", "0", true},
        // not rounded twice: 4.49 at the nineteenth decimal
        {"0.00000000000000000144999", "0.000000000000000001", true},
        {"0.9999999999999999999", "1", true},
        {nines + ".4", "999999999999999999", true},
        {nines, "999999999999999999", false},
        {"-" + nines + "9", std::string_view("-999999999999999999"), true},
        {"1e18", "999999999999999999", true},
        {"1e400", "999999999999999999", true},
        {"-1e99999999999999999999", std::string_view("-999999999999999999"), true},
        {std::string(51, '7'), "999999999999999999", true},
        {"1." + std::string(100'000, '0') + "1", "1", true},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text.substr(0, 80));
        const auto number = decimal::parse_nearest(each.text);
        REQUIRE(number.has_value());
        CHECK(written(*number) == each.nearest);
        CHECK(number->is_rounded() == each.is_rounded);
        CHECK(decimal::parse(each.text).has_value() == !each.is_rounded);
    }
    for (const std::string_view text : {"", "-", ".5", "1.", "1e", "01", "+1", "1 ", "0x1", "NaN", "1.5.1"}) {
        CAPTURE(text);
        CHECK_FALSE(decimal::parse_nearest(text).has_value());
    }
    CHECK(decimal(INT64_MAX).is_rounded());
    CHECK(decimal(INT64_MIN).is_rounded());
    CHECK_FALSE(decimal(999'999'999'999'999'999).is_rounded());
}
