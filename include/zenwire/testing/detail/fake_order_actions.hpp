// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_ORDER_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_ORDER_ACTIONS_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/action/actions.hpp>
#include <zenwire/testing/detail/fake_call.hpp>

/// @file
/// Carries out the actions that change a traffic package or a bandwidth, name its price, or say how far a change has come.

namespace ZENWIRE_NAMESPACE::detail {

/// The parameters of an action with wire names that depend on the service; this one stands for all.
template <class Action>
using received_parameters_of = received_parameters<decltype(sent_members<Action>(services::bmc_2026_02_01))>;

// ---- Traffic packages and bandwidths

[[nodiscard]] inline bool is_billed_by(fake_instance const& instance, internet_charge_type type) noexcept {
    return instance.internet_charge_type == type;
}
[[nodiscard]] inline bool is_postpaid(fake_instance const& instance) noexcept {
    return instance.charge_type == instance_charge_type::postpaid;
}

inline bool check_charge_type(fake_call& call, fake_instance const& instance, internet_charge_type wanted) {
    return call.refuse_unless(is_billed_by(instance, wanted),
                              api_code::operation_denied_internet_charge_type_not_support,
                              instance.internet_charge_type.text());
}

/// Pays for an order from the balance, and records the order.
/// @return its number; empty when the call is refused
inline std::string place_order(fake_call& call, fake_instance const& instance, std::string_view item,
                               std::int64_t cents, fake_order order) {
    const fake_outcome<std::string> number = call.center.charge(instance, item, cents);
    if (!number) {
        call.refuse(number.error());
        return {};
    }
    order.number = *number;
    order.paid_cents = cents;
    order.placed_at = call.center.now();
    call.center.orders.push_back(order);
    return order.number;
}

/// Cancels a planned downgrade, and marks its order as cancelled.
/// @param status of the refusal when none is planned: 404 for packages, 403 for bandwidths
template <class Action, class Quantity>
[[nodiscard]] typename Action::response cancel_downgrade(fake_call& call, received_action<Action> const& parameters,
                                                         internet_charge_type billing, Quantity quantity_of,
                                                         int status) {
    fake_instance* const instance = call.find(*parameters.template get<&Action::instance_id>());
    if (instance == nullptr || !check_charge_type(call, *instance, billing) ||
        !call.refuse_unless(quantity_of(*instance).planned.has_value(), api_code::operation_denied_downgrade_not_exist,
                            status)) {
        return {};
    }
    call.center.mark_cancelled(*instance, billing == internet_charge_type::by_bandwidth);
    quantity_of(*instance).planned.reset();
    quantity_of(*instance).last.reset();
    return {};
}

/// Sets `target` to where the running, planned or last change leads, and returns how far it has come.
template <class Value, class Present>
[[nodiscard]] modification_status change_status(std::optional<Value>& target,
                                                std::optional<fake_change_to<Value>> const& running,
                                                std::optional<Value> const& planned, std::optional<Value> const& last,
                                                Present const& present, bool shows_last) noexcept {
    if (running) {
        target = running->target;
        return modification_status::processing;
    }
    if (planned) {
        target = planned;
        return modification_status::wait_to_enable;
    }
    if (shows_last && last == present) {
        target = last;
    }
    return modification_status::enable;
}

[[nodiscard]] inline describe_instance_internet_status::response execute(
    fake_call& call, received_action<describe_instance_internet_status> const& parameters) {
    using action = describe_instance_internet_status;
    fake_instance const* const instance = call.find(*parameters.get<&action::instance_id>());
    if (instance == nullptr) {
        return {};
    }
    fake_cloud_settings const& settings = call.center.settings;
    action::response response;
    response.instance_id = instance->id;
    response.instance_name.assign(instance->name);
    response.internet_max_bandwidth_out = instance->bandwidth;
    response.modified_bandwidth_status = change_status(
        response.modified_internet_max_bandwidth_out, instance->running_bandwidth_change, instance->planned_bandwidth,
        instance->modified_bandwidth, instance->bandwidth, settings.shows_modified_size);
    if (is_billed_by(*instance, internet_charge_type::by_traffic_package)) {
        const fake_package_state shown = call.center.seen(*instance, settings.status_lag_seconds);
        response.size = shown.size;
        response.modified_traffic_package_status =
            change_status(response.modified_size, shown.running_change, shown.planned_size, shown.modified_size,
                          shown.size, settings.shows_modified_size);
    }
    return response;
}

// ---- Traffic packages

inline bool check_step(fake_call& call, received_number const& number) {
    // Nothing is rounded: 0.15000000000000002 fails here. What is too large for a size is left to check_maximum().
    constexpr int max_decimals = 6;
    constexpr api_code otherwise = api_code::invalid_parameter_traffic_package_error;
    if (!call.refuse_unless(number.value.has_value(), otherwise, "the number has too many digits")) {
        return false;
    }
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(*number.value);
    return call.refuse_unless(number.value->scale() <= max_decimals && !(number.value->is_rounded() && size) &&
                                  (!size || size->is_multiple_of(call.service.traffic_package_step)),
                              otherwise);
}

inline bool check_maximum(fake_call& call, received_number const& number, fake_instance const& instance) {
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    return call.refuse_unless(size && *size <= instance.maximum_size,
                              api_code::invalid_parameter_traffic_package_exceed);
}

/// Makes one check of a change. Without an instance, checks that need one pass.
inline bool check_order(fake_call& call, fake_check which, fake_instance const* instance, std::string_view id,
                        received_number const& number) {
    if (which == fake_check::step) {
        return check_step(call, number);
    }
    if (instance == nullptr) {
        return call.refuse_unless(which != fake_check::instance, api_code::invalid_instance_not_found, id);
    }
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    switch (which) {
    case fake_check::status:
        return call.refuse_unless(instance->status == instance_status::running ||
                                      instance->status == instance_status::stopped,
                                  api_code::operation_denied_instance_status_not_support, instance->status.text());
    case fake_check::charge_type: return check_charge_type(call, *instance, internet_charge_type::by_traffic_package);
    case fake_check::package:
        return call.refuse_unless(instance->size.has_value(),
                                  api_code::operation_failed_instance_not_exist_traffic_package);
    case fake_check::processing:
        return call.refuse_unless(!instance->running_change,
                                  api_code::operation_denied_instance_traffic_package_processing);
    case fake_check::plan:
        return call.refuse_unless(!instance->planned_size,
                                  api_code::operation_failed_instance_exist_plan_traffic_package);
    case fake_check::minimum:
        return call.refuse_unless(!size || *size >= instance->default_size,
                                  api_code::invalid_parameter_traffic_package_less);
    case fake_check::maximum: return check_maximum(call, number, *instance);
    case fake_check::instance:
    case fake_check::step: break;
    }
    return true;
}

[[nodiscard]] inline modify_instance_traffic_package::response execute(
    fake_call& call, received_action<modify_instance_traffic_package> const& parameters) {
    using action = modify_instance_traffic_package;
    const std::string_view id = *parameters.get<&action::instance_id>();
    const received_number number = *parameters.get<&action::size>();
    fake_cloud_settings const& settings = call.center.settings;
    fake_instance* const instance = call.center.find(id, call.service.name);
    call.refuse_unless(!id.empty(), api_code::invalid_parameter_less_length, instance_id_field);
    call.refuse_unless(!number.is_negative, api_code::invalid_parameter_less_minimum, traffic_package_size::field_name);
    for (const fake_check each : settings.checks) {
        check_order(call, each, instance, id, number);
    }
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    call.refuse_unless(instance != nullptr, api_code::invalid_instance_not_found, id);
    if (!call.refuse_unless(size.has_value(), api_code::invalid_parameter_traffic_package_error)) {
        return {};
    }

    const traffic_package_size before = instance->size.value_or(traffic_package_size());
    const bool is_same = *size == before;
    if (is_postpaid(*instance) || (is_same && !settings.charges_for_same_size)) {
        if (!is_same) {
            call.center.start_change(package_of(*instance), *size);
        }
        return {};
    }
    const std::int64_t cents = call.center.discounted(call.center.price_of_order(*instance, *size));
    action::response response;
    response.order_number = place_order(call, *instance, fake_data_center::traffic_package_item, cents,
                                        {.number = {}, .instance_id = instance->id, .size = *size});
    if (call.refusal() || is_same) {
        return response;
    }
    if (*size > before) {
        call.center.start_change(package_of(*instance), *size);
    } else {
        instance->planned_size = *size;
    }
    return response;
}

[[nodiscard]] inline cancel_instance_traffic_package_downgrade::response execute(
    fake_call& call, received_action<cancel_instance_traffic_package_downgrade> const& parameters) {
    return cancel_downgrade(call, parameters, internet_charge_type::by_traffic_package, package_of, 404);
}

[[nodiscard]] inline inquiry_price_instance_traffic_package::response execute(
    fake_call& call, received_action<inquiry_price_instance_traffic_package> const& parameters) {
    using action = inquiry_price_instance_traffic_package;
    const received_number number = *parameters.get<&action::size>();
    call.refuse_unless(!number.is_negative, api_code::invalid_parameter_less_minimum, traffic_package_size::field_name);
    fake_instance const* const instance = call.find(*parameters.get<&action::instance_id>());
    if (instance == nullptr || !check_charge_type(call, *instance, internet_charge_type::by_traffic_package) ||
        !check_step(call, number) ||
        !call.refuse_unless(instance->is_for_sale, api_code::invalid_instance_type_zone_no_sell) ||
        !check_maximum(call, number, *instance)) {
        return {};
    }
    const std::int64_t cents = call.center.price_of_order(*instance, *traffic_package_size::from_decimal(number.value));
    action::response response;
    price& package = added_to(response.prices);
    package.discount = decimal(call.center.settings.percent_to_pay);
    package.original_price = amount_of(cents);
    package.discount_price = amount_of(call.center.discounted(cents));
    price& excess = added_to(response.prices);
    excess.discount = decimal(100);
    step_price& step = added_to(excess.step_prices);
    step.step_start = decimal(0);
    step.unit_price = decimal::parse("0.08");
    step.discount_unit_price = step.unit_price;
    return response;
}

// ---- Bandwidths

/// The price of a bandwidth, in hundredths of the currency, before the discount; 0 up to what is paid now.
[[nodiscard]] inline std::int64_t price_of_bandwidth(fake_call const& call, fake_instance const& instance,
                                                     std::int64_t mbps) noexcept {
    const std::int64_t paid = (std::max)(instance.bandwidth, instance.default_bandwidth);
    return mbps <= paid ? 0 : (mbps - paid) * call.center.settings.price_cents_per_mbps;
}

inline bool check_bandwidth(fake_call& call, fake_instance const& instance, std::int64_t mbps) {
    return call.refuse_unless(mbps >= 1, api_code::invalid_parameter_less_minimum, call.service.bandwidth_field) &&
           call.refuse_unless(mbps <= instance.maximum_bandwidth, api_code::invalid_parameter_bandwidth_exceed);
}

[[nodiscard]] inline modify_instance_bandwidth::response execute(
    fake_call& call, received_parameters_of<modify_instance_bandwidth> const& parameters) {
    using action = modify_instance_bandwidth;
    const std::int64_t mbps = *parameters.get<&action::bandwidth_out_mbps>();
    fake_instance* const instance = call.find(*parameters.get<&action::instance_id>());
    if (instance == nullptr ||
        !call.refuse_unless(instance->status == instance_status::running,
                            api_code::operation_denied_instance_not_running, instance->status.text()) ||
        !call.refuse_unless(!instance->running_bandwidth_change,
                            call.service.name == "vm" ? api_code::operation_denied_instance_bandwidth_processing
                                                      : api_code::operation_failed_instance_bandwidth_processing) ||
        !call.refuse_unless(!instance->planned_bandwidth, api_code::operation_denied_instance_exist_plan_bandwidth) ||
        !check_bandwidth(call, *instance, mbps)) {
        return {};
    }
    action::response response;
    const bool is_free = (std::max)(mbps, instance->bandwidth) <= instance->default_bandwidth;
    if (!is_free && is_billed_by(*instance, internet_charge_type::by_bandwidth) && !is_postpaid(*instance)) {
        response.order_number =
            place_order(call, *instance, "Bandwidth", call.center.discounted(price_of_bandwidth(call, *instance, mbps)),
                        {.number = {}, .instance_id = instance->id, .size = {}, .bandwidth = mbps});
        if (call.refusal()) {
            return {};
        }
        if (mbps < instance->bandwidth) {
            instance->planned_bandwidth = mbps;
            return response;
        }
    }
    call.center.start_change(bandwidth_of(*instance), mbps);
    return response;
}

[[nodiscard]] inline cancel_instance_bandwidth_downgrade::response execute(
    fake_call& call, received_action<cancel_instance_bandwidth_downgrade> const& parameters) {
    return cancel_downgrade(call, parameters, internet_charge_type::by_bandwidth, bandwidth_of, 403);
}

[[nodiscard]] inline inquiry_price_instance_bandwidth::response execute(
    fake_call& call, received_parameters_of<inquiry_price_instance_bandwidth> const& parameters) {
    using action = inquiry_price_instance_bandwidth;
    const std::int64_t mbps = *parameters.get<&action::bandwidth_out_mbps>();
    fake_instance const* const instance = call.find(*parameters.get<&action::instance_id>());
    if (instance == nullptr || !check_charge_type(call, *instance, internet_charge_type::by_bandwidth) ||
        !check_bandwidth(call, *instance, mbps) ||
        !call.refuse_unless(instance->is_for_sale, api_code::invalid_instance_type_zone_no_sell,
                            call.service.name == "vm" ? 404 : 400) ||
        mbps <= instance->default_bandwidth) {
        return {};
    }
    fake_cloud_settings const& settings = call.center.settings;
    action::response response;
    price& one = added_to(response.prices);
    one.discount = decimal(settings.percent_to_pay);
    if (is_postpaid(*instance)) {
        one.unit_price = amount_of(settings.price_cents_per_mbps);
        one.discount_unit_price = amount_of(call.center.discounted(settings.price_cents_per_mbps));
        one.charge_unit = "HOUR";
    } else {
        const std::int64_t cents = price_of_bandwidth(call, *instance, mbps);
        one.original_price = amount_of(cents);
        one.discount_price = amount_of(call.center.discounted(cents));
    }
    return response;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
