// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_BODY_HPP
#define ZENWIRE_PROTOCOL_REQUEST_BODY_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/json_writer.hpp>
#include <zenwire/base/open_enumeration.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

constexpr void write_json(json_writer& json, std::string_view text) noexcept { json.string(text); }

template <std::size_t Capacity>
constexpr void write_json(json_writer& json, inline_string<Capacity> const& text) noexcept {
    json.string(text.view());
}

constexpr void write_json(json_writer& json, traffic_package_size size) noexcept { size.write(json.begin_value()); }

constexpr void write_json(json_writer& json, std::int64_t number) noexcept { json.integer(number); }

template <class Words>
constexpr void write_json(json_writer& json, open_enumeration<Words> const& word) noexcept {
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

template <class Element>
constexpr void write_json(json_writer& json, std::span<Element const> list) noexcept {
    json.begin_array();
    for (Element const& each : list) {
        write_json(json, each);
    }
    json.end_array();
}

/// Whether a member is left out of a body: an optional without a value, a list or a view without elements. Texts that an
/// action owns are parameters that must be there; validate() sees to them.
template <class Value>
[[nodiscard]] constexpr bool is_left_out(Value const& value) noexcept {
    if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (requires { value.data(); value.subspan(0); } || std::is_same_v<Value, std::string_view>) {
        return value.empty();
    } else {
        return false;
    }
}

template <class Value>
constexpr void write_json_member(json_writer& json, std::string_view name, Value const& value) noexcept {
    if (!is_left_out(value)) {
        json.name(name);
        write_json(json, value);
    }
}

template <class Object, auto... Pointers>
constexpr void write_json_members(json_writer& json, Object const& object, member_list<Pointers...> const& list) noexcept {
    std::size_t next = 0;
    (write_json_member(json, list.names[next++].name, object.*Pointers), ...);
}

/// Writes an object by its member list.
template <class Object>
    requires requires { Object::members(); }
constexpr void write_json(json_writer& json, Object const& object) noexcept {
    json.begin_object();
    write_json_members(json, object, Object::members());
    json.end_object();
}

/// Writes the body of a request for `action` into `memory`, after validating it.
///
/// The body is compact JSON with the members in the order of the documents.
/// @return a view of `memory`; else what validate() returns, or errc::buffer_too_small
template <class Action>
[[nodiscard]] constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                              service const& service) noexcept {
    if (const auto valid = validate(action, service); !valid) {
        return unexpected(valid.error());
    }
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action);
    if (out.overflowed()) {
        return unexpected(error::make(errc::buffer_too_small, blame::local, "the memory is too small for the request's body"));
    }
    if (json.invalid_utf8()) {
        return unexpected(error::make(errc::invalid_parameter, blame::local, "a text is not UTF-8"));
    }
    return out.written();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
