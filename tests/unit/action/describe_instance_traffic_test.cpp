// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_instance_traffic.hpp>

#include <cstdint>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"

namespace {

using action = zenwire::describe_instance_traffic;

static_assert(action::name == "DescribeInstanceTraffic");
static_assert(action::reads_only);

}  // namespace

TEST_CASE("the body is that of the documents' example") {
    char memory[256];
    const action parameters{"932237369560662463", zenwire::unix_seconds(1689058236), zenwire::unix_seconds(1689059436)};
    CHECK(*zenwire::write_body(memory, parameters, zenwire::services::bmc_2026_02_01) ==
          R"({"instanceId":"932237369560662463","startTime":"2023-07-11T06:50:36Z","endTime":"2023-07-11T07:10:36Z"})");
}

TEST_CASE("the span has an order, a length of at most a day, and lies in the years that have four digits") {
    const auto field_of_refusal = [](std::int64_t start, std::int64_t end) {
        const action parameters{"id", zenwire::unix_seconds(start), zenwire::unix_seconds(end)};
        const auto result = zenwire::validate(parameters, zenwire::services::vm_2026_04_01);
        return result ? std::string_view() : result.error().field;
    };
    CHECK(field_of_refusal(0, 0) == "");
    CHECK(field_of_refusal(100, 100 + 86400) == "");
    CHECK(field_of_refusal(100, 100 + 86401) == "endTime");
    CHECK(field_of_refusal(100, 99) == "endTime");
    CHECK(field_of_refusal(-1, 0) == "startTime");
    CHECK(field_of_refusal(zenwire::unix_seconds::last, zenwire::unix_seconds::last + 1) == "endTime");
}

TEST_CASE("without an instance id it is refused") {
    const auto result = zenwire::validate(action{}, zenwire::services::bmc_2022_11_20);
    REQUIRE(code_of(result) == zenwire::errc::invalid_parameter);
    CHECK(result.error().field == "instanceId");
}
