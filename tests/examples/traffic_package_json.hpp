// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_JSON_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_JSON_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <zenwire/base/utf8.hpp>
#include <zenwire/zenwire.hpp>

#include "terminal_text.hpp"

/// @file
/// The JSON of the program traffic_package: plain decimals, and safe for terminals.

/// A character of JSON as its escape, `\u202E`.
inline std::string escaped(std::string_view sequence) {
    const auto bits = [&](std::size_t index, unsigned mask) { return static_cast<unsigned char>(sequence[index]) & mask; };
    const unsigned character = sequence.size() == 3   ? bits(0, 0x0FU) << 12U | bits(1, 0x3FU) << 6U | bits(2, 0x3FU)
                               : sequence.size() == 2 ? bits(0, 0x1FU) << 6U | bits(1, 0x3FU)
                                                      : bits(0, 0xFFU);
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text = "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) {
        text += digits[character >> shift & 15U];
    }
    return text;
}

/// A string of JSON that is safe for terminals, too: what write_safe_text() would take away is escaped, so that nothing is
/// lost.
inline std::string json_quoted(std::string_view content) {
    const std::string text = boost::json::serialize(boost::json::string(content));
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = std::string_view(text).substr(i);
        const std::size_t length = std::max<std::size_t>(zenwire::utf8_sequence_length(rest), 1);
        const std::string_view sequence = rest.substr(0, length);
        result += printable(sequence) == sequence ? std::string(sequence) : escaped(sequence);
        i += length;
    }
    return result;
}

inline std::string decimal_text(zenwire::decimal number) {
    char memory[24];
    zenwire::buffer_writer out(memory);
    number.write_to(out);
    return std::string(out.written());
}

/// A value of JSON as its text; null by default.
class json_text {
public:
    json_text() = default;
    json_text(std::string_view content) : text_(json_quoted(content)) {}
    json_text(std::string const& content) : text_(json_quoted(content)) {}
    json_text(char const* content) : text_(json_quoted(content)) {}
    json_text(zenwire::decimal number) : text_(decimal_text(number)) {}
    /// in terabytes
    json_text(zenwire::traffic_package_size size) : text_(terabytes(size)) { text_.resize(text_.find(' ')); }
    template <std::same_as<bool> Flag>
    json_text(Flag flag) : text_(flag ? "true" : "false") {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    json_text(Number number) : text_(std::to_string(number)) {}
    template <class Value>
    json_text(std::optional<Value> const& value) : json_text(value ? json_text(*value) : json_text()) {}

    [[nodiscard]] std::string const& view() const { return text_; }

private:
    friend json_text json_array(std::vector<json_text> const& values);
    friend json_text json_object(std::initializer_list<std::pair<std::string_view, json_text>> members);

    std::string text_ = "null";
};

inline json_text json_array(std::vector<json_text> const& values) {
    json_text result;
    result.text_ = "[";
    for (json_text const& each : values) {
        result.text_ += (result.text_.size() == 1 ? "" : ",") + each.text_;
    }
    result.text_ += "]";
    return result;
}

inline json_text json_object(std::initializer_list<std::pair<std::string_view, json_text>> members) {
    json_text result;
    result.text_ = "{";
    for (auto const& [name, value] : members) {
        result.text_ += (result.text_.size() == 1 ? "" : ",") + json_quoted(name) + ":" + value.text_;
    }
    result.text_ += "}";
    return result;
}

#endif
