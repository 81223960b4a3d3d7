// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_PAIRED_SURROGATES_HPP
#define ZENWIRE_TESTING_DETAIL_PAIRED_SURROGATES_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The JSON text with U+FFFD in place of each escape that is half of a surrogate pair, `"\ud800"`. JSON allows these halves, and
/// parsers that keep texts as UTF-16 take them; the parser here, which keeps UTF-8, does not.
[[nodiscard]] inline std::string with_paired_surrogates(std::string_view json) {
    constexpr std::size_t escape_size = 6;
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    const auto is_one_of = [&](std::size_t at, std::string_view wanted) {
        return wanted.find(json[at]) != std::string_view::npos;
    };
    // the first half begins with D8 to DB, the second one with DC to DF
    const auto is_half = [&](std::size_t at, std::string_view second_digits) {
        return json.size() - at >= escape_size && json[at] == '\\' && json[at + 1] == 'u' && is_one_of(at + 2, "dD") &&
               is_one_of(at + 3, second_digits) && is_one_of(at + 4, digits) && is_one_of(at + 5, digits);
    };
    std::string result;
    for (std::size_t at = 0; at < json.size();) {
        std::size_t size = json[at] == '\\' && json.size() - at > 1 ? 2 : 1;
        const bool is_first = is_half(at, "89abAB");
        if (is_first && is_half(at + escape_size, "cdefCDEF")) {
            size = 2 * escape_size;
        } else if (is_first || is_half(at, "cdefCDEF")) {
            result.append("\\ufffd");
            at += escape_size;
            continue;
        }
        result.append(json.substr(at, size));
        at += size;
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
