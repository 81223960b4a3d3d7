// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_FLOOR_HPP
#define ZENWIRE_TESTS_BENCH_FLOOR_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include "row.hpp"

namespace bench {

/// Parses with Boost.JSON's basic_parser and a handler that takes everything and keeps nothing: what parsing alone costs.
/// @return how many characters it read: all of them when the text is well-formed
std::size_t parse_without_handler(std::string_view body);

/// Adds the row that tells what parsing alone costs.
inline void add_floor_row(std::string const& group, std::string const& text) {
    row(
        group, "floor: basic_parser with an empty handler", [=] { return parse_without_handler(text); },
        [=](std::size_t size) { return size == text.size(); });
}

}  // namespace bench

#endif
