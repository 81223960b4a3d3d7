// SPDX-License-Identifier: BSL-1.0
// Made of include/zenwire/system_error.hpp by single_include/amalgamate.py. Do not edit: change the headers under include/.
#include <zenwire/core.hpp>
// ---- zenwire/system_error.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_SYSTEM_ERROR_HPP
#define ZENWIRE_SYSTEM_ERROR_HPP

/// @file
/// Makes zenwire::errc usable as a std::error_code, for programs that report all errors in that type. Opt-in.

#include <string>
#include <system_error>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

/// The category "zenwire", whose messages are the names of the codes: `rate_limited`.
[[nodiscard]] inline std::error_category const& error_category() noexcept {
    class category final : public std::error_category {
        char const* name() const noexcept override { return "zenwire"; }
        std::string message(int value) const override {
            const std::string_view name = to_string(static_cast<errc>(value));
            return std::string(name.empty() ? "unknown error" : name);
        }
        std::error_condition default_error_condition(int value) const noexcept override {
            switch (static_cast<errc>(value)) {
            case errc::invalid_parameter: return std::errc::invalid_argument;
            case errc::buffer_too_small: return std::errc::no_buffer_space;
            case errc::out_of_memory: return std::errc::not_enough_memory;
            default: return {value, *this};
            }
        }
    };
    static const category instance;
    return instance;
}

/// The code alone. Whether the action was carried out (`error::outcome`) is not in it: look at that first.
[[nodiscard]] inline std::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), error_category()};
}

}  // namespace ZENWIRE_NAMESPACE

/// Allows `std::error_code code = zenwire::errc::rate_limited;` and `code == zenwire::errc::rate_limited`.
template <>
struct std::is_error_code_enum<zenwire::errc> : std::true_type {};

#endif
