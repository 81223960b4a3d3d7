// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_REPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_REPORT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include <zenwire/base/utf8.hpp>
#include <zenwire/zenwire.hpp>

#include "exit_code.hpp"
#include "terminal_text.hpp"

/// @file
/// What the program traffic_package says: for people, and as JSON.

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

struct report {
    exit_code code = done;
    std::string text{};
    boost::json::object object{};
};

/// JSON that is safe for terminals, too: what write_safe_text() would take away is escaped, so that nothing is lost.
inline std::string printable_json(boost::json::object const& object) {
    const std::string text = boost::json::serialize(object);
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

inline boost::json::value size_or_null(std::optional<zenwire::traffic_package_size> size) {
    if (!size) {
        return nullptr;
    }
    return static_cast<double>(size->units()) / 1e6;
}

inline std::string size_or_dash(std::optional<zenwire::traffic_package_size> size) {
    return size ? terabytes(*size) : "-";
}

inline std::string decimal_text(zenwire::decimal number) {
    char memory[24];
    zenwire::buffer_writer out(memory);
    number.write_to(out);
    return std::string(out.written());
}

inline boost::json::value decimal_or_null(std::optional<zenwire::decimal> number) {
    return number ? boost::json::value(decimal_text(*number)) : boost::json::value();
}

/// A time as people and programs read it: 2026-11-28T21:00:00Z.
inline std::string utc_text(zenwire::unix_seconds time) {
    const auto seconds = static_cast<std::time_t>(time.count());
    std::tm parts{};
    char text[32];
    if (::gmtime_r(&seconds, &parts) == nullptr || std::strftime(&text[0], sizeof(text), "%FT%TZ", &parts) == 0) {
        return std::to_string(time.count());
    }
    return &text[0];
}

inline boost::json::object error_as_json(zenwire::error const& error) {
    namespace json = boost::json;
    return {{"code", json::string(to_string(error.code))},
            {"apiCode", json::string(zenwire::api_code_spelling(error))},
            {"httpStatus", error.http_status},
            {"message", printable(error.message)},
            {"requestId", printable(error.request_id)},
            {"outcome", json::string(to_string(error.outcome))},
            {"retryable", error.retryable()},
            {"advice", json::string(advice_for(error))}};
}

/// Something that orders nothing failed.
inline report make_failure(zenwire::error const& error) {
    std::ostringstream text;
    print_error(text, error);
    return {nothing_ordered, text.str(), {{"error", error_as_json(error)}}};
}

/// This start of the program orders nothing; the text says why, and what to do.
inline report make_refusal(exit_code code, std::string_view word, std::string const& text) {
    return {code,
            "STOPPED: " + printable(text) + "\nNothing was ordered by this start of the program.\n",
            {{"error", {{"code", boost::json::string(word)}, {"message", printable(text)}}}}};
}

/// A cell of a table, filled up to its width.
inline std::string cell(std::string_view text, std::size_t width) {
    std::string result = printable(text);
    result.resize(std::max(width, result.size()), ' ');
    return result + "  ";
}

template <class Word>
std::string word_or_dash(std::optional<Word> const& word) {
    return word && !word->text().empty() ? printable(word->text()) : "-";
}

inline report make_status(zenwire::describe_instance_internet_status::response const& status) {
    namespace json = boost::json;
    const std::string word = word_or_dash(status.modified_traffic_package_status);
    report result;
    result.text =
        "instance   " + printable(status.instance_id) + " " + printable(status.instance_name) + "\n" + "package    " +
        size_or_dash(status.size) + "\n" + "change     " + word +
        (status.modified_size ? ", to " + terabytes(*status.modified_size) : "") + "\n" + "bandwidth  " +
        (status.internet_max_bandwidth_out ? std::to_string(*status.internet_max_bandwidth_out) + " Mbps" : "-") + "\n";
    result.object = {{"instanceId", json::string(status.instance_id.view())},
                     {"instanceName", json::string(status.instance_name.view())},
                     {"trafficPackageSize", size_or_null(status.size)},
                     {"modifiedTrafficPackageSize", size_or_null(status.modified_size)},
                     {"modifiedTrafficPackageStatus", word}};
    return result;
}

inline std::string_view name_of(zenwire::traffic_package_prediction::kind kind) {
    using enum zenwire::traffic_package_prediction::kind;
    switch (kind) {
    case paid_upgrade: return "paid_upgrade";
    case downgrade_next_cycle: return "downgrade_next_cycle";
    case no_change: return "no_change";
    case refused: return "refused";
    case not_documented: break;
    }
    return "not_documented";
}

inline boost::json::array prices_as_json(zenwire::price_list const& prices) {
    boost::json::array result;
    for (zenwire::price const& each : prices) {
        result.push_back({{"discountPrice", decimal_or_null(each.discount_price)},
                          {"originalPrice", decimal_or_null(each.original_price)},
                          {"discount", decimal_or_null(each.discount)}});
    }
    return result;
}

inline std::string prices_as_text(zenwire::price_list const& prices) {
    std::string text;
    for (zenwire::price const& each : prices) {
        if (each.discount_price || each.original_price) {
            text += "price      " + (each.discount_price ? decimal_text(*each.discount_price) : "?") +
                    " (before discount " + (each.original_price ? decimal_text(*each.original_price) : "?") + ")\n";
        }
        for (zenwire::step_price const& step : each.step_prices) {
            text += "overage    " + (step.discount_unit_price ? decimal_text(*step.discount_unit_price) : "?") +
                    " a unit from " + (step.step_start ? decimal_text(*step.step_start) : "?") + "\n";
        }
    }
    return text.empty() ? "price      none was told\n" : text;
}

#endif
