// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_BUFFER_WRITER_HPP
#define ZENWIRE_BASE_BUFFER_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <zenwire/base/detail/ascii.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes text into memory of the caller, never past its end.
///
/// The first piece that does not fit sets overflowed(), and nothing is written from then on: check once, at the end.
class buffer_writer {
public:
    /// `memory` must outlive the writer and the views it hands out.
    constexpr explicit buffer_writer(std::span<char> memory ZENWIRE_LIFETIMEBOUND) noexcept
        : memory_(memory.data()), capacity_(memory.size()) {}

    /// Appends all texts, one after the other, or none of them.
    // always inlined: most texts are constants, which compilers copy in a few moves
    template <class... Texts>
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_all(Texts const&... texts) noexcept {
        const std::size_t count = (std::string_view(texts).size() + ...);
        if (count > capacity_ - size_) {
            overflow(count);
            return *this;
        }
        char* to = memory_ + size_;
        ((to = detail::copy_bytes(to, std::string_view(texts).data(), std::string_view(texts).size())), ...);
        size_ += count;
        return *this;
    }

    /// Appends all of the text, or nothing of it.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append(std::string_view text) noexcept {
        return append_bytes(text.data(), text.size());
    }

    /// Appends one character.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append(char c) noexcept {
        if (size_ == capacity_) {
            overflow(1);
        } else {
            memory_[size_++] = c;
        }
        return *this;
    }

    /// Appends a number in decimal, without leading zeros.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_decimal(std::uint64_t number) noexcept {
        if (number < 10U) {
            return append(static_cast<char>('0' + number));
        }
        return append(detail::decimal_text(number).view());
    }

    /// Whether a piece did not fit. Nothing was written after that.
    [[nodiscard]] constexpr bool overflowed() const noexcept { return missing_ != 0; }
    /// How many bytes were written.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// How many bytes all pieces together have, including those that did not fit.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return size_ + missing_; }
    /// All that was written so far.
    [[nodiscard]] constexpr std::string_view written() const noexcept { return {memory_, size_}; }

private:
    /// Counts a piece that does not fit, and takes away the room that is left, so that no later piece is written either.
    constexpr void overflow(std::size_t count) noexcept {
        missing_ += count;
        capacity_ = size_;
    }

    // A text is two arguments here: compilers keep these in registers, whereas they write a view to the stack first.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_bytes(char const* from, std::size_t count) noexcept {
        if (count > capacity_ - size_) {
            overflow(count);
        } else {
            detail::copy_bytes(memory_ + size_, from, count);
            size_ += count;
        }
        return *this;
    }

    char* memory_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    std::size_t missing_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
