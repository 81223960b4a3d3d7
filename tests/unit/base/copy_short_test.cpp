// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/copy_short.hpp>

#include <cstddef>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string text_of(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text.push_back(static_cast<char>('!' + i % 90));
    }
    return text;
}

}  // namespace

TEST_CASE("all bytes are copied and none beside them") {
    for (std::size_t size = 0; size <= 100; ++size) {
        CAPTURE(size);
        const std::string from = text_of(size);
        std::string to(size + 2, '\0');
        zenwire::copy_short(to.data() + 1, from.data(), size);
        CHECK(to == '\0' + from + '\0');
    }
}

TEST_CASE("bytes are copied to an earlier place in the same memory, and to the same place") {
    for (std::size_t size = 0; size <= 100; ++size) {
        for (std::size_t distance = 0; distance <= 40; ++distance) {
            CAPTURE(size);
            CAPTURE(distance);
            const std::string text = text_of(size + distance);
            std::string memory = text;
            zenwire::copy_short(memory.data(), memory.data() + distance, size);
            CHECK(memory.substr(0, size) == text.substr(distance));
        }
    }
}
