// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_ID_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_ID_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/utf8.hpp>

namespace ZENWIRE_NAMESPACE {

/// Names an instance. Opaque text: 18 digits in practice.
using instance_id = inline_string<limits::instance_id>;

/// The wire name of the parameter.
inline constexpr std::string_view instance_id_field = "instanceId";

namespace detail {

/// @{
/// What check_instance_id() refuses with.
inline constexpr refusal instance_id_is_empty =
    error::make(errc::invalid_parameter, blame::local, "instanceId must not be empty", instance_id_field);
inline constexpr refusal instance_id_is_too_long =
    error::make(errc::invalid_parameter, blame::local, "instanceId is too long", instance_id_field);
inline constexpr refusal instance_id_has_control_character =
    error::make(errc::invalid_parameter, blame::local,
                "instanceId has a control character; a line end that was read from a file?", instance_id_field);
inline constexpr refusal instance_id_is_not_utf8 =
    error::make(errc::invalid_parameter, blame::local, "instanceId is not UTF-8", instance_id_field);
/// @}

/// Not empty, not cut, UTF-8, and no control characters.
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> check_instance_id(instance_id const& id) noexcept {
    if (id.truncated()) {
        return refuse(instance_id_is_too_long);
    }
    if (id.empty()) {
        return refuse(instance_id_is_empty);
    }
    if (ascii::is_printable(id.view())) {
        return {};
    }
    for (const char c : id.view()) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
            return refuse(instance_id_has_control_character);
        }
    }
    if (!is_utf8(id.view())) {
        return refuse(instance_id_is_not_utf8);
    }
    return {};
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
