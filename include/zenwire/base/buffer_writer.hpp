// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_BUFFER_WRITER_HPP
#define ZENWIRE_BASE_BUFFER_WRITER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/base/config.hpp>
#include <zenwire/base/division.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes text into memory of the caller, never past its end.
///
/// The first piece that does not fit sets overflowed(), and nothing is written from then on: check once, at the end.
class buffer_writer {
public:
    /// `memory` must outlive the writer and the views it hands out.
    constexpr explicit buffer_writer(std::span<char> memory ZENWIRE_LIFETIMEBOUND) noexcept
        : memory_(memory.data()), capacity_(memory.size()) {}

    /// Appends one text behind the other: all of them, or nothing.
    // inlined always: most texts are constants, of which a few moves remain
    template <class... Texts>
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_all(Texts const&... texts) noexcept {
        const std::size_t count = (std::string_view(texts).size() + ...);
        if (count > capacity_ - size_) {
            overflow();
            return *this;
        }
        char* to = memory_ + size_;
        ((to = copy(to, std::string_view(texts).data(), std::string_view(texts).size())), ...);
        size_ += count;
        return *this;
    }

    /// Appends all of the text, or nothing of it.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append(std::string_view text) noexcept {
        return append_bytes(text.data(), text.size());
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
#ifdef __OPTIMIZE_SIZE__
        // without the table and the code for pairs
        while (number != 0) {
            const auto [rest, digit] = divide(number, 10U);
            digits[--first] = static_cast<char>('0' + digit);
            number = rest;
        }
#else
        const auto put_pair = [&](std::uint64_t below_hundred) noexcept {
            const auto pair = static_cast<unsigned>(below_hundred);
            digits[--first] = pairs[2 * pair + 1];
            digits[--first] = pairs[2 * pair];
        };
        while (number >= 10'000U) {
            const auto [rest, four] = divide(number, 10'000U);
            put_pair(static_cast<std::uint32_t>(four) % 100U);
            put_pair(static_cast<std::uint32_t>(four) / 100U);
            number = rest;
        }
        if (number >= 100U) {
            put_pair(static_cast<std::uint32_t>(number) % 100U);
            number = static_cast<std::uint32_t>(number) / 100U;
        }
        if (number >= 10U) {
            put_pair(number);
        } else {
            digits[--first] = static_cast<char>('0' + number);
        }
#endif
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

    // Below this line a text is two arguments: compilers keep these in registers, where they write a view to the stack first.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_bytes(char const* from, std::size_t count) noexcept {
        if (count > capacity_ - size_) {
            overflow();
        } else {
            copy(memory_ + size_, from, count);
            size_ += count;
        }
        return *this;
    }

    ZENWIRE_INLINE_FOR_SPEED static constexpr char* copy(char* to, char const* from, std::size_t count) noexcept {
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i < count; ++i) {
                to[i] = from[i];
            }
        } else if (count != 0) {
            std::memcpy(to, from, count);
        }
        return to + count;
    }

    /// 00 01 02 ... 99
    static constexpr auto pairs = [] {
        std::array<char, 200> digits{};
        for (std::size_t i = 0; i < digits.size(); ++i) {
            digits[i] = static_cast<char>('0' + (i % 2 == 0 ? i / 20 : i / 2 % 10));
        }
        return digits;
    }();

    char* memory_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    bool overflowed_ = false;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
