// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_VARIED_TEXT_HPP
#define ZENWIRE_TESTING_DETAIL_VARIED_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <zenwire/testing/faults.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The JSON text with every number in quotes.
[[nodiscard]] inline std::string numbers_as_strings(std::string_view json) {
    std::string result;
    bool is_text = false;
    bool is_number = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const bool continues = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
        const bool begins = (c >= '0' && c <= '9') || c == '-';
        if (!is_text && (is_number ? !continues : begins)) {
            result.push_back('"');
            is_number = !is_number;
        }
        if (is_text && c == '\\' && i + 1 < json.size()) {
            result.push_back(c);
            result.push_back(json[++i]);
            continue;
        }
        is_text = is_text != (c == '"');
        result.push_back(c);
    }
    return result;
}

/// The JSON text with one more member at the beginning of every object.
[[nodiscard]] inline std::string with_unknown_members(std::string_view json) {
    std::string result;
    bool is_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        result.push_back(c);
        if (is_text && c == '\\' && i + 1 < json.size()) {
            result.push_back(json[++i]);
            continue;
        }
        is_text = is_text != (c == '"');
        if (!is_text && c == '{') {
            result.append(R"("unknownMember":{"list":[1,null,"text"]})");
            result.append(i + 1 < json.size() && json[i + 1] == '}' ? "" : ",");
        }
    }
    return result;
}

/// The text with the spellings of older documents.
[[nodiscard]] inline std::string with_old_spellings(std::string_view json) {
    std::string result(json);
    constexpr std::pair<std::string_view, std::string_view> spellings[] = {
        {"\"OPERATION_FAILED_INSTANCE", "\"OPERATION_FILED_INSTANCE"},
        {"\"Processing\"", "\"CHANGING\""},
    };
    for (auto const& [present, old] : spellings) {
        for (std::size_t at = result.find(present); at != std::string::npos; at = result.find(present, at)) {
            result.replace(at, present.size(), old);
        }
    }
    return result;
}

/// The text in one of the variants.
[[nodiscard]] inline std::string vary(std::string_view json, response_variant variant) {
    switch (variant) {
    case response_variant::numbers_as_strings: return numbers_as_strings(json);
    case response_variant::unknown_members: return with_unknown_members(json);
    case response_variant::old_spellings: break;
    }
    return with_old_spellings(json);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
