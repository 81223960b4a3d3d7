// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_ARM_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_ARM_HPP

#include <cstddef>
#include <cstdint>

#include <zenwire/crypto/detail/sha256_portable.hpp>

/// @file
/// SHA-256 with the cryptographic extension of 64-bit ARMv8. On Linux the processor is asked at run time whether it has the
/// extension; elsewhere the build has to say so (`-march=...+sha2`).

// Before Clang 17 the intrinsics exist only if the whole build is for processors with the extension.
#if !defined(ZENWIRE_NO_INTRINSICS) && defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__) &&       \
    (defined(__ARM_FEATURE_SHA2) ||                                                                                    \
     (defined(__linux__) && defined(__GNUC__) && (!defined(__clang__) || __clang_major__ >= 17)))

#include <arm_neon.h>
#if !defined(__ARM_FEATURE_SHA2)
#include <sys/auxv.h>
#endif

namespace ZENWIRE_NAMESPACE::detail::sha256_arm {

/// Whether the processor has the instructions.
[[nodiscard]] inline bool is_supported() noexcept {
#if defined(__ARM_FEATURE_SHA2)
    return true;
#else
    // only reads memory that the kernel filled when the program started
    constexpr unsigned long sha2 = 1UL << 6U;  // HWCAP_SHA2
    return (getauxval(AT_HWCAP) & sha2) != 0;
#endif
}

/// Hashes `count` blocks of 64 bytes into the state. Its variables are registers: what a compiler keeps of a secret on the stack,
/// hmac_sha256 wipes.
#if !defined(__ARM_FEATURE_SHA2) && defined(__clang__)
__attribute__((__target__("sha2")))
#elif !defined(__ARM_FEATURE_SHA2)
__attribute__((__target__("+crypto")))
#endif
inline void compress(std::uint32_t (&state)[8], char const* block, std::size_t count) noexcept {
    uint32x4_t abcd = vld1q_u32(state);
    uint32x4_t efgh = vld1q_u32(state + 4);
    for (; count != 0; --count, block += 64) {
        const uint32x4_t abcd_before = abcd;
        const uint32x4_t efgh_before = efgh;
        uint32x4_t schedule[4];
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) {
            const uint8x16_t bytes = vld1q_u8(reinterpret_cast<unsigned char const*>(block) + 16 * i);
            schedule[i] = vreinterpretq_u32_u8(vrev32q_u8(bytes));
        }
        // four rounds a pass
#pragma GCC unroll 16
        for (std::size_t i = 0; i < 16; ++i) {
            uint32x4_t& words = schedule[i % 4];
            const uint32x4_t input = vaddq_u32(words, vld1q_u32(sha256_constants::round + 4 * i));
            if (i < 12) {
                words = vsha256su1q_u32(vsha256su0q_u32(words, schedule[(i + 1) % 4]), schedule[(i + 2) % 4],
                                        schedule[(i + 3) % 4]);
            }
            const uint32x4_t abcd_of_pass = abcd;
            abcd = vsha256hq_u32(abcd, efgh, input);
            efgh = vsha256h2q_u32(efgh, abcd_of_pass, input);
        }
        abcd = vaddq_u32(abcd, abcd_before);
        efgh = vaddq_u32(efgh, efgh_before);
    }
    vst1q_u32(state, abcd);
    vst1q_u32(state + 4, efgh);
}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_arm

#else

// In a separate namespace, because translation units may be compiled for different processors, and the linker keeps only one copy
// of each inline function: in place of the real functions these would make wrong digests.
namespace ZENWIRE_NAMESPACE::detail::sha256_arm::inline absent {

[[nodiscard]] constexpr bool is_supported() noexcept { return false; }

// never called, as is_supported() is false
inline void compress(std::uint32_t (&)[8], char const*, std::size_t) noexcept {}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_arm::inline absent

#endif

#endif
