// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_RANDOM_TEXT_HPP
#define ZENWIRE_TESTS_UNIT_RANDOM_TEXT_HPP

#include <cstddef>
#include <random>
#include <string>

/// Bytes of any value.
inline std::string random_text(std::mt19937& random, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text.push_back(static_cast<char>(random() & 0xFFU));
    }
    return text;
}

#endif
