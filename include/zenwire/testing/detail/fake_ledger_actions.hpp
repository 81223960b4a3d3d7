// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_LEDGER_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_LEDGER_ACTIONS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/fake_ledger.hpp>
#include <zenwire/testing/detail/fake_page.hpp>
#include <zenwire/testing/detail/fake_refusal.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/detail/time_text.hpp>
#include <zenwire/testing/fake_records.hpp>

/// @file
/// What a fake cloud does for the actions of the billing service: all of it is told from the bookings.

namespace ZENWIRE_NAMESPACE::detail {

/// The only account of a fake cloud.
inline constexpr std::string_view fake_account = "1000000001";

[[nodiscard]] inline fake_outcome<describe_customer_balance::response> execute(
    fake_data_center& center, received_action<describe_customer_balance> const&, service const&, arena&) {
    // what an account without a limit may owe
    constexpr std::int64_t endless_credit = 100'000'000'000'000;
    fake_ledger const& ledger = center.ledger();
    const std::int64_t credit = ledger.limit() ? 0 : endless_credit;
    describe_customer_balance::response response;
    response.account_uid = fake_account;
    response.cash_balance = amount_of(ledger.balance());
    response.credit_value = amount_of(credit);
    response.purchasing_power = amount_of(ledger.balance() + credit);
    response.order_frozen_amount = decimal(0);
    return response;
}

/// Calls `take(booking, place)` for the bookings that show by now, in the order of the lists. `place` counts from 1, from the
/// oldest one on.
template <class Take>
void for_each_booking(fake_data_center const& center, Take const& take) {
    std::vector<fake_booking> const& all = center.ledger().bookings();
    const std::int64_t lag = center.lag_of(center.settings().ledger_lag_seconds);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t at = center.settings().ledger_begins_with_newest ? all.size() - 1 - i : i;
        if (lag <= 0 || all[at].at.count() <= center.now().count() - lag) {
            take(all[at], at + 1);
        }
    }
}

[[nodiscard]] inline fake_outcome<describe_transaction_history::response> execute(
    fake_data_center& center, received_action<describe_transaction_history> const& parameters, service const&,
    arena& memory) {
    using action = describe_transaction_history;
    constexpr std::int64_t one_day = 86'400;
    const auto page =
        fake_page::of(parameters.get<&action::page_num>(), parameters.get<&action::page_size>(), action::largest_page);
    if (!page) {
        return failure_of(page);
    }
    const auto end = read_time(parameters.get<&action::end_time>(), "endTime", center.now());
    if (!end) {
        return failure_of(end);
    }
    const auto start =
        read_time(parameters.get<&action::start_time>(), "startTime", unix_seconds(end->count() - 30 * one_day));
    if (!start) {
        return failure_of(start);
    }
    if (end->count() - start->count() > 92 * one_day) {
        return refuse(api_code::invalid_parameter_exceed_maximum,
                      "startTime: not more than three months before endTime");
    }
    auto const& types = parameters.get<&action::transaction_type>();
    std::int64_t income = 0;
    std::int64_t expenditure = 0;
    std::int64_t count = 0;
    action::response response;
    for_each_booking(center, [&](fake_booking const& booking, std::size_t place) {
        const std::string_view type = booking.cents < 0 ? "CONSUMPTION" : "RECHARGE";
        if (booking.at < *start || booking.at > *end ||
            (types && !types->empty() && std::find(types->begin(), types->end(), type) == types->end())) {
            return;
        }
        (booking.cents < 0 ? expenditure : income) += booking.cents < 0 ? -booking.cents : booking.cents;
        if (page->has(count++)) {
            account_transaction& entry = added_to(response.data_set, memory);
            entry.account_uid = fake_account;
            entry.uid = memory.append({}, std::to_string(9'000'000'000 + place));
            entry.transaction_time = memory.append({}, utc_text(booking.at));
            entry.order_sn = booking.order_number;
            entry.description = booking.item;
            entry.transaction_type = type;
            entry.payment_method = "CASH";
            entry.amount = amount_of(booking.cents);
            entry.cash_balance = amount_of(booking.balance_cents);
            entry.trade_type = type;
        }
    });
    response.income_sum = amount_of(income);
    response.expenditure_sum = amount_of(expenditure);
    response.total_count = count;
    return response;
}

/// The year and month of a time, `202611`.
[[nodiscard]] constexpr std::int64_t month_of(unix_seconds time) noexcept {
    const calendar_time date(time);
    return date.year * 100 + date.month;
}

[[nodiscard]] inline fake_outcome<describe_bill_detail::response> execute(
    fake_data_center& center, received_action<describe_bill_detail> const& parameters, service const&,
    arena& memory) {
    using action = describe_bill_detail;
    const auto page =
        fake_page::of(parameters.get<&action::page_num>(), parameters.get<&action::page_size>(), action::largest_page);
    if (!page) {
        return failure_of(page);
    }
    const std::int64_t month = parameters.get<&action::bill_monthly>().value_or(month_of(center.now()));
    const auto fits = [](auto const& wanted, std::string_view text) {
        return !wanted || wanted->empty() || *wanted == text;
    };
    std::int64_t total = 0;
    std::int64_t count = 0;
    action::response response;
    for_each_booking(center, [&](fake_booking const& booking, std::size_t) {
        if (booking.order_number.empty() || month_of(booking.at) != month ||
            !fits(parameters.get<&action::order_sn>(), booking.order_number) ||
            !fits(parameters.get<&action::resource_id>(), booking.resource_id) ||
            !fits(parameters.get<&action::product>(), booking.product)) {
            return;
        }
        total -= booking.cents;
        if (page->has(count++)) {
            bill_entry& entry = added_to(response.data_set, memory);
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
            entry.bill_monthly = month;
            entry.start_time = memory.append({}, utc_text(booking.at));
            entry.end_time = memory.append({}, utc_text(booking.ends_at));
            entry.deduction_time = entry.start_time;
            entry.resource_group_id = booking.resource_group_id;
        }
    });
    response.total_spend = amount_of(total);
    response.total_cash = response.total_spend;
    response.total_voucher = decimal(0);
    response.total_refund = decimal(0);
    response.total_count = count;
    return response;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
