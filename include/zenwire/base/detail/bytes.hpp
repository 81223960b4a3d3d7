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
/// What the other headers ask of the compiler: what kind of evaluation this is, what converts, and objects in bare memory.

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

/// The standard library's type of bytes in memory, without its name: some platforms have a macro of that name.
using raw_byte = decltype(std::as_writable_bytes(std::span<char>()))::element_type;

/// For an array that is written before it is read: leaves it without values when running, which saves the time of filling it with
/// zeros. A constant expression has no memory without values; there the array begins with zeros.
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

// Debug builds of MFC programs, and those that look for leaks, have `new` as a macro with arguments of its own.
#pragma push_macro("new")
#undef new

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

#pragma pop_macro("new")

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
