// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/inquiry_price_instance_bandwidth.hpp>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::inquiry_price_instance_bandwidth;

static_assert(action::name == "InquiryPriceInstanceBandwidth");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("the bandwidth goes out under the name that the service has for it") {
    char memory[128];
    CHECK(*zenwire::write_body(memory, action{"instanceId", 100}, zenwire::services::bmc_2022_11_20) ==
          R"({"instanceId":"instanceId","bandwidthOutMbps":100})");
    CHECK(*zenwire::write_body(memory, action{"instanceId", 100}, zenwire::services::bmc_2026_02_01) ==
          R"({"instanceId":"instanceId","bandwidthOutMbps":100})");
    CHECK(*zenwire::write_body(memory, action{"instanceId", 1}, zenwire::services::vm_2023_03_13) ==
          R"({"instanceId":"instanceId","internetMaxBandwidthOut":1})");
    CHECK(*zenwire::write_body(memory, action{"instanceId", 1}, zenwire::services::vm_2026_04_01) ==
          R"({"instanceId":"instanceId","internetMaxBandwidthOut":1})");
}

TEST_CASE("no bandwidth is no request") {
    char memory[128];
    CHECK(code_of(zenwire::write_body(memory, action{"instanceId"}, zenwire::services::bmc_2022_11_20)) ==
          zenwire::errc::invalid_parameter);
}

TEST_CASE("without an instance id it is refused") {
    const auto result = zenwire::validate(action{"", 100}, zenwire::services::bmc_2022_11_20);
    REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
    CHECK(result.error().field == "instanceId");
}
