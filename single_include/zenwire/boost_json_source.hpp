// SPDX-License-Identifier: BSL-1.0
// Made of include/zenwire/boost_json_source.hpp by single_include/amalgamate.py. Do not edit: change the headers under include/.
// ---- zenwire/boost_json_source.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BOOST_JSON_SOURCE_HPP
#define ZENWIRE_BOOST_JSON_SOURCE_HPP

/// @file
/// All of Boost.JSON, compiled into the program: for **exactly one** .cpp of a program that does not link Boost.JSON's
/// library. Boost.JSON is not a header-only library: without its library and without this header the program does not
/// link.
///
/// - Pick one: this header, or the library. Both together link without a word and give two copies of everything.
/// - On Windows define `BOOST_JSON_NO_LIB` and `BOOST_CONTAINER_NO_LIB` for the whole program, or the linker asks for
///   the library all the same. The CMake target `zenwire::header_only` does so.
/// - It needs exceptions with Boost before 1.84: compile this one .cpp with them, or use
///   zenwire/boost_json_parser_source.hpp, which holds all that zenwire itself needs.

// ---- zenwire/protocol/detail/boost.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_BOOST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_BOOST_HPP

/// @file
/// What zenwire asks of Boost. It comes before any other header of Boost.

#include <version>  // for the macros of the standard library below

#if !__has_include(<boost/json/basic_parser.hpp>)
#error                                                                                                                 \
    "zenwire needs Boost.JSON 1.81 or newer, which was not found: install libboost-json-dev (Debian 13 and Ubuntu 24.04)"
#endif

#include <boost/config.hpp>
#include <boost/version.hpp>

#if BOOST_VERSION < 108100
#error "zenwire needs Boost 1.81 or newer (Debian 12: libboost1.81-dev libboost-json1.81-dev; its libboost-dev is 1.74)"
#endif

// Where the standard library has no threads (WebAssembly, bare metal), Boost.JSON fails to compile unless this macro is set: with
// libc++ always; with libstdc++ when the compiler is Clang, or GCC 14 or newer, and from Boost 1.84 on. Elsewhere we leave it
// alone, so that it cannot differ between files.
#if defined(_LIBCPP_HAS_NO_THREADS) || (defined(_LIBCPP_HAS_THREADS) && !_LIBCPP_HAS_THREADS) ||                       \
    (defined(__GLIBCXX__) && defined(BOOST_NO_CXX11_HDR_MUTEX) &&                                                      \
     (defined(__clang__) || __GNUC__ >= 14 || BOOST_VERSION >= 108400))
#ifndef BOOST_SYSTEM_DISABLE_THREADS
#define BOOST_SYSTEM_DISABLE_THREADS
#if defined(BOOST_SYSTEM_DETAIL_CONFIG_HPP_INCLUDED)
#error                                                                                                                 \
    "Boost was included before zenwire: define BOOST_SYSTEM_DISABLE_THREADS for all files, as there are no threads here"
#endif
#endif
#endif

#endif
// ---- zenwire/boost_json_source.hpp, continued

#include <boost/config.hpp>
#include <boost/version.hpp>

#if defined(BOOST_JSON_DYN_LINK)
#error "zenwire/boost_json_source.hpp: the library is linked too (BOOST_JSON_DYN_LINK): use one of them"
#elif defined(ZENWIRE_BOOST_JSON_PARSER_SOURCE_HPP)
#error "zenwire/boost_json_source.hpp: zenwire/boost_json_parser_source.hpp is included before: leave that one out"
#elif defined(BOOST_NO_EXCEPTIONS) && BOOST_VERSION < 108400
#error "zenwire/boost_json_source.hpp needs exceptions; without them use zenwire/boost_json_parser_source.hpp"
#else
#include <boost/json/src.hpp>
#endif

#endif
