// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/modify_instance_traffic_package.hpp>

#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/response.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using action = zenwire::modify_instance_traffic_package;

static_assert(std::is_aggregate_v<action>);
static_assert(!action::reads_only, "it may place a paid order");
static_assert(action::name == "ModifyInstanceTrafficPackage");

}  // namespace

TEST_CASE("the parameters of the action are checked by the rules of the service") {
    struct {
        action parameters;
        zenwire::service service;
        std::string_view field;  // empty: legal
    } const cases[] = {
        {{"id", sample::size("0.15")}, zenwire::services::bmc_2022_11_20, ""},
        {{"id", sample::size("0")}, zenwire::services::bmc_2026_02_01, ""},
        {{"id", sample::size("0.07")}, zenwire::services::bmc_2022_11_20, "trafficPackageSize"},
        {{"id", sample::size("0.07")}, zenwire::services::bmc_2026_02_01, "trafficPackageSize"},
        {{"id", sample::size("0.07")}, zenwire::services::vm_2023_03_13, ""},
        {{"id", sample::size("0.07")}, zenwire::services::vm_2026_04_01, ""},
        {{"", sample::size("1")}, zenwire::services::bmc_2022_11_20, "instanceId"},
        {{"id\r\n", sample::size("1")}, zenwire::services::vm_2026_04_01, "instanceId"},
        {{std::string(1000, 'x'), sample::size("1")}, zenwire::services::bmc_2022_11_20, "instanceId"},
        {{"", sample::size("0.07")}, zenwire::services::bmc_2022_11_20, "instanceId"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.parameters.instance_id.view());
        const auto result = zenwire::validate(each.parameters, each.service);
        REQUIRE(code_of(result) == (each.field.empty() ? zenwire::errc{} : zenwire::errc::invalid_parameter));
        if (!result) {
            CHECK(result.error().field == each.field);
            CHECK(result.error().blame == zenwire::blame::local);
            CHECK(result.error().outcome == zenwire::outcome::not_executed);
            CHECK_FALSE(result.error().retryable());
        }
    }
}

TEST_CASE("the example of the documents goes out and comes back") {
    char memory[256];
    const auto body =
        zenwire::write_body(memory, action{"instanceId", sample::size("100")}, zenwire::services::bmc_2022_11_20);
    CHECK(*body == R"({"instanceId":"instanceId","trafficPackageSize":100})");

    constexpr std::string_view answer = R"({"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3",
 "response":{"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3","orderNumber":"xxxx"}})";
    const auto response = zenwire::parse_response<action>(zenwire::services::bmc_2022_11_20, {200, answer, {}});
    REQUIRE(code_of(response) == zenwire::errc{});
    CHECK(response->request_id.view() == "T05992D0C-7E8B-4047-B0C0-780F2CD549D3");
    CHECK(response->order_number.view() == "xxxx");
}

TEST_CASE("every error of the action's page is an API error that was not executed") {
    struct {
        int status;
        std::string_view code;
    } const rows[] = {
        {403, "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT"},
        {403, "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"},
        {403, "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING"},
        {400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS"},
        {400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR"},
        {403, "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"},
        {404, "INVALID_INSTANCE_NOT_FOUND"},
        {400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED"},
        {403, "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE"},
    };
    for (auto const& each : rows) {
        CAPTURE(each.code);
        const std::string body = R"({"requestId":"T1","message":"m","code":")" + std::string(each.code) + "\"}";
        const auto result = zenwire::parse_response<action>(zenwire::services::bmc_2022_11_20, {each.status, body, {}});
        REQUIRE(code_of(result) == zenwire::errc::api_error);
        CHECK(result.error().outcome == zenwire::outcome::not_executed);
        CHECK_FALSE(result.error().retryable());
        CHECK(zenwire::api_code_spelling(result.error()) == each.code);
        CHECK(zenwire::description_of(result.error().api_code).http_status == each.status);
    }
}
