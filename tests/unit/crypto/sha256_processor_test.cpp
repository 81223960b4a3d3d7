// SPDX-License-Identifier: BSL-1.0

/// @file
/// The processor's own SHA-256 against the portable code, where there is one.

#include <zenwire/crypto/sha256.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../random_text.hpp"

namespace {

using zenwire::sha256_digest;

std::string sample_text(std::size_t size) {
    std::mt19937 random(1);
    return random_text(random, size);
}

void compress_by_processor(std::uint32_t (&state)[8], char const* blocks, std::size_t count) {
    if (zenwire::sha256_x86::is_supported()) {
        zenwire::sha256_x86::compress(state, blocks, count);
    } else if (zenwire::sha256_arm::is_supported()) {
        zenwire::sha256_arm::compress(state, blocks, count);
    } else {
        zenwire::sha256_portable::compress(state, blocks, count);
    }
}

/// FIPS 180-4 on the portable compression alone, with padding made the plain way.
sha256_digest portable_digest(std::string message) {
    const std::uint64_t bits = message.size() * 8;
    message.push_back(static_cast<char>(0x80));
    message.append((119 - (bits / 8) % 64) % 64, '\0');
    for (int shift = 56; shift >= 0; shift -= 8) {
        message.push_back(static_cast<char>(static_cast<unsigned char>(bits >> static_cast<unsigned>(shift))));
    }
    std::uint32_t state[8] = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                              0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    zenwire::sha256_portable::compress(state, message.data(), message.size() / 64);
    sha256_digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<unsigned char>(state[i / 4] >> (24U - 8U * (i % 4)));
    }
    return digest;
}

}  // namespace

TEST_CASE("the processor's compression gives what the portable one gives from any state and for any number of blocks") {
    const std::string blocks = sample_text(64 * 9);
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        for (std::size_t count = 0; count < 10; ++count) {
            std::uint32_t ours[8]{};
            std::uint32_t portable[8]{};
            for (std::uint32_t i = 0; i < 8; ++i) {
                ours[i] = portable[i] = (seed * 8 + i) * 2654435769U;
            }
            compress_by_processor(ours, blocks.data(), count);
            zenwire::sha256_portable::compress(portable, blocks.data(), count);
            CHECK(std::memcmp(ours, portable, sizeof(ours)) == 0);
        }
    }
}

TEST_CASE("a digest is the same however the message is split between update and finish_with") {
    const std::string text = sample_text(260);
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const sha256_digest expected = portable_digest(text.substr(0, size));
        for (std::size_t first = 0; first <= size; first += first < 70 ? 1 : 13) {
            zenwire::sha256 hash;
            hash.update(std::string_view(text).substr(0, first));
            const sha256_digest whole = hash.finish_with(std::string_view(text).substr(first, size - first));
            if (whole != expected) {
                CAPTURE(size);
                CAPTURE(first);
                CHECK(whole == expected);
            }
        }
    }
    CHECK(zenwire::sha256_of(text) == portable_digest(text));
}

TEST_CASE("finishing leaves the hash as it is") {
    const std::string text = sample_text(150);
    zenwire::sha256 hash;
    hash.update(text);
    const sha256_digest once = hash.finish();
    CHECK(hash.finish_with("more") == portable_digest(text + "more"));
    CHECK(hash.finish() == once);
    CHECK(once == portable_digest(text));
}
