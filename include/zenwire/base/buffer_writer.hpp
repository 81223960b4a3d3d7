// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_BUFFER_WRITER_HPP
#define ZENWIRE_BASE_BUFFER_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes text into memory of the caller, never past its end.
///
/// The first piece that does not fit sets overflowed(), and nothing is written from then on: check once, at the end.
class buffer_writer {
public:
    /// `memory` must outlive the writer and the views it hands out.
    constexpr explicit buffer_writer(std::span<char> memory ZENWIRE_LIFETIMEBOUND) noexcept
        : memory_(memory.data()), capacity_(memory.size()) {}

    /// Appends all of the text, or nothing of it.
    // inlined always: most texts are constants, of which a few moves remain
    [[gnu::always_inline]] constexpr buffer_writer& append(std::string_view text) noexcept {
        if (text.size() > capacity_ - size_) {
            overflow();
        } else if (std::is_constant_evaluated()) {
            for (const char c : text) {
                memory_[size_++] = c;
            }
        } else if (!text.empty()) {
            std::memcpy(memory_ + size_, text.data(), text.size());
            size_ += text.size();
        }
        return *this;
    }

    /// Appends one character.
    constexpr buffer_writer& append(char c) noexcept {
        if (size_ == capacity_) {
            overflow();
        } else {
            memory_[size_++] = c;
        }
        return *this;
    }

    /// In decimal, without leading zeros.
    constexpr buffer_writer& append_decimal(std::uint64_t number) noexcept {
        if (number < 10U) {
            return append(static_cast<char>('0' + number));
        }
        char digits[20];
        std::size_t first = sizeof(digits);
        for (; number != 0; number /= 10U) {
            digits[--first] = static_cast<char>('0' + number % 10U);
        }
        return append(std::string_view(digits + first, sizeof(digits) - first));
    }

    /// Whether a piece did not fit; nothing was written since.
    [[nodiscard]] constexpr bool overflowed() const noexcept { return overflowed_; }
    /// How many bytes were written.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// All that was written so far.
    [[nodiscard]] constexpr std::string_view written() const noexcept { return {memory_, size_}; }
    /// What was written from `offset` on; `offset` is at most size().
    [[nodiscard]] constexpr std::string_view written_from(std::size_t offset) const noexcept {
        return {memory_ + offset, size_ - offset};
    }

private:
    /// What does not fit leaves no room for what comes behind it, however short.
    constexpr void overflow() noexcept {
        overflowed_ = true;
        capacity_ = size_;
    }

    char* memory_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    bool overflowed_ = false;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
