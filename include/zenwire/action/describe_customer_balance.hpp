// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_CUSTOMER_BALANCE_HPP
#define ZENWIRE_ACTION_DESCRIBE_CUSTOMER_BALANCE_HPP

#include <optional>

#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// `DescribeCustomerBalance` of the billing service: what the account has, and could spend. The currency is not
/// documented. Source: the page of the action, billing.
struct describe_customer_balance {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeCustomerBalance";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "zbc"; }

    /// The response. Amounts may be negative.
    struct response : basic_response {
        /// The account: that of the credential, whatever stands here, so that an id which is too long is cut and flagged.
        inline_string<limits::instance_id> account_uid;
        std::optional<decimal> cash_balance;         ///< the money that was paid in and not spent
        std::optional<decimal> credit_value;         ///< the credit: how much may be spent beyond the cash balance
        std::optional<decimal> purchasing_power;     ///< cash balance and credit together
        std::optional<decimal> order_frozen_amount;  ///< the amount reserved for orders that are not paid yet

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::account_uid>{"accountUid", reading::may_be_cut},
                               member<&response::cash_balance>{"cashBalance", reading::essential},
                               member<&response::credit_value>{"creditValue", reading::essential},
                               member<&response::purchasing_power>{"purchasingPower", reading::essential},
                               member<&response::order_frozen_amount>{"orderFrozenAmount", reading::essential});
        }
    };

    /// It has no parameters.
    [[nodiscard]] static constexpr member_list<> members() noexcept { return {}; }
};

/// Checks that the service is the billing service.
/// @return errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_customer_balance const&, service const& service) noexcept {
    return detail::check_ledger_service<describe_customer_balance>(service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
