// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_COPY_SHORT_HPP
#define ZENWIRE_BASE_COPY_SHORT_HPP

#include <cstddef>
#include <cstring>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// Bytes on their way from one place to another.
template <std::size_t Size>
class carried_bytes {
public:
    /// Takes them.
    explicit carried_bytes(char const* from) noexcept { std::memcpy(bytes_, from, Size); }
    /// Puts them down.
    void put(char* to) const noexcept { std::memcpy(to, bytes_, Size); }

private:
    char bytes_[Size];
};

/// Copies the at least `Size` bytes at `from`, `Size` at a time; the last ones may be copied twice.
template <std::size_t Size>
ZENWIRE_INLINE_FOR_SPEED inline void copy_in_steps(char* to, char const* from, std::size_t count) noexcept {
    // before others are put in their place
    const std::size_t last_step = count - Size;
    const carried_bytes<Size> last(from + last_step);
    for (std::size_t i = 0; i < last_step; i += Size) {
        carried_bytes<Size>(from + i).put(to + i);
    }
    last.put(to + last_step);
}

/// Copies bytes as std::memmove() does, for a few dozen of them: without a call, and without the `rep movs` that GCC makes of
/// counts that it knows to be small, which is slow. Where the places overlap, `from` must not be before `to`.
ZENWIRE_INLINE_FOR_SPEED inline void copy_short(char* to, char const* from, std::size_t count) noexcept {
    if (count >= 16) {
        copy_in_steps<16>(to, from, count);
    } else if (count >= 4) {
        copy_in_steps<4>(to, from, count);
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            carried_bytes<1>(from + i).put(to + i);
        }
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
