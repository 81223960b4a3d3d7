// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/traffic_package_prediction.hpp>

#include <optional>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/protocol/instance_info.hpp>

#include "../results.hpp"

namespace {

using zenwire::api_code;
using zenwire::instance_charge_type;
using zenwire::instance_status;
using zenwire::internet_charge_type;
using zenwire::modification_status;
using zenwire::traffic_package_state;
using kind = zenwire::traffic_package_prediction::kind;
namespace services = zenwire::services;

constexpr zenwire::traffic_package_size size(std::string_view terabytes) {
    return *zenwire::traffic_package_size::parse(terabytes);
}

/// An instance of which everything is known, ready for any order: 1 TB, the default package is 0.5 TB.
constexpr traffic_package_state ready() {
    traffic_package_state state;
    state.instance_status = instance_status::running;
    state.internet_charge_type = internet_charge_type::by_traffic_package;
    state.instance_charge_type = instance_charge_type::prepaid;
    state.size = size("1");
    state.default_size = size("0.5");
    return state;
}

constexpr kind predicted(traffic_package_state const& state, std::string_view terabytes,
                         zenwire::service const& service = services::bmc_2026_02_01) {
    return zenwire::predict(state, size(terabytes), service).what;
}

/// The code of the refusal; nothing when another thing is predicted.
constexpr std::optional<api_code> refusal(traffic_package_state const& state, std::string_view terabytes,
                                          zenwire::service const& service = services::bmc_2026_02_01) {
    const auto result = zenwire::predict(state, size(terabytes), service);
    return result.what == kind::refused ? std::optional(result.code) : std::nullopt;
}

static_assert(predicted(ready(), "2") == kind::paid_upgrade);

}  // namespace

TEST_CASE("a prepaid instance is upgraded at once for money, and downgraded with the next cycle") {
    for (zenwire::service const& service :
         {services::bmc_2022_11_20, services::bmc_2026_02_01, services::vm_2023_03_13, services::vm_2026_04_01}) {
        CAPTURE(service.version);
        CHECK(predicted(ready(), "1.05", service) == kind::paid_upgrade);
        CHECK(predicted(ready(), "100", service) == kind::paid_upgrade);
        CHECK(predicted(ready(), "0.95", service) == kind::downgrade_next_cycle);
        CHECK(predicted(ready(), "0.5", service) == kind::downgrade_next_cycle);
    }
}

TEST_CASE("only an instance that runs or is stopped can be changed") {
    for (auto const& row : zenwire::instance_status::table) {
        CAPTURE(row.text);
        traffic_package_state state = ready();
        state.instance_status = row.value;
        const bool allowed = row.text == "RUNNING" || row.text == "STOPPED";
        CHECK(refusal(state, "2") ==
              (allowed ? std::nullopt : std::optional(api_code::operation_denied_instance_status_not_support)));
    }
    traffic_package_state state = ready();
    state.instance_status = instance_status::parse("HIBERNATED");
    CHECK(refusal(state, "2") == api_code::operation_denied_instance_status_not_support);
}

TEST_CASE("only an instance that is billed by a traffic package can be changed") {
    for (auto const& row : zenwire::internet_charge_type::table) {
        CAPTURE(row.text);
        traffic_package_state state = ready();
        state.internet_charge_type = row.value;
        const bool allowed = row.text == "ByTrafficPackage";
        CHECK(refusal(state, "2") ==
              (allowed ? std::nullopt : std::optional(api_code::operation_denied_internet_charge_type_not_support)));
    }
    traffic_package_state state = ready();
    state.internet_charge_type = internet_charge_type::parse("ByMoonlight");
    CHECK(refusal(state, "2") == api_code::operation_denied_internet_charge_type_not_support);
}

TEST_CASE("an instance that was seen without a package is refused, one whose size was not asked for is not") {
    traffic_package_state state = ready();
    state.size.reset();
    CHECK(predicted(state, "2") == kind::not_documented);
    state.has_no_package = true;
    CHECK(refusal(state, "2") == api_code::operation_failed_instance_not_exist_traffic_package);
}

