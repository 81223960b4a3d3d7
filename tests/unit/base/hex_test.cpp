// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/ascii.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

static_assert(zenwire::detail::hex_text(std::array<unsigned char, 4>{0x00, 0x9A, 0xF0, 0xFF}).view() == "009af0ff");

/// Two digits for each byte, as the C library writes them.
template <std::size_t Bytes>
std::string printed(std::array<unsigned char, Bytes> const& bytes) {
    std::string text;
    for (const unsigned char byte : bytes) {
        char digits[3];
        std::snprintf(digits, sizeof(digits), "%02x", unsigned{byte});
        text += digits;
    }
    return text;
}

/// Bytes of which none is followed by the next number.
template <std::size_t Bytes>
std::array<unsigned char, Bytes> mixed_bytes(std::size_t first) {
    std::array<unsigned char, Bytes> bytes{};
    for (std::size_t i = 0; i < Bytes; ++i) {
        bytes[i] = static_cast<unsigned char>(first + 37 * i);
    }
    return bytes;
}

/// That many bytes, which take all values one after the other, and what lies beside the text.
template <std::size_t Bytes>
void check_all_bytes() {
    for (std::size_t first = 0; first < 256; ++first) {
        const auto bytes = mixed_bytes<Bytes>(first);
        CHECK(zenwire::detail::hex_text(bytes).view() == printed(bytes));
        std::string memory(2 * Bytes + 16, '#');
        zenwire::detail::write_hex(memory.data() + 8, bytes);
        CHECK(memory == "########" + printed(bytes) + "########");
    }
}

}  // namespace

TEST_CASE("every byte becomes two lower-case digits") {
    for (unsigned code = 0; code < 256; ++code) {
        char expected[3];
        std::snprintf(expected, sizeof(expected), "%02x", code);
        const zenwire::detail::hex_text text(std::array{static_cast<unsigned char>(code)});
        CHECK(text.view() == expected);
    }
}

TEST_CASE("bytes are written from the first to the last") {
    const zenwire::detail::hex_text text(std::array<unsigned char, 3>{0x01, 0x20, 0xAB});
    CHECK(text.view() == "0120ab");
    const auto copy = text;
    CHECK(copy.view() == "0120ab");
    CHECK(copy.view().data() != text.view().data());
}

TEST_CASE("any number of bytes is written, whether it fills whole registers or not") {
    check_all_bytes<1>();
    check_all_bytes<15>();
    check_all_bytes<16>();
    check_all_bytes<17>();
    check_all_bytes<32>();
    check_all_bytes<47>();
}

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
TEST_CASE("the digits of the first eight bytes in a register come in the first of two and the others in the second") {
    for (std::size_t first = 0; first < 256; ++first) {
        const auto bytes = mixed_bytes<16>(first);
        zenwire::detail::byte_vector in_register;
        std::memcpy(&in_register, bytes.data(), sizeof(in_register));
        const zenwire::detail::hex_digit_vectors digits = zenwire::detail::hex_digits(in_register);
        std::string text(32, '#');
        std::memcpy(text.data(), &digits.first, 16);
        std::memcpy(text.data() + 16, &digits.second, 16);
        CHECK(text == printed(bytes));
    }
}
#endif
