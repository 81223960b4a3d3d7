// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_PRICE_HPP
#define ZENWIRE_PROTOCOL_PRICE_HPP

#include <optional>

#include <zenwire/base/decimal.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/protocol/member.hpp>

namespace ZENWIRE_NAMESPACE {

/// One step of a price that depends on the amount used. The currency is not documented.
struct step_price {
    std::optional<decimal> step_start{};           ///< from this amount on
    std::optional<decimal> step_end{};             ///< up to this amount; nothing for the last step
    std::optional<decimal> unit_price{};           ///< for one unit, before the discount
    std::optional<decimal> discount_unit_price{};  ///< for one unit, after the discount

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&step_price::step_start>{"stepStart", reading::essential},
                           member<&step_price::step_end>{"stepEnd", reading::essential},
                           member<&step_price::unit_price>{"unitPrice", reading::essential},
                           member<&step_price::discount_unit_price>{"discountUnitPrice", reading::essential});
    }

    /// Whether all of two is the same.
    [[nodiscard]] friend constexpr bool operator==(step_price const&, step_price const&) noexcept = default;
};

/// A price. Exact decimals without a named currency. Source: the API's data structures, Price (2022) and PriceItem
/// (2026); the members that only one of them has are empty for the other.
struct price {
    std::optional<decimal> discount{};             ///< the percentage that remains to be paid: 80 is 20 % off
    std::optional<decimal> original_price{};       ///< prepaid: before the discount
    std::optional<decimal> discount_price{};       ///< prepaid: after the discount
    std::optional<decimal> unit_price{};           ///< postpaid: for one unit of use
    std::optional<decimal> discount_unit_price{};  ///< postpaid: for one unit of use, after the discount
    inline_string<limits::word> charge_unit{};     ///< postpaid: `HOUR`, `DAY` or `MONTH`
    /// the steps of a price that depends on the amount
    inplace_vector<step_price, limits::price_steps> step_prices{};
    inline_string<limits::word> amount_unit{};            ///< the unit of use, for example `Mbps`
    std::optional<decimal> excess_unit_price{};           ///< what use beyond the package costs
    std::optional<decimal> excess_discount_unit_price{};  ///< the same after the discount
    inline_string<limits::word> excess_amount_unit{};     ///< the unit of that use
    inline_string<limits::word> category{};               ///< `STANDARD` or `CUSTOMIZED`

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&price::discount>{"discount", reading::essential},
                           member<&price::original_price>{"originalPrice", reading::essential},
                           member<&price::discount_price>{"discountPrice", reading::essential},
                           member<&price::unit_price>{"unitPrice", reading::essential},
                           member<&price::discount_unit_price>{"discountUnitPrice", reading::essential},
                           member<&price::charge_unit>{"chargeUnit", reading::may_be_cut},
                           member<&price::step_prices>{"stepPrices", reading::essential},
                           member<&price::amount_unit>{"amountUnit", reading::may_be_cut},
                           member<&price::excess_unit_price>{"excessUnitPrice", reading::essential},
                           member<&price::excess_discount_unit_price>{"excessDiscountUnitPrice", reading::essential},
                           member<&price::excess_amount_unit>{"excessAmountUnit", reading::may_be_cut},
                           member<&price::category>{"category", reading::may_be_cut});
    }
};

/// The prices of a change: that of the package, and often a second one for use beyond it.
using price_list = inplace_vector<price, limits::prices>;

}  // namespace ZENWIRE_NAMESPACE

#endif
