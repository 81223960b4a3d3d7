// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_JSON_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_JSON_HPP

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/protocol/detail/json_reader.hpp>
#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/testing/faults.hpp>

/// @file
/// JSON on the side of the server: reads the parameters of a request, which may be missing or wrong, and writes responses as the
/// service does: members without a value are null, amounts and sizes have a point (`95.0`), and only members that the version has
/// are written.

namespace ZENWIRE_NAMESPACE::detail {

// ---- Parameters of a request

/// The JSON text with U+FFFD in place of each unpaired surrogate, `"\ud800"`. JSON allows these escapes, and parsers that use
/// UTF-16 accept them; the parser here, which uses UTF-8, does not.
[[nodiscard]] inline std::string with_paired_surrogates(std::string_view json) {
    constexpr std::size_t escape_size = 6;
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    const auto is_one_of = [&](std::size_t at, std::string_view wanted) {
        return wanted.find(json[at]) != std::string_view::npos;
    };
    // the first half begins with D8 to DB, the second one with DC to DF
    const auto is_half = [&](std::size_t at, std::string_view second_digits) {
        return json.size() - at >= escape_size && json[at] == '\\' && json[at + 1] == 'u' && is_one_of(at + 2, "dD") &&
               is_one_of(at + 3, second_digits) && is_one_of(at + 4, digits) && is_one_of(at + 5, digits);
    };
    std::string result;
    for (std::size_t at = 0; at < json.size();) {
        std::size_t size = json[at] == '\\' && json.size() - at > 1 ? 2 : 1;
        const bool is_first = is_half(at, "89abAB");
        if (is_first && is_half(at + escape_size, "cdefCDEF")) {
            size = 2 * escape_size;
        } else if (is_first || is_half(at, "cdefCDEF")) {
            result.append("\\ufffd");
            at += escape_size;
            continue;
        }
        result.append(json.substr(at, size));
        at += size;
    }
    return result;
}

/// A JSON number as a client sent it, not checked for its range. A string is not accepted.
struct received_number {
    bool is_negative = false;
    /// the nearest decimal; nothing for a text that is no number
    std::optional<decimal> value{};
};

template <>
struct json_value_type_of<received_number> {
    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        auto& number = *static_cast<received_number*>(place);
        number.value = decimal::parse_nearest(value.text);
        // a number that was only rounded to zero is negative, too
        number.is_negative =
            value.text.starts_with('-') && number.value && (*number.value != decimal() || number.value->is_rounded());
        return value.kind == json_token::number || value.kind == json_token::whole_number;
    }
};

template <>
struct json_value_type_of<std::string> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        auto& text = *static_cast<std::string*>(place);
        text.resize(value.is_first ? 0 : text.size());
        text.append(value.text);
        return true;
    }
};

/// A list in a request, with elements that own their texts.
template <class Element>
struct received_list : std::vector<Element> {
    Element* add() noexcept { return &this->emplace_back(); }
};

/// A tag as a server receives it.
struct received_tag {
    std::string key{};
    std::string value{};

    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&received_tag::key>{"key", reading::strict},
                           member<&received_tag::value>{"value", reading::strict});
    }
};

/// The type in which a server keeps a parameter, and whether a request without it is refused.
template <class Type, bool IsRequired>
struct received_as {
    using type = Type;
    static constexpr bool is_required = IsRequired;
};
template <class Value>
struct received_form : received_as<Value, true> {};
// any number, because the server must tell a wrong size from a missing one
template <>
struct received_form<traffic_package_size> : received_as<received_number, true> {};
template <>
struct received_form<utc_time> : received_as<std::string, true> {};
template <>
struct received_form<std::string_view> : received_as<std::string, false> {};
template <>
struct received_form<tag> : received_as<received_tag, false> {};
template <class Value>
struct received_form<std::optional<Value>> : received_as<typename received_form<Value>::type, false> {};
template <class Element>
struct received_form<std::span<Element const>>
    : received_as<received_list<typename received_form<Element>::type>, false> {};

/// One parameter of an action, identified by the data member of the client's type.
template <auto Pointer>
struct received_parameter;
template <class Action, class Value, Value Action::* Pointer>
struct received_parameter<Pointer> {
    static constexpr bool is_required = received_form<Value>::is_required;
    std::optional<typename received_form<Value>::type> value{};
};

/// The member list of an action for that service.
template <class Action>
[[nodiscard]] constexpr auto sent_members([[maybe_unused]] service const& of) noexcept {
    if constexpr (requires { Action::members(of); }) {
        return Action::members(of);
    } else {
        return Action::members();
    }
}

