// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_TRANSACTION_HISTORY_HPP
#define ZENWIRE_ACTION_DESCRIBE_TRANSACTION_HISTORY_HPP

#include <cstdint>
#include <optional>
#include <span>

#include <zenwire/base/arena.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// One transaction of an account: money in or out. Its texts and lists are views.
struct account_transaction {
    std::string_view account_uid{};         ///< the account
    std::string_view uid{};                 ///< identifies the transaction
    std::string_view transaction_time{};    ///< when the money moved
    std::string_view order_sn{};            ///< the order that it belongs to
    std::string_view description{};         ///< for people
    std::string_view transaction_type{};    ///< its kind; the words are not documented
    std::string_view payment_method{};      ///< how it was paid
    std::optional<decimal> amount{};        ///< the sign is not documented; the fake cloud's expenses are negative
    std::optional<decimal> cash_balance{};  ///< the balance after it
    std::string_view trade_type{};          ///< its kind for the payment service
    std::string_view trade_no{};            ///< its number at the payment service

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = account_transaction;
        return member_list(
            member<&self::account_uid>{"accountUid"}, member<&self::uid>{"uid"},
            member<&self::transaction_time>{"transactionTime"}, member<&self::order_sn>{"orderSn"},
            member<&self::description>{"description"}, member<&self::transaction_type>{"transactionType"},
            member<&self::payment_method>{"paymentMethod"}, member<&self::amount>{"amount", reading::essential},
            member<&self::cash_balance>{"cashBalance", reading::essential}, member<&self::trade_type>{"tradeType"},
            member<&self::trade_no>{"tradeNo"});
    }

    /// Whether all members are equal.
    [[nodiscard]] friend constexpr bool operator==(account_transaction const&,
                                                   account_transaction const&) noexcept = default;
};

/// `DescribeTransactionHistory` of the billing service: a page of the account's transactions. The API takes at most three months,
/// which validate() leaves to it. Filters that are empty are left out. Send it as owning(action), or read its entries one by one
/// with for_each_entry().
///
/// How late a transaction appears is not documented: a missing one proves nothing. Source: the page of the action, billing.
struct describe_transaction_history {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeTransactionHistory";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most entries of a page.
    static constexpr std::int64_t max_page_size = 10'000;
    /// The type of an element of a page.
    using entry = account_transaction;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "zbc"; }

    std::optional<std::int64_t> page_num{};                ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};               ///< 1 to max_page_size
    std::span<std::string_view const> transaction_type{};  ///< only transactions of these kinds
    std::optional<utc_time> start_time{};                  ///< the server's default is a month ago
    std::optional<utc_time> end_time{};                    ///< the server's default is now

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<decimal> income_sum;         ///< all income together
        std::optional<decimal> expenditure_sum;    ///< all expenses together
        std::optional<std::int64_t> total_count;   ///< entries on all pages
        arena_list<account_transaction> data_set;  ///< the entries of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::income_sum>{"incomeSum", reading::essential},
                               member<&response::expenditure_sum>{"expenditureSum", reading::essential},
                               member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_transaction_history;
        return member_list(member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"},
                           member<&self::transaction_type>{"transactionType"}, member<&self::start_time>{"startTime"},
                           member<&self::end_time>{"endTime"});
    }
};

/// Checks pages and times, and that the service is the billing service.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_transaction_history const& action,
                                                service const& service) noexcept {
    const auto check_service = [&] { return detail::check_ledger_service<describe_transaction_history>(service); };
    if (const auto valid = detail::check_page(action).and_then(check_service); !valid) {
        return valid;
    }
    const auto is_valid = [](std::optional<utc_time> const& time) noexcept {
        return !time || time->seconds().is_valid();
    };
    if (!is_valid(action.start_time)) {
        return refuse(errc::invalid_parameter, blame::local, "startTime must lie in the years 1970 to 9999",
                      "startTime");
    }
    if (!is_valid(action.end_time) ||
        (action.start_time && action.end_time && action.end_time->seconds() < action.start_time->seconds())) {
        return refuse(errc::invalid_parameter, blame::local,
                      "endTime must lie in the years 1970 to 9999, not before startTime", "endTime");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
