// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_BODY_HPP
#define ZENWIRE_PROTOCOL_REQUEST_BODY_HPP

#include <span>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/json_writer.hpp>
#include <zenwire/base/string_view_literal.hpp>
#include <zenwire/protocol/json_object.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes the body of a request for `action` into `memory`, after validating it.
///
/// The body is compact JSON with the members in the order of the documents.
/// @return a view of `memory`; else what validate() returns, or errc::buffer_too_small
template <class Action>
[[nodiscard]] constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                              service const& service) noexcept {
    if (const auto valid = validate(action, service); !valid) {
        return failure_of(valid);
    }
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    if (out.overflowed()) {
        return unexpected(
            error::make(errc::buffer_too_small, blame::local, "the memory is too small for the request's body"sv));
    }
    if (json.invalid_utf8()) {
        return unexpected(error::make(errc::invalid_parameter, blame::local, "a text is not UTF-8"sv));
    }
    return out.written();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
