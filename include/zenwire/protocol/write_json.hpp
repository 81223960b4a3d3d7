// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_WRITE_JSON_HPP
#define ZENWIRE_PROTOCOL_WRITE_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/arena_list.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/base/json_writer.hpp>
#include <zenwire/base/open_enum.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// How C++ values are written as JSON: write_json() for each kind of member, and for whatever has a member list. With a
/// service as third argument: as that service spells it.

namespace ZENWIRE_NAMESPACE {

ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, std::string_view text) noexcept {
    json.string(text);
}

template <std::size_t Capacity>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, inline_string<Capacity> const& text) noexcept {
    json.string(text.view());
}

ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, traffic_package_size size) noexcept {
    size.write_to(json.begin_value());
}

constexpr void write_json(json_writer& json, std::int64_t number) noexcept { json.integer(number); }

constexpr void write_json(json_writer& json, decimal number) noexcept { number.write_to(json.begin_value()); }

template <class Boolean>
    requires std::is_same_v<Boolean, bool>
constexpr void write_json(json_writer& json, Boolean value) noexcept {
    json.boolean_value(value);
}

template <class Words>
constexpr void write_json(json_writer& json, open_enum<Words> const& word) noexcept {
    json.string(word.text());
}

template <class Value>
constexpr void write_json(json_writer& json, std::optional<Value> const& value) noexcept {
    if (value) {
        write_json(json, *value);
    } else {
        json.null();
    }
}

template <class Object>
    requires requires { Object::members(); }
constexpr void write_json(json_writer& json, Object const& object) noexcept;

template <class List>
constexpr void write_json_list(json_writer& json, List const& list) noexcept {
    json.begin_array();
    for (auto const& each : list) {
        write_json(json, each);
    }
    json.end_array();
}

template <class Element>
constexpr void write_json(json_writer& json, std::span<Element const> list) noexcept {
    write_json_list(json, list);
}

template <class Element, std::size_t Capacity>
constexpr void write_json(json_writer& json, inplace_vector<Element, Capacity> const& list) noexcept {
    write_json_list(json, list);
}

template <class Element>
void write_json(json_writer& json, arena_list<Element> const& list) noexcept {
    write_json_list(json, list);
}

/// Whether a member is left out of a body: an optional without a value, a list or a view without elements. Texts that an
/// action owns are parameters that must be there; validate() sees to them.
template <class Value>
[[nodiscard]] constexpr bool is_left_out(Value const& value) noexcept {
    if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (requires {
                             value.data();
                             value.subspan(0);
                         } || std::is_same_v<Value, std::string_view>) {
        return value.empty();
    } else {
        return false;
    }
}

/// The wire name of a member as JSON, `"name":`, made when compiling.
template <class Object, std::size_t Index>
struct encoded_member_name {
    static constexpr std::string_view name = Object::members().names[Index].name;

    constexpr encoded_member_name() noexcept {
        buffer_writer out(text);
        json_writer(out).name(name);
        // a name that is escaped would be longer
        size = out.overflowed() ? 0 : out.size();
    }

    char text[name.size() + 3]{};
    std::size_t size = 0;
};

template <class Object, std::size_t Index>
inline constexpr encoded_member_name<Object, Index> encoded_member_name_of{};

/// @param service nothing, or the service whose spelling is wanted
template <class Object, std::size_t Index, class Value, class... Service>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json_member(json_writer& json, Value const& value,
                                                          Service const&... service) noexcept {
    constexpr auto const& name = encoded_member_name_of<Object, Index>;
    static_assert(name.size == sizeof(name.text), "wire names are plain ASCII");
    if (!is_left_out(value)) {
        json.encoded_name(std::string_view(name.text, name.size));
        write_json(json, value, service...);
    }
}

template <class Object, auto... Pointers, std::size_t... Indices, class... Service>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json_members(json_writer& json, Object const& object,
                                                           member_list<Pointers...> const&,
                                                           std::index_sequence<Indices...>,
                                                           Service const&... service) noexcept {
    json.begin_object();
    (write_json_member<Object, Indices>(json, object.*Pointers, service...), ...);
    json.end_object();
}

/// Writes an object by its member list.
template <class Object>
    requires requires { Object::members(); }
constexpr void write_json(json_writer& json, Object const& object) noexcept {
    constexpr auto list = Object::members();
    write_json_members(json, object, list, std::make_index_sequence<list.size>());
}

/// Writes an object whose wire names are known at run time only, by that member list.
template <class Object, auto... Pointers>
constexpr void write_json_members(json_writer& json, Object const& object, member_list<Pointers...> const& list,
                                  service const& service) noexcept {
    json.begin_object();
    std::size_t next = 0;
    const auto write_member = [&](auto const& value) noexcept {
        const std::string_view name = list.names[next++].name;
        if (!is_left_out(value)) {
            json.name(name);
            write_json(json, value, service);
        }
    };
    (write_member(object.*Pointers), ...);
    json.end_object();
}

/// Writes a value for a service: with its wire names and its spellings. Most values are the same for all services.
// inlined always: then compilers keep the writers in registers
template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value,
                                                   [[maybe_unused]] service const& service) noexcept {
    if constexpr (requires { Value::members(service); }) {
        write_json_members(json, value, Value::members(service), service);
    } else if constexpr (requires { Value::members(); }) {
        constexpr auto list = Value::members();
        write_json_members(json, value, list, std::make_index_sequence<list.size>(), service);
    } else if constexpr (requires { value.text(service.name); }) {
        json.string(value.text(service.name));
    } else if constexpr (requires { value.value().text(service.name); }) {
        value ? write_json(json, *value, service) : json.null();
    } else {
        write_json(json, value);
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
