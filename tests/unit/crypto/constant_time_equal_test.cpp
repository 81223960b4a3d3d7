// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/hmac_sha256.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using zenwire::detail::constant_time_equal;

static_assert(constant_time_equal("abc", "abc") && !constant_time_equal("abc", "abd"));

TEST_CASE("texts are equal when each byte is") {
    CHECK(constant_time_equal("", ""));
    CHECK(constant_time_equal(std::string_view(), ""));
    CHECK_FALSE(constant_time_equal("", "a"));
    CHECK_FALSE(constant_time_equal("a", ""));
    CHECK_FALSE(constant_time_equal("abc", "ab"));
    CHECK_FALSE(constant_time_equal("abc", "ABC"));

    const std::string text(64, 'f');
    CHECK(constant_time_equal(text, std::string(64, 'f')));
    for (std::size_t at = 0; at < text.size(); ++at) {
        CAPTURE(at);
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string other = text;
            other[at] = static_cast<char>(static_cast<unsigned char>(other[at]) ^ (1U << bit));
            CHECK_FALSE(constant_time_equal(text, other));
        }
    }
}

TEST_CASE("differences do not cancel each other out") {
    CHECK_FALSE(constant_time_equal("\x01\x01", "\x02\x02"));
    CHECK_FALSE(constant_time_equal("ab", "ba"));
    CHECK_FALSE(constant_time_equal(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}
