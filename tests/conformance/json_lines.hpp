// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_CONFORMANCE_JSON_LINES_HPP
#define ZENWIRE_TESTS_CONFORMANCE_JSON_LINES_HPP

#include <boost/json.hpp>

#include <cstddef>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

/// What a check program says of one line: nothing when it passed, else what differed.
class differences {
public:
    void compare(std::string_view what, std::string_view expected, std::string_view actual) {
        if (expected != actual) {
            text_ << "  " << what << ": expected " << expected << ", got " << actual << '\n';
        }
    }
    [[nodiscard]] std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
};

/// Runs `check` on each line of a file of JSON objects, as an object and as its text, prints every difference and the closing line `N passed, M failed`.
/// @return the exit code: 0 only when there was a line and all passed
template <class Check>
int check_lines(int argument_count, char** arguments, Check check) {
    if (argument_count != 2) {
        std::cerr << "usage: " << arguments[0] << " FILE.jsonl\n";
        return 2;
    }
    std::ifstream file(arguments[1], std::ios::binary);
    if (!file) {
        std::cerr << "cannot open " << arguments[1] << '\n';
        return 2;
    }
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        differences found;
        std::string id = "?";
        try {
            const boost::json::object object = boost::json::parse(line).as_object();
            if (const auto* const given = object.if_contains("id"); given != nullptr && given->is_string()) {
                id = std::string(given->as_string());
            }
            check(object, line, found);
        } catch (std::exception const& fault) {
            found.compare("line", "readable", fault.what());
        }
        if (found.text().empty()) {
            ++passed;
        } else {
            ++failed;
            std::cout << "line " << number << " (" << id << ") differs\n" << found.text();
        }
    }
    std::cout << passed << " passed, " << failed << " failed\n";
    return failed == 0 && passed > 0 ? 0 : 1;
}

#endif
