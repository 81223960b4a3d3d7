// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_BOOST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_BOOST_HPP

#include <version>

#include <boost/version.hpp>

/// @file
/// What zenwire asks of Boost. It comes before any other header of Boost.

#if BOOST_VERSION < 108100
#error "zenwire needs Boost 1.81 or newer (Debian 12: libboost1.81-dev libboost-json1.81-dev; its libboost-dev is 1.74)"
#endif

// libc++ without threads (WebAssembly, bare metal) has no std::mutex, which Boost.System does not notice by itself. Nothing of
// Boost.System compiles there without this macro, so no other file of the program can have been compiled another way.
#if defined(_LIBCPP_HAS_NO_THREADS) || (defined(_LIBCPP_HAS_THREADS) && !_LIBCPP_HAS_THREADS)
#ifndef BOOST_SYSTEM_DISABLE_THREADS
#define BOOST_SYSTEM_DISABLE_THREADS
#endif
#endif

#endif
