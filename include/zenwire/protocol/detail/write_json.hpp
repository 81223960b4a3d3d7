// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_WRITE_JSON_HPP
#define ZENWIRE_PROTOCOL_DETAIL_WRITE_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/time.hpp>
#include <zenwire/base/utf8.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Writes compact JSON (RFC 8259) into a buffer_writer: no spaces, members in the order of the calls.
///
/// It writes the commas; the caller must close objects and arrays in the right order. Bytes that are not UTF-8 are
/// dropped and set invalid_utf8(): check this, and the buffer's overflowed(), once at the end.
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
            const std::size_t unescaped = unescaped_prefix_size(text);
            out_.append(text.substr(0, unescaped));
            text.remove_prefix(unescaped);
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

    /// Whether bytes were dropped because they are not UTF-8.
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
    ZENWIRE_INLINE_FOR_SPEED static constexpr std::size_t unescaped_prefix_size(std::string_view text) noexcept {
        std::size_t size = 0;
        while (size < text.size() && static_cast<signed char>(text[size]) >= 0x20 && text[size] != '"' &&
               text[size] != '\\') {
            ++size;
        }
        return size;
    }

    /// Writes the character at the start of `text`, which is no ASCII or needs an escape; returns how many bytes it took.
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

/// Writes a value as JSON, as the service spells it: texts, numbers, words of the API, times, optionals, lists, and whatever has
/// `members()`, `members(service)`, or a function `write_json(json_writer&, service const&)` of its own.
template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value,
                                                   service const& service) noexcept;

/// Whether a member is left out of a body: an optional without a value, an empty list or view. Texts that an action owns are
/// required parameters, which validate() checks.
template <class Value>
[[nodiscard]] constexpr bool is_omitted(Value const& value) noexcept {
    if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (std::is_same_v<Value, std::string_view> || requires { value.subspan(0); }) {
        return value.empty();
    } else {
        return false;
    }
}

/// The wire name of a member as JSON, `"name":`, made at compile time.
template <class Object, std::size_t Index>
struct encoded_member_name {
    static constexpr std::string_view name = Object::members().names[Index].name;

    constexpr encoded_member_name() noexcept {
        buffer_writer out(text);
        json_writer(out).name(name);
        // a name that needs escapes would be longer
        size = out.overflowed() ? 0 : out.size();
    }

    char text[name.size() + 3]{};
    std::size_t size = 0;
};

template <class Object, std::size_t Index>
inline constexpr encoded_member_name<Object, Index> encoded_member_name_of{};

// Not a lambda in the next function, because its captures take 16 bytes of make_request_in()'s stack (GCC 12 for ARM, -Os).
template <class Object, std::size_t Index, class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_member(json_writer& json, Value const& value,
                                                     service const& service) noexcept {
    constexpr auto const& name = encoded_member_name_of<Object, Index>;
    static_assert(name.size == sizeof(name.text), "wire names are plain ASCII");
    if (!is_omitted(value)) {
        json.encoded_name(std::string_view(name.text, name.size));
        write_json(json, value, service);
    }
}

/// Writes an object, with the wire names that were made at compile time.
template <class Object, auto... Pointers, std::size_t... Indices>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_members(json_writer& json, Object const& object, service const& service,
                                                      member_list<Pointers...> const&,
                                                      std::index_sequence<Indices...>) noexcept {
    json.begin_object();
    (write_member<Object, Indices>(json, object.*Pointers, service), ...);
    json.end_object();
}

/// The same for wire names that are known only at run time.
template <class Object, auto... Pointers>
constexpr void write_named_members(json_writer& json, Object const& object, service const& service,
                                   member_list<Pointers...> const& list) noexcept {
    std::size_t next = 0;
    const auto write_member = [&](auto const& value) noexcept {
        const std::string_view name = list.names[next++].name;
        if (!is_omitted(value)) {
            json.name(name);
            write_json(json, value, service);
        }
    };
    json.begin_object();
    (write_member(object.*Pointers), ...);
    json.end_object();
}

template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value,
                                                   [[maybe_unused]] service const& service) noexcept {
    if constexpr (requires { value.write_json(json, service); }) {
        value.write_json(json, service);
    } else if constexpr (requires { Value::members(service); }) {
        write_named_members(json, value, service, Value::members(service));
    } else if constexpr (requires { Value::members(); }) {
        constexpr auto list = Value::members();
        write_members(json, value, service, list, std::make_index_sequence<list.size>());
    } else if constexpr (requires { value.has_value(); }) {
        value ? write_json(json, *value, service) : json.null();
    } else if constexpr (std::is_same_v<Value, bool>) {  // before the integers, of which it is one
        json.boolean_value(value);
    } else if constexpr (std::is_unsigned_v<Value>) {
        json.begin_value().append_decimal(value);
    } else if constexpr (std::is_integral_v<Value>) {
        json.integer(value);
    } else if constexpr (std::is_convertible_v<Value const&, std::string_view>) {
        json.string(value);
    } else if constexpr (requires { value.text(service.name); }) {
        json.string(value.text(service.name));
    } else if constexpr (std::is_same_v<Value, utc_time>) {  // before other types with write_to(): it needs quotes
        char text[utc_time::size]{};
        buffer_writer out(text);
        value.write_to(out);
        json.string(out.written());
    } else if constexpr (requires(buffer_writer& out) { value.write_to(out); }) {
        value.write_to(json.begin_value());
    } else {
        constexpr bool is_list = requires { value.begin() != value.end(); };
        static_assert(
            is_list,
            "a parameter must be of a type that has a form in JSON: a text, an integer, zenwire::decimal for any "
            "other number, a list, or a type with members()");
        if constexpr (is_list) {
            json.begin_array();
            for (auto const& each : value) {
                write_json(json, each, service);
            }
            json.end_array();
        }
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