TEST_CASE("a change that is under way, and a planned downgrade, refuse upgrades and downgrades alike") {
    traffic_package_state state = ready();
    state.modified_size = size("3");
    for (const std::string_view terabytes : {"0.5", "1", "2", "3", "100"}) {
        CAPTURE(terabytes);
        state.modification_status = modification_status::processing;
        CHECK(refusal(state, terabytes) == api_code::operation_denied_instance_traffic_package_processing);
        state.modification_status = modification_status::wait_to_enable;
        CHECK(refusal(state, terabytes) == api_code::operation_failed_instance_exist_plan_traffic_package);
    }
}

TEST_CASE("where nothing is under way by the status, and the planned size is another one, nobody knows what an order does") {
    for (const auto status : {std::optional<modification_status>(), std::optional(modification_status::parse("")),
                              std::optional<modification_status>(modification_status::enable)}) {
        traffic_package_state state = ready();
        state.modification_status = status;
        state.modified_size = size("3");
        for (const std::string_view terabytes : {"0.5", "1", "2", "3"}) {
            CAPTURE(terabytes);
            CHECK(predicted(state, terabytes) == kind::not_documented);
        }
        state.size.reset();
        CHECK(predicted(state, "2") == kind::not_documented);
    }
}

TEST_CASE("a change that is done is no obstacle") {
    traffic_package_state state = ready();
    state.modification_status = modification_status::enable;
    state.modified_size = state.size;
    CHECK(predicted(state, "2") == kind::paid_upgrade);
    CHECK(predicted(state, "0.5") == kind::downgrade_next_cycle);
}

TEST_CASE("a change in a state without documentation makes everything uncertain") {
    traffic_package_state state = ready();
    state.modification_status = modification_status::parse("Suspended");
    CHECK(predicted(state, "2") == kind::not_documented);
    CHECK(predicted(state, "1") == kind::not_documented);
    CHECK(predicted(state, "0.5") == kind::not_documented);
}

TEST_CASE("bare metal refuses sizes between its steps, virtual machines have no such rule") {
    for (const std::string_view terabytes : {"1.01", "0.54", "1.000001", "2.049999"}) {
        CAPTURE(terabytes);
        CHECK(refusal(ready(), terabytes, services::bmc_2022_11_20) ==
              api_code::invalid_parameter_traffic_package_error);
        CHECK(refusal(ready(), terabytes, services::bmc_2026_02_01) ==
              api_code::invalid_parameter_traffic_package_error);
        CHECK_FALSE(refusal(ready(), terabytes, services::vm_2023_03_13).has_value());
        CHECK_FALSE(refusal(ready(), terabytes, services::vm_2026_04_01).has_value());
    }
}

TEST_CASE("no package is smaller than the default one") {
    CHECK(refusal(ready(), "0.45") == api_code::invalid_parameter_traffic_package_less);
    CHECK(refusal(ready(), "0") == api_code::invalid_parameter_traffic_package_less);
    traffic_package_state state = ready();
    state.default_size.reset();
    CHECK(predicted(state, "0.45") == kind::downgrade_next_cycle);
    CHECK(predicted(state, "0") == kind::downgrade_next_cycle);
}

TEST_CASE("the size that an instance has already is no change, whatever else is left out") {
    CHECK(predicted(ready(), "1") == kind::no_change);
    CHECK(predicted({.size = size("1")}, "1.000") == kind::no_change);
    traffic_package_state state = ready();
    state.default_size = size("2");
    CHECK(predicted(state, "1") == kind::no_change);
}

TEST_CASE("of postpaid instances the documents say nothing") {
    traffic_package_state state = ready();
    for (const instance_charge_type type :
         {instance_charge_type(instance_charge_type::postpaid), instance_charge_type::parse("BARTER")}) {
        CAPTURE(type.text());
        state.instance_charge_type = type;
        CHECK(predicted(state, "2") == kind::not_documented);
        CHECK(predicted(state, "0.5") == kind::not_documented);
    }
}

