// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/workflow_order.hpp>

#include <cstddef>
#include <iterator>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/decimal.hpp>

namespace {

using zenwire::decimal;
using zenwire::price;
using zenwire::price_list;
using zenwire::detail::amount_due;
using zenwire::detail::is_covered;

decimal number(std::string_view text) { return *decimal::parse(text); }

/// Every member is there.
price full_price() {
    price made;
    made.discount = number("80");
    made.original_price = number("100");
    made.discount_price = number("80");
    made.unit_price = number("1");
    made.discount_unit_price = number("0.9");
    made.charge_unit = "MONTH";
    zenwire::step_price& step = *made.step_prices.add();
    step.step_start = number("0");
    step.step_end = number("10");
    step.unit_price = number("3");
    step.discount_unit_price = number("2");
    made.amount_unit = "TB";
    made.excess_unit_price = number("5");
    made.excess_discount_unit_price = number("4");
    made.excess_amount_unit = "GB";
    made.category = "STANDARD";
    return made;
}

price_list list(price const& first) {
    price_list made;
    *made.add() = first;
    return made;
}

}  // namespace

TEST_CASE("due is the price after the discount, else the one before, of the one price that has such") {
    price only_original;
    only_original.original_price = number("100");
    CHECK(amount_due(full_price()) == number("80"));
    CHECK(amount_due(only_original) == number("100"));
    CHECK_FALSE(amount_due(price()).has_value());
    price_list two = list(full_price());
    *two.add() = price();
    CHECK(amount_due(two) == number("80"));
    *two.add() = only_original;
    CHECK_FALSE(amount_due(two).has_value());
    CHECK_FALSE(amount_due(price_list()).has_value());
}

TEST_CASE("who agreed to a price has agreed to the same one, and to one of which less is due") {
    const price agreed = full_price();
    CHECK(is_covered(list(agreed), list(agreed)));
    price less = agreed;
    less.discount_price = number("79.99");
    CHECK(is_covered(list(less), list(agreed)));
    CHECK_FALSE(is_covered(list(agreed), list(less)));
}

TEST_CASE("a price that differs in any other member is another one") {
    using change = void (*)(price&);
    const change changes[] = {
        [](price& it) { it.discount = number("81"); },
        [](price& it) { it.original_price = number("101"); },
        [](price& it) { it.discount_price = number("80.01"); },
        [](price& it) { it.discount_price.reset(); },
        [](price& it) { it.unit_price.reset(); },
        [](price& it) { it.discount_unit_price = number("1"); },
        [](price& it) { it.charge_unit = "DAY"; },
        [](price& it) { static_cast<void>(it.step_prices.add()); },
        [](price& it) { it.step_prices = {}; },
        [](price& it) { it.amount_unit = "MB"; },
        [](price& it) { it.excess_unit_price = number("6"); },
        [](price& it) { it.excess_discount_unit_price.reset(); },
        [](price& it) { it.excess_amount_unit = "KB"; },
        [](price& it) { it.category = "CUSTOMIZED"; },
    };
    for (std::size_t i = 0; i < std::size(changes); ++i) {
        CAPTURE(i);
        price other = full_price();
        changes[i](other);
        CHECK_FALSE(is_covered(list(other), list(full_price())));
        // from the fifth on also when less is due
        if (i >= 4) {
            other.discount_price = number("1");
            CHECK_FALSE(is_covered(list(other), list(full_price())));
        }
    }
    for (int member = 0; member < 4; ++member) {
        price other = full_price();
        other.step_prices = {};
        zenwire::step_price& step = *other.step_prices.add();
        step = full_price().step_prices[0];
        (member == 0   ? step.step_start
         : member == 1 ? step.step_end
         : member == 2 ? step.unit_price
                       : step.discount_unit_price) = number("7");
        CAPTURE(member);
        CHECK_FALSE(is_covered(list(other), list(full_price())));
    }
}

TEST_CASE("more prices or fewer are other prices") {
    price_list two = list(full_price());
    *two.add() = price();
    CHECK_FALSE(is_covered(two, list(full_price())));
    CHECK_FALSE(is_covered(list(full_price()), two));
    CHECK(is_covered(two, two));
}
