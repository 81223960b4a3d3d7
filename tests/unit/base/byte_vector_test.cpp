// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/byte_vector.hpp>

#include <cstddef>
#include <string>

#include <doctest/doctest.h>

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))

TEST_CASE("a register is zero exactly when all of its bytes are") {
    CHECK(zenwire::is_zero(zenwire::byte_vector{}));
    for (std::size_t i = 0; i < sizeof(zenwire::byte_vector); ++i) {
        CAPTURE(i);
        zenwire::byte_vector bytes{};
        bytes[i] = 0x80;
        CHECK_FALSE(zenwire::is_zero(bytes));
    }
}

TEST_CASE("a look at registers finds a character at any place of a text and no other") {
    const auto find = [](std::string const& text) {
        return zenwire::any_of_vectors(text, [](zenwire::byte_vector each) { return each == 'x'; });
    };
    for (const std::size_t size : {16U, 17U, 31U, 32U, 33U, 64U}) {
        CAPTURE(size);
        const std::string text(size, 'y');
        CHECK_FALSE(find(text));
        for (std::size_t i = 0; i < size; ++i) {
            CAPTURE(i);
            std::string with_one = text;
            with_one[i] = 'x';
            CHECK(find(with_one));
        }
    }
}

#endif
