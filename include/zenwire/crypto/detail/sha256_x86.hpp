// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_X86_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_X86_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/crypto/detail/sha256_portable.hpp>

/// @file
/// SHA-256 with the SHA extensions of x86. Uses compiler builtins, because `<immintrin.h>` takes longer to compile than all of
/// core.hpp. 32-bit builds without SSE have no vector registers and use the portable code.

#if !defined(ZENWIRE_NO_INTRINSICS) && defined(__GNUC__) &&                                                            \
    (defined(__x86_64__) || (defined(__i386__) && defined(__SSE2__)))

#include <cpuid.h>

namespace ZENWIRE_NAMESPACE::detail::sha256_x86 {

/// For functions that use the instructions. Each of them is inlined into finish(), finish_nested() or the last compress().
#define ZENWIRE_X86_SHA __attribute__((__target__("sha,ssse3,sse4.1"), __always_inline__)) inline

using words = int __attribute__((__vector_size__(16)));
using unsigned_bytes = unsigned char __attribute__((__vector_size__(16)));
using bytes = char __attribute__((__vector_size__(16)));
/// For sums, because only unsigned words may wrap around.
using unsigned_words = unsigned __attribute__((__vector_size__(16)));

[[nodiscard]] inline words sum(words a, words b) noexcept {
    return reinterpret_cast<words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b));
}

/// Whether the processor has the instructions: 0 not asked yet, 1 yes, 2 no. The only mutable variable of the library; all threads
/// write the same value.
inline unsigned char support = 0;

/// Asks the processor for SHA, SSSE3 and SSE4.1.
ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) inline bool probe() noexcept {
    constexpr unsigned ssse3 = 1U << 9U;
    constexpr unsigned sse4_1 = 1U << 19U;
    constexpr unsigned sha = 1U << 29U;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 0 && (c & sse4_1) != 0;
    const bool has_sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
    __atomic_store_n(&support, static_cast<unsigned char>(has_sse && has_sha ? 1 : 2), __ATOMIC_RELAXED);
    return has_sse && has_sha;
}

/// Whether the processor has the instructions.
[[nodiscard]] inline bool is_supported() noexcept {
#if defined(__SHA__) && defined(__SSE4_1__)
    return true;
#else
    const unsigned char known = __atomic_load_n(&support, __ATOMIC_RELAXED);
    return known == 0 ? probe() : known == 1;
#endif
}

/// The words of the state in the order that the instructions require.
struct registers {
    words abef;
    words cdgh;
};

ZENWIRE_X86_SHA registers load(std::uint32_t const (&state)[8]) noexcept {
    words low;   // a b c d
    words high;  // e f g h
    std::memcpy(&low, state, sizeof(low));
    std::memcpy(&high, state + 4, sizeof(high));
    return {__builtin_shufflevector(low, high, 5, 4, 1, 0), __builtin_shufflevector(low, high, 7, 6, 3, 2)};
}

