// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#ifndef __SIZEOF_INT128__
#endif
#include <doctest/doctest.h>

#include "../results.hpp"

/// @file
/// Sizes as decimal texts, read and written.

namespace {

using zenwire::traffic_package_size;

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

}  // namespace

TEST_CASE("decimal text is digits with an optional point and digits") {
    struct {
        std::string_view text;
        std::optional<std::int64_t> units;
    } const cases[] = {
        {"0", 0},
        {"0.0", 0},
        {"0.15", 150'000},
        {"0.150000", 150'000},
        {"0.1500000000000000000000000000000", 150'000},
        {"100", 100'000'000},
        {"00100", 100'000'000},
        {"000000000000000000000000000000000001.5", 1'500'000},
        {"1.5", 1'500'000},
        {"0.000001", 1},
        {"999999999.999999", 999'999'999'999'999},
        {"", {}},
        {".", {}},
        {"1.", {}},
        {".5", {}},
        {"+1", {}},
        {"-0", {}},
        {"-1", {}},
        {" 1", {}},
        {"1 ", {}},
        {"1\n", {}},
        {"1e2", {}},
        {"1E2", {}},
        {"0x10", {}},
        {"1,5", {}},
        {"1.5.0", {}},
        {"1.5 TB", {}},
        {"1.-5", {}},
        {"1.00000x", {}},
        {"1.0000000x", {}},
        {"nan", {}},
        {"inf", {}},
        {"0.0000001", {}},
        {"0.15000000000000002", {}},
        {"0.00000011", {}},
        {"1000000001", {}},
        {"18446744073709551616", {}},
        {"9223372036854775808", {}},
        {"99999999999999999999999999999999999999999999999999", {}},
        {"\xD9\xA1", {}},
        {std::string_view("1\0", 2), {}},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto size = traffic_package_size::parse(each.text);
        CHECK(units_of(size) == each.units);
        CHECK(code_of(size) == (each.units ? zenwire::errc{} : zenwire::errc::invalid_parameter));
    }
}

TEST_CASE("of a text that is no size is said what is wrong with it") {
    struct row {
        std::string_view text;
        std::string_view words;
    };
    const row cases[] = {
        {"150GB", "in terabytes, without a unit"},
        {"1.5 TB", "in terabytes, without a unit"},
        {"0.15tb", "in terabytes, without a unit"},
        {"1  TiB", "in terabytes, without a unit"},
        {"0,15", "a point, no comma"},
        {"1,000.5", "a point, no comma"},
        {"-1", "no sign"},
        {"+0.15", "no sign"},
        {"-0", "no sign"},
        {"", "a number like 0.15"},
        {"TB", "in terabytes, without a unit"},
        {".5", "a number like 0.15"},
        {"1e2", "a number like 0.15"},
        {"0x10", "a number like 0.15"},
        {"1 ", "a number like 0.15"},
        {" 1", "a number like 0.15"},
        {"1.5.0", "a number like 0.15"},
        {"1_", "a number like 0.15"},
        {"1]", "a number like 0.15"},
        {"0.15.TB", "in terabytes, without a unit"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto size = traffic_package_size::parse(each.text);
        REQUIRE_FALSE(size.has_value());
        CHECK(contains(size.error().message, each.words));
        CHECK(size.error().field == "trafficPackageSize");
    }
}

TEST_CASE("a size is written as the shortest decimal and reads back as itself") {
    std::mt19937_64 random(20260201);
    std::uniform_int_distribution<std::int64_t> any(0, 1'000'000'000'000'000);
    std::uniform_int_distribution<int> shift(0, 49);
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t units = any(random) >> shift(random);
        const auto size = traffic_package_size::from_units(units);
        REQUIRE(size.has_value());
        const std::string text = text_of(*size);
        CAPTURE(text);
        REQUIRE(units_of(traffic_package_size::parse(text)) == units);
        REQUIRE(text.size() <= 17);
        REQUIRE(text.find_first_not_of("0123456789.") == std::string::npos);
        REQUIRE((text.find('.') == std::string::npos || (text.back() != '0' && text.back() != '.')));
        REQUIRE((text.front() != '0' || text == "0" || text.starts_with("0.")));
        REQUIRE(size->terabytes() == std::strtod(text.c_str(), nullptr));
        REQUIRE(units_of(traffic_package_size::from_terabytes(size->terabytes())) == units);
    }
}

TEST_CASE("writing into too little memory writes nothing past its end") {
    char memory[8] = "#######";
    zenwire::buffer_writer out(std::span<char>(memory, 3));
    traffic_package_size::parse("12.75")->write_to(out);
    CHECK(out.overflowed());
    CHECK(std::string_view(memory).substr(3) == "####");
}
