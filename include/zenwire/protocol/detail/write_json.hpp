// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_WRITE_JSON_HPP
#define ZENWIRE_PROTOCOL_DETAIL_WRITE_JSON_HPP

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/detail/json_writer.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Writes a value as JSON, as the service spells it: texts, numbers, words of the API, times, optionals, lists, and whatever has
/// `members()`, `members(service)`, or a function `write_json(json_writer&, service const&)` of its own.
template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value, service const& service) noexcept;

/// Whether a member is left out of a body: an optional without a value, an empty list or view. Texts that an action owns are
/// required parameters, which validate() checks.
template <class Value>
[[nodiscard]] constexpr bool is_left_out(Value const& value) noexcept {
    if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (std::is_same_v<Value, std::string_view> || requires { value.subspan(0); }) {
        return value.empty();
    } else {
        return false;
    }
}

/// The wire name of a member as JSON, `"name":`, made at compile time.
template <class Object, std::size_t Index>
struct encoded_member_name {
    static constexpr std::string_view name = Object::members().names[Index].name;

    constexpr encoded_member_name() noexcept {
        buffer_writer out(text);
        json_writer(out).name(name);
        // a name that needs escapes would be longer
        size = out.overflowed() ? 0 : out.size();
    }

    char text[name.size() + 3]{};
    std::size_t size = 0;
};

template <class Object, std::size_t Index>
inline constexpr encoded_member_name<Object, Index> encoded_member_name_of{};

// Not a lambda in the next function, because its captures take 16 bytes of make_request_in()'s stack (GCC 12 for ARM, -Os).
template <class Object, std::size_t Index, class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_member(json_writer& json, Value const& value,
                                                     service const& service) noexcept {
    constexpr auto const& name = encoded_member_name_of<Object, Index>;
    static_assert(name.size == sizeof(name.text), "wire names are plain ASCII");
    if (!is_left_out(value)) {
        json.encoded_name(std::string_view(name.text, name.size));
        write_json(json, value, service);
    }
}

template <class Object, auto... Pointers, std::size_t... Indices>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_members(json_writer& json, Object const& object, service const& service,
                                                      member_list<Pointers...> const&,
                                                      std::index_sequence<Indices...>) noexcept {
    json.begin_object();
    (write_member<Object, Indices>(json, object.*Pointers, service), ...);
    json.end_object();
}

/// The same for wire names that are known only at run time.
template <class Object, auto... Pointers>
constexpr void write_named_members(json_writer& json, Object const& object, service const& service,
                                   member_list<Pointers...> const& list) noexcept {
    std::size_t next = 0;
    const auto write_member = [&](auto const& value) noexcept {
        const std::string_view name = list.names[next++].name;
        if (!is_left_out(value)) {
            json.name(name);
            write_json(json, value, service);
        }
    };
    json.begin_object();
    (write_member(object.*Pointers), ...);
    json.end_object();
}

template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value,
                                                   [[maybe_unused]] service const& service) noexcept {
    if constexpr (requires { value.write_json(json, service); }) {
        value.write_json(json, service);
    } else if constexpr (requires { Value::members(service); }) {
        write_named_members(json, value, service, Value::members(service));
    } else if constexpr (requires { Value::members(); }) {
        constexpr auto list = Value::members();
        write_members(json, value, service, list, std::make_index_sequence<list.size>());
    } else if constexpr (requires { value.has_value(); }) {
        value ? write_json(json, *value, service) : json.null();
    } else if constexpr (std::is_same_v<Value, bool>) {
        json.boolean_value(value);
    } else if constexpr (std::is_integral_v<Value>) {
        json.integer(value);
    } else if constexpr (std::is_convertible_v<Value const&, std::string_view>) {
        json.string(value);
    } else if constexpr (requires { value.text(service.name); }) {
        json.string(value.text(service.name));
    } else if constexpr (std::is_same_v<Value, utc_time>) {
        char text[utc_time::size]{};
        buffer_writer out(text);
        value.write_to(out);
        json.string(out.written());
    } else if constexpr (requires(buffer_writer& out) { value.write_to(out); }) {
        value.write_to(json.begin_value());
    } else {
        constexpr bool is_list = requires { value.begin() != value.end(); };
        static_assert(is_list, "a parameter must be of a type that has a form in JSON: a text, an integer, zenwire::decimal for any "
                               "other number, a list, or a type with members()");
        if constexpr (is_list) {
            json.begin_array();
            for (auto const& each : value) {
                write_json(json, each, service);
            }
            json.end_array();
        }
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
