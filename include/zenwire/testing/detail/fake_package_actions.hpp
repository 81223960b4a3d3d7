// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_PACKAGE_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_PACKAGE_ACTIONS_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>
#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/fake_ledger.hpp>
#include <zenwire/testing/detail/fake_page.hpp>
#include <zenwire/testing/detail/fake_refusal.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/fake_cloud_settings.hpp>
#include <zenwire/testing/fake_records.hpp>

/// @file
/// What a fake cloud does for the actions of traffic packages. The parameters that are required are there.

namespace ZENWIRE_NAMESPACE::detail {

[[nodiscard]] inline fake_outcome<void> check_step(received_number const& number, service const& service) {
    // A client that sends 0.15000000000000002 shall learn it here, so nothing is rounded.
    constexpr int max_decimals = 6;
    if (!number.value) {
        return refuse(api_code::invalid_parameter_traffic_package_error, "the number has too many digits");
    }
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(*number.value);
    if (number.value->scale() > max_decimals || (number.value->is_rounded() && size) ||
        (size && !size->is_multiple_of(service.traffic_package_step))) {
        return refuse(api_code::invalid_parameter_traffic_package_error);
    }
    return {};
}

[[nodiscard]] inline fake_outcome<void> check_maximum(received_number const& number, fake_instance const& instance) {
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    if (!size || *size > instance.maximum_size) {
        return refuse(api_code::invalid_parameter_traffic_package_exceed);
    }
    return {};
}

/// One check of a change. Those that need the instance pass without one.
[[nodiscard]] inline fake_outcome<void> check_order(fake_check which, fake_instance const* instance,
                                                    std::string_view id, received_number const& number,
                                                    service const& service) {
    if (which == fake_check::step) {
        return check_step(number, service);
    }
    if (instance == nullptr) {
        return which == fake_check::instance ? refuse(api_code::invalid_instance_not_found, id) : fake_outcome<void>();
    }
    const auto status = instance->status.value();
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    switch (which) {
    case fake_check::status:
        if (status != instance_status::running && status != instance_status::stopped) {
            return refuse(api_code::operation_denied_instance_status_not_support, instance->status.text());
        }
        break;
    case fake_check::charge_type: return fake_data_center::check_charge_type(*instance);
    case fake_check::package:
        if (!instance->size) {
            return refuse(api_code::operation_failed_instance_not_exist_traffic_package);
        }
        break;
    case fake_check::processing:
        if (instance->running_change) {
            return refuse(api_code::operation_denied_instance_traffic_package_processing);
        }
        break;
    case fake_check::plan:
        if (instance->planned_size) {
            return refuse(api_code::operation_failed_instance_exist_plan_traffic_package);
        }
        break;
    case fake_check::minimum:
        if (size && *size < instance->default_size) {
            return refuse(api_code::invalid_parameter_traffic_package_less);
        }
        break;
    case fake_check::maximum: return check_maximum(number, *instance);
    case fake_check::instance:
    case fake_check::step: break;
    }
    return {};
}

[[nodiscard]] inline fake_outcome<modify_instance_traffic_package::response> execute(
    fake_data_center& center, received_action<modify_instance_traffic_package> const& parameters,
    service const& service, arena&) {
    using action = modify_instance_traffic_package;
    const std::string_view id = *parameters.get<&action::instance_id>();
    const received_number number = *parameters.get<&action::size>();
    if (id.empty()) {
        return refuse(api_code::invalid_parameter_less_length, instance_id_field);
    }
    if (number.is_negative) {
        return refuse(api_code::invalid_parameter_less_minimum, traffic_package_size::field_name);
    }
    fake_instance* const instance = center.find(id, service.name);
    for (const fake_check each : center.settings().checks) {
        if (const auto checked = check_order(each, instance, id, number, service); !checked) {
            return failure_of(checked);
        }
    }
    if (instance == nullptr) {
        return refuse(api_code::invalid_instance_not_found, id);
    }
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    if (!size) {
        return refuse(api_code::invalid_parameter_traffic_package_error);
    }
    const traffic_package_size before = instance->size.value_or(traffic_package_size());

    action::response response;
    const bool is_postpaid = instance->charge_type == instance_charge_type::postpaid;
    if (*size == before && (is_postpaid || !center.settings().is_strict)) {
        return response;
    }
    if (is_postpaid) {
        center.start_change(*instance, *size);
        return response;
    }
    const std::int64_t cents =
        center.discounted(center.price_of(*size == before ? traffic_package_size() : before, *size));
    const fake_outcome<std::string> order = center.charge(*instance, fake_data_center::traffic_package_item, cents);
    if (!order) {
        return failure_of(order);
    }
    if (*size > before) {
        center.start_change(*instance, *size);
    } else if (*size < before) {
        instance->planned_size = *size;
    }
    center.orders().push_back({*order, instance->id, *size, cents, center.now()});
    response.order_number = *order;
    return response;
}

/// Marks the last order of the instance as taken back.
inline void note_cancellation(fake_data_center& center, fake_instance const& instance, bool is_of_bandwidth) {
    const auto order = std::find_if(center.orders().rbegin(), center.orders().rend(), [&](fake_order const& each) {
        return each.instance_id == instance.id && each.bandwidth.has_value() == is_of_bandwidth;
    });
    if (order != center.orders().rend()) {
        order->is_cancelled = true;
    }
}

[[nodiscard]] inline fake_outcome<cancel_instance_traffic_package_downgrade::response> execute(
    fake_data_center& center, received_action<cancel_instance_traffic_package_downgrade> const& parameters,
    service const& service, arena&) {
    using action = cancel_instance_traffic_package_downgrade;
    const auto instance = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!instance) {
        return failure_of(instance);
    }
    if (const auto checked = fake_data_center::check_charge_type(**instance); !checked) {
        return failure_of(checked);
    }
    if (!(*instance)->planned_size) {
        return refuse(api_code::operation_denied_downgrade_not_exist);
    }
    (*instance)->planned_size.reset();
    (*instance)->modified_size.reset();
    note_cancellation(center, **instance, false);
    return action::response{};
}

