// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_available_resources.hpp>

#include <doctest/doctest.h>

#include <zenwire/protocol/request_body.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::describe_available_resources;

static_assert(action::name == "DescribeAvailableResources");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("filters go out under their names, and empty ones do not") {
    char memory[256];
    CHECK(*zenwire::write_body(memory, action{}, zenwire::services::bmc_2022_11_20) == "{}");
    const action all{.instance_charge_type = zenwire::instance_charge_type::value_type::prepaid,
                     .zone_id = "HKG-A",
                     .instance_type_id = "M7D",
                     .sell_status = zenwire::sell_status::parse("SELL_SHORTAGE")};
    CHECK(*zenwire::write_body(memory, all, zenwire::services::bmc_2026_02_01) ==
          R"({"instanceChargeType":"PREPAID","zoneId":"HKG-A","instanceTypeId":"M7D","sellStatus":"SELL_SHORTAGE"})");
}

TEST_CASE("a text that is not UTF-8 is refused") {
    char memory[64];
    CHECK(code_of(zenwire::write_body(memory, action{.zone_id = "\xff"}, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::invalid_parameter);
}
