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

#include <zenwire/protocol/detail/boost.hpp>

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
