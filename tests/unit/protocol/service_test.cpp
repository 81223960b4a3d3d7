// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/service.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

constexpr zenwire::service documented_services[] = {zenwire::services::bmc_2022_11_20,
                                                    zenwire::services::bmc_2026_02_01, zenwire::services::vm_2023_03_13,
                                                    zenwire::services::vm_2026_04_01};

static_assert(zenwire::services::bmc_2022_11_20 != zenwire::services::bmc_2026_02_01);

}  // namespace

TEST_CASE("services are equal when all that they say is") {
    const zenwire::service one = zenwire::services::vm_2023_03_13;
    CHECK(one == zenwire::services::vm_2023_03_13);
    zenwire::service other = one;
    other.name = "bmc";
    CHECK(one != other);
    other = one;
    other.path = "/";
    CHECK(one != other);
    other = one;
    other.version = "2026-04-01";
    CHECK(one != other);
    other = one;
    other.traffic_package_step = sample::size("0.05");
    CHECK(one != other);
    other = one;
    other.bandwidth_field = "bandwidthOutMbps";
    CHECK(one != other);
}

TEST_CASE("the services carry the path and the version and the step of the documents") {
    struct {
        std::string_view name;
        std::string_view path;
        std::string_view version;
        std::int64_t step_units;
    } const rows[] = {
        {"bmc", "/api/v2/bmc", "2022-11-20", 50'000},
        {"bmc", "/api/v2/bmc", "2026-02-01", 50'000},
        {"vm", "/api/v2/vm", "2023-03-13", 0},
        {"vm", "/api/v2/vm", "2026-04-01", 0},
    };
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        CAPTURE(rows[i].version);
        CHECK(documented_services[i].name == rows[i].name);
        CHECK(documented_services[i].path == rows[i].path);
        CHECK(documented_services[i].version == rows[i].version);
        CHECK(documented_services[i].traffic_package_step.units() == rows[i].step_units);
    }
}

TEST_CASE("bare metal sells every multiple of 0.05 TB and nothing between") {
    for (std::int64_t step = 0; step <= 2000; ++step) {
        const auto legal = zenwire::traffic_package_size::from_units(step * 50'000);
        const auto illegal = zenwire::traffic_package_size::from_units(step * 50'000 + 1 + step % 49'999);
        for (auto const& bmc : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01}) {
            REQUIRE(zenwire::detail::check_traffic_package_size(*legal, bmc).has_value());
            REQUIRE_FALSE(zenwire::detail::check_traffic_package_size(*illegal, bmc).has_value());
        }
        REQUIRE(zenwire::detail::check_traffic_package_size(*illegal, zenwire::services::vm_2026_04_01).has_value());
    }
}

TEST_CASE("a size between two legal ones is refused with the parameter and the value and both of them") {
    struct {
        std::string_view size;
        std::string_view nearest;
    } const cases[] = {
        {"0.07", " 0.05 and 0.1"},
        {"0.000001", " 0 and 0.05"},
        {"99.99", " 99.95 and 100"},
        {"3.14159", " 3.1 and 3.15"},
        {"999999999.999999", " 999999999.95 and 1000000000"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.size);
        const auto result =
            zenwire::detail::check_traffic_package_size(sample::size(each.size), zenwire::services::bmc_2022_11_20);
        REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
        CHECK(result.error().field == "trafficPackageSize");
        CHECK(contains(result.error().message,
                       "trafficPackageSize " + std::string(each.size) + " is not a multiple of 0.05 TB"));
        CHECK(result.error().message.view().ends_with(each.nearest));
        CHECK_FALSE(result.error().message.truncated());
    }
}

TEST_CASE("above the last legal size only the one below is named") {
    const zenwire::service odd{"odd", "/api/v2/odd", "2000-01-01", sample::size("3")};
    const auto result = zenwire::detail::check_traffic_package_size(sample::size("1000000000"), odd);
    REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
    CHECK(result.error().message.view().ends_with("values are 999999999"));
}
