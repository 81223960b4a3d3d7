// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_ID_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_ID_HPP

#include <string_view>

#include <zenwire/base/ascii.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/string_view_literal.hpp>
#include <zenwire/base/utf8.hpp>

namespace ZENWIRE_NAMESPACE {

/// Names an instance. Opaque text: 18 digits in practice.
using instance_id = inline_string<limits::instance_id>;

/// The wire name of the parameter.
inline constexpr std::string_view instance_id_field = "instanceId";

/// Not empty, not cut, UTF-8, and no control characters.
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> validate_instance_id(instance_id const& id) noexcept {
    const auto refuse = [](std::string_view why) noexcept {
        return unexpected(error::make(errc::invalid_parameter, blame::local, why, instance_id_field));
    };
    if (id.empty() && !id.truncated()) {
        return refuse("instanceId must not be empty"sv);
    }
    if (id.truncated()) {
        return refuse("instanceId is too long"sv);
    }
    if (ascii::is_printable(id.view())) {
        return {};
    }
    for (const char c : id.view()) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
            return refuse("instanceId has a control character; a line end that was read from a file?"sv);
        }
    }
    if (!is_utf8(id.view())) {
        return refuse("instanceId is not UTF-8"sv);
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
