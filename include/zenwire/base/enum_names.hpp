// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_ENUM_NAMES_HPP
#define ZENWIRE_BASE_ENUM_NAMES_HPP

#include <string_view>
#include <type_traits>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// A value of an enumeration, and its name.
template <class Enum>
struct enum_row {
    Enum value;
    std::string_view text;
};

/// The names of an enumeration's values. Each enumeration with names specialises this, directly after its definition, as an array
/// of rows with a `value` and a `text`. When a value has several rows, the first one has its name.
template <class Enum>
inline constexpr int enum_names = 0;

/// An enumeration with names.
template <class Enum>
concept named_enum = std::is_enum_v<Enum> && std::is_array_v<std::remove_reference_t<decltype(enum_names<Enum>)>>;

}  // namespace detail

/// The name of an enumerator as it stands in the code: `"api_error"` for errc::api_error. All public enumerations have names; those
/// of the API's words are spelled as the API spells them. A constant; empty for a value out of range.
template <class Enum>
    requires detail::named_enum<Enum>
[[nodiscard]] constexpr std::string_view to_string(Enum value) noexcept {
    for (auto const& row : detail::enum_names<Enum>) {
        if (row.value == value) {
            return row.text;
        }
    }
    if constexpr (requires { Enum::unknown; }) {
        return value == Enum::unknown ? "unknown" : std::string_view();
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
