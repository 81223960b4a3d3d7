// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_JSON_LINES_HPP
#define ZENWIRE_TESTS_UNIT_JSON_LINES_HPP

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

/// Data of tests in files: one JSON object a line.
namespace json_lines {

/// The objects of a file below the tests folder. The test fails when there is none.
inline std::vector<boost::json::object> read(std::string const& path) {
    std::ifstream file(ZENWIRE_TESTS_DIR "/" + path, std::ios::binary);
    std::vector<boost::json::object> lines;
    for (std::string line; std::getline(file, line);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos) {
            lines.push_back(boost::json::parse(line).as_object());
        }
    }
    INFO("the file is ", path);
    REQUIRE_FALSE(lines.empty());
    return lines;
}

/// A member that is text; it must be there. A view of `line`.
inline std::string_view text(boost::json::object const& line, std::string_view name) {
    boost::json::string const& value = line.at(name).as_string();
    return {value.data(), value.size()};
}

/// A member that is a whole number; it must be there.
inline std::int64_t integer(boost::json::object const& line, std::string_view name) {
    return line.at(name).to_number<std::int64_t>();
}

}  // namespace json_lines

#endif
