// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_IS_CONSTANT_EVALUATED_HPP
#define ZENWIRE_BASE_DETAIL_IS_CONSTANT_EVALUATED_HPP

#if !defined(__GNUC__) && !defined(_MSC_VER)
#include <type_traits>
#endif

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the call is part of a constant expression. Not that of the standard library: in C++23 that is an `if consteval`,
/// which Clang 14 takes for true at run time, and then secrets were not wiped.
[[nodiscard]] constexpr bool is_constant_evaluated() noexcept {
#if defined(__GNUC__) || defined(_MSC_VER)
    return __builtin_is_constant_evaluated();
#else
    return std::is_constant_evaluated();
#endif
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
