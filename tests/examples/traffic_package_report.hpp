// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_REPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_REPORT_HPP

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/zenwire.hpp>

#include "exit_code.hpp"
#include "terminal_text.hpp"
#include "traffic_package_commands.hpp"
#include "traffic_package_json.hpp"

/// @file
/// What the program traffic_package says: for people, and as JSON.

/// How a command ended. What a command does not know stays null.
struct report {
    exit_code code = done;
    /// for people
    std::string text{};
    /// the text is no result: it goes to standard error
    bool is_failure = false;
    json_text instances{};
    json_text prices{};
    json_text job{};
    json_text balance{};
    json_text bills{};
    json_text forgotten{};
    json_text error{};
};

/// The one schema of --json: each command has all members.
inline json_text as_json(report const& result, arguments const& given) {
    const auto text_or_null = [](std::string_view text) { return text.empty() ? json_text() : json_text(text); };
    const auto size = zenwire::traffic_package_size::parse(given.size);
    return json_object({{"format", 1},
                        {"command", given.command},
                        {"service", given.service},
                        {"exitCode", static_cast<int>(result.code)},
                        {"dryRun", given.dry_run},
                        {"instanceId", text_or_null(given.instance)},
                        {"wantedSize", size ? json_text(*size) : json_text()},
                        {"instances", result.instances},
                        {"prices", result.prices},
                        {"job", result.job},
                        {"balance", result.balance},
                        {"bills", result.bills},
                        {"forgotten", result.forgotten},
                        {"error", result.error}});
}