/// Reverses the bytes of each word: SHA-256 is big-endian.
ZENWIRE_X86_SHA words swap_bytes(words each) noexcept {
    const auto text = reinterpret_cast<bytes>(each);
    return reinterpret_cast<words>(
        __builtin_shufflevector(text, text, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

/// The words of a block.
struct message_words {
    words each[4];
};

ZENWIRE_X86_SHA message_words load_block(char const* block) noexcept {
    message_words message;
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
        std::memcpy(&message.each[i], block + 16 * i, sizeof(message.each[i]));
        message.each[i] = swap_bytes(message.each[i]);
    }
    return message;
}

/// Four rounds. Also makes the schedule words for the next rounds. `step` counts from 0 to 15.
ZENWIRE_X86_SHA void four_rounds(registers& state, message_words& message, std::uint32_t const* round_constants,
                                 std::size_t step) noexcept {
    words& now = message.each[step % 4];
    const words next = message.each[(step + 1) % 4];
    const words third = message.each[(step + 2) % 4];
    const words last = message.each[(step + 3) % 4];
    words constants;
    std::memcpy(&constants, round_constants + 4 * step, sizeof(constants));
    const words input = sum(now, constants);
    state.cdgh = __builtin_ia32_sha256rnds2(state.cdgh, state.abef, input);
    state.abef = __builtin_ia32_sha256rnds2(state.abef, state.cdgh, __builtin_shufflevector(input, input, 2, 3, 2, 3));
    if (step < 12) {
        const words mixed = __builtin_ia32_sha256msg1(now, next);
        const words shifted = __builtin_shufflevector(third, last, 1, 2, 3, 4);
        now = __builtin_ia32_sha256msg2(sum(mixed, shifted), last);
    }
}

/// The constants of the rounds. The compiler must not know the address: otherwise it keeps some constants on the stack from one
/// block to the next.
__attribute__((__always_inline__)) inline std::uint32_t const* round_constants() noexcept {
    std::uint32_t const* constants = sha256_constants::round;
    __asm__ __volatile__("" : "+r"(constants));
    return constants;
}

ZENWIRE_X86_SHA registers sum(registers a, registers b) noexcept { return {sum(a.abef, b.abef), sum(a.cdgh, b.cdgh)}; }

/// Hashes one block into the state.
ZENWIRE_X86_SHA registers compress(registers state, message_words message) noexcept {
    const registers before = state;
    std::uint32_t const* const constants = round_constants();
#pragma GCC unroll 16
    for (std::size_t step = 0; step < 16; ++step) {
        four_rounds(state, message, constants, step);
    }
    return sum(state, before);
}

ZENWIRE_X86_SHA registers compress(registers state, char const* block, std::size_t count) noexcept {
    for (; count != 0; --count, block += 64) {
        state = compress(state, load_block(block));
    }
    return state;
}

/// The words of the state in the order of FIPS 180-4: a to d, and e to h.
struct ordered_words {
    words low;
    words high;
};

ZENWIRE_X86_SHA ordered_words in_order(registers state) noexcept {
    return {__builtin_shufflevector(state.abef, state.cdgh, 3, 2, 7, 6),
            __builtin_shufflevector(state.abef, state.cdgh, 1, 0, 5, 4)};
}

ZENWIRE_X86_SHA void store(registers from, std::uint32_t (&state)[8]) noexcept {
    const auto [low, high] = in_order(from);
    std::memcpy(state, &low, sizeof(low));
    std::memcpy(state + 4, &high, sizeof(high));
}

/// Hashes `count` blocks of 64 bytes into the state.
__attribute__((__target__("sha,ssse3,sse4.1"))) inline void compress(std::uint32_t (&state)[8], char const* block,
                                                                     std::size_t count) noexcept {
    store(compress(load(state), block, count), state);
}

/// A table of shuffles: sixteen bytes from index `16 - places` move a vector's bytes up, from `16 + places` down. Zeros come in.
alignas(16) inline constexpr unsigned char moving[48] = {
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,   11,   12,   13,   14,   15,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

ZENWIRE_X86_SHA bytes read_bytes(void const* from) noexcept {
    bytes each;
    std::memcpy(&each, from, sizeof(each));
    return each;
}
ZENWIRE_X86_SHA bytes move_up(bytes each, std::size_t places) noexcept {
    return __builtin_ia32_pshufb128(each, read_bytes(moving + 16 - places));
}
ZENWIRE_X86_SHA bytes move_down(bytes each, std::size_t places) noexcept {
    return __builtin_ia32_pshufb128(each, read_bytes(moving + 16 + places));
}

/// Bytes that are moved at a time.
inline constexpr std::size_t piece = sizeof(bytes);

/// Collects bytes in a register, and writes them to memory in pieces of sixteen bytes only.
class shifted_writer {
public:
    ZENWIRE_X86_SHA explicit shifted_writer(char* out) noexcept : out_(out) {}

    /// Appends sixteen bytes.
    ZENWIRE_X86_SHA void append(bytes each) noexcept {
        const bytes whole = begun_ | move_up(each, shift_);
        begun_ = move_down(each, piece - shift_);
        std::memcpy(out_, &whole, piece);
        out_ += piece;
    }

    /// Appends the first `size` bytes of these, at most 15.
    ZENWIRE_X86_SHA void append_first(bytes each, std::size_t size) noexcept {
        append_padded(move_down(move_up(each, piece - size), piece - size), size);
    }

    /// Appends a text.
    ZENWIRE_X86_SHA void append(std::string_view text) noexcept {
        std::size_t done = 0;
        for (; text.size() - done >= piece; done += piece) {
            append(read_bytes(text.data() + done));
        }
        const std::size_t left = text.size() - done;
        if (done != 0) {
            append_padded(move_down(read_bytes(text.data() + text.size() - piece), piece - left), left);
        } else if (left != 0) {
            bytes rest{};
            std::memcpy(&rest, text.data(), left);
            append_padded(rest, left);
        }
    }

    /// Writes the piece that was begun.
    ZENWIRE_X86_SHA void finish_block() noexcept { std::memcpy(out_, &begun_, piece); }

    /// Appends 32 bytes in hexadecimal. The digits are looked up in a register, not in memory.
    ZENWIRE_X86_SHA void append_hexadecimal(unsigned char const* digest) noexcept {
        constexpr bytes digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
#pragma GCC unroll 2
        for (std::size_t i = 0; i < 32; i += piece) {
            const bytes each = read_bytes(digest + i);
            // shifted as unsigned bytes: for signed ones SSE has no such shift, and compilers need four instructions
            const auto high_values = reinterpret_cast<bytes>(reinterpret_cast<unsigned_bytes>(each) >> 4);
            const bytes high = __builtin_ia32_pshufb128(digits, high_values);
            const bytes low = __builtin_ia32_pshufb128(digits, each & 0x0F);
            append(__builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
            append(__builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
        }
    }

private:
    /// Appends the first `size` bytes, at most 15. The other bytes of `each` are zero.
    ZENWIRE_X86_SHA void append_padded(bytes each, std::size_t size) noexcept {
        const bytes whole = begun_ | move_up(each, shift_);
        if (shift_ + size < piece) {
            begun_ = whole;
            shift_ += size;
        } else {
            std::memcpy(out_, &whole, piece);
            begun_ = move_down(each, piece - shift_);
            shift_ += size - piece;
            out_ += piece;
        }
    }

    char* out_;
    std::size_t shift_ = 0;
    /// the bytes that were appended since the last piece was written
    bytes begun_{};
};

/// The most bytes, buffered ones and ending together, that finish() takes: with the padding they fill two blocks.
inline constexpr std::size_t longest_tail = 2 * 64 - 9;

/// The last four words of a padded message: the length in bits, after two words of zeros.
ZENWIRE_X86_SHA words length_field(std::uint64_t length) noexcept {
    return words{0, 0, static_cast<int>(static_cast<std::uint32_t>(length >> 32U)),
                 static_cast<int>(static_cast<std::uint32_t>(length))};
}

/// The last one or two blocks of a message.
///
/// They are written in pieces of sixteen bytes, each once, because a compression that reads bytes which were written in smaller
/// pieces has to wait until they are in the cache. That takes a third of the time of a compression.
class tail {
public:
    /// `used` bytes of `block`, at most 63, and the ending; at most longest_tail in all.
    /// @param length of the whole message, in bits
    ZENWIRE_X86_SHA tail(char const* block, std::size_t used, sha256_ending const& ending,
                         std::uint64_t length) noexcept
        : count_((used + ending.size() + 8) / 64 + 1), length_(length) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < sizeof(bytes_); i += piece) {
            const bytes zeros{};
            std::memcpy(bytes_ + i, &zeros, piece);
        }
        shifted_writer writer{bytes_};
        while (used >= piece) {
            writer.append(read_bytes(block));
            block += piece;
            used -= piece;
        }
        writer.append_first(read_bytes(block), used);
        writer.append(ending.text);
        if (ending.digest != nullptr) {
            writer.append_hexadecimal(ending.digest->data());
        }
        writer.append_first(bytes{static_cast<char>(0x80)}, 1);
        writer.finish_block();
    }
    tail(tail const&) = delete;
    tail& operator=(tail const&) = delete;
    ~tail() { secure_zero(bytes_); }

    /// How many blocks it has, 1 or 2.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    /// One of its blocks.
    ZENWIRE_X86_SHA message_words block(std::size_t index) const noexcept {
        message_words message = load_block(bytes_ + 64 * index);
        message.each[3] |= index + 1 == count_ ? length_field(length_) : words{};
        return message;
    }

    /// Hashes the blocks into a state.
    ZENWIRE_X86_SHA registers compress_into(registers state) const noexcept {
        for (std::size_t i = 0; i < count_; ++i) {
            state = compress(state, block(i));
        }
        return state;
    }

private:
    alignas(piece) char bytes_[2 * 64];
    std::size_t count_;
    std::uint64_t length_;
};

ZENWIRE_X86_SHA void store_digest(registers state, unsigned char* digest) noexcept {
    const auto [low, high] = in_order(state);
    const words first = swap_bytes(low);
    const words second = swap_bytes(high);
    std::memcpy(digest, &first, sizeof(first));
    std::memcpy(digest + sizeof(first), &second, sizeof(second));
}

/// The digest of what the state has seen, followed by `used` bytes of `block` and the ending, see tail.
__attribute__((__target__("sha,ssse3,sse4.1"))) inline void finish(std::uint32_t const (&state)[8], char const* block,
                                                                   std::size_t used, sha256_ending const& ending,
                                                                   std::uint64_t length,
                                                                   unsigned char* digest) noexcept {
    const tail end(block, used, ending, length);
    store_digest(end.compress_into(load(state)), digest);
}

/// The digest of what the state `outer` has seen, `outer_length` bits in whole blocks, followed by the digest that finish() makes
/// of the rest, which never leaves the registers. Never inlined, so that secrets which the compiler keeps on the stack lie below
/// the caller's frame, where they are overwritten afterwards.
ZENWIRE_NOINLINE __attribute__((__target__("sha,ssse3,sse4.1"))) inline void finish_nested(
    std::uint32_t const (&state)[8], char const* block, std::size_t used, sha256_ending const& ending,
    std::uint64_t length, std::uint32_t const (&outer)[8], std::uint64_t outer_length, unsigned char* digest) noexcept {
    const tail end(block, used, ending, length);
    const auto [low, high] = in_order(end.compress_into(load(state)));
    const words padding{static_cast<int>(0x80000000U), 0, 0, 0};
    store_digest(compress(load(outer), {{low, high, padding, length_field(outer_length + 8U * 32U)}}), digest);
}

#undef ZENWIRE_X86_SHA

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_x86

#else

// In a separate namespace, because translation units may be compiled for different processors, and the linker keeps only one copy
// of each inline function: in place of the real functions these would make wrong digests.
namespace ZENWIRE_NAMESPACE::detail::sha256_x86::inline absent {

/// False: this is no x86 processor, or the build uses portable code only.
[[nodiscard]] constexpr bool is_supported() noexcept { return false; }

// never called, as is_supported() is false
inline void compress(std::uint32_t (&)[8], char const*, std::size_t) noexcept {}
inline constexpr std::size_t longest_tail = 0;
inline void finish(std::uint32_t const (&)[8], char const*, std::size_t, sha256_ending const&, std::uint64_t,
                   unsigned char*) noexcept {}
inline void finish_nested(std::uint32_t const (&)[8], char const*, std::size_t, sha256_ending const&, std::uint64_t,
                          std::uint32_t const (&)[8], std::uint64_t, unsigned char*) noexcept {}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_x86::inline absent

#endif

#endif
