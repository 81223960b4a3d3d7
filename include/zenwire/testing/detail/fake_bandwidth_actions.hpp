// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_BANDWIDTH_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_BANDWIDTH_ACTIONS_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/action/cancel_instance_bandwidth_downgrade.hpp>
#include <zenwire/action/describe_instance_traffic.hpp>
#include <zenwire/action/inquiry_price_instance_bandwidth.hpp>
#include <zenwire/action/modify_instance_bandwidth.hpp>
#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/fake_ledger.hpp>
#include <zenwire/testing/detail/fake_package_actions.hpp>
#include <zenwire/testing/detail/fake_page.hpp>
#include <zenwire/testing/detail/fake_refusal.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/detail/time_text.hpp>
#include <zenwire/testing/fake_records.hpp>

/// @file
/// What a fake cloud does for the actions of bandwidths, and what it tells of traffic. The parameters that are required are there.

namespace ZENWIRE_NAMESPACE::detail {

/// The parameters of an action whose wire names depend on the service, under whichever names they came.
template <class Action>
using received_parameters_of = received_parameters<decltype(sent_members<Action>(services::bmc_2026_02_01))>;

/// Whether a bandwidth of this instance costs something at all.
[[nodiscard]] inline bool is_by_bandwidth(fake_instance const& instance) {
    return instance.internet_charge_type == internet_charge_type::by_bandwidth;
}

/// The same refusal with the status that the service vm gives it.
[[nodiscard]] inline unexpected<fake_refusal> refuse_with_status(api_code code, int status) {
    fake_refusal refusal = fake_refusal::of(code);
    refusal.status = status;
    return unexpected(std::move(refusal));
}

/// In hundredths of the currency, before the discount: what is free costs nothing.
[[nodiscard]] inline std::int64_t price_of_bandwidth(fake_data_center const& center, fake_instance const& instance,
                                                     std::int64_t from, std::int64_t to) noexcept {
    const std::int64_t paid = (std::max)(from, instance.default_bandwidth);
    return to <= paid ? 0 : (to - paid) * center.settings().price_cents_per_mbps;
}

[[nodiscard]] inline fake_outcome<void> check_bandwidth(fake_instance const& instance, std::int64_t mbps,
                                                        service const& service) {
    if (mbps < 1) {
        return refuse(api_code::invalid_parameter_less_minimum, service.bandwidth_field);
    }
    return mbps > instance.maximum_bandwidth ? refuse(api_code::invalid_parameter_bandwidth_exceed)
                                             : fake_outcome<void>();
}

/// What forbids a change of the bandwidth.
[[nodiscard]] inline fake_outcome<void> check_bandwidth_order(fake_instance const& instance, std::int64_t mbps,
                                                              service const& service) {
    if (instance.status.value() != instance_status::running) {
        return refuse(api_code::operation_denied_instance_not_running, instance.status.text());
    }
    if (instance.running_bandwidth) {
        return refuse(service.name == "vm" ? api_code::operation_denied_instance_bandwidth_processing
                                           : api_code::operation_failed_instance_bandwidth_processing);
    }
    if (instance.planned_bandwidth) {
        return refuse(api_code::operation_denied_instance_exist_plan_bandwidth);
    }
    return check_bandwidth(instance, mbps, service);
}

[[nodiscard]] inline fake_outcome<modify_instance_bandwidth::response> execute(
    fake_data_center& center, received_parameters_of<modify_instance_bandwidth> const& parameters,
    service const& service, arena&) {
    using action = modify_instance_bandwidth;
    const std::int64_t mbps = *parameters.get<&action::bandwidth_out_mbps>();
    const auto found = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!found) {
        return failure_of(found);
    }
    fake_instance& instance = **found;
    if (const auto checked = check_bandwidth_order(instance, mbps, service); !checked) {
        return failure_of(checked);
    }
    action::response response;
    const bool is_free = (std::max)(mbps, instance.bandwidth) <= instance.default_bandwidth;
    if (is_free || !is_by_bandwidth(instance) || instance.charge_type == instance_charge_type::postpaid) {
        center.start_change(instance, mbps);
        return response;
    }
    const std::int64_t cents = center.discounted(price_of_bandwidth(center, instance, instance.bandwidth, mbps));
    const fake_outcome<std::string> order = center.charge(instance, "Bandwidth", cents);
    if (!order) {
        return failure_of(order);
    }
    if (mbps < instance.bandwidth) {
        instance.planned_bandwidth = mbps;
    } else {
        center.start_change(instance, mbps);
    }
    center.orders().push_back({*order, instance.id, {}, cents, center.now(), false, mbps});
    response.order_number = *order;
    return response;
}

[[nodiscard]] inline fake_outcome<cancel_instance_bandwidth_downgrade::response> execute(
    fake_data_center& center, received_action<cancel_instance_bandwidth_downgrade> const& parameters,
    service const& service, arena&) {
    using action = cancel_instance_bandwidth_downgrade;
    const auto instance = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!instance) {
        return failure_of(instance);
    }
    if (const auto checked =
            fake_data_center::check_charge_type(**instance, internet_charge_type::by_bandwidth);
        !checked) {
        return failure_of(checked);
    }
    if (!(*instance)->planned_bandwidth) {
        // 404 where it is about traffic packages
        return refuse_with_status(api_code::operation_denied_downgrade_not_exist, 403);
    }
    (*instance)->planned_bandwidth.reset();
    (*instance)->modified_bandwidth.reset();
    note_cancellation(center, **instance, true);
    return action::response{};
}

