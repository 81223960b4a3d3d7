// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_BODY_HPP
#define ZENWIRE_PROTOCOL_REQUEST_BODY_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/json_writer.hpp>
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

/// Writes an object by its member list.
template <class Object>
    requires requires { Object::members(); }
constexpr void write_json(json_writer& json, Object const& object) noexcept {
    json.begin_object();
    std::apply(
        [&](auto const&... each) noexcept { ((json.name(each.name), write_json(json, each.of(object))), ...); },
        Object::members());
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
    return out.written();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
