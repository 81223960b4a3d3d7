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
    constexpr explicit buffer_writer(std::span<char> memory ZENWIRE_LIFETIMEBOUND) noexcept : memory_(memory) {}

    /// Appends all of the text, or nothing of it.
    constexpr buffer_writer& append(std::string_view text) noexcept {
        if (overflowed_ || text.size() > memory_.size() - size_) {
            overflowed_ = true;
            return *this;
        }
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i < text.size(); ++i) {
                memory_[size_ + i] = text[i];
            }
        } else if (!text.empty()) {
            std::memcpy(memory_.data() + size_, text.data(), text.size());
        }
        size_ += text.size();
        return *this;
    }

    /// Appends one character.
    constexpr buffer_writer& append(char c) noexcept { return append(std::string_view(&c, 1)); }

    /// In decimal, without leading zeros.
    constexpr buffer_writer& append_decimal(std::uint64_t number) noexcept {
        char digits[20]{};
        std::size_t first = sizeof(digits);
        do {
            digits[--first] = static_cast<char>('0' + number % 10U);
            number /= 10U;
        } while (number != 0);
        return append(std::string_view(digits + first, sizeof(digits) - first));
    }

    /// Whether a piece did not fit; nothing was written since.
    [[nodiscard]] constexpr bool overflowed() const noexcept { return overflowed_; }
    /// How many bytes were written.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// All that was written so far.
    [[nodiscard]] constexpr std::string_view written() const noexcept { return {memory_.data(), size_}; }
    /// What was written from `offset` on; `offset` is at most size().
    [[nodiscard]] constexpr std::string_view written_from(std::size_t offset) const noexcept {
        return {memory_.data() + offset, size_ - offset};
    }

private:
    std::span<char> memory_;
    std::size_t size_ = 0;
    bool overflowed_ = false;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
