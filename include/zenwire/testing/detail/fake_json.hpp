// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_JSON_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_JSON_HPP

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/price.hpp>

/// @file
/// Writes responses as the service does: members without a value are null, amounts and sizes have a point (`95.0`), and only
/// members that the version has are written.

namespace ZENWIRE_NAMESPACE::detail {

/// The text that `write_all` writes into a json_writer, of any size. `write_all` is called again with more memory if the first
/// was too little, so it must always write the same.
template <class Write>
[[nodiscard]] std::string json_text(Write const& write_all) {
    std::string text(1024, '\0');
    for (;;) {
        buffer_writer out(text);
        json_writer json(out);
        write_all(json);
        if (!out.overflowed()) {
            text.resize(out.size());
            return text;
        }
        text.resize(2 * text.size());
    }
}

/// Whether that version of the service has the member. The first versions of bmc and vm lack the members of 2026.
[[nodiscard]] constexpr bool has_member(service const& service, std::string_view name) noexcept {
    constexpr std::string_view newer[] = {"amountUnit",
                                          "excessUnitPrice",
                                          "excessDiscountUnitPrice",
                                          "excessAmountUnit",
                                          "category",
                                          "diskPrice",
                                          "diskAmount",
                                          "vpuVendor",
                                          "vpuCard",
                                          "vpuCount",
                                          "primaryPublicIPv6Address"};
    const bool is_first =
        service.version == services::bmc_2022_11_20.version || service.version == services::vm_2023_03_13.version;
    return !is_first || std::find(std::begin(newer), std::end(newer), name) == std::end(newer);
}

/// Writes a number with a point, as other clients expect of a Float.
inline void write_float(json_writer& json, decimal number) noexcept {
    buffer_writer& out = json.begin_value();
    number.write_to(out);
    out.append(number.scale() == 0 ? std::string_view(".0") : std::string_view());
}

/// The same for a size.
inline void write_float(json_writer& json, traffic_package_size size) noexcept {
    buffer_writer& out = json.begin_value();
    size.write_to(out);
    constexpr std::int64_t whole = traffic_package_size::units_per_terabyte;
    out.append(size.units() % whole == 0 ? std::string_view(".0") : std::string_view());
}

/// Writes a value of a response as that service does. An empty text or word, and a price without steps, become null.
template <class Value>
void write_response(json_writer& json, Value const& value, service const& service) noexcept;

/// The same for an object.
template <class Object, auto... Pointers>
void write_response_members(json_writer& json, Object const& object, member_list<Pointers...> const& list,
                            service const& service) noexcept {
    std::size_t next = 0;
    const auto write_member = [&](auto const& value) noexcept {
        const std::string_view name = list.names[next++].name;
        if (has_member(service, name)) {
            json.name(name);
            write_response(json, value, service);
        }
    };
    json.begin_object();
    (write_member(object.*Pointers), ...);
    json.end_object();
}

template <class Value>
void write_response(json_writer& json, Value const& value, service const& service) noexcept {
    if constexpr (requires { Value::members(); }) {
        write_response_members(json, value, Value::members(), service);
    } else if constexpr (requires { write_float(json, value); }) {
        write_float(json, value);
    } else if constexpr (std::is_same_v<Value, std::string_view> ||
                         std::is_same_v<Value, inline_string<limits::word>>) {
        value.empty() ? json.null() : json.string(value);
    } else if constexpr (requires { value.has_value(); }) {
        value ? write_response(json, *value, service) : json.null();
    } else if constexpr (requires { typename Value::const_iterator; }) {
        if (std::is_same_v<typename Value::value_type, step_price> && value.empty()) {
            json.null();
            return;
        }
        json.begin_array();
        for (auto const& each : value) {
            write_response(json, each, service);
        }
        json.end_array();
    } else {
        write_json(json, value, service);
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