[[nodiscard]] inline fake_outcome<inquiry_price_instance_bandwidth::response> execute(
    fake_data_center& center, received_parameters_of<inquiry_price_instance_bandwidth> const& parameters,
    service const& service, arena&) {
    using action = inquiry_price_instance_bandwidth;
    const std::int64_t mbps = *parameters.get<&action::bandwidth_out_mbps>();
    const auto found = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!found) {
        return failure_of(found);
    }
    fake_instance const& instance = **found;
    for (const fake_outcome<void>& checked :
         {fake_data_center::check_charge_type(instance, internet_charge_type::by_bandwidth),
          check_bandwidth(instance, mbps, service)}) {
        if (!checked) {
            return failure_of(checked);
        }
    }
    if (!instance.is_for_sale) {
        return refuse_with_status(api_code::invalid_instance_type_zone_no_sell, service.name == "vm" ? 404 : 400);
    }
    action::response response;
    if (mbps <= instance.default_bandwidth) {
        return response;
    }
    price& one = added_to(response.prices);
    one.discount = decimal(center.settings().discount_percent);
    if (instance.charge_type == instance_charge_type::postpaid) {
        one.unit_price = amount_of(center.settings().price_cents_per_mbps);
        one.discount_unit_price = amount_of(center.discounted(center.settings().price_cents_per_mbps));
        one.charge_unit = "HOUR";
    } else {
        const std::int64_t cents = price_of_bandwidth(center, instance, instance.bandwidth, mbps);
        one.original_price = amount_of(cents);
        one.discount_price = amount_of(center.discounted(cents));
    }
    return response;
}

/// One direction of the traffic of a span, as the API sums it up.
class traffic_sum {
public:
    static constexpr std::int64_t seconds_of_a_point = 300;

    void add(std::int64_t bits_per_second, std::string_view time) { points_.push_back({bits_per_second, time}); }

    /// @param most the value below which 95 of 100 points are, and when it was
    void tell(std::optional<std::int64_t>& most, std::string_view& time, std::optional<std::int64_t>& average,
              std::optional<std::int64_t>& maximum, std::optional<std::int64_t>& minimum,
              std::optional<std::int64_t>& total) {
        if (points_.empty()) {
            return;
        }
        std::sort(points_.begin(), points_.end(), [](point const& a, point const& b) { return a.value < b.value; });
        std::int64_t sum = 0;
        for (point const& each : points_) {
            sum += each.value;
        }
        const point percentile = points_[points_.size() - 1 - points_.size() / 20];
        most = percentile.value;
        time = percentile.time;
        average = sum / static_cast<std::int64_t>(points_.size());
        maximum = points_.back().value;
        minimum = points_.front().value;
        total = sum * seconds_of_a_point / 8;
    }

private:
    struct point {
        std::int64_t value;
        std::string_view time;
    };
    std::vector<point> points_;
};

/// The traffic follows from the time alone.
[[nodiscard]] inline fake_outcome<describe_instance_traffic::response> execute(
    fake_data_center& center, received_action<describe_instance_traffic> const& parameters, service const& service,
    arena& memory) {
    using action = describe_instance_traffic;
    constexpr std::int64_t oldest_seconds = 30 * 86'400;
    const auto found = center.find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!found) {
        return failure_of(found);
    }
    const auto start = read_time(parameters.get<&action::start_time>(), "startTime", center.now());
    if (!start) {
        return failure_of(start);
    }
    const auto end = read_time(parameters.get<&action::end_time>(), "endTime", center.now());
    if (!end) {
        return failure_of(end);
    }
    if (*end < *start) {
        return refuse(api_code::invalid_parameter_value, "endTime");
    }
    if (end->count() - start->count() > action::longest_span) {
        return refuse(api_code::invalid_parameter_exceed_maximum, "endTime: at most 24 hours after startTime");
    }
    if (start->count() < center.now().count() - oldest_seconds) {
        return refuse(api_code::invalid_parameter_less_minimum, "startTime: within the last 30 days");
    }
    action::response response;
    traffic_sum in;
    traffic_sum out;
    constexpr std::int64_t step = traffic_sum::seconds_of_a_point;
    for (std::int64_t time = (start->count() + step - 1) / step * step; time <= end->count(); time += step) {
        traffic_point& point = added_to(response.data_list, memory);
        point.time = memory.append({}, utc_text(unix_seconds(time)));
        point.internet_rx = 90'000 + time / step * 7919 % 60'000;
        point.internet_tx = 2'000 + time / step * 104'729 % 4'000;
        in.add(*point.internet_rx, point.time);
        out.add(*point.internet_tx, point.time);
    }
    in.tell(response.in_95, response.in_95_time, response.in_average, response.in_maximum, response.in_minimum,
            response.in_total);
    out.tell(response.out_95, response.out_95_time, response.out_average, response.out_maximum, response.out_minimum,
             response.out_total);
    // cut to two decimals
    response.maximum_bandwidth_95_mbps =
        amount_of((std::max)(response.in_95.value_or(0), response.out_95.value_or(0)) / 10'000);
    response.total_unit = "B";
    response.unit = "bps";
    return response;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
