// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BOOST_JSON_PARSER_SOURCE_HPP
#define ZENWIRE_BOOST_JSON_PARSER_SOURCE_HPP

/// @file
/// The part of Boost.JSON that `boost::json::basic_parser`, and so zenwire, needs at link time: for **exactly one** .cpp
/// of a program that neither links Boost.JSON's library nor uses the rest of Boost.JSON. It works with
/// `-fno-exceptions -fno-rtti` and on bare metal.
///
/// Pick one: this header, zenwire/boost_json_source.hpp (all of Boost.JSON), or the library. Behind the other header in
/// the same .cpp this one adds nothing.

#ifndef BOOST_JSON_SOURCE
#define BOOST_JSON_SOURCE
#endif

#include <zenwire/protocol/detail/boost.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/system/system_error.hpp>
#include <boost/version.hpp>

#if defined(BOOST_JSON_DYN_LINK)
#error "zenwire/boost_json_parser_source.hpp: the library is linked too (BOOST_JSON_DYN_LINK): use one of them"
#elif !defined(BOOST_JSON_SRC_HPP)
#include <boost/json/detail/impl/default_resource.ipp>
#include <boost/json/detail/impl/shared_resource.ipp>
#include <boost/json/detail/impl/stack.ipp>
#include <boost/json/impl/error.ipp>
#if BOOST_VERSION >= 108300
#include <boost/json/detail/impl/except.ipp>
#endif
#if __has_include(<boost/json/detail/charconv/impl/from_chars.ipp>)
#include <boost/json/detail/charconv/impl/from_chars.ipp>
#endif
#endif

#endif
