// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_INLINE_STRING_HPP
#define ZENWIRE_BASE_INLINE_STRING_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// A text of at most `Capacity` bytes that lives inside the object: no heap, trivially copyable.
///
/// What does not fit is cut at the end of a whole UTF-8 sequence, and truncated() says so. Parameters of requests that
/// were cut are refused by validate(), so that nothing is ever sent for another name than the caller's.
template <std::size_t Capacity>
class inline_string {
    static_assert(Capacity > 0 && Capacity < UINT16_MAX, "the size is kept in sixteen bits");

public:
    /// Empty.
    constexpr inline_string() noexcept { clear_when_constant_evaluated(); }

    /// From anything that converts to a string_view: literals, std::string, views.
    template <class Text>
        requires(std::is_convertible_v<Text const&, std::string_view> &&
                 !std::is_same_v<std::remove_cvref_t<Text>, inline_string>)
    constexpr inline_string(Text const& text) noexcept : inline_string() {
        append(std::string_view(text));
    }

    /// Replaces the text; truncated() tells whether all of it fitted.
    constexpr void assign(std::string_view text) noexcept {
        clear();
        append(text);
    }

    /// Adds text at the end, as far as it fits; nothing after something that did not.
    constexpr void append(std::string_view text) noexcept {
        if (truncated_) {
            return;
        }
        truncated_ = text.size() > Capacity - size_;
        text = text.substr(0, Capacity - size_);
        copy(text);
        size_ = static_cast<std::uint16_t>(size_ + text.size());
        if (truncated_) {
            drop_partial_sequence();
        }
    }

    /// Empties it, and forgets that something was cut.
    constexpr void clear() noexcept {
        size_ = 0;
        truncated_ = false;
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {data_, size_}; }
    /// The text. A view of this object.
    [[nodiscard]] constexpr operator std::string_view() const noexcept ZENWIRE_LIFETIMEBOUND { return view(); }
    /// The first byte of the text; not followed by a zero. Refers to this object.
    [[nodiscard]] constexpr char const* data() const noexcept ZENWIRE_LIFETIMEBOUND { return data_; }
    /// Length of the text, in bytes.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether there is no text.
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    /// The most bytes that fit.
    [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }

    /// Whether something that was given did not fit and is missing at the end.
    [[nodiscard]] constexpr bool truncated() const noexcept { return truncated_; }

    /// Equal are equal texts that were cut alike.
    [[nodiscard]] friend constexpr bool operator==(inline_string const& left, inline_string const& right) noexcept {
        return left.view() == right.view() && left.truncated_ == right.truncated_;
    }
    /// Equal to a text when it is the same, and whole.
    template <class Text>
        requires(std::is_convertible_v<Text const&, std::string_view> && !std::is_same_v<Text, inline_string>)
    [[nodiscard]] friend constexpr bool operator==(inline_string const& left, Text const& right) noexcept {
        return left.view() == std::string_view(right) && !left.truncated_;
    }

private:
    constexpr void clear_when_constant_evaluated() noexcept {
        if (std::is_constant_evaluated()) {
            for (char& c : data_) {
                c = '\0';
            }
        }
    }

    constexpr void copy(std::string_view text) noexcept {
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i < text.size(); ++i) {
                data_[size_ + i] = text[i];
            }
        } else if (!text.empty()) {
            // a text may be appended to itself
            std::memmove(data_ + size_, text.data(), text.size());
        }
    }

    /// Takes back the bytes of a UTF-8 sequence at the end whose rest was cut off.
    constexpr void drop_partial_sequence() noexcept {
        const auto byte_from_end = [&](std::size_t distance) noexcept {
            return static_cast<unsigned char>(data_[size_ - distance]);
        };
        for (std::size_t have = 1; have <= 3 && have <= size_; ++have) {
            const unsigned byte = byte_from_end(have);
            if (byte >= 0xC0U) {
                const std::size_t whole = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : 2;
                size_ = static_cast<std::uint16_t>(have < whole ? size_ - have : size_);
            }
            if (byte < 0x80U || byte >= 0xC0U) {
                return;
            }
        }
    }

    std::uint16_t size_ = 0;
    bool truncated_ = false;
    char data_[Capacity];
};

}  // namespace ZENWIRE_NAMESPACE

#endif
