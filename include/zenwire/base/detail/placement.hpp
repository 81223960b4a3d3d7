// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_PLACEMENT_HPP
#define ZENWIRE_BASE_DETAIL_PLACEMENT_HPP

#include <new>
#include <type_traits>
#include <utility>

#include <zenwire/base/config.hpp>

// Debug builds of MFC programs, and those that look for leaks, have `new` as a macro with arguments of its own.
#pragma push_macro("new")
#undef new

namespace ZENWIRE_NAMESPACE::detail {

/// Makes an object at `place`, which is large enough and aligned. Without arguments by braces, which do not fill an aggregate
/// with zeros first.
template <class Object, class... Arguments>
Object* make_at(void* place, Arguments&&... arguments) noexcept {
    if constexpr (std::is_aggregate_v<Object> || sizeof...(Arguments) == 0) {
        return ::new (place) Object{std::forward<Arguments>(arguments)...};
    } else {
        return ::new (place) Object(std::forward<Arguments>(arguments)...);
    }
}

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

#pragma pop_macro("new")

#endif
