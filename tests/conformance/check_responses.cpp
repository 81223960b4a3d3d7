// SPDX-License-Identifier: BSL-1.0

/// @file
/// Reads the response in each line of a file and compares what it was read as with what the line expects.
///
/// A line is a JSON object:
///   id           text, optional: a name for the line, to be printed when it differs
///   action       text: the name of the action that was answered, `ModifyInstanceTrafficPackage` say. One that the library
///                has no type for is read as raw_action that reads only
///   service      text, optional: name and version, `bmc 2022-11-20` (which it is when it is left out) or `vm 2026-04-01`
///   status       number: the HTTP status
///   headers      optional: an object of texts, or a list of pairs of texts, which may have a name twice
///   body         text, optional: the body as it is
///   body_base64  text, optional: the body in base64, instead of `body`, for bodies that are not UTF-8
///   expect       object with one member: `ok` when the response is a success, else `error`
///
/// Members of `ok` have the names that the response's type has on the wire, former names too, at any depth. Known besides are
/// `request_id`, `order_number`, which is nothing where the type has none, and `order_number_is_cut`. Of an action without type: whatever the
/// answer's `response` has, and `request_id`.
/// Members of `error`: `code`, `api_code`, `http_status`, `request_id`, `retryable`, `outcome`, `blame`, `message`,
/// `retry_after_seconds`.
///
/// Members that are left out are not compared, at any depth. A name that the type does not have is a difference, whatever
/// is expected of it. null, an empty text, an empty list and nothing are alike. Lists have as many elements as expected, in
/// that order. Numbers are compared as exact decimals, also with texts that hold a number (`"100"`); by their text where
/// they have more digits than zenwire::decimal. All else is compared exactly.

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/zenwire.hpp>

#include "exact_json.hpp"
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
    for (const zenwire::service& each :
         {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01, zenwire::services::vm_2023_03_13,
          zenwire::services::vm_2026_04_01, zenwire::services::zbc_2024_08_08}) {
        if (name == std::string(each.name) + ' ' + std::string(each.version)) {
            return each;
        }
    }
    throw std::runtime_error("unknown service " + name);
}

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value() : json::value(json::string(text));
}

exact_json to_json(zenwire::error const& error) {
    const json::object object{
        {"code", json::string(zenwire::to_string(error.code))},
        {"api_code", text_or_null(zenwire::api_code_spelling(error))},
        {"http_status", error.http_status},
        {"request_id", text_or_null(error.request_id.view())},
        {"retryable", error.retryable()},
        {"outcome", json::string(zenwire::to_string(error.outcome))},
        {"blame", json::string(zenwire::to_string(error.blame))},
        {"message", text_or_null(error.message.view())},
        {"retry_after_seconds", error.retry_after_seconds ? json::value(*error.retry_after_seconds) : json::value()}};
    return exact_json::parse(json::serialize(object));
}

void add(exact_json& object, std::string_view name, std::string_view text) {
    object.names.emplace_back(name);
    object.values.push_back({exact_json::kind::text, std::string(text)});
}

/// A response under its wire names, and its request id and order number under names of their own too.
template <class Response>
exact_json to_json(Response const& response) {
    std::vector<char> memory(std::size_t{1} << 20U);
    zenwire::buffer_writer out(memory);
    zenwire::detail::json_writer json(out);
    zenwire::detail::write_json(json, response, zenwire::services::bmc_2026_02_01);
    exact_json object = exact_json::parse(out.written());
    add(object, "request_id", response.request_id.view());
    if constexpr (requires { response.order_number; }) {
        add(object, "order_number", response.order_number.view());
        object.names.emplace_back("order_number_is_cut");
        object.values.push_back({exact_json::kind::boolean, response.order_number.truncated() ? "true" : "false"});
    }
    return object;
}

/// Whether both are the same number, or, where one has too many digits for that, written in the same way.
bool is_same_number(std::string_view left, std::string_view right) {
    const std::optional<zenwire::decimal> first = zenwire::decimal::parse(left);
    const std::optional<zenwire::decimal> second = zenwire::decimal::parse(right);
    return first && second ? *first == *second : left == right;
}

/// The row of a member's current name, by any of its names; null when the type has no such member.
zenwire::detail::json_member_type const* find_member(zenwire::detail::json_object_type const& type, std::string_view name) {
    zenwire::detail::json_member_type const* const found = type.find(name);
    if (found == nullptr) {
        return nullptr;
    }
    // The rows of former names are behind the others, and lead to the same place.
    zenwire::detail::json_member_type const* current = type.members;
    while (current->position != found->position) {
        ++current;
    }
    return current;
}

bool is_same_value(exact_json const& expected, exact_json const& actual) {
    const bool has_number = expected.kind == exact_json::kind::number || actual.kind == exact_json::kind::number;
    const bool has_boolean = expected.kind == exact_json::kind::boolean || actual.kind == exact_json::kind::boolean;
    return has_number && !has_boolean ? is_same_number(expected.text, actual.text)
                                      : expected.kind == actual.kind && expected.text == actual.text;
}

/// The type of the elements of a list, and of any other value its own. Null for null.
zenwire::detail::json_value_type const* element_type(zenwire::detail::json_value_type const* type) {
    return type != nullptr && type->list != nullptr ? type->list->element.type : type;
}

