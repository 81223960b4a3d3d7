// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/detail/sha256_portable.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "../random_text.hpp"

namespace {

using state = std::array<std::uint32_t, 8>;
using compression = void (*)(std::uint32_t (&)[8], char const*, std::size_t) noexcept;

constexpr compression quick = zenwire::detail::sha256_portable::compress_fast;
constexpr compression small = zenwire::detail::sha256_portable::compress_in_little_code;

constexpr state first_state = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                               0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
/// FIPS 180-4, the digest of `abc`.
constexpr state state_of_abc = {0xba7816bfU, 0x8f01cfeaU, 0x414140deU, 0x5dae2223U,
                                0xb00361a3U, 0x96177a9cU, 0xb410ff61U, 0xf20015adU};

constexpr state compressed(compression compress, state const& from, char const* blocks, std::size_t count) {
    std::uint32_t words[8]{};
    std::copy(from.begin(), from.end(), std::begin(words));
    compress(words, blocks, count);
    state result{};
    std::copy(std::begin(words), std::end(words), result.begin());
    return result;
}

constexpr bool hashes_abc(compression compress) {
    char block[64] = {'a', 'b', 'c', static_cast<char>(0x80)};
    block[63] = 24;
    return compressed(compress, first_state, block, 1) == state_of_abc;
}
static_assert(hashes_abc(quick));
static_assert(hashes_abc(small));

}  // namespace

TEST_CASE("the compression in little code gives what the quick one gives from any state and for any number of blocks") {
    std::mt19937 random(1);
    state from = first_state;
    for (std::size_t count = 0; count < 6; ++count) {
        CAPTURE(count);
        const std::string blocks = random_text(random, 64 * count);
        const state wanted = compressed(quick, from, blocks.data(), count);
        CHECK(compressed(small, from, blocks.data(), count) == wanted);
        from = wanted;
    }
}

TEST_CASE("both compressions make the digest of the standard's example") {
    CHECK(hashes_abc(quick));
    CHECK(hashes_abc(small));
}
