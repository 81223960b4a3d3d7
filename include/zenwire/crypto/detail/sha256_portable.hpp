// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_PORTABLE_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_PORTABLE_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/secure_zero.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The last part of a message: a text, and after it, if wanted, a digest in lower-case hexadecimal. So one hash can take the digest
/// of another without a buffer for its 64 characters. A view of both.
struct sha256_ending {
    /// may be empty
    std::string_view text{};
    /// the digest that follows the text, as 64 hexadecimal digits; null for none
    std::array<unsigned char, 32> const* digest = nullptr;

    /// Bytes in all.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return text.size() + (digest != nullptr ? 2 * sizeof(*digest) : 0);
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

namespace ZENWIRE_NAMESPACE::detail::sha256_constants {

/// One word for each round (FIPS 180-4, section 4.2.2).
inline constexpr std::uint32_t round[64] = {
    0x428a2f98U, 0x71374491U, 0xb5c0fbcfU, 0xe9b5dba5U, 0x3956c25bU, 0x59f111f1U, 0x923f82a4U, 0xab1c5ed5U,
    0xd807aa98U, 0x12835b01U, 0x243185beU, 0x550c7dc3U, 0x72be5d74U, 0x80deb1feU, 0x9bdc06a7U, 0xc19bf174U,
    0xe49b69c1U, 0xefbe4786U, 0x0fc19dc6U, 0x240ca1ccU, 0x2de92c6fU, 0x4a7484aaU, 0x5cb0a9dcU, 0x76f988daU,
    0x983e5152U, 0xa831c66dU, 0xb00327c8U, 0xbf597fc7U, 0xc6e00bf3U, 0xd5a79147U, 0x06ca6351U, 0x14292967U,
    0x27b70a85U, 0x2e1b2138U, 0x4d2c6dfcU, 0x53380d13U, 0x650a7354U, 0x766a0abbU, 0x81c2c92eU, 0x92722c85U,
    0xa2bfe8a1U, 0xa81a664bU, 0xc24b8b70U, 0xc76c51a3U, 0xd192e819U, 0xd6990624U, 0xf40e3585U, 0x106aa070U,
    0x19a4c116U, 0x1e376c08U, 0x2748774cU, 0x34b0bcb5U, 0x391c0cb3U, 0x4ed8aa4aU, 0x5b9cca4fU, 0x682e6ff3U,
    0x748f82eeU, 0x78a5636fU, 0x84c87814U, 0x8cc70208U, 0x90befffaU, 0xa4506cebU, 0xbef9a3f7U, 0xc67178f2U,
};

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_constants

/// @file
/// SHA-256 in plain C++ (FIPS 180-4, section 6.2.2), also in constant expressions.
///
/// FIPS 180-4 moves each working word to the next variable after a round. eight_rounds() rotates the arguments instead, so that
/// nothing is moved. Of the message schedule only the last 16 words are kept.

namespace ZENWIRE_NAMESPACE::detail::sha256_portable {

using word32 = std::uint32_t;

[[nodiscard]] constexpr word32 big_endian(char const* bytes) noexcept {
    const auto octet = [bytes](std::size_t index) noexcept -> word32 {
        return static_cast<unsigned char>(bytes[index]);
    };
    return octet(0) << 24U | octet(1) << 16U | octet(2) << 8U | octet(3);
}

/// The word of the schedule for round `index` (modulo 16). It replaces the word of 16 rounds before, from which it is made. Of the
/// two rotations in each sigma, the common part is done once: rotr(w, 7) ^ rotr(w, 18) = rotr(rotr(w, 11) ^ w, 7).
[[nodiscard]] ZENWIRE_GNU(__always_inline__) constexpr word32
    expand(word32 (&schedule)[16], std::size_t index) noexcept {
    const word32 w15 = schedule[(index + 1) % 16];
    const word32 w2 = schedule[(index + 14) % 16];
    const word32 sigma0 = (std::rotr)((std::rotr)(w15, 11) ^ w15, 7) ^ (w15 >> 3U);
    const word32 sigma1 = (std::rotr)((std::rotr)(w2, 2) ^ w2, 17) ^ (w2 >> 10U);
    return schedule[index] += sigma0 + schedule[(index + 9) % 16] + sigma1;
}

/// One round. The majority of a, b and c is b ^ ((a ^ b) & (b ^ c)), and this round's a ^ b is the next one's b ^ c.
ZENWIRE_GNU(__always_inline__)
constexpr void one_round(word32 a, word32 b, word32& b_xor_c, word32& d, word32 e, word32 f, word32 g, word32& h,
                         word32 input) noexcept {
    const word32 sum1 = (std::rotr)(e, 6) ^ (std::rotr)(e, 11) ^ (std::rotr)(e, 25);
    const word32 choose = g ^ (e & (f ^ g));
    const word32 added = (h + input + choose) + sum1;
    const word32 a_xor_b = a ^ b;
    const word32 majority = b ^ (a_xor_b & b_xor_c);
    const word32 sum0 = (std::rotr)(a, 2) ^ (std::rotr)(a, 13) ^ (std::rotr)(a, 22);
    d += added;
    h = added + (majority + sum0);
    b_xor_c = a_xor_b;
}

/// The words a to h of the state, and b ^ c.
struct working_words {
    word32 a, b, c, d, e, f, g, h, b_xor_c;
};

/// Eight rounds, after which each word is in its own variable again. `next` gives the word of the schedule for an index.
template <class NextWord>
ZENWIRE_GNU(__always_inline__)
constexpr void eight_rounds(working_words& s, word32 const* constants, std::size_t i, NextWord next) noexcept {
    auto& [a, b, c, d, e, f, g, h, x] = s;
    one_round(a, b, x, d, e, f, g, h, constants[i] + next(i));
    one_round(h, a, x, c, d, e, f, g, constants[i + 1] + next(i + 1));
    one_round(g, h, x, b, c, d, e, f, constants[i + 2] + next(i + 2));
    one_round(f, g, x, a, b, c, d, e, constants[i + 3] + next(i + 3));
    one_round(e, f, x, h, a, b, c, d, constants[i + 4] + next(i + 4));
    one_round(d, e, x, g, h, a, b, c, constants[i + 5] + next(i + 5));
    one_round(c, d, x, f, g, h, a, b, constants[i + 6] + next(i + 6));
    one_round(b, c, x, e, f, g, h, a, constants[i + 7] + next(i + 7));
}

/// The working words at the start of a block.
[[nodiscard]] constexpr working_words begin_block(word32 const (&state)[8]) noexcept {
    return {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7], state[1] ^ state[2]};
}

/// Adds the working words to the state at the end of a block.
constexpr void add(word32 (&state)[8], working_words const& s) noexcept {
    state[0] += s.a;
    state[1] += s.b;
    state[2] += s.c;
    state[3] += s.d;
    state[4] += s.e;
    state[5] += s.f;
    state[6] += s.g;
    state[7] += s.h;
}

/// Hashes `count` blocks of 64 bytes into the state with one loop over the rounds: a sixth of compress_fast()'s code.
constexpr void compress_in_little_code(word32 (&state)[8], char const* block, std::size_t count) noexcept {
    word32 schedule[16]{};
    for (; count != 0; --count, block += 64) {
        working_words s = begin_block(state);
        for (std::size_t i = 0; i < 64; ++i) {
            if (i < 16) {
                schedule[i] = big_endian(block + 4 * i);
            }
            const word32 input = i < 16 ? schedule[i] : expand(schedule, i % 16);
            one_round(s.a, s.b, s.b_xor_c, s.d, s.e, s.f, s.g, s.h, sha256_constants::round[i] + input);
            s = {s.h, s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.b_xor_c};
        }
        add(state, s);
    }
    secure_zero(schedule);
}

/// Hashes `count` blocks of 64 bytes into the state, eight rounds at a time.
constexpr void compress_fast(word32 (&state)[8], char const* block, std::size_t count) noexcept {
    word32 schedule[16]{};
    for (; count != 0; --count, block += 64) {
        working_words s = begin_block(state);
        const auto read = [&](std::size_t i) noexcept { return schedule[i]; };
        const auto make = [&](std::size_t i) noexcept { return expand(schedule, i); };
        for (std::size_t i = 0; i < 16; ++i) {
            schedule[i] = big_endian(block + 4 * i);
        }
        word32 const* constants = sha256_constants::round;
        eight_rounds(s, constants, 0, read);
        eight_rounds(s, constants, 8, read);
#pragma GCC unroll 1
        for (std::size_t done = 16; done < 64; done += 16) {
            constants += 16;
            eight_rounds(s, constants, 0, make);
            eight_rounds(s, constants, 8, make);
        }
        add(state, s);
    }
    secure_zero(schedule);
}

/// Hashes `count` blocks of 64 bytes into the state. With `-Os` it uses the smaller code; both give the same result, so translation
/// units with different options can be linked together.
constexpr void compress(word32 (&state)[8], char const* blocks, std::size_t count) noexcept {
#ifdef __OPTIMIZE_SIZE__
    compress_in_little_code(state, blocks, count);
#else
    compress_fast(state, blocks, count);
#endif
}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_portable

#endif
