// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_JSON_WRITER_HPP
#define ZENWIRE_BASE_DETAIL_JSON_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/utf8.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Writes compact JSON (RFC 8259) into a buffer_writer: no blanks, members in the order of the calls.
///
/// It writes the commas; the caller must close objects and arrays in the right order. Text that is not UTF-8 is left out and sets
/// invalid_utf8(): check this, and the buffer's overflowed(), once at the end.
class json_writer {
public:
    /// `out` must outlive the writer.
    constexpr explicit json_writer(buffer_writer& out ZENWIRE_LIFETIMEBOUND) noexcept : out_(out) {}

    /// Opens an object: name() and a value follow for each member.
    ZENWIRE_INLINE_FOR_SPEED constexpr void begin_object() noexcept { open_bracket('{'); }
    /// Closes the innermost object.
    ZENWIRE_INLINE_FOR_SPEED constexpr void end_object() noexcept { close_bracket('}'); }
    /// Opens an array.
    constexpr void begin_array() noexcept { open_bracket('['); }
    /// Closes the innermost array.
    constexpr void end_array() noexcept { close_bracket(']'); }

    /// Writes the name of the next value, in an object.
    constexpr void name(std::string_view text) noexcept {
        string(text);
        out_.append(':');
        needs_comma_ = false;
    }

    /// The same for a name that is JSON already, with quotes and colon: `"name":`
    ZENWIRE_INLINE_FOR_SPEED constexpr void encoded_name(std::string_view text) noexcept {
        separate();
        out_.append(text);
        needs_comma_ = false;
    }

    /// Writes a string, with escapes where JSON needs them. `text` must be UTF-8.
    ZENWIRE_INLINE_FOR_SPEED constexpr void string(std::string_view text) noexcept {
        separate();
        out_.append('"');
        while (!text.empty()) {
            const std::size_t plain = plain_size(text);
            out_.append(text.substr(0, plain));
            text.remove_prefix(plain);
            if (!text.empty()) {
                text.remove_prefix(append_special(text));
            }
        }
        out_.append('"');
    }

    /// The value `null`.
    constexpr void null() noexcept { literal("null"sv); }
    /// The value `true` or `false`.
    constexpr void boolean_value(bool value) noexcept { literal(value ? "true"sv : "false"sv); }

    /// Writes a value that is JSON already, for example a number.
    constexpr void literal(std::string_view text) noexcept {
        separate();
        out_.append(text);
    }

    /// A whole number.
    constexpr void integer(std::int64_t value) noexcept {
        separate();
        const auto magnitude = static_cast<std::uint64_t>(value);
        if (value < 0) {
            out_.append('-').append_decimal(0 - magnitude);
        } else {
            out_.append_decimal(magnitude);
        }
    }

    /// The buffer, for values that are written piece by piece after begin_value().
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& begin_value() noexcept {
        separate();
        return out_;
    }

    /// Whether a text was not UTF-8, and so was left out.
    [[nodiscard]] constexpr bool invalid_utf8() const noexcept { return invalid_utf8_; }

private:
    ZENWIRE_INLINE_FOR_SPEED constexpr void open_bracket(char bracket) noexcept {
        separate();
        out_.append(bracket);
        needs_comma_ = false;
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void close_bracket(char bracket) noexcept {
        out_.append(bracket);
        needs_comma_ = true;
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void separate() noexcept {
        if (needs_comma_) {
            out_.append(',');
        }
        needs_comma_ = true;
    }

    /// How many characters at the start of a text are ASCII and need no escape.
    ZENWIRE_INLINE_FOR_SPEED static constexpr std::size_t plain_size(std::string_view text) noexcept {
        std::size_t size = 0;
        while (size < text.size() && static_cast<signed char>(text[size]) >= 0x20 && text[size] != '"' && text[size] != '\\') {
            ++size;
        }
        return size;
    }

    /// Writes the character at the start of `text`, which is not plain; returns how many bytes it took.
    ZENWIRE_NOINLINE constexpr std::size_t append_special(std::string_view text) noexcept {
        const char c = text.front();
        if (static_cast<unsigned char>(c) >= 0x80U) {
            const std::size_t length = utf8_sequence_length(text);
            invalid_utf8_ = invalid_utf8_ || length == 0;
            out_.append(text.substr(0, length));
            return length == 0 ? 1 : length;
        }
        constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
        constexpr std::string_view letters = "\"\\bfnrt";
        for (std::size_t i = 0; i < escaped.size(); ++i) {
            if (c == escaped[i]) {
                out_.append('\\').append(letters[i]);
                return 1;
            }
        }
        const int digit = c & 0x0F;
        out_.append("\\u00"sv).append(c >= 0x10 ? '1' : '0');
        out_.append(static_cast<char>(digit + (digit < 10 ? '0' : 'a' - 10)));
        return 1;
    }

    buffer_writer& out_;
    bool needs_comma_ = false;
    bool invalid_utf8_ = false;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
