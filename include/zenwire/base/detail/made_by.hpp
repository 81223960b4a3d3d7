// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_MADE_BY_HPP
#define ZENWIRE_BASE_DETAIL_MADE_BY_HPP

#include <type_traits>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Stands for what a function returns, and calls it when it is converted: so an optional's emplace(made_by(...)) makes the
/// object right in its place, where it would be made elsewhere and moved.
template <class Function>
class made_by {
public:
    /// Keeps the function.
    constexpr explicit made_by(Function function) noexcept : function_(function) {}

    /// Calls it.
    [[nodiscard]] constexpr operator std::invoke_result_t<Function const&>() const noexcept { return function_(); }

private:
    Function function_;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
