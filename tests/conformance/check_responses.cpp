// SPDX-License-Identifier: BSL-1.0

/// @file
/// Reads the answer in each line of a file and compares with what the line expects. Members that `expect` leaves out are
/// not compared. Members of `ok` have the names of the wire; `request_id` and `order_number` are known besides.

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

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value() : json::value(json::string(text));
}

json::object describe(zenwire::error const& error) {
    return {
        {"code", json::string(zenwire::to_string(error.code))},
        {"api_code", text_or_null(zenwire::api_code_spelling(error))},
        {"http_status", error.http_status},
        {"request_id", text_or_null(error.request_id.view())},
        {"retryable", error.retryable()},
        {"outcome", json::string(zenwire::to_string(error.outcome))},
        {"blame", json::string(zenwire::to_string(error.blame))},
        {"message", text_or_null(error.message.view())},
        {"retry_after_seconds", error.retry_after_seconds ? json::value(*error.retry_after_seconds) : json::value()}};
}

/// A response under its wire names, and its request id and order number under those of the issue too.
template <class Response>
json::object describe(Response const& response) {
    std::vector<char> memory(std::size_t{1} << 20U);
    zenwire::buffer_writer out(memory);
    zenwire::json_writer json(out);
    write_json(json, response);
    json::object object = json::parse(json::string_view(out.written().data(), out.size())).as_object();
    object["request_id"] = text_or_null(response.request_id.view());
    if constexpr (requires { response.order_number; }) {
        object["order_number"] = text_or_null(response.order_number.view());
    }
    return object;
}

/// Whether `actual` has what `expected` asks for: numbers by value, null or empty the same as absent, the elements of
/// lists one by one, of objects only the members that are asked for.
bool has_expected(json::value const& expected, json::value const* actual) {
    const auto is_empty = [](json::value const& value) {
        return value.is_null() || (value.is_string() && value.as_string().empty()) ||
               (value.is_array() && value.as_array().empty());
    };
    if (actual == nullptr || is_empty(*actual)) {
        return is_empty(expected);
    }
    if (expected.is_object() && actual->is_object()) {
        for (auto const& [name, value] : expected.as_object()) {
            if (!has_expected(value, actual->as_object().if_contains(name))) {
                return false;
            }
        }
        return true;
    }
    if (expected.is_array() && actual->is_array()) {
        json::array const& wanted = expected.as_array();
        json::array const& found = actual->as_array();
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted.size() != found.size() || !has_expected(wanted[i], &found[i])) {
                return false;
            }
        }
        return true;
    }
    if (expected.is_number() && actual->is_number()) {
        return expected.to_number<double>() == actual->to_number<double>();
    }
    return expected == *actual;
}

void compare_members(json::object const& expected, json::object const& actual, differences& found) {
    for (auto const& [name, value] : expected) {
        const json::value* const got = actual.if_contains(name);
        if (!has_expected(value, got)) {
            found.compare(name, json::serialize(value), got != nullptr ? json::serialize(*got) : "nothing");
        }
    }
}

void compare(json::object const& line, std::string_view kind, json::object const& actual, differences& found) {
    json::object const& expect = line.at("expect").as_object();
    if (const json::value* const members = expect.if_contains(kind)) {
        compare_members(members->as_object(), actual, found);
    } else {
        found.compare("result", json::serialize(expect), std::string(kind) + ' ' + json::serialize(actual));
    }
}

/// The actions, by name.
template <class... Actions>
bool check_one_of(std::string_view name, json::object const& line, zenwire::response_view const& answer,
                  differences& found) {
    std::vector<std::byte> memory(std::size_t{16} << 20U);
    zenwire::bump_memory lists(memory);
    static_cast<void>(service_of(line));
    const auto check_action = [&]<class Action>(Action const*) {
        if (Action::name != name) {
            return false;
        }
        typename Action::response response;
        const auto result = zenwire::read_response(answer, Action::reads_only, response, &lists);
        compare(line, result ? "ok" : "error", result ? describe(response) : describe(result.error()), found);
        return true;
    };
    return (check_action(static_cast<Actions const*>(nullptr)) || ...);
}

/// Any other action: taken for one that reads, and compared as it was handed back.
void check_raw(std::string_view name, json::object const& line, zenwire::response_view const& answer,
               differences& found) {
    std::vector<char> memory(answer.body.size());
    const zenwire::raw_action action{name, "{}", zenwire::raw_action_effect::reads, memory};
    const auto result = zenwire::parse_response(action, service_of(line), answer);
    if (!result) {
        compare(line, "error", describe(result.error()), found);
        return;
    }
    json::object object = json::parse(json::string_view(result->json.data(), result->json.size())).as_object();
    object["request_id"] = text_or_null(result->request_id.view());
    compare(line, "ok", object, found);
}

void check(json::object const& line, differences& found) {
    const std::string body = line.contains("body_base64")
                                 ? base64_decoded(std::string(line.at("body_base64").as_string()))
                             : line.contains("body") ? std::string(line.at("body").as_string())
                                                     : std::string();
    const auto headers = headers_of(line);
    std::vector<zenwire::field> fields;
    for (auto const& [name, value] : headers) {
        fields.push_back({name, value});
    }
    const zenwire::response_view answer{line.at("status").to_number<int>(), body,
                                        std::span<zenwire::field const>(fields)};

    const std::string action(line.at("action").as_string());
    const bool is_known =
        check_one_of<zenwire::modify_instance_traffic_package, zenwire::inquiry_price_instance_traffic_package,
                     zenwire::describe_instance_internet_status, zenwire::cancel_instance_traffic_package_downgrade,
                     zenwire::describe_instances, zenwire::describe_available_resources,
                     zenwire::modify_instance_bandwidth, zenwire::inquiry_price_instance_bandwidth,
                     zenwire::cancel_instance_bandwidth_downgrade, zenwire::describe_instance_traffic>(action, line,
                                                                                                       answer, found);
    if (!is_known) {
        check_raw(action, line, answer, found);
    }
}

}  // namespace

int main(int argument_count, char** arguments) { return check_lines(argument_count, arguments, check); }