template <class Members>
struct received_parameters;
template <auto... Pointers>
struct received_parameters<member_list<Pointers...>> : received_parameter<Pointers>... {
    /// `get<&Action::instance_id>()`: the parameter of that data member; nothing when it was missing or null.
    template <auto Pointer>
    [[nodiscard]] constexpr auto const& get() const noexcept {
        return this->received_parameter<Pointer>::value;
    }

    /// The member list of the action, with pointers to the members of this type.
    [[nodiscard]] static constexpr auto received_members(member_list<Pointers...> const& sent) noexcept {
        return [&]<std::size_t... Index>(std::index_sequence<Index...>) noexcept {
            return member_list(as_received<Pointers>(sent.names[Index])...);
        }(std::make_index_sequence<sizeof...(Pointers)>());
    }

    /// The wire name of the first required parameter that is missing; empty when all are there.
    [[nodiscard]] constexpr std::string_view first_missing(member_list<Pointers...> const& sent) const noexcept {
        std::string_view missing;
        std::size_t next = 0;
        const auto look = [&](bool is_there, std::string_view name) noexcept {
            missing = missing.empty() && !is_there ? name : missing;
        };
        (look(!received_parameter<Pointers>::is_required || this->received_parameter<Pointers>::value.has_value(),
              sent.names[next++].name),
         ...);
        return missing;
    }

private:
    template <auto Pointer>
    static constexpr auto as_received(member_name const& sent) noexcept {
        return member<&received_parameter<Pointer>::value>{sent.name, reading::strict};
    }
};

/// For an action without parameters.
template <>
struct received_parameters<member_list<>> {
    [[nodiscard]] static constexpr member_list<> received_members(member_list<> const& sent) noexcept { return sent; }
    [[nodiscard]] static constexpr std::string_view first_missing(member_list<> const&) noexcept { return {}; }
};

/// The parameters of `Action` as a server receives them: with the wire names of the action, but each may be missing. Fill it with
/// read_json().
/// @tparam Of the service whose wire names are used, if they differ
template <class Action, service const& Of = services::bmc_2026_02_01>
struct received_action : received_parameters<decltype(sent_members<Action>(Of))> {
    /// The wire name of the first required parameter that is missing; empty when all are there.
    [[nodiscard]] constexpr std::string_view first_missing() const noexcept {
        return received_parameters<decltype(sent_members<Action>(Of))>::first_missing(sent_members<Action>(Of));
    }

    [[nodiscard]] static constexpr auto members() noexcept {
        return received_parameters<decltype(sent_members<Action>(Of))>::received_members(sent_members<Action>(Of));
    }
};

// ---- Responses

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
    return !is_first || std::ranges::count(newer, name) == 0;
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

/// Copies a JSON text, and calls `edit(result, character, next)` for each character that is not in a string.
template <class Edit>
[[nodiscard]] std::string rewritten(std::string_view json, Edit edit) {
    std::string result;
    bool is_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const char next = i + 1 < json.size() ? json[i + 1] : '\0';
        if (!is_string) {
            edit(result, c, next);
        } else {
            result.push_back(c);
            if (c == '\\' && next != '\0') {
                result.push_back(next);
                ++i;
            }
        }
        is_string = is_string != (c == '"');
    }
    return result;
}

/// The JSON text in one of the variants.
[[nodiscard]] inline std::string vary(std::string_view json, response_variant variant) {
    switch (variant) {
    case response_variant::numbers_as_strings:
        return rewritten(json, [is_number = false](std::string& result, char c, char) mutable {
            const bool begins = (c >= '0' && c <= '9') || c == '-';
            const bool continues = begins || c == '+' || c == '.' || c == 'e' || c == 'E';
            if (is_number ? !continues : begins) {
                result.push_back('"');
                is_number = !is_number;
            }
            result.push_back(c);
        });
    case response_variant::unknown_members:
        return rewritten(json, [](std::string& result, char c, char next) {
            result.push_back(c);
            if (c == '{') {
                result.append(R"("unknownMember":{"list":[1,null,"text"]})").append(next == '}' ? "" : ",");
            }
        });
    case response_variant::old_spellings: break;
    }
    std::string result(json);
    constexpr std::pair<std::string_view, std::string_view> spellings[] = {
        {"\"OPERATION_FAILED_INSTANCE", "\"OPERATION_FILED_INSTANCE"},
        {"\"Processing\"", "\"CHANGING\""},
    };
    for (auto const& [present, old] : spellings) {
        for (std::size_t at = result.find(present); at != std::string::npos; at = result.find(present, at)) {
            result.replace(at, present.size(), old);
        }
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
