// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_DETAIL_FIELD_WRITER_HPP
#define ZENWIRE_HTTP_DETAIL_FIELD_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/contract_violation.hpp>
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
/// Names and values must be ones that HTTP can carry; whoever makes them has checked them. When the buffer is full, its overflowed()
/// says so: check this once, at the end.
class field_writer {
public:
    /// Continues a block that has `count` fields. Positions count from the start of the buffer.
    /// @param positions one for each field: without one, contract_violation()
    /// @tparam Positions an array or a span of field_position; converting one to the other takes long to compile
    template <class Positions>
    constexpr field_writer(buffer_writer& out ZENWIRE_LIFETIMEBOUND, Positions& positions ZENWIRE_LIFETIMEBOUND,
                           std::size_t count = 0) noexcept
        : out_(out), positions_(positions.data()), capacity_(positions.size()), count_(count) {}

    /// Adds a field, whose value may have several pieces.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void add(std::string_view name, Pieces const&... value) noexcept {
        keep_position(name.size(), (std::string_view(value).size() + ...));
        out_.append_all(name, ": "sv, value..., "\r\n"sv);
    }

    /// The same for a value in one piece.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add(std::string_view name, std::string_view value) noexcept {
        add_line(name.data(), name.size(), value.data(), value.size());
    }

    /// Begins a field whose value is not complete yet: the caller appends its last `rest` bytes, and the end of the line, to the
    /// buffer.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void begin(std::string_view name, std::size_t rest,
                                                  Pieces const&... value) noexcept {
        keep_position(name.size(), (rest + ... + std::string_view(value).size()));
        out_.append_all(name, ": "sv, value...);
    }

    /// How many fields the block has.
    [[nodiscard]] constexpr std::size_t count() const noexcept { return count_; }

private:
    /// Each text is two arguments, for the reason that buffer_writer::append_bytes() gives.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add_line(char const* name, std::size_t name_size, char const* value,
                                                     std::size_t value_size) noexcept {
        keep_position(name_size, value_size);
        out_.append_all(std::string_view(name, name_size), ": "sv, std::string_view(value, value_size), "\r\n"sv);
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void keep_position(std::size_t name_size, std::size_t value_size) noexcept {
        if (count_ == capacity_) {
            contract_violation();
        }
        field_position& at = positions_[count_++];
        at.name_begin = static_cast<std::uint32_t>(out_.size());
        at.name_size = static_cast<std::uint32_t>(name_size);
        at.value_size = static_cast<std::uint32_t>(value_size);
    }

    buffer_writer& out_;
    field_position* positions_;
    std::size_t capacity_;
    std::size_t count_;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
