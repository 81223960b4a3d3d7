// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_BILL_DETAIL_HPP
#define ZENWIRE_ACTION_DESCRIBE_BILL_DETAIL_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/arena.hpp>
#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// One line of a bill. Its texts and lists are views.
struct bill_entry {
    std::string_view resource_id{};              ///< for example the instance
    std::string_view product{};                  ///< what was bought
    std::string_view product_subitem{};          ///< which part of it
    std::optional<decimal> amount{};             ///< what it costs
    std::optional<decimal> voucher{};            ///< of that, paid by vouchers
    std::optional<decimal> cash{};               ///< of that, paid in cash
    std::string_view billing_mode{};             ///< how it is billed
    std::string_view label{};                    ///< the name that the owner gave the resource
    std::string_view location{};                 ///< where it is
    std::string_view order_sn{};                 ///< the order that it belongs to
    std::optional<std::int64_t> bill_monthly{};  ///< YYYYMM, 202611
    std::string_view start_time{};               ///< of the use that is billed
    std::string_view end_time{};                 ///< of the use that is billed
    std::string_view deduction_time{};           ///< when it was charged
    std::string_view resource_group_id{};        ///< the group that the resource belongs to
    std::string_view resource_group_name{};      ///< the name of that group

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = bill_entry;
        return member_list(
            member<&self::resource_id>{"resourceId", reading::essential}, member<&self::product>{"product"},
            member<&self::product_subitem>{"productSubitem"}, member<&self::amount>{"amount", reading::essential},
            member<&self::voucher>{"voucher", reading::essential}, member<&self::cash>{"cash", reading::essential},
            member<&self::billing_mode>{"billingMode"}, member<&self::label>{"label"},
            member<&self::location>{"location"}, member<&self::order_sn>{"orderSn"},
            member<&self::bill_monthly>{"billMonthly"}, member<&self::start_time>{"startTime"},
            member<&self::end_time>{"endTime"}, member<&self::deduction_time>{"deductionTime"},
            member<&self::resource_group_id>{"resourceGroupId"},
            member<&self::resource_group_name>{"resourceGroupName"});
    }

    /// Whether all members are equal.
    [[nodiscard]] friend constexpr bool operator==(bill_entry const&, bill_entry const&) noexcept = default;
};

/// `DescribeBillDetail` of the billing service: a page of the lines of a month's bill. Filters that are empty are left out.
/// Send it as owning(action), or read its entries one by one with for_each_entry().
///
/// How late a charge appears is not documented: a missing one proves nothing. Source: the page of the action, billing.
struct describe_bill_detail {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeBillDetail";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most entries of a page.
    static constexpr std::int64_t max_page_size = 5'000;
    /// The type of an element of a page.
    using entry = bill_entry;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "zbc"; }

    std::optional<std::int64_t> page_num{};      ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};     ///< 1 to max_page_size; the server's default is 20
    std::optional<std::int64_t> bill_monthly{};  ///< YYYYMM, 202611; the server's default is this month
    std::string_view order_sn{};                 ///< only lines of one order
    std::string_view resource_id{};              ///< only lines of one resource, for example an instance
    std::string_view product{};                  ///< only lines of one product

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<decimal> total_spend;       ///< all charges of the month together
        std::optional<decimal> total_cash;        ///< of that, paid in cash
        std::optional<decimal> total_voucher;     ///< of that, paid by vouchers
        std::optional<decimal> total_refund;      ///< what was paid back in that month
        std::optional<std::int64_t> total_count;  ///< entries on all pages
        arena_list<bill_entry> data_set;          ///< the entries of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::total_spend>{"totalSpend", reading::essential},
                               member<&response::total_cash>{"totalCash", reading::essential},
                               member<&response::total_voucher>{"totalVoucher", reading::essential},
                               member<&response::total_refund>{"totalRefund", reading::essential},
                               member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_bill_detail;
        return member_list(member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"},
                           member<&self::bill_monthly>{"billMonthly"}, member<&self::order_sn>{"orderSn"},
                           member<&self::resource_id>{"resourceId"}, member<&self::product>{"product"});
    }
};

namespace detail {

/// A month as the ledger names it, YYYYMM.
[[nodiscard]] constexpr std::int64_t bill_month(unix_seconds time) noexcept {
    const calendar_time date(time);
    return date.year * 100 + date.month;
}

}  // namespace detail

/// Checks pages and month, and that the service is the billing service.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_bill_detail const& action, service const& service) noexcept {
    const auto check_service = [&] { return detail::check_ledger_service<describe_bill_detail>(service); };
    if (const auto valid = detail::check_page(action).and_then(check_service); !valid) {
        return valid;
    }
    constexpr std::int64_t any_valid_month = 202601;
    const std::int64_t month = action.bill_monthly.value_or(any_valid_month);
    if (month < 197001 || month > 999912 || month % 100 < 1 || month % 100 > 12) {
        return refuse(errc::invalid_parameter, blame::local,
                      "billMonthly must be a year and a month, for example 202611", "billMonthly");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
