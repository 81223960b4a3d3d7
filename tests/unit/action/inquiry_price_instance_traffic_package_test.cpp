// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using action = zenwire::inquiry_price_instance_traffic_package;

static_assert(action::name == "InquiryPriceInstanceTrafficPackage");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("the body is that of the documents, and a size of zero is sent") {
    char memory[128];
    CHECK(*zenwire::write_body(memory, action{"instanceId", sample::size("100")}, zenwire::services::bmc_2022_11_20) ==
          R"({"instanceId":"instanceId","trafficPackageSize":100})");
    CHECK(*zenwire::write_body(memory, action{"instanceId", {}}, zenwire::services::bmc_2026_02_01) ==
          R"({"instanceId":"instanceId","trafficPackageSize":0})");
}

TEST_CASE("sizes between the steps are refused for bare metal alone") {
    const action parameters{"id", sample::size("0.07")};
    CHECK(code_of(zenwire::validate(parameters, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::invalid_parameter);
    CHECK(code_of(zenwire::validate(parameters, zenwire::services::bmc_2026_02_01)) ==
          zenwire::errc::invalid_parameter);
    CHECK(zenwire::validate(parameters, zenwire::services::vm_2023_03_13).has_value());
    CHECK(zenwire::validate(parameters, zenwire::services::vm_2026_04_01).has_value());
}

TEST_CASE("without an instance id it is refused") {
    const auto result = zenwire::validate(action{}, zenwire::services::bmc_2022_11_20);
    REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
    CHECK(result.error().field == "instanceId");
}
