// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_LEDGER_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_LEDGER_ACTIONS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <zenwire/action/actions.hpp>
#include <zenwire/testing/detail/fake_call.hpp>

/// @file
/// Carries out the actions that report figures: those of the billing service, and DescribeInstanceTraffic. As they only
/// read, they may go on after a refusal: see fake_call.

namespace ZENWIRE_NAMESPACE::detail {

/// The only account of a fake cloud.
inline constexpr std::string_view fake_account = "1000000001";

[[nodiscard]] inline describe_customer_balance::response execute(fake_call& call,
                                                                 received_action<describe_customer_balance> const&) {
    // the credit of an account without a limit
    constexpr std::int64_t endless_credit_cents = 100'000'000'000'000;
    fake_ledger const& ledger = call.center.ledger;
    const std::int64_t credit = ledger.limit() ? 0 : endless_credit_cents;
    describe_customer_balance::response response;
    response.account_uid = fake_account;
    response.cash_balance = amount_of(ledger.balance());
    response.credit_value = amount_of(credit);
    response.purchasing_power = amount_of(saturating_add(ledger.balance(), credit));
    response.order_frozen_amount = decimal(0);
    return response;
}

/// Calls `take(booking, place)` for the bookings that are visible by now, in the order of the lists. `place` is 1 for the oldest
/// booking.
template <class Take>
void for_each_booking(fake_data_center const& center, Take const& take) {
    std::vector<fake_booking> const& all = center.ledger.bookings();
    const std::int64_t lag = center.lag_of(center.settings.ledger_lag_seconds);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t at = center.settings.ledger_begins_with_newest ? all.size() - 1 - i : i;
        if (lag <= 0 || all[at].at.count() <= saturating_subtract(center.now().count(), lag)) {
            take(all[at], at + 1);
        }
    }
}

inline constexpr std::int64_t seconds_of_a_day = 86'400;

inline void fill(account_transaction& entry, fake_booking const& booking, fake_call& call) {
    entry.account_uid = fake_account;
    entry.transaction_time = call.text(utc_text(booking.at));
    entry.order_sn = booking.order_number;
    entry.description = booking.item;
    entry.payment_method = "CASH";
    entry.amount = amount_of(booking.cents);
    entry.cash_balance = amount_of(booking.balance_cents);
}

