// SPDX-License-Identifier: BSL-1.0
// Made of include/zenwire/ostream.hpp by single_include/amalgamate.py. Do not edit: change the headers under include/.
#include <zenwire/core.hpp>
// ---- zenwire/ostream.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_OSTREAM_HPP
#define ZENWIRE_OSTREAM_HPP

/// @file
/// Everything that is zenwire::printable can be written to streams: `std::cerr << result.error()`. doctest, GoogleTest and Catch2
/// use this operator, too. Opt-in: include it in all files of a test program in which such values are tested, or in none.

#include <ostream>

// ---- zenwire/protocol/printable.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_PRINTABLE_HPP
#define ZENWIRE_PROTOCOL_PRINTABLE_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

namespace detail {

/// How values of a type are printed: specialisations have `print_to(buffer_writer&, value)`, and `longest`, the most bytes it
/// writes.
template <class Value>
struct printer;

}  // namespace detail

/// A type that can be printed with `zenwire/ostream.hpp` or `zenwire/format.hpp`: enumerations (by the names of their enumerators),
/// words of the API, texts, sizes (`0.15 TB`), decimals, times (`2023-07-11T06:50:36Z`, `250 ms`), endpoints, errors (as
/// describe() does), and an `expected` with such an error. Secrets cannot be printed.
template <class Value>
concept printable = requires { detail::printer<Value>::longest; };

namespace detail {

/// The most characters of a whole number.
inline constexpr std::size_t longest_number = 20;

/// A whole number with its sign.
constexpr void write_number(buffer_writer& out, std::int64_t number) noexcept {
    if (number < 0) {
        out.append('-');
    }
    out.append_decimal(magnitude_of(number));
}

/// The most characters of a name in a table, and of a number.
template <class Table>
[[nodiscard]] constexpr std::size_t longest_in(Table const& table) noexcept {
    std::size_t longest = longest_number;
    for (auto const& row : table) {
        std::string_view name;
        if constexpr (requires { row.text; }) {
            name = row.text;
        } else {
            name = row.spelling;
        }
        longest = longest < name.size() ? name.size() : longest;
    }
    return longest;
}

/// The table of an enumeration: that of api_code is of another kind.
template <class Enum>
inline constexpr auto const& names_of = enum_names<Enum>;
template <>
inline constexpr auto const& names_of<api_code> = api_codes;

/// The name of the enumerator; for a value without a name its number.
template <class Enum>
    requires(named_enum<Enum> || std::is_same_v<Enum, api_code>)
struct printer<Enum> {
    static constexpr std::size_t longest = longest_in(names_of<Enum>);
    static constexpr void print_to(buffer_writer& out, Enum value) noexcept {
        const std::string_view name = to_string(value);
        if (name.empty()) {
            out.append_decimal(static_cast<std::uint64_t>(value));
        } else {
            out.append(name);
        }
    }
};

/// The text itself.
template <std::size_t Capacity>
struct printer<inline_string<Capacity>> {
    static constexpr std::size_t longest = Capacity;
    static constexpr void print_to(buffer_writer& out, inline_string<Capacity> const& text) noexcept {
        out.append(text.view());
    }
};

/// The word as the API writes it.
template <class Words>
struct printer<open_enum<Words>> {
    static constexpr std::size_t longest_known = longest_in(Words::table);
    static constexpr std::size_t longest = limits::word < longest_known ? longest_known : limits::word;
    static constexpr void print_to(buffer_writer& out, open_enum<Words> const& word) noexcept {
        out.append(word.text().empty() ? std::string_view("unknown") : word.text());
    }
};

/// Without an exponent.
template <>
struct printer<decimal> {
    static constexpr std::size_t longest = decimal::max_digits + 3;  // a sign, a zero, a point
    static constexpr void print_to(buffer_writer& out, decimal number) noexcept { number.write_to(out); }
};

/// `250 ms`
template <>
struct printer<milliseconds> {
    static constexpr std::size_t longest = longest_number + 3;
    static constexpr void print_to(buffer_writer& out, milliseconds time) noexcept {
        write_number(out, time.count());
        out.append(std::string_view(" ms"));
    }
};

/// `2023-07-11T06:50:36Z`; outside of the years 1970 to 9999 `-1 s since 1970`.
template <>
struct printer<unix_seconds> {
    static constexpr std::string_view unit = " s since 1970";
    static constexpr std::size_t longest = longest_number + unit.size();
    static constexpr void print_to(buffer_writer& out, unix_seconds time) noexcept {
        if (time.is_valid()) {
            utc_time(time).write_to(out);
        } else {
            write_number(out, time.count());
            out.append(unit);
        }
    }
};

/// Like unix_seconds.
template <>
struct printer<utc_time> {
    static constexpr std::size_t longest = printer<unix_seconds>::longest;
    static constexpr void print_to(buffer_writer& out, utc_time time) noexcept {
        printer<unix_seconds>::print_to(out, time.seconds());
    }
};

/// `0.15 TB`
template <>
struct printer<traffic_package_size> {
    static constexpr std::string_view unit = " TB";
    static constexpr std::size_t longest = longest_number + unit.size();  // the digits of its count, and a point
    static constexpr void print_to(buffer_writer& out, traffic_package_size size) noexcept {
        size.write_to(out);
        out.append(unit);
    }
};

/// `https://console.zenlayer.com`
template <>
struct printer<endpoint> {
    static constexpr std::size_t longest = std::string_view("https://").size() + limits::authority;
    static constexpr void print_to(buffer_writer& out, endpoint const& place) noexcept {
        out.append(place.scheme_text()).append(std::string_view("://")).append(place.authority());
    }
};

/// What describe() says.
template <>
struct printer<error> {
    static constexpr std::size_t longest = error_description::capacity();
    static constexpr void print_to(buffer_writer& out, error const& failure) noexcept {
        out.append(describe(failure).view());
    }
};

/// Like the error that it is converted to.
template <>
struct printer<refusal> : printer<error> {};

/// The value, or `success` when it cannot be printed; after a failure `error: ` and the error.
template <class T, class Error>
    requires printable<Error>
struct printer<expected<T, Error>> {
    static constexpr std::string_view failure_prefix = "error: ";
    static constexpr std::string_view success = "success";
    static constexpr std::size_t longest_failure = failure_prefix.size() + printer<Error>::longest;
    static constexpr std::size_t longest = [] {
        if constexpr (printable<T>) {
            return printer<T>::longest < longest_failure ? longest_failure : printer<T>::longest;
        } else {
            return longest_failure;
        }
    }();
    static constexpr void print_to(buffer_writer& out, expected<T, Error> const& result) noexcept {
        if (!result) {
            out.append(failure_prefix);
            printer<Error>::print_to(out, result.error());
        } else if constexpr (printable<T>) {
            printer<T>::print_to(out, *result);
        } else {
            out.append(success);
        }
    }
};

/// Holds the text of a value.
template <printable Value>
class printed {
public:
    constexpr explicit printed(Value const& value) noexcept {
        buffer_writer out(memory_);
        printer<Value>::print_to(out, value);
        size_ = out.size();
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {memory_, size_}; }

private:
    char memory_[printer<Value>::longest]{};
    std::size_t size_ = 0;
};

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/ostream.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// Writes a value as `printable` says. Uses width and fill of the stream.
template <printable Value>
std::ostream& operator<<(std::ostream& out, Value const& value) {
    return out << detail::printed<Value>(value).view();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
