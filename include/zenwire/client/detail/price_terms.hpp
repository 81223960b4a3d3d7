// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_PRICE_TERMS_HPP
#define ZENWIRE_CLIENT_DETAIL_PRICE_TERMS_HPP

#include <cstddef>
#include <optional>

#include <zenwire/protocol/price.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// What one price charges at once; nothing when it charges for use only.
[[nodiscard]] constexpr std::optional<decimal> amount_due(price const& each) noexcept {
    return each.discount_price ? each.discount_price : each.original_price;
}

/// What all prices together charge at once; nothing when it is not known. Two prices that are due at once are more than the
/// documents tell how to add.
[[nodiscard]] constexpr std::optional<decimal> amount_due(price_list const& prices) noexcept {
    std::optional<decimal> due;
    for (price const& each : prices) {
        if (const std::optional<decimal> part = amount_due(each)) {
            if (due) {
                return std::nullopt;
            }
            due = part;
        }
    }
    return due;
}

[[nodiscard]] constexpr bool is_same(step_price const& left, step_price const& right) noexcept {
    return left.step_start == right.step_start && left.step_end == right.step_end &&
           left.unit_price == right.unit_price && left.discount_unit_price == right.discount_unit_price;
}

/// Whether both charge the same for use; what is due at once is not compared.
[[nodiscard]] constexpr bool is_same_for_use(price const& left, price const& right) noexcept {
    bool is_equal = left.step_prices.size() == right.step_prices.size();
    for (std::size_t i = 0; is_equal && i < left.step_prices.size(); ++i) {
        is_equal = is_same(left.step_prices[i], right.step_prices[i]);
    }
    return is_equal && left.unit_price == right.unit_price && left.discount_unit_price == right.discount_unit_price &&
           left.charge_unit == right.charge_unit && left.amount_unit == right.amount_unit &&
           left.excess_unit_price == right.excess_unit_price &&
           left.excess_discount_unit_price == right.excess_discount_unit_price &&
           left.excess_amount_unit == right.excess_amount_unit && left.category == right.category;
}

/// Whether who agreed to `confirmed` has agreed to `latest`: the same in every member, or less is due at once.
[[nodiscard]] constexpr bool is_covered(price const& latest, price const& confirmed) noexcept {
    const std::optional<decimal> due = amount_due(latest);
    const std::optional<decimal> agreed = amount_due(confirmed);
    const bool is_lower = due && agreed && *due < *agreed;
    const bool is_equal = latest.discount == confirmed.discount && latest.original_price == confirmed.original_price &&
                          latest.discount_price == confirmed.discount_price;
    return is_same_for_use(latest, confirmed) && (is_lower || is_equal);
}

/// @copydoc is_covered(price const&, price const&)
[[nodiscard]] constexpr bool is_covered(price_list const& latest, price_list const& confirmed) noexcept {
    bool is_all_covered = latest.size() == confirmed.size();
    for (std::size_t i = 0; is_all_covered && i < latest.size(); ++i) {
        is_all_covered = is_covered(latest[i], confirmed[i]);
    }
    return is_all_covered;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
