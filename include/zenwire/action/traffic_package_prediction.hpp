// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_TRAFFIC_PACKAGE_PREDICTION_HPP
#define ZENWIRE_ACTION_TRAFFIC_PACKAGE_PREDICTION_HPP

#include <optional>
#include <string_view>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/instance_charge_type.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/instance_status.hpp>
#include <zenwire/protocol/internet_charge_type.hpp>
#include <zenwire/protocol/modification_status.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// What is known of an instance before its traffic package is changed. Fill in what you have: what is left out is not
/// looked at, and makes the prediction less certain.
struct traffic_package_state {
    /// its status
    std::optional<zenwire::instance_status> instance_status{};
    /// how its network is billed
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    /// how it is billed
    std::optional<zenwire::instance_charge_type> instance_charge_type{};
    /// the size that is in force
    std::optional<traffic_package_size> size{};
    /// the size that a change leads to
    std::optional<traffic_package_size> modified_size{};
    /// how far a change of the package is
    std::optional<zenwire::modification_status> modification_status{};
    /// the smallest size of the instance, by describe_available_resources
    std::optional<traffic_package_size> default_size{};

    /// Takes over what describe_instances told.
    constexpr void add(instance_info const& instance) noexcept {
        instance_status = instance.instance_status;
        internet_charge_type = instance.internet_charge_type;
        instance_charge_type = instance.instance_charge_type;
        size = instance.traffic_package_size;
    }
    /// Takes over what describe_instance_internet_status told. It knows the size best.
    constexpr void add(describe_instance_internet_status::response const& status) noexcept {
        size = status.size.has_value() ? status.size : size;
        modified_size = status.modified_size;
        modification_status = status.modified_traffic_package_status;
    }
};

/// What the documents say will happen.
struct traffic_package_prediction {
    /// What will happen.
    enum class kind : unsigned char {
        paid_upgrade,          ///< charged at once, effective at once
        downgrade_next_cycle,  ///< an order that takes effect with the next billing cycle
        no_change,             ///< it has that size already
        refused,               ///< the API will refuse: `code` says how
        not_documented,        ///< the documents do not say, or too little is known of the instance
    };
    /// What will happen.
    kind what = kind::not_documented;
    /// for `refused`
    enum api_code code = api_code::unlisted;
    /// for people; a constant
    std::string_view reason{};
};

/// Tells what ordering `size` for an instance will do, by the documents alone, from what the caller knows: nothing is sent.
[[nodiscard]] constexpr traffic_package_prediction predict(traffic_package_state const& state,
                                                           traffic_package_size size, service const& service) noexcept {
    using enum traffic_package_prediction::kind;
    const auto refuse = [](enum api_code code) noexcept {
        return traffic_package_prediction{refused, code, describe(code)->meaning};
    };
    if (state.instance_status && *state.instance_status != instance_status_words::value::running &&
        *state.instance_status != instance_status_words::value::stopped) {
        return refuse(api_code::operation_denied_instance_status_not_support);
    }
    if (state.internet_charge_type &&
        *state.internet_charge_type != internet_charge_type_words::value::by_traffic_package) {
        return refuse(api_code::operation_denied_internet_charge_type_not_support);
    }
    if (state.internet_charge_type && !state.size) {
        return refuse(api_code::operation_failed_instance_not_exist_traffic_package);
    }
    if (state.modification_status && *state.modification_status == modification_status_words::value::processing) {
        return refuse(api_code::operation_denied_instance_traffic_package_processing);
    }
    if (state.modification_status && *state.modification_status == modification_status_words::value::wait_to_enable) {
        return refuse(api_code::operation_failed_instance_exist_plan_traffic_package);
    }
    if (!size.is_multiple_of(service.traffic_package_step)) {
        return refuse(api_code::invalid_parameter_traffic_package_error);
    }
    if (state.size && *state.size == size) {
        return {no_change, api_code::unlisted, "the instance has that size already"};
    }
    if (state.default_size && size < *state.default_size) {
        return refuse(api_code::invalid_parameter_traffic_package_less);
    }
    if (!state.size || !state.instance_charge_type || !state.internet_charge_type || !state.instance_status) {
        return {not_documented, api_code::unlisted, "too little is known of the instance"};
    }
    if (*state.instance_charge_type != instance_charge_type_words::value::prepaid) {
        return {not_documented, api_code::unlisted, "the documents speak of prepaid instances only"};
    }
    return size > *state.size
               ? traffic_package_prediction{paid_upgrade, api_code::unlisted,
                                            "an upgrade: charged and effective at once"}
               : traffic_package_prediction{downgrade_next_cycle, api_code::unlisted,
                                            "a downgrade: an order that takes effect with the next billing cycle"};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
