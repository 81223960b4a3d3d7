// SPDX-License-Identifier: BSL-1.0
// The one translation unit that compiles Boost.JSON, as far as zenwire needs it, into a program of zenwire::header_only.
#include <zenwire/boost_json_parser_source.hpp>
