// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_CONSTRUCTIBLE_HPP
#define ZENWIRE_BASE_DETAIL_CONSTRUCTIBLE_HPP

#include <zenwire/base/config.hpp>

/// @file
/// What the traits of the standard of these names tell, asked of the compiler itself: each of the standard's is several class
/// templates, which for all results of the library took a tenth of the time that its headers take to compile.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether `T` can be made from the arguments.
template <class T, class... Arguments>
concept constructible = __is_constructible(T, Arguments...);

/// The same, without throwing.
template <class T, class... Arguments>
concept nothrow_constructible = __is_nothrow_constructible(T, Arguments...);

/// Whether `From` becomes an object `To` without being told to.
template <class From, class To>
concept convertible = requires(From&& from, void (*take)(To)) { take(static_cast<From&&>(from)); };

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
