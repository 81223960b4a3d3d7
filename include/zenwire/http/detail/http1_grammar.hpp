// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_DETAIL_HTTP1_GRAMMAR_HPP
#define ZENWIRE_HTTP_DETAIL_HTTP1_GRAMMAR_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/http/message.hpp>

/// @file
/// Parses the lines of an HTTP/1 response (RFC 9112). Each line is passed without its CR LF.

namespace ZENWIRE_NAMESPACE::detail::http1 {

/// The numbers in a status line.
struct status_line {
    int minor_version;  ///< of HTTP/1: 0 to 9
    int status;         ///< 100 to 999
};

/// The first line of a chunk.
struct chunk_line {
    std::uint64_t size;          ///< bytes in the chunk
    std::size_t extension_size;  ///< bytes in the line behind the size
};

/// Whether a text has no control characters but tabs. Bytes beyond ASCII are allowed, because RFC 9110 wants receivers to accept
/// them.
[[nodiscard]] constexpr bool is_text(std::string_view text) noexcept {
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if ((code < 0x20 && c != '\t') || code == 0x7F) {
            return false;
        }
    }
    return true;
}

/// Whether a line is a field: a name, a colon, and a value.
[[nodiscard]] constexpr bool is_field_line(std::string_view line) noexcept {
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && is_field_name(line.substr(0, colon)) && is_text(line);
}

/// Reads `HTTP/1.1 200 OK`; the text after the number is optional.
[[nodiscard]] constexpr std::optional<status_line> parse_status_line(std::string_view line) noexcept {
    constexpr std::string_view form = "HTTP/1.1 200";
    const auto is_decimal = [&](std::size_t at) noexcept { return ascii::is_decimal_digit(line[at]); };
    const auto digit = [&](std::size_t at) noexcept { return line[at] - '0'; };
    const bool has_form = line.size() >= form.size() && line.starts_with("HTTP/1.") && is_decimal(7) &&
                          line[8] == ' ' && is_decimal(9) && line[9] != '0' && is_decimal(10) && is_decimal(11);
    if (!has_form || !is_text(line) || (line.size() > form.size() && line[form.size()] != ' ')) {
        return std::nullopt;
    }
    return status_line{digit(7), digit(9) * 100 + digit(10) * 10 + digit(11)};
}

/// `number * base + digit`, or the largest number when that is more.
[[nodiscard]] constexpr std::uint64_t with_digit(std::uint64_t number, unsigned base, unsigned digit) noexcept {
    return number > (UINT64_MAX - digit) / base ? UINT64_MAX : number * base + digit;
}

/// Reads the value of `content-length`, which has digits only. A number that is too large becomes the largest one.
[[nodiscard]] constexpr std::optional<std::uint64_t> parse_length(std::string_view value) noexcept {
    std::uint64_t length = 0;
    for (const char c : value) {
        if (!ascii::is_decimal_digit(c)) {
            return std::nullopt;
        }
        length = with_digit(length, 10, static_cast<unsigned>(c - '0'));
    }
    return value.empty() ? std::nullopt : std::optional(length);
}

/// Reads a size in hexadecimal, and after it extensions, if any, which begin with a semicolon.
[[nodiscard]] constexpr std::optional<chunk_line> parse_chunk_line(std::string_view line) noexcept {
    constexpr std::size_t max_digits = 16;
    std::uint64_t size = 0;
    std::size_t digits = 0;
    for (; digits < line.size() && ascii::hexadecimal_value(line[digits]) < 16; ++digits) {
        size = with_digit(size, 16, ascii::hexadecimal_value(line[digits]));
    }
    const std::string_view extension = line.substr(digits);
    if (digits == 0 || digits > max_digits || !is_text(line) ||
        (!extension.empty() && !ascii::trim(extension).starts_with(';'))) {
        return std::nullopt;
    }
    return chunk_line{size, extension.size()};
}

/// Whether a comma-separated list, for example the value of `connection`, has this word, in any letter case.
[[nodiscard]] constexpr bool has_word(std::string_view list, std::string_view word) noexcept {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        if (ascii::equal_ignoring_case(ascii::trim(list.substr(0, comma)), word)) {
            return true;
        }
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return false;
}

}  // namespace ZENWIRE_NAMESPACE::detail::http1

#endif
