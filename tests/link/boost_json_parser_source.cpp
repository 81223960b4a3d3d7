// SPDX-License-Identifier: BSL-1.0
#include <zenwire/boost_json_parser_source.hpp>
