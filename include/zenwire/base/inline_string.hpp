// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_INLINE_STRING_HPP
#define ZENWIRE_BASE_INLINE_STRING_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <zenwire/base/detail/bytes.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

constexpr bool append_what_fits(char* data, std::uint16_t& size, std::size_t capacity, std::string_view text) noexcept;

}  // namespace detail

/// A text of at most `Capacity` bytes that lives inside the object: no heap, trivially copyable.
///
/// What does not fit is cut at the end of a whole UTF-8 sequence, and truncated() says so. Parameters of requests that
/// were cut are refused by validate(), so that nothing is ever sent for another name than the caller's.
template <std::size_t Capacity>
class inline_string {
    static_assert(Capacity > 0 && Capacity < UINT16_MAX, "the size is kept in sixteen bits");

public:
    /// Empty.
    constexpr inline_string() noexcept { detail::begin_without_values(data_); }

    /// From anything that converts to a string_view: literals, std::string, views. A text that was cut before counts as cut.
    template <class Text>
        requires(detail::convertible<Text const&, std::string_view> &&
                 !std::is_same_v<std::remove_cvref_t<Text>, inline_string>)
    constexpr inline_string(Text const& text) noexcept : inline_string() {
        append(std::string_view(text));
        if constexpr (requires { text.truncated(); }) {
            truncated_ = truncated_ || text.truncated();
        }
    }

    /// Replaces the text; truncated() tells whether all of it fitted.
    constexpr void assign(std::string_view text) noexcept {
        clear();
        append(text);
    }

    /// Adds text at the end, as far as it fits. Once something was cut, nothing is added any more.
    constexpr void append(std::string_view text) noexcept {
        if (!truncated_) {
            truncated_ = detail::append_what_fits(data_, size_, Capacity, text);
        }
    }

    /// Becomes empty, and truncated() is false again.
    constexpr void clear() noexcept {
        size_ = 0;
        truncated_ = false;
    }

    /// Sets truncated(), so that nothing is added any more.
    constexpr void note_truncated() noexcept { truncated_ = true; }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        // std::size_t, because with another type the compiler also tries the constructor from two iterators, which takes long
        return {data_, std::size_t{size_}};
    }
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

    /// Whether the end of the text is missing, because it did not fit.
    [[nodiscard]] constexpr bool truncated() const noexcept { return truncated_; }

    /// Whether the texts are equal, and either both or none of them were cut.
    [[nodiscard]] friend constexpr bool operator==(inline_string const& left, inline_string const& right) noexcept {
        return left.view() == right.view() && left.truncated_ == right.truncated_;
    }
    /// Whether this is the same text, and nothing of it was cut.
    template <class Text>
        requires(detail::convertible<Text const&, std::string_view> && !std::is_same_v<Text, inline_string>)
    [[nodiscard]] friend constexpr bool operator==(inline_string const& left, Text const& right) noexcept {
        if constexpr (requires { right.truncated(); }) {
            return left.view() == right.view() && !left.truncated_ && !right.truncated();
        } else {
            return left.view() == std::string_view(right) && !left.truncated_;
        }
    }

private:
    std::uint16_t size_ = 0;
    bool truncated_ = false;
    char data_[Capacity];
};

namespace detail {

/// How many of the `size` bytes at `data` are left without a UTF-8 sequence that is cut off at the end.
[[nodiscard]] ZENWIRE_GNU(__cold__) constexpr std::size_t
    size_in_whole_sequences(char const* data, std::size_t size) noexcept {
    for (std::size_t have = 1; have <= 3 && have <= size; ++have) {
        const unsigned octet = static_cast<unsigned char>(data[size - have]);
        if (octet >= 0xC0U) {
            const std::size_t whole = octet >= 0xF0U ? 4 : octet >= 0xE0U ? 3 : 2;
            return have < whole ? size - have : size;
        }
        if (octet < 0x80U) {
            return size;
        }
    }
    return size;
}

/// Copies `text` behind the `size` bytes at `data`, as far as it fits, and updates `size`. A function for inline_strings of all
/// capacities. The text may lie in the same memory, but not before its new place.
/// @return whether something was cut
ZENWIRE_INLINE_FOR_SPEED constexpr bool append_what_fits(char* data, std::uint16_t& size, std::size_t capacity,
                                                         std::string_view text) noexcept {
    // not `text.size() > capacity - size`: GCC 12 with -fsanitize=address warns that the difference may be less than zero
    const bool is_cut = size + text.size() > capacity;
    const std::size_t end = is_cut ? capacity : size + text.size();
    bool is_copied_singly = is_constant_evaluated();
#ifdef __OPTIMIZE_SIZE__
    is_copied_singly = true;  // small firmware has no std::memmove() otherwise
#endif
    if (is_copied_singly) {
        for (std::size_t i = 0; size + i < end; ++i) {
            data[size + i] = text[i];
        }
    } else if (size < end) {
        std::memmove(data + size, text.data(), end - size);
    }
    size = static_cast<std::uint16_t>(is_cut ? size_in_whole_sequences(data, end) : end);
    return is_cut;
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

/// Hashes the text, as a key of unordered containers, for example of instance ids.
template <std::size_t Capacity>
struct std::hash<zenwire::inline_string<Capacity>> {
    /// The hash of a text.
    [[nodiscard]] std::size_t operator()(zenwire::inline_string<Capacity> const& text) const noexcept {
        return std::hash<std::string_view>()(text.view());
    }
};

#endif
