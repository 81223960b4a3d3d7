// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_FROM_HEX_HPP
#define ZENWIRE_TESTS_UNIT_FROM_HEX_HPP

#include <cstddef>
#include <string>
#include <string_view>

/// The bytes that lower-case hexadecimal text stands for.
inline std::string from_hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        bytes.push_back(static_cast<char>(digits.find(text[i]) << 4U | digits.find(text[i + 1])));
    }
    return bytes;
}

#endif
