// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_FORMAT_HPP
#define ZENWIRE_FORMAT_HPP

/// @file
/// Everything that is zenwire::printable can be formatted: `std::format("{}", result.error())` where the standard library has
/// `<format>`, and `fmt::format("{}", result.error())` where the headers of {fmt} are found. Takes the options of texts,
/// for example `{:>20}`. Opt-in.

#include <string_view>
#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_format)
#include <format>
#endif
#if __has_include(<fmt/core.h>)
#include <fmt/core.h>
#endif

#include <zenwire/protocol/printable.hpp>

#if defined(__cpp_lib_format)
/// Writes a value as zenwire::printable says.
template <zenwire::printable Value>
struct std::formatter<Value, char> : std::formatter<std::string_view, char> {
    /// Of this value.
    template <class Context>
    auto format(Value const& value, Context& context) const {
        return std::formatter<std::string_view, char>::format(zenwire::detail::printed<Value>(value).view(), context);
    }
};
#endif

#if __has_include(<fmt/core.h>)
/// Writes a value as zenwire::printable says.
template <zenwire::printable Value>
struct fmt::formatter<Value, char> : fmt::formatter<fmt::string_view, char> {
    /// Of this value.
    template <class Context>
    auto format(Value const& value, Context& context) const {
        const zenwire::detail::printed<Value> text(value);
        const std::string_view view = text.view();
        return fmt::formatter<fmt::string_view, char>::format(fmt::string_view(view.data(), view.size()), context);
    }
};
#endif

#endif
