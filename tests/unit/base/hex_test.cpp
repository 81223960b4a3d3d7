// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/hex.hpp>

#include <array>
#include <cstdio>

#include <doctest/doctest.h>

#include "../results.hpp"

static_assert(zenwire::hex_text(std::array<unsigned char, 4>{0x00, 0x9A, 0xF0, 0xFF}).view() == "009af0ff");

TEST_CASE("every byte becomes two lower-case digits") {
    for (unsigned code = 0; code < 256; ++code) {
        char expected[3];
        std::snprintf(expected, sizeof(expected), "%02x", code);
        const zenwire::hex_text text(std::array{static_cast<unsigned char>(code)});
        CHECK(text.view() == expected);
    }
}

TEST_CASE("bytes are written from the first to the last") {
    const zenwire::hex_text text(std::array<unsigned char, 3>{0x01, 0x20, 0xAB});
    CHECK(text.view() == "0120ab");
    const auto copy = text;
    CHECK(copy.view() == "0120ab");
    CHECK(copy.view().data() != text.view().data());
}
