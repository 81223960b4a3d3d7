// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/action.hpp>

#include <cstdint>

#include <doctest/doctest.h>

#include "../../results.hpp"

TEST_CASE("a bandwidth is at least 1 Mbps, and a refusal names the parameter as the service does") {
    CHECK(zenwire::detail::check_bandwidth(1, zenwire::services::bmc_2022_11_20).has_value());
    CHECK(zenwire::detail::check_bandwidth(INT64_MAX, zenwire::services::vm_2026_04_01).has_value());
    const auto bare_metal = zenwire::detail::check_bandwidth(0, zenwire::services::bmc_2026_02_01);
    REQUIRE(code_of(bare_metal) == zenwire::errc::invalid_parameter);
    CHECK(bare_metal.error().field == "bandwidthOutMbps");
    const auto machine = zenwire::detail::check_bandwidth(-1, zenwire::services::vm_2023_03_13);
    REQUIRE(code_of(machine) == zenwire::errc::invalid_parameter);
    CHECK(machine.error().field == "internetMaxBandwidthOut");
}
