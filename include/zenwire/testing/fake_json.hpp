// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_JSON_HPP
#define ZENWIRE_TESTING_FAKE_JSON_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/bump_list.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/json_writer.hpp>
#include <zenwire/protocol/json_object.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// How the service writes what clients never write: amounts and sizes with a point (`95.0`), what a price does not have as
/// null, and of a price only the members that the version has.

namespace ZENWIRE_NAMESPACE {

/// A number with a point: what other clients expect of a Float.
inline void write_float(json_writer& json, decimal number) noexcept {
    buffer_writer& out = json.begin_value();
    number.write_to(out);
    out.append(number.scale() == 0 ? std::string_view(".0") : std::string_view());
}

/// The same, or null.
inline void write_float_or_null(json_writer& json, std::string_view name,
                                std::optional<decimal> const& number) noexcept {
    json.name(name);
    number ? write_float(json, *number) : json.null();
}

/// A text, or null.
inline void write_text_or_null(json_writer& json, std::string_view name, std::string_view text) noexcept {
    json.name(name);
    text.empty() ? json.null() : json.string(text);
}

/// A size as the service writes it.
inline void write_json(json_writer& json, std::optional<traffic_package_size> const& size, service const&) noexcept {
    if (!size) {
        json.null();
        return;
    }
    buffer_writer& out = json.begin_value();
    size->write_to(out);
    constexpr std::int64_t whole = traffic_package_size::units_per_terabyte;
    out.append(size->units() % whole == 0 ? std::string_view(".0") : std::string_view());
}

/// A list of objects, each as that service writes it.
template <class Element>
void write_json(json_writer& json, bump_list<Element> const& list, service const& service) noexcept {
    json.begin_array();
    for (Element const& each : list) {
        write_json(json, each, service);
    }
    json.end_array();
}

/// The prices as that version of the service writes them.
inline void write_json(json_writer& json, price_list const& prices, service const& service) noexcept {
    const bool has_newer_members =
        service.version != services::bmc_2022_11_20.version && service.version != services::vm_2023_03_13.version;
    json.begin_array();
    for (price const& each : prices) {
        json.begin_object();
        write_float_or_null(json, "discount", each.discount);
        write_float_or_null(json, "discountPrice", each.discount_price);
        write_float_or_null(json, "originalPrice", each.original_price);
        write_float_or_null(json, "unitPrice", each.unit_price);
        write_float_or_null(json, "discountUnitPrice", each.discount_unit_price);
        write_text_or_null(json, "chargeUnit", each.charge_unit);
        json.name("stepPrices");
        if (each.step_prices.empty()) {
            json.null();
        } else {
            json.begin_array();
            for (step_price const& step : each.step_prices) {
                json.begin_object();
                write_float_or_null(json, "stepStart", step.step_start);
                write_float_or_null(json, "stepEnd", step.step_end);
                write_float_or_null(json, "unitPrice", step.unit_price);
                write_float_or_null(json, "discountUnitPrice", step.discount_unit_price);
                json.end_object();
            }
            json.end_array();
        }
        if (has_newer_members) {
            write_text_or_null(json, "amountUnit", each.amount_unit);
            write_float_or_null(json, "excessUnitPrice", each.excess_unit_price);
            write_float_or_null(json, "excessDiscountUnitPrice", each.excess_discount_unit_price);
            write_text_or_null(json, "excessAmountUnit", each.excess_amount_unit);
            write_text_or_null(json, "category", each.category);
        }
        json.end_object();
    }
    json.end_array();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
