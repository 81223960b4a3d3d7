// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#ifndef __SIZEOF_INT128__
#include <boost/multiprecision/cpp_int.hpp>
#endif
#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::traffic_package_size;
using namespace zenwire::literals;
constexpr std::int64_t units_per_step = 50'000;  // of 0.05 TB
constexpr int last_step = 2000;                  // 100 TB
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The count of 0.000001 TB; nothing when the size was refused.
constexpr std::optional<std::int64_t> units_of(zenwire::expected<traffic_package_size> const& size) {
    return size ? std::optional(size->units()) : std::nullopt;
}

std::string text_of(traffic_package_size size) {
    char memory[32];
    zenwire::buffer_writer out(memory);
    size.write_to(out);
    return std::string(out.written());
}

/// `step` * 0.05 as people write it: `0.15`, `100`.
std::string shortest_decimal(int step) {
    char text[16];
    std::snprintf(text, sizeof(text), "%d.%02d", step / 20, step % 20 * 5);
    std::string_view shortest = text;
    while (shortest.ends_with('0')) {
        shortest.remove_suffix(1);
    }
    if (shortest.ends_with('.')) {
        shortest.remove_suffix(1);
    }
    return std::string(shortest);
}

#ifdef __SIZEOF_INT128__
__extension__ using wide_integer = __int128;
#else
using wide_integer = boost::multiprecision::int128_t;
#endif

/// The rule in whole numbers. A number is mantissa * 2^exponent, and 2^exponent is its unit in the last place; both
/// sides are taken times 10^6 * 2^-exponent.
struct exact_view {
    template <class Float>
    explicit exact_view(Float number) {
        int binary_exponent = 0;
        const Float fraction = std::frexp(number, &binary_exponent);
        constexpr int digits = std::numeric_limits<Float>::digits;
        constexpr int smallest = std::numeric_limits<Float>::min_exponent - digits;
        exponent = binary_exponent - digits < smallest ? smallest : binary_exponent - digits;
        mantissa = static_cast<std::int64_t>(std::ldexp(fraction, binary_exponent - exponent));
    }

    /// Whether `units` * 10^-6 lies within one unit in the last place.
    [[nodiscard]] bool is_within_one_place_of(std::int64_t units) const {
        constexpr wide_integer million = 1'000'000;
        if (exponent >= 0) {
            const wide_integer place = wide_integer{1} << exponent;
            const wide_integer difference = mantissa * place * million - units;
            return difference <= place * million && -difference <= place * million;
        }
        if (exponent < -100) {  // less than 2^-47: only zero can be so near
            return units == 0 && mantissa <= 1;
        }
        const wide_integer difference = mantissa * million - units * (wide_integer{1} << -exponent);
        return difference <= million && -difference <= million;
    }

    /// The nearest count of 10^-6.
    [[nodiscard]] std::int64_t nearest() const {
        constexpr wide_integer million = 1'000'000;
        if (exponent >= 0) {
            return static_cast<std::int64_t>(mantissa * (wide_integer{1} << exponent) * million);
        }
        if (exponent < -100) {
            return 0;
        }
        const wide_integer place = wide_integer{1} << -exponent;
        return static_cast<std::int64_t>((2 * mantissa * million + place) / (2 * place));
    }

    std::int64_t mantissa = 0;
    int exponent = 0;
};

/// Whether the library decides about a `double` as the exact arithmetic does.
bool is_decided_exactly(double number) {
    const exact_view exact(number);
    const auto size = traffic_package_size::from_terabytes(number);
    const bool is_legal = exact.is_within_one_place_of(exact.nearest());
    return size.has_value() == is_legal && (!is_legal || size->units() == exact.nearest());
}

/// The same for `float`, whose unit in the last place is wider than 0.000001 TB from 16 TB on, so that several sizes
/// are near enough and any of them would keep the rule.
bool is_decided_exactly(float number) {
    const exact_view exact(number);
    const auto size = traffic_package_size::from_terabytes(number);
    return size ? exact.is_within_one_place_of(size->units()) : !exact.is_within_one_place_of(exact.nearest());
}

template <class Float>
Float moved(Float number, int places) {
    for (int i = 0; i < std::abs(places); ++i) {
        number = std::nextafter(number, places < 0 ? Float(-infinity) : Float(infinity));
    }
    return number;
}

