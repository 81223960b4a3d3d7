// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_ID_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_ID_HPP

#include <string_view>

#include <zenwire/base/error.hpp>
#include <zenwire/base/utf8.hpp>

namespace ZENWIRE_NAMESPACE {

/// The id of an instance. Opaque text: 18 digits in practice.
using instance_id = inline_string<limits::instance_id>;

namespace detail {

/// The wire name of the parameter.
inline constexpr std::string_view instance_id_field = "instanceId";

/// @{
/// What an id is refused for.
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

/// The constant that an id is refused with; null for a valid id: not empty, not cut, UTF-8, no control characters. It returns a
/// pointer, because an expected<void> makes the firmware that builds and signs 80 bytes larger (GCC 12, -Os).
[[nodiscard]] constexpr refusal const* find_flaw_of_id(instance_id const& id) noexcept {
    if (id.truncated()) {
        return &instance_id_is_too_long;
    }
    if (id.empty()) {
        return &instance_id_is_empty;
    }
    if (ascii::is_printable(id.view())) {
        return nullptr;
    }
    for (const char c : id.view()) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
            return &instance_id_has_control_character;
        }
    }
    return is_utf8(id.view()) ? nullptr : &instance_id_is_not_utf8;
}

/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> check_instance_id(instance_id const& id) noexcept {
    if (refusal const* const flaw = find_flaw_of_id(id); flaw != nullptr) {
        return refuse(*flaw);
    }
    return {};
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