inline std::string size_or_dash(std::optional<zenwire::traffic_package_size> size) {
    return size ? terabytes(*size) : "-";
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

inline json_text error_as_json(zenwire::error const& error) {
    const auto text_or_null = [](std::string_view text) { return text.empty() ? json_text() : json_text(text); };
    return json_object({{"code", to_string(error.code)},
                        {"apiCode", text_or_null(zenwire::api_code_spelling(error))},
                        {"httpStatus", error.http_status == 0 ? json_text() : json_text(error.http_status)},
                        {"message", printable(error.message)},
                        {"requestId", text_or_null(error.request_id)},
                        {"outcome", to_string(error.outcome)},
                        {"retryable", error.retryable()},
                        {"advice", zenwire::advice_on(error)}});
}

/// Something that orders nothing failed: what happened, whether money may have moved, what to do.
inline report make_failure(zenwire::error const& error) {
    report result{.code = nothing_ordered, .text = "FAILED: ", .is_failure = true, .error = error_as_json(error)};
    result.text += zenwire::explain(error).view();
    // the headline has it unless the documents know the code
    if (const std::string message = printable(error.message); result.text.find(message) == std::string::npos) {
        result.text += "  message        " + message + "\n";
    }
    return result;
}

/// This start of the program orders nothing; the text says why, and what to do.
inline report make_refusal(exit_code code, std::string_view word, std::string const& text) {
    return {.code = code,
            .text = "STOPPED: " + printable(text) + "\nNothing was ordered by this start of the program.\n",
            .is_failure = true,
            .error = json_object({{"code", word},
                                  {"apiCode", {}},
                                  {"httpStatus", {}},
                                  {"message", printable(text)},
                                  {"requestId", {}},
                                  {"outcome", "not_executed"},
                                  {"retryable", false},
                                  {"advice", "see the message"}})};
}

/// The API's word, as it came.
template <class Word>
json_text word_as_json(std::optional<Word> const& word) {
    return word && !word->text().empty() ? json_text(word->text()) : json_text();
}

template <class Word>
std::string word_or_dash(std::optional<Word> const& word) {
    return word && !word->text().empty() ? printable(word->text()) : "-";
}

/// How far a change of the package is, for people.
inline std::string change_text(zenwire::describe_instance_internet_status::response const& status) {
    using change = zenwire::modification_status;
    const std::string to = status.modified_size ? " to " + terabytes(*status.modified_size) : "";
    auto const& word = status.modified_traffic_package_status;
    if (!word || word->text().empty() || *word == change::enable) {
        return status.modified_size && status.modified_size != status.size ? "none under way, and yet planned" + to
                                                                          : "no change under way";
    }
    if (*word == change::processing) {
        return "under way" + to;
    }
    if (*word == change::wait_to_enable) {
        return "planned" + to + ", with the next billing cycle";
    }
    return "\"" + printable(word->text()) + "\"" + to + ", which the documents do not explain";
}

inline report make_status(zenwire::describe_instance_internet_status::response const& status) {
    auto const& bandwidth = status.internet_max_bandwidth_out;
    report result;
    result.text = "instance   " + printable(status.instance_id) + " " + printable(status.instance_name) + "\n" +
                  "package    " + size_or_dash(status.size) + "\n" + "change     " + change_text(status) + "\n" +
                  "bandwidth  " + (bandwidth ? std::to_string(*bandwidth) + " Mbps" : "-") + "\n";
    result.instances =
        json_array({json_object({{"instanceId", status.instance_id.view()},
                                 {"instanceName", status.instance_name.view()},
                                 {"instanceStatus", {}},
                                 {"internetChargeType", {}},
                                 {"trafficPackageSize", status.size},
                                 {"modifiedTrafficPackageSize", status.modified_size},
                                 {"modifiedTrafficPackageStatus", word_as_json(status.modified_traffic_package_status)},
                                 {"internetMaxBandwidthOut", bandwidth}})});
    return result;
}

inline json_text prices_as_json(zenwire::price_list const& prices) {
    std::vector<json_text> result;
    for (zenwire::price const& each : prices) {
        std::vector<json_text> steps;
        for (zenwire::step_price const& step : each.step_prices) {
            steps.push_back(json_object({{"stepStart", step.step_start},
                                         {"stepEnd", step.step_end},
                                         {"unitPrice", step.unit_price},
                                         {"discountUnitPrice", step.discount_unit_price}}));
        }
        result.push_back(json_object({{"discountPrice", each.discount_price},
                                      {"originalPrice", each.original_price},
                                      {"discount", each.discount},
                                      {"amountUnit", each.amount_unit.view()},
                                      {"stepPrices", json_array(steps)}}));
    }
    return json_array(result);
}

/// What use beyond a package costs. The API often names no unit, and never a currency.
inline std::string overage_text(zenwire::decimal price, std::string_view unit, std::optional<zenwire::decimal> from,
                                zenwire::traffic_package_size size) {
    const std::string named = unit.empty() ? "unit" : printable(unit);
    return "beyond it  " + decimal_text(price) + " per " + named + " above " + terabytes(size) +
           (from && from->coefficient() != 0 ? ", from " + decimal_text(*from) + " " + named + " on" : "") +
           (unit.empty() ? "; the API does not name the unit" : "") + "\n";
}

/// @param size the package that is priced
inline std::string prices_as_text(zenwire::price_list const& prices, zenwire::traffic_package_size size) {
    std::string text;
    for (zenwire::price const& each : prices) {
        if (each.discount_price || each.original_price) {
            const bool is_reduced = each.original_price && each.original_price != each.discount_price;
            text += "price      " + (each.discount_price ? decimal_text(*each.discount_price) : "not told") +
                    (is_reduced ? ", before the discount " + decimal_text(*each.original_price) : "") + "\n";
        }
        for (zenwire::step_price const& step : each.step_prices) {
            if (step.discount_unit_price) {
                text += overage_text(*step.discount_unit_price, each.amount_unit, step.step_start, size);
            }
        }
        if (each.excess_discount_unit_price) {
            text += overage_text(*each.excess_discount_unit_price, each.excess_amount_unit, {}, size);
        }
    }
    return text.empty() ? "price      none was told\n" : text;
}

#endif
