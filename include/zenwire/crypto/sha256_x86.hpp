// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_SHA256_X86_HPP
#define ZENWIRE_CRYPTO_SHA256_X86_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/crypto/sha256_constants.hpp>

/// @file
/// SHA-256 by the SHA extensions of x86. Compiler builtins, since `<immintrin.h>` takes longer to compile than all of core.
/// 32 bits without SSE have no registers to hand vectors over in: the portable code.

#if !defined(ZENWIRE_NO_INTRINSICS) && defined(__GNUC__) &&                                                            \
    (defined(__x86_64__) || (defined(__i386__) && defined(__SSE2__)))

#include <cpuid.h>

namespace ZENWIRE_NAMESPACE::sha256_x86 {

using words = int __attribute__((vector_size(16)));
using bytes = char __attribute__((vector_size(16)));
/// Sums wrap around: that is defined for unsigned words only.
using unsigned_words = unsigned __attribute__((vector_size(16)));

[[nodiscard]] inline words sum(words a, words b) noexcept {
    return reinterpret_cast<words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b));
}

/// The answer of the probe: 0 nobody asked yet, 1 there, 2 not there. The one mutable variable of the library; every thread
/// that writes it writes the same.
inline unsigned char is_there = 0;

/// Asks the processor for SHA, SSSE3 and SSE4.1.
[[gnu::noinline, gnu::cold]] inline bool probe() noexcept {
    constexpr unsigned ssse3 = 1U << 9U;
    constexpr unsigned sse4_1 = 1U << 19U;
    constexpr unsigned sha = 1U << 29U;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 0 && (c & sse4_1) != 0;
    const bool has_sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
    __atomic_store_n(&is_there, static_cast<unsigned char>(has_sse && has_sha ? 1 : 2), __ATOMIC_RELAXED);
    return has_sse && has_sha;
}

/// Whether the processor has the instructions.
[[nodiscard]] inline bool is_supported() noexcept {
#if defined(__SHA__) && defined(__SSE4_1__)
    return true;
#else
    const unsigned char answer = __atomic_load_n(&is_there, __ATOMIC_RELAXED);
    return answer == 0 ? probe() : answer == 1;
#endif
}

/// The words of the state in the order that the instructions want them in.
struct registers {
    words abef;
    words cdgh;
};

__attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline registers load(
    std::uint32_t const (&state)[8]) noexcept {
    words low;   // a b c d
    words high;  // e f g h
    std::memcpy(&low, state, sizeof(low));
    std::memcpy(&high, state + 4, sizeof(high));
    return {__builtin_shufflevector(low, high, 5, 4, 1, 0), __builtin_shufflevector(low, high, 7, 6, 3, 2)};
}

