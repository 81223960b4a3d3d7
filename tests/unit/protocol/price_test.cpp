// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/price.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/protocol/detail/json_reader.hpp>

#include "../results.hpp"

namespace {

using zenwire::decimal;
using zenwire::detail::json_fault;

struct answer {
    zenwire::price_list prices;

    static constexpr auto members() noexcept {
        return zenwire::member_list(zenwire::member<&answer::prices>{"prices"});
    }
};

/// `count` times `element`, in a list.
std::string list_of(std::size_t count, std::string_view element) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ",") + std::string(element);
    }
    return text + "]";
}

}  // namespace

TEST_CASE("a price has every member of both versions, exactly") {
    answer read;
    const auto result = zenwire::detail::read_json(
        R"({"prices":[{"discount":80.0,"originalPrice":100.10,"discountPrice":"80.08","unitPrice":0.1,)"
        R"("discountUnitPrice":0.08,"chargeUnit":"MONTH","amountUnit":"Mbps","excessUnitPrice":0.2,)"
        R"("excessDiscountUnitPrice":1e-1,"excessAmountUnit":"GB","category":"CUSTOMIZED",)"
        R"("stepPrices":[{"stepStart":0,"stepEnd":10.5,"unitPrice":3,"discountUnitPrice":2},)"
        R"({"stepStart":10.5,"stepEnd":null,"unitPrice":2}]}]})",
        read);
    REQUIRE(result.fault == json_fault::none);
    REQUIRE(read.prices.size() == 1);
    zenwire::price const& price = read.prices[0];
    CHECK(price.discount == decimal(80));
    CHECK(price.original_price == decimal::parse("100.1"));
    CHECK(price.discount_price == decimal::parse("80.08"));
    CHECK(price.unit_price == decimal::parse("0.1"));
    CHECK(price.discount_unit_price == decimal::parse("0.08"));
    CHECK(price.charge_unit == "MONTH");
    CHECK(price.amount_unit == "Mbps");
    CHECK(price.excess_unit_price == decimal::parse("0.2"));
    CHECK(price.excess_discount_unit_price == decimal::parse("0.1"));
    CHECK(price.excess_amount_unit == "GB");
    CHECK(price.category == "CUSTOMIZED");
    REQUIRE(price.step_prices.size() == 2);
    CHECK(price.step_prices[0].step_start == decimal(0));
    CHECK(price.step_prices[0].step_end == decimal::parse("10.5"));
    CHECK(price.step_prices[0].unit_price == decimal(3));
    CHECK(price.step_prices[0].discount_unit_price == decimal(2));
    CHECK_FALSE(price.step_prices[1].step_end.has_value());
    CHECK_FALSE(price.step_prices[1].discount_unit_price.has_value());
}

TEST_CASE("a price of zero is a price, and null is none") {
    answer read;
    REQUIRE(zenwire::detail::read_json(R"({"prices":[{"originalPrice":0,"discountPrice":null}]})", read).fault ==
            json_fault::none);
    CHECK(read.prices[0].original_price == decimal(0));
    CHECK_FALSE(read.prices[0].discount_price.has_value());
}

TEST_CASE("a price of any length is the nearest one, and says so where it is another") {
    answer read;
    const auto result = zenwire::detail::read_json(
        R"({"prices":[{"originalPrice":0.1234567890123456789,"discountPrice":7524.00000000000000000000000000000,
                       "unitPrice":123456789012345678901234567890123456789012345678901,"discountUnitPrice":"1e-30"}]})",
        read);
    REQUIRE(result.fault == json_fault::none);
    zenwire::price const& price = read.prices[0];
    CHECK(price.original_price == decimal::parse("0.123456789012345679"));
    CHECK(price.original_price->is_rounded());
    CHECK(price.discount_price == decimal(7524));
    CHECK_FALSE(price.discount_price->is_rounded());
    CHECK(price.unit_price == decimal(999'999'999'999'999'999));
    CHECK(price.unit_price->is_rounded());
    CHECK(price.discount_unit_price == decimal(0));
    CHECK(price.discount_unit_price->is_rounded());
}

TEST_CASE("more prices or steps than there is room for are a fault and not left out") {
    const auto fault_of = [](std::string const& list) {
        answer read;
        return zenwire::detail::read_json(R"({"prices":)" + list + '}', read).fault;
    };
    CHECK(fault_of(list_of(zenwire::limits::prices, "{}")) == json_fault::none);
    CHECK(fault_of(list_of(zenwire::limits::prices + 1, "{}")) == json_fault::too_long);
    const auto steps = [](std::size_t count) { return R"([{"stepPrices":)" + list_of(count, "{}") + "}]"; };
    CHECK(fault_of(steps(zenwire::limits::price_steps)) == json_fault::none);
    CHECK(fault_of(steps(zenwire::limits::price_steps + 1)) == json_fault::too_long);
}