TEST_CASE("without one of the four things that decide nothing is promised") {
    traffic_package_state without[4] = {ready(), ready(), ready(), ready()};
    without[0].instance_status.reset();
    without[1].internet_charge_type.reset();
    without[2].instance_charge_type.reset();
    without[3].size.reset();
    for (traffic_package_state const& state : without) {
        CHECK(predicted(state, "2") == kind::not_documented);
        CHECK(predicted(state, "0.5") == kind::not_documented);
    }
    CHECK(predicted({}, "2") == kind::not_documented);
}

TEST_CASE("an empty word says as little as none") {
    traffic_package_state empty[4] = {ready(), ready(), ready(), ready()};
    empty[0].instance_status = instance_status();
    empty[1].internet_charge_type = internet_charge_type();
    empty[2].instance_charge_type = instance_charge_type();
    empty[3].modification_status = modification_status();
    for (int i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(predicted(empty[i], "2") == kind::not_documented);
    }
    CHECK(predicted(empty[3], "2") == kind::paid_upgrade);
}

TEST_CASE("of several reasons to refuse the first in the documents' order is told") {
    traffic_package_state state = ready();
    state.default_size = size("2");
    CHECK(refusal(state, "1.01") == api_code::invalid_parameter_traffic_package_error);
    state.modification_status = modification_status::wait_to_enable;
    CHECK(refusal(state, "1.01") == api_code::operation_failed_instance_exist_plan_traffic_package);
    state.modification_status = modification_status::processing;
    CHECK(refusal(state, "1.01") == api_code::operation_denied_instance_traffic_package_processing);
    state.has_no_package = true;
    CHECK(refusal(state, "1.01") == api_code::operation_failed_instance_not_exist_traffic_package);
    state.internet_charge_type = internet_charge_type::by_bandwidth;
    CHECK(refusal(state, "1.01") == api_code::operation_denied_internet_charge_type_not_support);
    state.instance_status = instance_status::creating;
    CHECK(refusal(state, "1.01") == api_code::operation_denied_instance_status_not_support);
}

TEST_CASE("every prediction has a reason for people") {
    CHECK_FALSE(zenwire::predict({}, size("2"), services::bmc_2026_02_01).reason.empty());
    for (const std::string_view terabytes : {"2", "1", "0.5", "0.45", "1.01"}) {
        CAPTURE(terabytes);
        CHECK_FALSE(zenwire::predict(ready(), size(terabytes), services::bmc_2026_02_01).reason.empty());
    }
}

TEST_CASE("what the instance told is taken over, and the internet status knows the size better") {
    zenwire::instance_info instance;
    instance.instance_status = instance_status::stopped;
    instance.internet_charge_type = internet_charge_type::by_traffic_package;
    instance.instance_charge_type = instance_charge_type::prepaid;
    traffic_package_state state;
    state.add(instance);
    CHECK(state.has_no_package);
    CHECK(refusal(state, "2") == api_code::operation_failed_instance_not_exist_traffic_package);

    zenwire::describe_instance_internet_status::response status;
    state.add(status);
    CHECK(state.has_no_package);
    status.size = size("1");
    status.modified_size = size("0.5");
    status.modified_traffic_package_status = modification_status::wait_to_enable;
    state.add(status);
    CHECK_FALSE(state.has_no_package);
    CHECK(state.size == size("1"));
    CHECK(state.modified_size == size("0.5"));
    CHECK(refusal(state, "2") == api_code::operation_failed_instance_exist_plan_traffic_package);

    status.size.reset();
    status.modified_size.reset();
    status.modified_traffic_package_status.reset();
    state.add(status);
    CHECK(state.size == size("1"));
    CHECK(predicted(state, "2") == kind::paid_upgrade);

    instance.traffic_package_size = size("2");
    state.add(instance);
    CHECK(predicted(state, "2") == kind::no_change);
}

TEST_CASE("a status alone does not say that there is no package") {
    traffic_package_state state;
    state.add(zenwire::describe_instance_internet_status::response());
    CHECK_FALSE(state.has_no_package);
    CHECK(predicted(state, "2") == kind::not_documented);
}
