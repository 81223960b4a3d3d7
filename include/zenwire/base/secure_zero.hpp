// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_SECURE_ZERO_HPP
#define ZENWIRE_BASE_SECURE_ZERO_HPP

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

#include <zenwire/base/detail/bytes.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

template <class Element>
constexpr void secure_zero_elements(Element* memory, std::size_t count) noexcept;

}  // namespace detail

/// Overwrites `memory` with zeros, in a way that the optimiser may not remove although nobody reads the memory afterwards.
template <class Element, std::size_t Extent>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(std::span<Element, Extent> memory) noexcept {
    detail::secure_zero_elements(memory.data(), memory.size());
}

/// @{
/// The same for an array.
template <class Element, std::size_t Size>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(Element (&memory)[Size]) noexcept {
    detail::secure_zero_elements(memory, Size);
}
template <class Element, std::size_t Size>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(std::array<Element, Size>& memory) noexcept {
    detail::secure_zero_elements(memory.data(), Size);
}
/// @}

namespace detail {

/// Overwrites bytes at run time, in a way that the optimiser may not remove.
ZENWIRE_INLINE_FOR_SPEED inline void secure_zero_bytes(char* bytes, std::size_t size) noexcept {
#if !defined(__GNUC__)
    for (std::size_t i = 0; i < size; ++i) {
        const_cast<char volatile&>(bytes[i]) = 0;
    }
#elif defined(__OPTIMIZE_SIZE__)
    std::memset(bytes, 0, size);
    __asm__ __volatile__("" : : "r"(bytes) : "memory");
#else
    // in steps of constant size: for another memset GCC uses `rep stos` or calls a function, and both take long to start
    std::size_t done = 0;
    const auto zero_steps_of = [&]<std::size_t Step>(std::integral_constant<std::size_t, Step>) noexcept {
        for (; done + Step <= size; done += Step) {
            std::memset(bytes + done, 0, Step);
            __asm__ __volatile__("" : : "r"(bytes) : "memory");
        }
    };
    zero_steps_of(std::integral_constant<std::size_t, 64>());
    if (size >= 16 && done != size) {
        zero_steps_of(std::integral_constant<std::size_t, 16>());
        done = size - 16;
        zero_steps_of(std::integral_constant<std::size_t, 16>());
    }
    zero_steps_of(std::integral_constant<std::size_t, 1>());
#endif
}

/// Does what secure_zero() does, without a span, because that takes long to compile for each type and size.
template <class Element>
constexpr void secure_zero_elements(Element* memory, std::size_t count) noexcept {
    if (is_constant_evaluated()) {
        for (std::size_t i = 0; i < count; ++i) {
            memory[i] = 0;
        }
    } else if (count != 0) {
        secure_zero_bytes(reinterpret_cast<char*>(memory), count * sizeof(Element));
    }
}

/// Overwrites what functions that the caller called before, and that were not inlined, left behind: in the `Size` bytes of the
/// stack below the caller's frame, where compilers also keep copies of registers, and in the vector registers of x86-64. The
/// registers come first, because the dynamic linker saves them on the stack when a function is called for the first time.
template <std::size_t Size>
ZENWIRE_NOINLINE constexpr void secure_zero_traces() noexcept {
    if (!is_constant_evaluated()) {
#if defined(__GNUC__) && defined(__x86_64__) && defined(__AVX__)
        __asm__ __volatile__("vzeroall" ::
                                 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                                   "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
#elif defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)
        __asm__ __volatile__(
            "pxor %%xmm0, %%xmm0\n\tpxor %%xmm1, %%xmm1\n\tpxor %%xmm2, %%xmm2\n\tpxor %%xmm3, %%xmm3\n\t"
            "pxor %%xmm4, %%xmm4\n\tpxor %%xmm5, %%xmm5\n\tpxor %%xmm6, %%xmm6\n\tpxor %%xmm7, %%xmm7\n\t"
            "pxor %%xmm8, %%xmm8\n\tpxor %%xmm9, %%xmm9\n\tpxor %%xmm10, %%xmm10\n\tpxor %%xmm11, %%xmm11\n\t"
            "pxor %%xmm12, %%xmm12\n\tpxor %%xmm13, %%xmm13\n\tpxor %%xmm14, %%xmm14\n\tpxor %%xmm15, %%xmm15" ::
                : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
                  "xmm12", "xmm13", "xmm14", "xmm15");
#endif
        char below[Size];
        secure_zero(below);
    }
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
