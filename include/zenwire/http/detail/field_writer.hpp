// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_DETAIL_FIELD_WRITER_HPP
#define ZENWIRE_HTTP_DETAIL_FIELD_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/http/message.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a name is a `token` of RFC 9110, section 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``, at least one.
[[nodiscard]] constexpr bool is_field_name(std::string_view name) noexcept {
    for (const char c : name) {
        if (!ascii::is_alphanumeric(c) && !ascii::is_one_of(c, "!#$%&'*+-.^_`|~"sv)) {
            return false;
        }
    }
    return !name.empty();
}

/// Whether a value may be sent: visible ASCII, with blanks and tabs only between visible characters, or the empty value. CR, LF,
/// NUL, other control characters and bytes beyond ASCII are not allowed.
[[nodiscard]] constexpr bool is_field_value(std::string_view value) noexcept {
    const auto is_blank = [](char c) noexcept { return c == ' ' || c == '\t'; };
    if (value.empty()) {
        return true;
    }
    if (is_blank(value.front()) || is_blank(value.back())) {
        return false;
    }
    for (const char c : value) {
        if (!ascii::is_visible(c) && !is_blank(c)) {
            return false;
        }
    }
    return true;
}

/// Appends header fields to a block of `name: value\r\n` lines. The only way to add a field to a request.
///
/// A name or value that HTTP cannot carry is left out and sets refused(), and so is a field when the positions are used up. When
/// the buffer is full, its overflowed() says so. Check both once, at the end.
class field_writer {
public:
    /// Continues a block that has `count` fields. Positions count from the start of the buffer.
    /// @tparam Positions an array or a span of field_position; converting one to the other takes long to compile
    template <class Positions>
    constexpr field_writer(buffer_writer& out ZENWIRE_LIFETIMEBOUND, Positions& positions ZENWIRE_LIFETIMEBOUND,
                           std::size_t count = 0) noexcept
        : out_(out), positions_(positions.data()), capacity_(positions.size()), count_(count) {}

    /// Adds a field whose name and pieces of a value were checked when they were made, and are not checked again: constants,
    /// digits, hexadecimal text, an endpoint, a credential.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void add_checked(std::string_view name, Pieces const&... value) noexcept {
        const std::size_t value_size = (std::string_view(value).size() + ...);
        if (begin(name.size(), value_size)) {
            out_.append_all(name, ": "sv, value..., "\r\n"sv);
        }
    }

    /// The same for a value in one piece.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add_checked(std::string_view name, std::string_view value) noexcept {
        add_line(name.data(), name.size(), value.data(), value.size());
    }

    /// Begins a field whose value is not complete yet: the caller appends its last `rest` bytes, and the end of the line, to the
    /// buffer. The pieces are checked ones, as for add_checked().
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void begin_checked(std::string_view name, std::size_t rest,
                                                          Pieces const&... value) noexcept {
        if (begin(name.size(), (rest + ... + std::string_view(value).size()))) {
            out_.append_all(name, ": "sv, value...);
        }
    }

    /// Adds a field after checking each character.
    constexpr void add(std::string_view name, std::string_view value) noexcept {
        if (is_field_name(name) && is_field_value(value)) {
            add_checked(name, value);
        } else {
            refused_ = true;
        }
    }

    /// How many fields the block has.
    [[nodiscard]] constexpr std::size_t count() const noexcept { return count_; }
    /// Whether a field was left out.
    [[nodiscard]] constexpr bool refused() const noexcept { return refused_; }

private:
    /// Each text is two arguments, for the reason that buffer_writer::append_bytes() gives.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add_line(char const* name, std::size_t name_size, char const* value,
                                                     std::size_t value_size) noexcept {
        if (begin(name_size, value_size)) {
            out_.append_all(std::string_view(name, name_size), ": "sv, std::string_view(value, value_size), "\r\n"sv);
        }
    }

    /// Fills the next position; false when there is none left.
    ZENWIRE_INLINE_FOR_SPEED constexpr bool begin(std::size_t name_size, std::size_t value_size) noexcept {
        if (count_ == capacity_) {
            refused_ = true;
            return false;
        }
        field_position& at = positions_[count_++];
        at.name_begin = static_cast<std::uint32_t>(out_.size());
        at.name_size = static_cast<std::uint32_t>(name_size);
        at.value_size = static_cast<std::uint32_t>(value_size);
        return true;
    }

    buffer_writer& out_;
    field_position* positions_;
    std::size_t capacity_;
    std::size_t count_;
    bool refused_ = false;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
