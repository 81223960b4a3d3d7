// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_available_resources.hpp>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::describe_available_resources;

static_assert(action::name == "DescribeAvailableResources");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("filters go out under their names, and empty ones do not") {
    char memory[256];
    const action least{.instance_charge_type = zenwire::instance_charge_type::postpaid};
    CHECK(*zenwire::write_body(memory, least, zenwire::services::bmc_2022_11_20) ==
          R"({"instanceChargeType":"POSTPAID"})");
    const action all{.instance_charge_type = zenwire::instance_charge_type::prepaid,
                     .zone_id = "HKG-A",
                     .instance_type_id = "M7D",
                     .sell_status = zenwire::sell_status::parse("SELL_SHORTAGE")};
    CHECK(*zenwire::write_body(memory, all, zenwire::services::bmc_2026_02_01) ==
          R"({"instanceChargeType":"PREPAID","zoneId":"HKG-A","instanceTypeId":"M7D","sellStatus":"SELL_SHORTAGE"})");
}

TEST_CASE("how it is billed must be given, and the service must be bare metal") {
    const auto missing = zenwire::validate(action{}, zenwire::services::bmc_2026_02_01);
    REQUIRE(code_of(missing) == zenwire::errc::invalid_parameter);
    CHECK(missing.error().field == "instanceChargeType");
    const action whole{.instance_charge_type = zenwire::instance_charge_type::parse("SOMETHING_NEW")};
    CHECK(zenwire::validate(whole, zenwire::services::bmc_2026_02_01).has_value());
    CHECK(code_of(zenwire::validate(whole, zenwire::services::vm_2026_04_01)) == zenwire::errc::unsupported_action);
    CHECK(code_of(zenwire::validate(whole, zenwire::services::vm_2023_03_13)) == zenwire::errc::unsupported_action);
}

TEST_CASE("a text that is not UTF-8 is refused") {
    char memory[64];
    CHECK(code_of(zenwire::write_body(
              memory,
              action{.instance_charge_type = zenwire::instance_charge_type::prepaid, .zone_id = "\xff"},
              zenwire::services::bmc_2022_11_20)) == zenwire::errc::invalid_parameter);
}