/// From the words of a block to its bytes and back.
__attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline words swap_bytes(words each) noexcept {
    const auto text = reinterpret_cast<bytes>(each);
    return reinterpret_cast<words>(
        __builtin_shufflevector(text, text, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

__attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline registers compress(registers state, char const* block,
                                                                                     std::size_t count) noexcept {
    auto [abef, cdgh] = state;
    for (; count != 0; --count, block += 64) {
        const words abef_before = abef;
        const words cdgh_before = cdgh;
        words schedule[4];
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) {
            std::memcpy(&schedule[i], block + 16 * i, sizeof(schedule[i]));
            schedule[i] = swap_bytes(schedule[i]);
        }
#pragma GCC unroll 16
        for (std::size_t i = 0; i < 16; ++i) {
            words& now = schedule[i % 4];
            const words next = schedule[(i + 1) % 4];
            const words third = schedule[(i + 2) % 4];
            const words last = schedule[(i + 3) % 4];
            words constants;
            std::memcpy(&constants, sha256_constants::round + 4 * i, sizeof(constants));
            const words input = sum(now, constants);
            cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, input);
            abef = __builtin_ia32_sha256rnds2(abef, cdgh, __builtin_shufflevector(input, input, 2, 3, 2, 3));
            if (i < 12) {
                const words mixed = __builtin_ia32_sha256msg1(now, next);
                const words shifted = __builtin_shufflevector(third, last, 1, 2, 3, 4);
                now = __builtin_ia32_sha256msg2(sum(mixed, shifted), last);
            }
        }
        abef = sum(abef, abef_before);
        cdgh = sum(cdgh, cdgh_before);
    }
    return {abef, cdgh};
}

/// Takes `count` blocks of 64 bytes into the state.
__attribute__((target("sha,ssse3,sse4.1"))) inline void compress(std::uint32_t (&state)[8], char const* block,
                                                                 std::size_t count) noexcept {
    const auto [abef, cdgh] = compress(load(state), block, count);
    const words low = __builtin_shufflevector(abef, cdgh, 3, 2, 7, 6);
    const words high = __builtin_shufflevector(abef, cdgh, 1, 0, 5, 4);
    std::memcpy(state, &low, sizeof(low));
    std::memcpy(state + 4, &high, sizeof(high));
}

/// Shuffles that move bytes up: read from `16 - places`; down: from `16 + places`. What comes in is zero.
alignas(16) inline constexpr unsigned char moving[48] = {
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,   11,   12,   13,   14,   15,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

__attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline bytes read_bytes(void const* from) noexcept {
    bytes each;
    std::memcpy(&each, from, sizeof(each));
    return each;
}
__attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline bytes move_up(bytes each,
                                                                                std::size_t places) noexcept {
    return __builtin_ia32_pshufb128(each, read_bytes(moving + 16 - places));
}
__attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline bytes move_down(bytes each,
                                                                                  std::size_t places) noexcept {
    return __builtin_ia32_pshufb128(each, read_bytes(moving + 16 + places));
}

/// Writes pieces of sixteen bytes to a place that may lie anywhere between two of them.
struct shifted_writer {
    __attribute__((target("sha,ssse3,sse4.1"), always_inline)) inline void append(bytes each) noexcept {
        const bytes whole = before | move_up(each, shift);
        before = move_down(each, 16 - shift);
        std::memcpy(out, &whole, sizeof(whole));
        out += sizeof(whole);
    }

    char* out;
    std::size_t shift;
    /// what is there already of the piece at `out`
    bytes before;
};

/// The most bytes before and in `last` that finish() takes.
inline constexpr std::size_t longest_tail = 2 * 64 - 9;

/// The digest of what the state has seen, of `used` bytes of `block` and of `last`: with the padding at most two blocks,
/// see longest_tail. `length` is that of the whole message, in bits.
///
/// The blocks are put together in pieces of sixteen bytes, each written once and as a whole. A compression that reads bytes
/// which were written in other pieces has to wait until they are in the cache, which takes a third of a compression.
__attribute__((target("sha,ssse3,sse4.1"))) inline void finish(std::uint32_t const (&state)[8], char const* block,
                                                               std::size_t used, std::string_view last,
                                                               std::uint64_t length, unsigned char* digest) noexcept {
    constexpr std::size_t piece = sizeof(bytes);
    constexpr std::size_t most_written = 2 * 64 + piece;
    // behind it room for zeros, which are always as many, so that no loop need count them
    constexpr std::size_t zeros = 2 * 64 - 2 * piece;
    alignas(piece) char tail[most_written + zeros];
    std::memcpy(tail, block, 64);
    const std::size_t whole = used / piece * piece;
    const std::size_t shift = used - whole;
    const bytes before = move_down(move_up(read_bytes(block + whole), piece - shift), piece - shift);
    shifted_writer writer{tail + whole, shift, before};
    std::size_t done = 0;
    for (; last.size() - done >= piece; done += piece) {
        writer.append(read_bytes(last.data() + done));
    }
    const std::size_t left = last.size() - done;
    bytes rest{};
    if (done != 0) {
        rest = move_down(read_bytes(last.data() + last.size() - piece), piece - left);
    } else if (left != 0) {
        std::memcpy(&rest, last.data(), left);
    }
    writer.append(rest | move_up(bytes{static_cast<char>(0x80)}, left));
    writer.append(bytes{});
#pragma GCC unroll 6
    for (std::size_t i = 0; i < zeros; i += piece) {
        const bytes zero{};
        std::memcpy(writer.out + i, &zero, piece);
    }
    const std::size_t count = (used + last.size() + 8) / 64 + 1;
    char* const end = tail + count * 64 - piece;
    using long_words = long long __attribute__((vector_size(16)));
    const long_words length_field{0, static_cast<long long>(__builtin_bswap64(length))};
    const bytes last_piece = read_bytes(end) | reinterpret_cast<bytes>(length_field);
    std::memcpy(end, &last_piece, piece);

    const auto [abef, cdgh] = compress(load(state), tail, count);
    const words low = swap_bytes(__builtin_shufflevector(abef, cdgh, 3, 2, 7, 6));
    const words high = swap_bytes(__builtin_shufflevector(abef, cdgh, 1, 0, 5, 4));
    std::memcpy(digest, &low, sizeof(low));
    std::memcpy(digest + sizeof(low), &high, sizeof(high));
    secure_zero_elements<most_written>(tail, most_written);
}

}  // namespace ZENWIRE_NAMESPACE::sha256_x86

#else

namespace ZENWIRE_NAMESPACE::sha256_x86 {

/// False: this processor is none of the x86 kind, or the build wants portable code.
[[nodiscard]] constexpr bool is_supported() noexcept { return false; }

// never called where is_supported() is false
inline void compress(std::uint32_t (&)[8], char const*, std::size_t) noexcept {}
inline constexpr std::size_t longest_tail = 0;
inline void finish(std::uint32_t const (&)[8], char const*, std::size_t, std::string_view, std::uint64_t,
                   unsigned char*) noexcept {}

}  // namespace ZENWIRE_NAMESPACE::sha256_x86

#endif

#endif
