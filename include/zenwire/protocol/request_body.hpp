// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_BODY_HPP
#define ZENWIRE_PROTOCOL_REQUEST_BODY_HPP

#include <span>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/json_writer.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/detail/body_size.hpp>
#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE {

/// @{
/// What write_body() refuses with.
inline constexpr refusal memory_is_too_small =
    error::make(errc::buffer_too_small, blame::local, "the request exceeds limits::request_head or request_body, or the memory given");
inline constexpr refusal text_is_not_utf8 =
    error::make(errc::invalid_parameter, blame::local, "a text is not UTF-8");
/// @}

/// write_body() for an action that was validated already.
///
/// @param body becomes a view of `memory`: what was written, also on failure. Then wipe it: a text may be a secret.
/// @return what write_body() refuses with, a constant; null when the body was written
template <class Action>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr refusal const* write_valid_body(std::span<char> memory,
                                                                                     Action const& action,
                                                                                     service const& service,
                                                                                     std::string_view& body) noexcept {
    buffer_writer out(memory);
    detail::json_writer json(out);
    detail::write_json(json, action, service);
    body = out.written();
    return out.overflowed() ? &memory_is_too_small : json.invalid_utf8() ? &text_is_not_utf8 : nullptr;
}

/// Writes the body of a request for `action` into `memory`, after validating it.
///
/// The body is compact JSON with the members in the order of the documents. On failure nothing of it is left in `memory`.
/// @return a view of `memory`; else what validate() returns, or errc::buffer_too_small
template <action Action>
[[nodiscard]] constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                              service const& service) noexcept {
    if (const auto valid = validate(action, service); !valid) {
        return failure_of(valid);
    }
    std::string_view body;
    if (refusal const* const flaw = write_valid_body(memory, action, service, body); flaw != nullptr) {
        secure_zero(memory.first(body.size()));
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &memory_is_too_small) {
                return unexpected(detail::body_exceeds_memory(detail::body_size(action, service), memory.size()));
            }
        }
        return refuse(*flaw);
    }
    return body;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
