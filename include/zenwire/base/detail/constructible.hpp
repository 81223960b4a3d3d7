// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_CONSTRUCTIBLE_HPP
#define ZENWIRE_BASE_DETAIL_CONSTRUCTIBLE_HPP

#include <zenwire/base/config.hpp>

/// @file
/// The same as the standard's traits of these names, but asked of the compiler itself. Each of the standard's traits is made of
/// several class templates; for the results of this library these took a tenth of the time that its headers take to compile.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether `T` can be made from the arguments.
template <class T, class... Arguments>
concept constructible = __is_constructible(T, Arguments...);

/// The same, without throwing.
template <class T, class... Arguments>
concept nothrow_constructible = __is_nothrow_constructible(T, Arguments...);

/// Whether `From` converts to `To` implicitly.
template <class From, class To>
concept convertible = requires(From&& from, void (*take)(To)) { take(static_cast<From&&>(from)); };

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