/// Finds names that the type does not have, at any depth, whatever is expected of them.
void check_names(std::string const& path, exact_json const& expected, zenwire::detail::json_value_type const& type,
                 differences& found) {
    zenwire::detail::json_value_type const& own = *element_type(&type);
    for (std::size_t i = 0; i < expected.values.size(); ++i) {
        if (expected.kind != exact_json::kind::object) {
            check_names(path, expected.values[i], own, found);
            continue;
        }
        const std::string member = path + expected.names[i];
        zenwire::detail::json_member_type const* const row =
            own.object != nullptr ? own.object->find(expected.names[i]) : nullptr;
        if (row == nullptr) {
            found.compare(member, expected.values[i].written(), "no member of that name in the response's type");
        } else {
            check_names(member + '.', expected.values[i], *row->type, found);
        }
    }
}

/// Whether `actual` has what `expected` asks for.
/// @param actual null when it was not read
/// @param type what it was read as; null when it is of no type
bool has_expected(exact_json const& expected, exact_json const* actual, zenwire::detail::json_value_type const* type) {
    if (actual == nullptr || actual->is_empty() || expected.is_empty()) {
        return expected.is_empty() && (actual == nullptr || actual->is_empty());
    }
    zenwire::detail::json_value_type const* const own = element_type(type);
    const bool is_group = expected.kind == exact_json::kind::object || expected.kind == exact_json::kind::list;
    if (!is_group || expected.kind != actual->kind) {
        return !is_group && is_same_value(expected, *actual);
    }
    if (expected.kind == exact_json::kind::list && expected.values.size() != actual->values.size()) {
        return false;
    }
    for (std::size_t i = 0; i < expected.values.size(); ++i) {
        exact_json const* got = nullptr;
        zenwire::detail::json_value_type const* type_of_got = own;
        if (expected.kind == exact_json::kind::list) {
            got = &actual->values[i];
        } else if (own != nullptr && own->object != nullptr) {
            zenwire::detail::json_member_type const* const member = find_member(*own->object, expected.names[i]);
            got = member != nullptr ? actual->find(member->name) : nullptr;
            type_of_got = member != nullptr ? member->type : nullptr;
        } else {
            got = actual->find(expected.names[i]);
        }
        if (!has_expected(expected.values[i], got, type_of_got)) {
            return false;
        }
    }
    return true;
}

/// Compares the members of a result one by one.
/// @param type what it was read as; null when its members are all that it can have
void compare_members(exact_json const& expected, exact_json const& actual, zenwire::detail::json_value_type const* type,
                     differences& found) {
    for (std::size_t i = 0; i < expected.values.size(); ++i) {
        std::string const& name = expected.names[i];
        exact_json const& value = expected.values[i];
        zenwire::detail::json_member_type const* const member = type != nullptr ? find_member(*type->object, name) : nullptr;
        exact_json const* const got = actual.find(member != nullptr ? member->name : std::string_view(name));
        if (member == nullptr && got == nullptr && name != "order_number") {
            found.compare(name, value.written(), "no member of that name");
            continue;
        }
        if (member != nullptr) {
            check_names(name + '.', value, *member->type, found);
        }
        if (!has_expected(value, got, member != nullptr ? member->type : nullptr)) {
            found.compare(name, value.written(), got != nullptr ? got->written() : "nothing");
        }
    }
}

/// @param kind `ok` or `error`: what the response was read as
void compare(exact_json const& line, std::string_view kind, exact_json const& actual,
             zenwire::detail::json_value_type const* type, differences& found) {
    exact_json const& expect = line.at("expect");
    exact_json const* const members = expect.find(kind);
    if (members != nullptr && members->kind == exact_json::kind::object) {
        compare_members(*members, actual, type, found);
    } else {
        found.compare("result", expect.written(), std::string(kind) + ' ' + actual.written());
    }
}

/// Finds the action by its name.
template <class... Actions>
bool check_one_of(zenwire::detail::action_list<Actions...>, std::string_view name, zenwire::service const& service, exact_json const& line,
                  zenwire::response_view const& answer, differences& found) {
    std::vector<std::byte> memory(std::size_t{16} << 20U);
    zenwire::arena lists(memory);
    const auto check_action = [&]<class Action>(Action const*) {
        if (Action::name != name || !zenwire::detail::is_offered<Action>(service)) {
            return false;
        }
        typename Action::response response;
        const auto result = zenwire::read_response(answer, Action::reads_only, response, &lists);
        if (result) {
            compare(line, "ok", to_json(response), &zenwire::detail::json_value_type_for<typename Action::response>, found);
        } else {
            compare(line, "error", to_json(result.error()), nullptr, found);
        }
        return true;
    };
    return (check_action(static_cast<Actions const*>(nullptr)) || ...);
}

/// Any other action: taken for one that reads, and compared as it was handed back.
void check_raw(std::string_view name, zenwire::service const& service, exact_json const& line,
               zenwire::response_view const& answer, differences& found) {
    std::vector<char> memory(answer.body.size());
    const zenwire::raw_action action{name, "{}", zenwire::raw_action_effect::reads, memory};
    const auto result = zenwire::parse_response(action, service, answer);
    if (!result) {
        compare(line, "error", to_json(result.error()), nullptr, found);
        return;
    }
    exact_json object = exact_json::parse(result->json);
    add(object, "request_id", result->request_id.view());
    compare(line, "ok", object, nullptr, found);
}

void check(json::object const& line, std::string_view text, differences& found) {
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
    const zenwire::service service = service_of(line);
    const exact_json exact_line = exact_json::parse(text);
    const bool is_known =
        check_one_of(zenwire::detail::all_actions(), action, service, exact_line, answer, found);
    if (!is_known) {
        check_raw(action, service, exact_line, answer, found);
    }
}

}  // namespace

int main(int argument_count, char** arguments) { return check_lines(argument_count, arguments, check); }
