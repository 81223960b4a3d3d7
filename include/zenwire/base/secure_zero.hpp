// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_SECURE_ZERO_HPP
#define ZENWIRE_BASE_SECURE_ZERO_HPP

#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// Overwrites `memory` with zeros in a way that the optimiser may not drop, although nobody reads it afterwards.
template <class Element, std::size_t Extent>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(std::span<Element, Extent> memory) noexcept {
    if (std::is_constant_evaluated()) {
        for (Element& element : memory) {
            element = 0;
        }
    } else if (!memory.empty()) {
#if defined(__GNUC__)
        // in steps: of a longer memset of known size GCC makes a `rep stos`, which takes long to start
        constexpr std::size_t step = 64;
        char* bytes = reinterpret_cast<char*>(memory.data());
        std::size_t left = memory.size_bytes();
        if constexpr (Extent != std::dynamic_extent) {
            for (; left > step; left -= step, bytes += step) {
                std::memset(bytes, 0, step);
                __asm__ __volatile__("" : : "r"(bytes) : "memory");
            }
        }
        std::memset(bytes, 0, left);
        __asm__ __volatile__("" : : "r"(bytes) : "memory");
#else
        for (Element& element : memory) {
            const_cast<Element volatile&>(element) = 0;
        }
#endif
    }
}

/// The same for an array.
template <class Element, std::size_t Size>
constexpr void secure_zero(Element (&memory)[Size]) noexcept {
    secure_zero(std::span<Element, Size>(memory));
}

}  // namespace ZENWIRE_NAMESPACE

#endif
