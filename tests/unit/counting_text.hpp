// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_COUNTING_TEXT_HPP
#define ZENWIRE_TESTS_UNIT_COUNTING_TEXT_HPP

#include <cstddef>
#include <string>

/// The bytes 0, 167, 334 and so on, each modulo 256: any value comes up, and anybody can make them again.
inline std::string counting_text(std::size_t size) {
    constexpr std::size_t step = 167;
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text.push_back(static_cast<char>(i * step & 0xFFU));
    }
    return text;
}

#endif
