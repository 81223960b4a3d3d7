// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_SHA256_HPP
#define ZENWIRE_CRYPTO_SHA256_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <zenwire/base/config.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/crypto/sha256_constants.hpp>
#include <zenwire/crypto/sha256_x86.hpp>

namespace ZENWIRE_NAMESPACE {

/// The result of SHA-256 and of HMAC-SHA256.
using sha256_digest = std::array<unsigned char, 32>;

/// SHA-256 (FIPS 180-4), in pieces. A hash_function; constexpr; no heap.
///
/// The object is small and copyable: a copy made after a constant beginning saves hashing it again. It wipes itself
/// when it ends, since what it hashed may be secret.
class sha256 {
public:
    /// Bytes that are hashed at a time.
    static constexpr std::size_t block_size = 64;
    /// Bytes of the digest.
    static constexpr std::size_t digest_size = 32;

    constexpr sha256() noexcept = default;
    /// A copy goes on from where the original stands.
    constexpr sha256(sha256 const&) noexcept = default;
    /// A copy goes on from where the original stands.
    constexpr sha256& operator=(sha256 const&) noexcept = default;
    constexpr ~sha256() {
        secure_zero(state_);
        secure_zero(block_);
    }

    /// Appends to the message. At most 2^61 - 1 bytes in all.
    constexpr void update(std::string_view message) noexcept;

    /// The digest of all that was appended. The object is spent then: copy it first to go on.
    [[nodiscard]] constexpr sha256_digest finish() noexcept;

private:
    using state = std::uint32_t[8];

    static constexpr void compress(state& state, char const* block, std::size_t count = 1) noexcept;
    static constexpr void compress_portably(state& state, char const* block) noexcept;
    constexpr std::size_t buffered() const noexcept { return static_cast<std::size_t>(length_ % block_size); }
    constexpr void buffer(std::string_view piece) noexcept;

    state state_ = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                    0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    char block_[block_size]{};
    std::uint64_t length_ = 0;
};

/// The digest of a message that is there as a whole.
[[nodiscard]] constexpr sha256_digest sha256_of(std::string_view message) noexcept {
    sha256 hash;
    hash.update(message);
    return hash.finish();
}

constexpr void sha256::update(std::string_view message) noexcept {
    if (const std::size_t used = buffered(); used != 0) {
        const std::string_view piece = message.substr(0, block_size - used);
        buffer(piece);
        message.remove_prefix(piece.size());
        if (buffered() != 0) {
            return;
        }
        compress(state_, block_);
    }
    if (const std::size_t count = message.size() / block_size; count != 0) {
        compress(state_, message.data(), count);
        length_ += count * block_size;
        message.remove_prefix(count * block_size);
    }
    buffer(message);
}

constexpr sha256_digest sha256::finish() noexcept {
    constexpr std::size_t length_field = 8;
    const std::uint64_t bits = length_ * 8U;
    std::size_t used = buffered();
    block_[used++] = static_cast<char>(0x80);
    if (used > block_size - length_field) {
        for (; used < block_size; ++used) {
            block_[used] = 0;
        }
        compress(state_, block_);
        used = 0;
    }
    for (; used < block_size - length_field; ++used) {
        block_[used] = 0;
    }
    for (std::size_t i = 0; i < length_field; ++i) {
        block_[block_size - 1 - i] = static_cast<char>(static_cast<unsigned char>(bits >> (8U * i)));
    }
    compress(state_, block_);

    sha256_digest digest{};
    for (std::size_t i = 0; i < digest_size; ++i) {
        digest[i] = static_cast<unsigned char>(state_[i / 4] >> (24U - 8U * (i % 4)));
    }
    return digest;
}

constexpr void sha256::buffer(std::string_view piece) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            block_[buffered() + i] = piece[i];
        }
    } else if (!piece.empty()) {
        std::memcpy(block_ + buffered(), piece.data(), piece.size());
    }
    length_ += piece.size();
}

constexpr void sha256::compress(state& state, char const* block, std::size_t count) noexcept {
    if (!std::is_constant_evaluated() && sha256_x86::is_supported()) {
        sha256_x86::compress(state, block, count);
        return;
    }
    for (; count != 0; --count, block += block_size) {
        compress_portably(state, block);
    }
}

constexpr void sha256::compress_portably(state& state, char const* block) noexcept {
    std::uint32_t schedule[64]{};
    for (std::size_t i = 0; i < 16; ++i) {
        const auto byte = [&](std::size_t index) noexcept -> std::uint32_t {
            return static_cast<unsigned char>(block[4 * i + index]);
        };
        schedule[i] = byte(0) << 24U | byte(1) << 16U | byte(2) << 8U | byte(3);
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t w2 = schedule[i - 2];
        const std::uint32_t w15 = schedule[i - 15];
        const std::uint32_t sigma1 = std::rotr(w2, 17) ^ std::rotr(w2, 19) ^ (w2 >> 10U);
        const std::uint32_t sigma0 = std::rotr(w15, 7) ^ std::rotr(w15, 18) ^ (w15 >> 3U);
        schedule[i] = schedule[i - 16] + sigma0 + schedule[i - 7] + sigma1;
    }

    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t choose = (e & f) ^ (~e & g);
        const std::uint32_t t1 = h + sum1 + choose + sha256_constants::round[i] + schedule[i];
        const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + sum0 + majority;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
    secure_zero(schedule);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
