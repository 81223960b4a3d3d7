// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_BYTE_VECTOR_HPP
#define ZENWIRE_BASE_BYTE_VECTOR_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))

namespace ZENWIRE_NAMESPACE {

/// Sixteen bytes in a register, on processors that have such registers in every build for them.
using byte_vector = unsigned char __attribute__((__vector_size__(16)));
/// The same bytes as numbers from -128 to 127: what is beyond ASCII is negative.
using signed_byte_vector = signed char __attribute__((__vector_size__(16)));

/// Whether all bytes are zero.
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline bool is_zero(byte_vector bytes) noexcept {
    std::uint64_t halves[2];
    std::memcpy(halves, &bytes, sizeof(halves));
    return (halves[0] | halves[1]) == 0;
}

/// Whether `look` says anything but zero of any sixteen characters of a text of at least sixteen. Each character is in some
/// vector, some are in two.
/// @param look from a byte_vector to a vector of that size
template <class Look>
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline bool any_of_vectors(std::string_view text, Look look) noexcept {
    byte_vector found{};
    const auto look_at = [&](std::size_t at) noexcept {
        byte_vector each;
        std::memcpy(&each, text.data() + at, sizeof(each));
        found |= reinterpret_cast<byte_vector>(look(each));
    };
    for (std::size_t at = 0; at < text.size() - sizeof(byte_vector); at += sizeof(byte_vector)) {
        look_at(at);
    }
    look_at(text.size() - sizeof(byte_vector));
    return !is_zero(found);
}

}  // namespace ZENWIRE_NAMESPACE

#endif

#endif