[[nodiscard]] inline describe_transaction_history::response execute(
    fake_call& call, received_action<describe_transaction_history> const& parameters) {
    using action = describe_transaction_history;
    const fake_page page = call.page_of<action>(parameters);
    const unix_seconds end = call.time_of(parameters.get<&action::end_time>(), "endTime", call.center.now());
    const unix_seconds start = call.time_of(parameters.get<&action::start_time>(), "startTime",
                                            unix_seconds(end.count() - 30 * seconds_of_a_day));
    call.refuse_unless(start <= end, api_code::invalid_parameter_value, "endTime");
    call.refuse_unless(end.count() - start.count() <= 92 * seconds_of_a_day, api_code::invalid_parameter_exceed_maximum,
                       "startTime: not more than three months before endTime");  // at most 92 days
    auto const& types = parameters.get<&action::transaction_type>();
    std::int64_t income = 0;
    std::int64_t expenditure = 0;
    std::int64_t count = 0;
    action::response response;
    for_each_booking(call.center, [&](fake_booking const& booking, std::size_t place) {
        const bool is_spent = booking.cents < 0;
        const std::string_view type = is_spent ? "CONSUMPTION" : "RECHARGE";
        if (booking.at < start || booking.at > end ||
            (types && !types->empty() && std::ranges::find(*types, type) == types->end())) {
            return;
        }
        std::int64_t& sum = is_spent ? expenditure : income;
        sum = is_spent ? saturating_subtract(sum, booking.cents) : saturating_add(sum, booking.cents);
        if (page.has(count++)) {
            account_transaction& entry = added_to(response.data_set, call.memory);
            entry.uid = call.text(std::to_string(9'000'000'000 + place));
            entry.transaction_type = type;
            entry.trade_type = type;
            fill(entry, booking, call);
        }
    });
    response.income_sum = amount_of(income);
    response.expenditure_sum = amount_of(expenditure);
    response.total_count = count;
    return response;
}

inline void fill(bill_entry& entry, fake_booking const& booking, fake_call& call) {
    entry.resource_id = booking.resource_id;
    entry.product = booking.product;
    entry.product_subitem = booking.item;
    entry.amount = amount_of(-booking.cents);
    entry.voucher = decimal(0);
    entry.cash = entry.amount;
    entry.billing_mode = "PREPAID";
    entry.label = booking.label;
    entry.location = booking.location;
    entry.order_sn = booking.order_number;
    entry.bill_monthly = bill_month(booking.at);
    entry.start_time = call.text(utc_text(booking.at));
    entry.end_time = call.text(utc_text(booking.ends_at));
    entry.deduction_time = entry.start_time;
    entry.resource_group_id = booking.resource_group_id;
}

[[nodiscard]] inline describe_bill_detail::response execute(fake_call& call,
                                                            received_action<describe_bill_detail> const& parameters) {
    using action = describe_bill_detail;
    const fake_page page = call.page_of<action>(parameters);
    const std::int64_t month = parameters.get<&action::bill_monthly>().value_or(bill_month(call.center.now()));
    // of the lines that are asked for; whether the API's totals are of these or of the whole month is not documented
    std::int64_t total = 0;
    std::int64_t count = 0;
    action::response response;
    for_each_booking(call.center, [&](fake_booking const& booking, std::size_t) {
        if (booking.order_number.empty() || bill_month(booking.at) != month ||
            !fits(parameters.get<&action::order_sn>(), booking.order_number) ||
            !fits(parameters.get<&action::resource_id>(), booking.resource_id) ||
            !fits(parameters.get<&action::product>(), booking.product)) {
            return;
        }
        total -= booking.cents;
        if (page.has(count++)) {
            fill(added_to(response.data_set, call.memory), booking, call);
        }
    });
    response.total_spend = amount_of(total);
    response.total_cash = response.total_spend;
    response.total_voucher = decimal(0);
    response.total_refund = decimal(0);
    response.total_count = count;
    return response;
}

/// The traffic in one direction at one time.
struct traffic_measurement {
    std::int64_t bits_per_second;
    std::string_view time;
};
inline constexpr std::int64_t seconds_of_a_measurement = 300;

/// Sorts the traffic in one direction, and writes the figures that the API makes of it to members of a response: `total` in
/// bytes, the others in bits per second.
inline void summarize(std::vector<traffic_measurement>& all, std::optional<std::int64_t>& percentile_95,
                      std::string_view& percentile_time, std::optional<std::int64_t>& average,
                      std::optional<std::int64_t>& maximum, std::optional<std::int64_t>& minimum,
                      std::optional<std::int64_t>& total) {
    if (all.empty()) {
        return;
    }
    std::ranges::sort(all, {}, &traffic_measurement::bits_per_second);
    std::int64_t sum = 0;
    for (traffic_measurement const& each : all) {
        sum += each.bits_per_second;
    }
    // the largest one once a twentieth of them is left out, from above
    traffic_measurement const& highest = all[all.size() - 1 - all.size() / 20];
    percentile_95 = highest.bits_per_second;
    percentile_time = highest.time;
    average = sum / static_cast<std::int64_t>(all.size());
    maximum = all.back().bits_per_second;
    minimum = all.front().bits_per_second;
    total = sum * seconds_of_a_measurement / 8;
}

/// The traffic is computed from the time, with any two primes: it looks random and is always the same.
[[nodiscard]] inline describe_instance_traffic::response execute(
    fake_call& call, received_action<describe_instance_traffic> const& parameters) {
    using action = describe_instance_traffic;
    call.find(*parameters.get<&action::instance_id>());  // refuses an unknown id
    const unix_seconds now = call.center.now();
    const unix_seconds start = call.time_of(parameters.get<&action::start_time>(), "startTime", now);
    const unix_seconds end = call.time_of(parameters.get<&action::end_time>(), "endTime", now);
    call.refuse_unless(start <= end, api_code::invalid_parameter_value, "endTime");
    call.refuse_unless(end.count() - start.count() <= action::longest_span, api_code::invalid_parameter_exceed_maximum,
                       "endTime: at most 24 hours after startTime");
    // no figures after any refusal, also one from above
    if (!call.refuse_unless(start.count() >= now.count() - 30 * seconds_of_a_day,
                            api_code::invalid_parameter_less_minimum, "startTime: within the last 30 days")) {
        return {};
    }
    action::response response;
    std::vector<traffic_measurement> in;
    std::vector<traffic_measurement> out;
    constexpr std::int64_t step = seconds_of_a_measurement;
    for (std::int64_t time = (start.count() + step - 1) / step * step; time <= end.count(); time += step) {
        traffic_point& point = added_to(response.data_list, call.memory);
        point.time = call.text(utc_text(unix_seconds(time)));
        point.internet_rx = 90'000 + (time / step * 7919) % 60'000;
        point.internet_tx = 2'000 + (time / step * 104'729) % 4'000;
        in.push_back({*point.internet_rx, point.time});
        out.push_back({*point.internet_tx, point.time});
    }
    summarize(in, response.in_95, response.in_95_time, response.in_average, response.in_maximum, response.in_minimum,
              response.in_total);
    summarize(out, response.out_95, response.out_95_time, response.out_average, response.out_maximum,
              response.out_minimum, response.out_total);
    // amount_of() takes hundredths: 10'000 bps are a hundredth of a Mbps
    response.maximum_bandwidth_95_mbps =
        amount_of((std::max)(response.in_95.value_or(0), response.out_95.value_or(0)) / 10'000);
    response.total_unit = "B";
    response.unit = "bps";
    return response;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