template <class Argument>
constexpr bool is_taken = requires(Argument argument) { traffic_package_size::from_terabytes(argument); };

static_assert(is_taken<int> && is_taken<unsigned long long> && is_taken<signed char>);
static_assert(!is_taken<bool> && !is_taken<char> && !is_taken<wchar_t> && !is_taken<char8_t> && !is_taken<long double>);

static_assert(units_of(traffic_package_size::from_terabytes(0.15)) == 150'000);
static_assert(units_of(traffic_package_size::from_terabytes(0.15F)) == 150'000);

// the smallest sizes, whose bits lie more than 64 places below those of the largest
static_assert(units_of(traffic_package_size::from_terabytes(0.000001)) == 1 &&
              units_of(traffic_package_size::from_terabytes(0.000004)) == 4 &&
              units_of(traffic_package_size::from_terabytes(0.000009)) == 9);

static_assert(units_of(traffic_package_size::from_terabytes(3 * 0.05)) == 150'000);
static_assert(is_taken<double> && is_taken<float> && is_taken<int> && is_taken<unsigned long long>);
static_assert(!is_taken<bool> && !is_taken<long double>, "what would be taken wrongly does not compile");
static_assert(!std::is_convertible_v<double, traffic_package_size>);

}  // namespace

TEST_CASE("however a multiple of 0.05 TB up to 100 was computed it is taken for the decimal that was meant") {
    for (int step = 0; step <= last_step; ++step) {
        const std::string decimal = shortest_decimal(step);
        const double literal = std::strtod(decimal.c_str(), nullptr);
        for (const double number : {literal, step * 0.05, step / 20.0}) {
            CAPTURE(number);
            const auto size = traffic_package_size::from_terabytes(number);
            REQUIRE(code_of(size) == zenwire::errc{});
            CHECK(size->units() == step * units_per_step);
            CHECK(text_of(*size) == decimal);
            CHECK(size->terabytes() == literal);
        }
    }
}

TEST_CASE("every multiple of 0.05 TB below 16 as a float is taken for the decimal that was meant") {
    // from 16 TB on the unit in a float's last place is larger than 0.000001 TB: there it is taken at its word
    for (int step = 0; step < 16 * 20; ++step) {
        const std::string decimal = shortest_decimal(step);
        const auto size = traffic_package_size::from_terabytes(std::strtof(decimal.c_str(), nullptr));
        REQUIRE(code_of(size) == zenwire::errc{});
        REQUIRE(text_of(*size) == decimal);
    }
}

TEST_CASE("a float too coarse for the decimal that was meant is taken at its word and refused as a step") {
    const auto size = traffic_package_size::from_terabytes(64.05F);
    REQUIRE(code_of(size) == zenwire::errc{});
    CHECK(text_of(*size) == "64.050003");
    CHECK_FALSE(size->is_multiple_of(zenwire::services::bmc_2022_11_20.traffic_package_step));
}

TEST_CASE("the neighbours of every multiple of 0.05 TB are decided by exact arithmetic") {
    for (int step = 0; step <= last_step; ++step) {
        const std::string decimal = shortest_decimal(step);
        for (int places = -4; places <= 4; ++places) {
            const double wide = moved(std::strtod(decimal.c_str(), nullptr), places);
            const float narrow = moved(std::strtof(decimal.c_str(), nullptr), places);
            if (wide >= 0) {
                CAPTURE(wide);
                CHECK(is_decided_exactly(wide));
                CAPTURE(narrow);
                CHECK(is_decided_exactly(narrow));
            }
        }
    }
}

TEST_CASE("a number is a size up to one unit in its last place away from it and not two") {
    // sizes that a double holds exactly, so that the neighbours lie whole units away
    for (const double exact : {0.25, 0.375, 1.5, 3.0, 42.0, 99.75, 100.0, 12345.0, 7.0e8}) {
        CAPTURE(exact);
        const auto units = static_cast<std::int64_t>(exact * 1e6);
        CHECK(units_of(traffic_package_size::from_terabytes(exact)) == units);
        for (const int direction : {-1, 1}) {
            CHECK(units_of(traffic_package_size::from_terabytes(moved(exact, direction))) == units);
            CHECK_FALSE(traffic_package_size::from_terabytes(moved(exact, 2 * direction)).has_value());
        }
    }
}

TEST_CASE("random numbers of every magnitude up to 1e9 are decided by exact arithmetic") {
    std::mt19937_64 random(20221120);
    std::uniform_int_distribution<int> exponents(-40, 29);
    std::uniform_real_distribution<double> fractions(1.0, 2.0);
    std::uniform_int_distribution<int> places(-3, 3);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double anywhere = std::ldexp(fractions(random), exponents(random));
        const double near_a_size = moved(std::round(anywhere * 1e6) / 1e6, places(random));
        for (const double number : {anywhere, near_a_size}) {
            if (number < 0 || number > 1e9) {
                continue;
            }
            CAPTURE(number);
            REQUIRE(is_decided_exactly(number));
            REQUIRE(is_decided_exactly(static_cast<float>(number)));
            ++(traffic_package_size::from_terabytes(number) ? accepted : refused);
        }
    }
    CHECK(accepted > 50'000);
    CHECK(refused > 100'000);
}

TEST_CASE("numbers that are no size are refused and the error names the parameter") {
    struct {
        double number;
        std::string_view why;
    } const cases[] = {
        {not_a_number, "not negative"},
        {-not_a_number, "not negative"},
        {infinity, "1000000000"},
        {-infinity, "not negative"},
        {-0.05, "not negative"},
        {-1e-300, "not negative"},
        {1e9 + 0.05, "1000000000"},
        {moved(1e9, 1), "1000000000"},
        {std::numeric_limits<double>::max(), "1000000000"},
        {0.0000001, "0.000001"},
        {1e-300, "0.000001"},
        {1.0 / 3, "0.000001"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.number);
        const auto size = traffic_package_size::from_terabytes(each.number);
        REQUIRE(code_of(size) == zenwire::errc::invalid_parameter);
        CHECK(size.error().field == "trafficPackageSize");
        CHECK(size.error().blame == zenwire::blame::local);
        CHECK(size.error().outcome == zenwire::outcome::not_executed);
        CHECK(contains(size.error().message, each.why));
    }
    for (const float number : {float(not_a_number), float(infinity), -0.05F, 1.1e9F, 1e-7F}) {
        CAPTURE(number);
        CHECK(code_of(traffic_package_size::from_terabytes(number)) == zenwire::errc::invalid_parameter);
    }
}

TEST_CASE("zero of either sign is a legal size") {
    for (const double zero : {0.0, -0.0}) {
        CHECK(units_of(traffic_package_size::from_terabytes(zero)) == 0);
        CHECK(units_of(traffic_package_size::from_terabytes(static_cast<float>(zero))) == 0);
    }
    CHECK(text_of(traffic_package_size()) == "0");
}

TEST_CASE_TEMPLATE("whole terabytes of every integer type are taken", Integer, signed char, unsigned char, short,
                   unsigned short, int, unsigned, long, unsigned long, long long, unsigned long long) {
    CHECK(text_of(*traffic_package_size::from_terabytes(Integer{0})) == "0");
    CHECK(text_of(*traffic_package_size::from_terabytes(Integer{100})) == "100");
    constexpr Integer largest = std::numeric_limits<Integer>::max();
    const auto size = traffic_package_size::from_terabytes(largest);
    const bool is_legal = static_cast<unsigned long long>(largest) <= 1'000'000'000ULL;
    CHECK(code_of(size) == (is_legal ? zenwire::errc{} : zenwire::errc::invalid_parameter));
    if (is_legal) {
        CHECK(text_of(*size) == std::to_string(largest));
    }
    if constexpr (std::is_signed_v<Integer>) {
        CHECK(code_of(traffic_package_size::from_terabytes(Integer{-1})) == zenwire::errc::invalid_parameter);
        CHECK(code_of(traffic_package_size::from_terabytes(std::numeric_limits<Integer>::min())) ==
              zenwire::errc::invalid_parameter);
    }
}

TEST_CASE("the largest size is 1000000000 TB in every spelling") {
    constexpr std::int64_t largest = 1'000'000'000'000'000;
    CHECK(text_of(*traffic_package_size::from_units(largest)) == "1000000000");
    CHECK(units_of(traffic_package_size::from_terabytes(1e9)) == largest);
    CHECK(units_of(traffic_package_size::from_terabytes(1e9F)) == largest);
    CHECK(units_of(traffic_package_size::from_terabytes(1'000'000'000)) == largest);
    CHECK(units_of(traffic_package_size::parse("1000000000.000000")) == largest);
    CHECK_FALSE(traffic_package_size::from_units(1'000'000'000'000'001).has_value());
    CHECK_FALSE(traffic_package_size::from_units(INT64_MAX).has_value());
    CHECK_FALSE(traffic_package_size::from_units(-1).has_value());
    CHECK_FALSE(traffic_package_size::from_units(INT64_MIN).has_value());
    CHECK_FALSE(traffic_package_size::from_terabytes(1'000'000'001).has_value());
    CHECK_FALSE(traffic_package_size::parse("1000000000.000001").has_value());
}

TEST_CASE("a size is a literal, checked when the program is compiled") {
    static_assert((0.15_TB).units() == 150'000);
    static_assert((1_TB).units() == 1'000'000);
    static_assert((0.000001_TB).units() == 1);
    static_assert((1'000.5_TB).units() == 1'000'500'000);
    CHECK(0.15_TB == *traffic_package_size::parse("0.15"));
}

TEST_CASE("no number is taken for a size by itself") {
    static_assert(!std::is_convertible_v<double, traffic_package_size>);
    static_assert(!std::is_constructible_v<traffic_package_size, double>);
    static_assert(!std::is_constructible_v<traffic_package_size, int>);
}

TEST_CASE("sizes are keys of unordered containers") {
    const std::unordered_map<traffic_package_size, int> by_size{{0.15_TB, 1}, {1.5_TB, 2}};
    CHECK(by_size.at(1.50_TB) == 2);
}

TEST_CASE("a size is rounded down to the largest multiple that is not larger") {
    const auto rounded = [](std::int64_t units, std::int64_t step) {
        return zenwire::traffic_package_size::from_units(units)
            .value()
            .rounded_down_to(zenwire::traffic_package_size::from_units(step).value())
            .units();
    };
    CHECK(rounded(0, 50'000) == 0);
    CHECK(rounded(49'999, 50'000) == 0);
    CHECK(rounded(50'000, 50'000) == 50'000);
    CHECK(rounded(149'999, 50'000) == 100'000);
    CHECK(rounded(7, 1) == 7);
}

TEST_CASE("sizes are ordered and know what they are multiples of") {
    const auto size = [](std::string_view text) { return *traffic_package_size::parse(text); };
    CHECK(size("0.15") < size("0.2"));
    CHECK(size("100") > size("99.999999"));
    CHECK(size("1.50") == size("1.5"));
    struct {
        std::string_view size;
        std::string_view step;
        bool expected;
    } const cases[] = {
        {"0.15", "0.05", true}, {"0", "0.05", true},     {"0.07", "0.05", false},    {"0.050001", "0.05", false},
        {"0.07", "0", true},    {"3", "0.000001", true}, {"1000000000", "3", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.size);
        CHECK(size(each.size).is_multiple_of(size(each.step)) == each.expected);
    }
}

TEST_CASE("a decimal of a server that is a binary fraction in full means the nearest multiple of 0.000001 TB") {
    struct {
        std::string_view text;
        std::optional<std::int64_t> units;
    } const cases[] = {
        {"0.15", 150'000},
        {"0.15000000000000002", 150'000},
        {"0.14999999999999999", 150'000},
        {"0.1499999999999", {}},
        {"0.1500000000001", {}},
        {"0.0000005", {}},
        {"999999999.99999999", 1'000'000'000'000'000},
        {"1000000000", 1'000'000'000'000'000},
        {"1000000001", {}},
        {"1e17", {}},
        // a million times as much is 1'000'000 more than a multiple of 2^64
        {"288230376151711745", {}},
        {"2.88230376151711745e17", {}},
        {"-1", {}},
        {"-0", 0},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto size = traffic_package_size::from_decimal(zenwire::decimal::parse(each.text));
        REQUIRE(size.has_value() == each.units.has_value());
        if (size) {
            CHECK(size->units() == *each.units);
        }
    }
    CHECK_FALSE(traffic_package_size::from_decimal(std::nullopt).has_value());
}
