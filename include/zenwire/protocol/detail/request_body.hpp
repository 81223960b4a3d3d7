// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_REQUEST_BODY_HPP
#define ZENWIRE_PROTOCOL_DETAIL_REQUEST_BODY_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/json_writer.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>

/// @file
/// Writes the body of an action, and says how long it is where it is too long.

namespace ZENWIRE_NAMESPACE::detail {

/// @{
/// What a body is refused for.
inline constexpr refusal memory_is_too_small =
    error::make(errc::buffer_too_small, blame::local, "the request exceeds limits::request_head or request_body, or the memory given");
inline constexpr refusal text_is_not_utf8 =
    error::make(errc::invalid_parameter, blame::local, "a text is not UTF-8");
/// @}

/// Writes the body of an action that was validated already.
///
/// @param body becomes a view of `memory`: what was written, also on failure. Then wipe it: a text may be a secret.
/// @return what it is refused for, a constant; null when the body was written
template <class Action>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr refusal const* write_valid_body(std::span<char> memory,
                                                                                     Action const& action,
                                                                                     service const& service,
                                                                                     std::string_view& body) noexcept {
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    body = out.written();
    return out.overflowed() ? &memory_is_too_small : json.invalid_utf8() ? &text_is_not_utf8 : nullptr;
}

/// Whether a parameter refers to texts of any length, or to a list.
template <class Value>
inline constexpr bool refers_to_texts = std::is_same_v<Value, std::string_view> || requires(Value const& value) {
    value.data();
    value.subspan(0);
};

template <class Action, auto... Pointers>
[[nodiscard]] constexpr bool has_references(member_list<Pointers...> const*) noexcept {
    return (false || ... ||
            refers_to_texts<std::remove_cvref_t<decltype(std::declval<Action const&>().*Pointers)>>);
}

/// Whether the body of an action can be of any length. It cannot where all parameters own their texts: those have capacities.
template <class Action>
[[nodiscard]] constexpr bool body_can_be_long() noexcept {
    if constexpr (requires { Action::members(); }) {
        return has_references<Action>(static_cast<decltype(Action::members()) const*>(nullptr));
    } else if constexpr (requires(service const& service) { Action::members(service); }) {
        return has_references<Action>(
            static_cast<decltype(Action::members(std::declval<service const&>())) const*>(nullptr));
    } else {
        return true;
    }
}

/// How many bytes the body of a valid action has.
template <class Action>
[[nodiscard]] constexpr std::size_t body_size(Action const& action, service const& service) noexcept {
    // Not without memory: GCC 12 would warn of a null pointer in the program of whoever calls this, from -O1 on.
    char memory[64]{};
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    secure_zero(memory);
    return out.needed();
}

/// @param room how many bytes there are, by the name `what`
/// @param advice how to go on
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr error
    body_does_not_fit(std::size_t size, std::string_view what, std::size_t room, std::string_view advice) noexcept {
    error result;
    result.code = errc::buffer_too_small;
    result.cause = errc::buffer_too_small;
    char text[256]{};  // more than all pieces together; a shorter message keeps their beginning
    buffer_writer out(text);
    out.append("the body has ").append_decimal(size).append(" bytes, ").append(what).append(" ").append_decimal(room);
    out.append(advice);
    result.message.assign(out.written());
    return result;
}

/// For a request that owns its memory.
[[nodiscard]] constexpr error body_exceeds_limit(std::size_t size) noexcept {
    return body_does_not_fit(size, "limits::request_body is", limits::request_body,
                             ": make_request_in() and sign_body() take memory of any size; send_action() has it for "
                             "owning{action}, raw_action and raw_action_json");
}

/// For an allocator without memory.
[[nodiscard]] constexpr error no_memory_for_body(std::size_t size) noexcept {
    error result = body_does_not_fit(size, "limits::request_body is", limits::request_body,
                                     ", and the allocator has no memory for a longer one");
    result.code = errc::out_of_memory;
    result.cause = errc::out_of_memory;
    return result;
}

/// For memory of the caller.
[[nodiscard]] constexpr error body_exceeds_memory(std::size_t size, std::size_t memory) noexcept {
    return body_does_not_fit(size, "the memory that was given", memory,
                             ": give as much as the body has, and limits::request_head more for a whole request");
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
