// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_BYTES_HPP
#define ZENWIRE_BASE_DETAIL_BYTES_HPP

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include <zenwire/base/config.hpp>

/// @file
/// Close to the compiler: whether this is a constant expression, type traits, and objects in uninitialised memory.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the call is part of a constant expression. The standard library's function is not used: in C++23 it is an
/// `if consteval`, which Clang 14 takes for true at run time, so that secrets were not wiped.
[[nodiscard]] constexpr bool is_constant_evaluated() noexcept {
#if defined(__GNUC__) || defined(_MSC_VER)
    return __builtin_is_constant_evaluated();
#else
    return std::is_constant_evaluated();
#endif
}

// The same as the standard's traits of these names, but asked of the compiler itself. Each of the standard's traits is made of
// several class templates; for the results of this library these took a tenth of the time that its headers take to compile.

/// Whether `T` can be made from the arguments.
template <class T, class... Arguments>
concept constructible = __is_constructible(T, Arguments...);

/// The same, without throwing.
template <class T, class... Arguments>
concept nothrow_constructible = __is_nothrow_constructible(T, Arguments...);

/// Whether `From` converts to `To` implicitly.
template <class From, class To>
concept convertible = requires(From&& from, void (*take)(To)) { take(static_cast<From&&>(from)); };

/// `std::byte`, without naming it, because some platforms define a macro `byte`.
using raw_byte = decltype(std::as_writable_bytes(std::span<char>()))::element_type;

/// Begins an array that is written before it is read. At run time this does nothing, which saves filling the array with zeros. In a
/// constant expression, which may not have uninitialised memory, it fills the array with zeros.
template <class Array>
constexpr void begin_without_values(Array& array) noexcept {
    if (is_constant_evaluated()) {
        for (auto& each : array) {
            each = {};
        }
    }
}

/// Copies bytes that do not overlap.
/// @return the end of the copy
ZENWIRE_INLINE_FOR_SPEED constexpr char* copy_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (is_constant_evaluated()) {
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = from[i];
        }
    } else if (count != 0) {
        std::memcpy(to, from, count);
    }
    return to + count;
}

// Debug builds of MFC programs, and leak detectors, define a macro `new`.
#pragma push_macro("new")
#undef new

/// Constructs an object at `place`, which is large enough and aligned. Aggregates, and objects without arguments, are made with
/// braces, because parentheses would fill an aggregate with zeros first.
template <class Object, class... Arguments>
Object* make_at(void* place, Arguments&&... arguments) noexcept {
    if constexpr (std::is_aggregate_v<Object> || sizeof...(Arguments) == 0) {
        return ::new (place) Object{std::forward<Arguments>(arguments)...};
    } else {
        return ::new (place) Object(std::forward<Arguments>(arguments)...);
    }
}

#pragma pop_macro("new")

/// Converts to the result of a function, by calling it. So `emplace(made_by(function))` of an optional constructs the result in
/// the optional, without a move.
template <class Function>
class made_by {
public:
    /// Stores the function.
    constexpr explicit made_by(Function function) noexcept : function_(function) {}

    /// Calls it.
    [[nodiscard]] constexpr operator std::invoke_result_t<Function const&>() const noexcept { return function_(); }

private:
    Function function_;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
