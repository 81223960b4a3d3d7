// SPDX-License-Identifier: BSL-1.0

/// @file
/// Reads the answer in each line of a file and compares with what the line expects. Members that `expect` leaves out are
/// not compared.

#include <boost/json.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/zenwire.hpp>

#include "json_lines.hpp"

namespace {

namespace json = boost::json;

std::string base64_decoded(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) {
            continue;
        }
        group = group << 6U | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(static_cast<unsigned char>(group >> bits));
        }
    }
    return bytes;
}

std::vector<std::pair<std::string, std::string>> headers_of(json::object const& line) {
    std::vector<std::pair<std::string, std::string>> headers;
    const json::value* const given = line.if_contains("headers");
    if (given != nullptr && given->is_object()) {
        for (auto const& [name, value] : given->as_object()) {
            headers.emplace_back(std::string(name), std::string(value.as_string()));
        }
    } else if (given != nullptr && given->is_array()) {
        for (auto const& pair : given->as_array()) {
            headers.emplace_back(std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string()));
        }
    }
    return headers;
}

zenwire::service service_of(json::object const& line) {
    const json::value* const given = line.if_contains("service");
    const std::string name = given != nullptr ? std::string(given->as_string()) : "bmc 2022-11-20";
    for (const zenwire::service& each : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01,
                                         zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01}) {
        if (name == std::string(each.name) + ' ' + std::string(each.version)) {
            return each;
        }
    }
    throw std::runtime_error("unknown service " + name);
}

json::value text_or_null(std::string_view text) { return text.empty() ? json::value() : json::value(json::string(text)); }

void compare_members(json::object const& expected, json::object const& actual, differences& found) {
    for (auto const& [name, value] : expected) {
        const json::value* const got = actual.if_contains(name);
        const std::string got_text = got != nullptr ? json::serialize(*got) : "a member that this program does not know";
        const bool is_same_number = got != nullptr && value.is_number() && got->is_number() &&
                                    value.to_number<double>() == got->to_number<double>();
        if (!is_same_number) {
            found.compare(name, json::serialize(value), got_text);
        }
    }
}

json::object describe(zenwire::error const& error) {
    return {{"code", json::string(zenwire::to_string(error.code))},
            {"api_code", text_or_null(zenwire::api_code_spelling(error))},
            {"http_status", error.http_status},
            {"request_id", text_or_null(error.request_id.view())},
            {"retryable", error.retryable()},
            {"outcome", json::string(zenwire::to_string(error.outcome))},
            {"blame", json::string(zenwire::to_string(error.blame))},
            {"message", text_or_null(error.message.view())},
            {"retry_after_seconds", error.retry_after_seconds ? json::value(*error.retry_after_seconds) : json::value()}};
}

json::object describe(zenwire::modify_instance_traffic_package::response const& response) {
    return {{"request_id", text_or_null(response.request_id.view())}, {"order_number", text_or_null(response.order_number.view())}};
}

template <class Action>
void check_action(json::object const& line, zenwire::response_view const& answer, differences& found) {
    const auto result = zenwire::parse_response<Action>(service_of(line), answer);
    json::object const& expect = line.at("expect").as_object();
    const std::string_view actual = result ? "ok" : "error";
    const json::value* const members = expect.if_contains(actual);
    if (members == nullptr) {
        found.compare("result", json::serialize(expect),
                      json::serialize(result ? describe(*result) : describe(result.error())));
        return;
    }
    compare_members(members->as_object(), result ? describe(*result) : describe(result.error()), found);
}

void check(json::object const& line, differences& found) {
    const std::string body = line.contains("body_base64") ? base64_decoded(std::string(line.at("body_base64").as_string()))
                             : line.contains("body")      ? std::string(line.at("body").as_string())
                                                          : std::string();
    const auto headers = headers_of(line);
    std::vector<zenwire::field> fields;
    for (auto const& [name, value] : headers) {
        fields.push_back({name, value});
    }
    const zenwire::response_view answer{line.at("status").to_number<int>(), body, std::span<zenwire::field const>(fields)};

    const std::string action(line.at("action").as_string());
    if (action == zenwire::modify_instance_traffic_package::name) {
        check_action<zenwire::modify_instance_traffic_package>(line, answer, found);
    } else {
        throw std::runtime_error("unknown action " + action);
    }
}

}  // namespace

int main(int argument_count, char** arguments) { return check_lines(argument_count, arguments, check); }