[[nodiscard]] inline fake_outcome<inquiry_price_instance_traffic_package::response> execute(
    fake_data_center& center, received_action<inquiry_price_instance_traffic_package> const& parameters,
    service const& service, arena&) {
    using action = inquiry_price_instance_traffic_package;
    const received_number number = *parameters.get<&action::size>();
    if (number.is_negative) {
        return refuse(api_code::invalid_parameter_less_minimum, traffic_package_size::field_name);
    }
    const auto instance = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!instance) {
        return failure_of(instance);
    }
    for (const fake_outcome<void>& checked :
         {fake_data_center::check_charge_type(**instance), check_step(number, service)}) {
        if (!checked) {
            return failure_of(checked);
        }
    }
    if (!(*instance)->is_for_sale) {
        return refuse(api_code::invalid_instance_type_zone_no_sell);
    }
    if (const auto checked = check_maximum(number, **instance); !checked) {
        return failure_of(checked);
    }
    const std::int64_t cents = center.price_of((*instance)->size.value_or(traffic_package_size()),
                                               *traffic_package_size::from_decimal(number.value));
    action::response response;
    price& package = added_to(response.prices);
    package.discount = decimal(center.settings().discount_percent);
    package.original_price = amount_of(cents);
    package.discount_price = amount_of(center.discounted(cents));
    price& excess = added_to(response.prices);
    excess.discount = decimal(100);
    step_price& step = added_to(excess.step_prices);
    step.step_start = decimal(0);
    step.unit_price = decimal::parse("0.08");
    step.discount_unit_price = step.unit_price;
    return response;
}

/// Tells of something that can be changed where it is, and where it is going.
template <class Value, class Change, class Current>
[[nodiscard]] modification_status tell_change(std::optional<Value>& modified, std::optional<Change> const& running,
                                              std::optional<Value> const& planned, std::optional<Value> const& last,
                                              Current const& present, bool shows_last) noexcept {
    if (running) {
        modified = running->target;
        return modification_status::processing;
    }
    if (planned) {
        modified = planned;
        return modification_status::wait_to_enable;
    }
    if (shows_last && last == present) {
        modified = last;
    }
    return modification_status::enable;
}

[[nodiscard]] inline fake_outcome<describe_instance_internet_status::response> execute(
    fake_data_center& center, received_action<describe_instance_internet_status> const& parameters,
    service const& service, arena&) {
    using action = describe_instance_internet_status;
    const auto found = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!found) {
        return failure_of(found);
    }
    fake_instance const& instance = **found;
    const bool shows_last = center.settings().shows_modified_size;
    action::response response;
    response.instance_id = instance.id;
    response.instance_name.assign(instance.name);
    response.internet_max_bandwidth_out = instance.bandwidth;
    response.modified_bandwidth_status =
        tell_change(response.modified_internet_max_bandwidth_out, instance.running_bandwidth,
                    instance.planned_bandwidth, instance.modified_bandwidth, instance.bandwidth, shows_last);
    if (fake_data_center::check_charge_type(instance)) {
        const fake_moment shown = center.seen(instance, center.settings().status_lag_seconds);
        response.size = shown.size;
        response.modified_traffic_package_status =
            tell_change(response.modified_size, shown.running_change, shown.planned_size, shown.modified_size,
                        shown.size, shows_last);
    }
    return response;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
