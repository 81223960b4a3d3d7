// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_instance_internet_status.hpp>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::describe_instance_internet_status;

static_assert(action::name == "DescribeInstanceInternetStatus");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("the body has the instance alone") {
    char memory[64];
    for (const zenwire::service& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01,
                                            zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01}) {
        CHECK(*zenwire::write_body(memory, action{"instanceId"}, service) == R"({"instanceId":"instanceId"})");
    }
}

TEST_CASE("without an instance id it is refused") {
    const auto result = zenwire::validate(action{}, zenwire::services::bmc_2022_11_20);
    REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
    CHECK(result.error().field == "instanceId");
}
