// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_BYTES_HPP
#define ZENWIRE_BASE_DETAIL_BYTES_HPP

#include <cstddef>
#include <cstring>
#include <span>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/is_constant_evaluated.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The standard library's type of bytes in memory, without its name: some platforms have a macro of that name.
using raw_byte = decltype(std::as_writable_bytes(std::span<char>()))::element_type;

/// For an array that is written before it is read: leaves it without values when running, which saves the time of filling it with
/// zeros. A constant expression has no memory without values; there the array begins with zeros.
template <class Array>
constexpr void begin_without_values(Array& array) noexcept {
    if (is_constant_evaluated()) {
        for (auto& each : array) {
            each = {};
        }
    }
}

/// Copies bytes that do not overlap.
/// @return the end of the copy
ZENWIRE_INLINE_FOR_SPEED constexpr char* copy_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (is_constant_evaluated()) {
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = from[i];
        }
    } else if (count != 0) {
        std::memcpy(to, from, count);
    }
    return to + count;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
