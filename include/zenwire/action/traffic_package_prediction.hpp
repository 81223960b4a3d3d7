// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_TRAFFIC_PACKAGE_PREDICTION_HPP
#define ZENWIRE_ACTION_TRAFFIC_PACKAGE_PREDICTION_HPP

#include <optional>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/protocol/error_code.hpp>

namespace ZENWIRE_NAMESPACE {

/// What is known of an instance before its traffic package is changed: set what you know. Members without a value are
/// ignored, and make the prediction less certain.
struct traffic_package_state {
    std::optional<zenwire::instance_status> instance_status{};            ///< its status
    std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
    std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
    std::optional<traffic_package_size> size{};                           ///< the size that is in force
    bool has_no_package = false;  ///< whether the instance is known to have no package
    /// the size that a change leads to: `modifiedTrafficPackageSize`
    std::optional<traffic_package_size> modified_size{};
    /// how far a change of the package has come
    std::optional<zenwire::modification_status> modification_status{};
    /// the smallest size of the instance, by describe_available_resources
    std::optional<traffic_package_size> default_size{};

    /// Takes over what describe_instances returned: an instance_info or a look_up_instance::summary.
    template <class Instance>
        requires requires(Instance const& instance) { instance.traffic_package_size; }
    constexpr void add(Instance const& instance) noexcept {
        instance_status = instance.instance_status;
        internet_charge_type = instance.internet_charge_type;
        instance_charge_type = instance.instance_charge_type;
        size = instance.traffic_package_size;
        has_no_package = !size;
    }
    /// Takes over what describe_instance_internet_status returned. Its size replaces that of describe_instances.
    constexpr void add(describe_instance_internet_status::response const& status) noexcept {
        size = status.size.has_value() ? status.size : size;
        has_no_package = has_no_package && !size;
        modified_size = status.modified_size;
        modification_status = status.modified_traffic_package_status;
    }
};

/// What will happen, as the API's documentation says.
struct traffic_package_prediction {
    /// What will happen.
    enum class kind : unsigned char {
        paid_upgrade,          ///< charged at once, effective at once
        downgrade_next_cycle,  ///< an order that takes effect with the next billing cycle
        no_change,             ///< the instance has that size already; it is not documented that such an order is free
        refused,               ///< the API will refuse: `code` says how
        not_documented,        ///< it is not documented, or too little is known of the instance
    };
    kind what = kind::not_documented;  ///< what will happen
    /// The code of the refusal, for `refused`.
    enum api_code code = api_code::unlisted;
    std::string_view reason{};  ///< for people; a constant
};

template <>
inline constexpr detail::enum_row<traffic_package_prediction::kind>
    detail::enum_names<traffic_package_prediction::kind>[] = {
        {traffic_package_prediction::kind::paid_upgrade, "paid_upgrade"},
        {traffic_package_prediction::kind::downgrade_next_cycle, "downgrade_next_cycle"},
        {traffic_package_prediction::kind::no_change, "no_change"},
        {traffic_package_prediction::kind::refused, "refused"},
        {traffic_package_prediction::kind::not_documented, "not_documented"},
};

/// Predicts what ordering `size` for an instance will do, from the API's documentation and what the caller knows. Sends
/// nothing. No action of the API. In which order the API checks is not documented: with two reasons to refuse, it may
/// name the other one.
[[nodiscard]] constexpr traffic_package_prediction predict(traffic_package_state const& state,
                                                           traffic_package_size size, service const& service) noexcept {
    using enum traffic_package_prediction::kind;
    const auto refused_with = [](enum api_code code) noexcept {
        return traffic_package_prediction{refused, code, description_of(code).meaning};
    };
    // an empty text says as little as a missing one
    const auto is_known = [](auto const& word) noexcept { return word && !word->text().empty(); };
    const auto is = [](auto const& word, auto value) noexcept { return word && *word == value; };
    if (is_known(state.instance_status) && !is(state.instance_status, instance_status::running) &&
        !is(state.instance_status, instance_status::stopped)) {
        return refused_with(api_code::operation_denied_instance_status_not_support);
    }
    const bool has_package_billing = is(state.internet_charge_type, internet_charge_type::by_traffic_package);
    if (is_known(state.internet_charge_type) && !has_package_billing) {
        return refused_with(api_code::operation_denied_internet_charge_type_not_support);
    }
    if (has_package_billing && state.has_no_package) {
        return refused_with(api_code::operation_failed_instance_not_exist_traffic_package);
    }
    if (is(state.modification_status, modification_status::processing)) {
        return refused_with(api_code::operation_denied_instance_traffic_package_processing);
    }
    if (is(state.modification_status, modification_status::wait_to_enable)) {
        return refused_with(api_code::operation_failed_instance_exist_plan_traffic_package);
    }
    if (!size.is_multiple_of(service.traffic_package_step)) {
        return refused_with(api_code::invalid_parameter_traffic_package_error);
    }
    const bool leads_elsewhere = state.modified_size && state.size && *state.modified_size != *state.size;
    if (leads_elsewhere ||
        (is_known(state.modification_status) && !is(state.modification_status, modification_status::enable))) {
        return {not_documented, api_code::unlisted, "the package is in a state that is not documented"};
    }
    if (state.size && *state.size == size) {
        return {no_change, api_code::unlisted, "the instance has that size already"};
    }
    if (state.default_size && size < *state.default_size) {
        return refused_with(api_code::invalid_parameter_traffic_package_less);
    }
    if (!state.size || !has_package_billing || !is_known(state.instance_status) ||
        !is_known(state.instance_charge_type)) {
        return {not_documented, api_code::unlisted, "too little is known of the instance"};
    }
    if (!is(state.instance_charge_type, instance_charge_type::prepaid)) {
        return {not_documented, api_code::unlisted, "only prepaid instances are documented"};
    }
    return size > *state.size
               ? traffic_package_prediction{paid_upgrade, api_code::unlisted,
                                            "an upgrade: charged and effective at once"}
               : traffic_package_prediction{downgrade_next_cycle, api_code::unlisted,
                                            "a downgrade: an order that takes effect with the next billing cycle"};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
