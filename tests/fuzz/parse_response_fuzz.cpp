// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: a response is a success only when its status is 200 and Boost.JSON's document parser, too, sees an object
/// with an object `response` and no `code` in it; every other response is an error whose outcome, retryability and texts
/// follow from status and body by the table of the design.
///
/// The first byte of an input chooses the status, the second one the header fields; the rest is the body.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include <boost/json.hpp>

#include <zenwire/zenwire.hpp>

namespace {

namespace json = boost::json;

// 'a' to 'x' in the kept inputs
constexpr int statuses[] = {200, 201, 204, 206, 100, 301, 307, 400, 401, 403, 404, 408,
                            429, 451, 499, 500, 502, 503, 599, 600, 199, 299, 0,   -1};

constexpr zenwire::field optional_fields[] = {
    {"CF-Mitigated", "challenge"},
    {"retry-after", "7"},
    {"Retry-After", "Tue, 10 Jan 2023 14:33:07 GMT"},
    {"date", "Tue, 10 Jan 2023 14:32:57 GMT"},
};

void require(bool condition, char const* what) {
    if (!condition) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

json::value const* member(json::value const* object, std::string_view name) {
    return object != nullptr && object->is_object() ? object->as_object().if_contains(name) : nullptr;
}

std::string_view text(json::value const* value) {
    return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}

void check_success(zenwire::modify_instance_traffic_package::response const& response, int status,
                   json::value const* document) {
    require(status == 200, "a success has status 200");
    json::value const* const code = member(document, "code");
    json::value const* const content = member(document, "response");
    require(code == nullptr || code->is_null(), "a success has no code");
    require(content != nullptr && content->is_object(), "a success has an object response");

    const std::string_view outer_id = text(member(document, "requestId"));
    const std::string_view id = outer_id.empty() ? text(member(content, "requestId")) : outer_id;
    const auto is_number = [](json::value const* value) { return value != nullptr && value->is_number(); };
    require(is_number(member(document, "requestId")) || is_number(member(content, "requestId")) ||
                response.request_id.truncated()
                ? true
                : id == response.request_id.view(),
            "the request id is the outer one, else the inner one");
    json::value const* const order = member(content, "orderNumber");
    require(!response.order_number.truncated() || response.order_number.empty(), "an order number is whole, or none");
    require(order != nullptr && order->is_number() ? !response.order_number.empty()
                                                   : text(order) == response.order_number.view(),
            "the order number is the text of the response");
}

void check_error(zenwire::error const& error, int status, std::span<zenwire::field const> fields,
                 json::value const* document) {
    using zenwire::outcome;
    const std::string_view code = text(member(document, "code"));
    require(error.api_code == zenwire::api_code::unlisted || zenwire::find_api_code(code) == error.api_code,
            "a listed code is the code of the response");
    require(member(document, "code") != nullptr && member(document, "code")->is_number() ? true
            : error.api_code_text.truncated() ? code.starts_with(error.api_code_text.view())
                                              : error.api_code_text.empty() || code == error.api_code_text.view(),
            "the server's spelling is kept");

    const bool is_4xx = status >= 400 && status < 500;
    const bool is_limited = error.api_code == zenwire::api_code::request_limit_exceeded;
    json::value const* const code_member = member(document, "code");
    const bool has_api_code =
        code_member != nullptr && (code_member->is_number() ||
                                   (!code.empty() && zenwire::detail::has_characters_of_code(std::string_view(code))));
    const bool is_challenge =
        is_4xx && zenwire::field_list(fields).find("cf-mitigated") < zenwire::field_list(fields).size();
    const bool may_be_refusal = status == 451 || is_challenge || (is_4xx && has_api_code) ||
                                (is_limited && status >= 400 && status < 600);
    require(error.outcome == outcome::unknown || (error.outcome == outcome::not_executed && may_be_refusal),
            "an order was not executed only where the API said no");
    require(error.is_refusal() == (error.outcome == outcome::not_executed), "which is a refusal");
    require(!error.retryable(), "an order is not repeated after a response");
    require(error.http_status == (status < 0 ? 0 : status), "the status is kept");
    require(!error.reads_only, "the action orders");
    require(!zenwire::to_string(error.code).empty() && error.cause == error.code, "the code is an enumerator");
    require(!error.message.empty(), "an error explains itself");
    const zenwire::response_view without_body{status, "", zenwire::field_list(fields)};
    require(error.retry_after_seconds == zenwire::retry_after_seconds(without_body),
            "retry-after is told whatever the body");
    for (const std::string_view each :
         {error.message.view(), error.request_id.view(), error.api_code_text.view(), error.excerpt.view()}) {
        require(zenwire::is_utf8(each), "texts are UTF-8");
    }
    for (const char c : error.excerpt.view()) {
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "an excerpt can be printed");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const int status = statuses[static_cast<std::uint8_t>(data[0] - 'a') % std::size(statuses)];
    zenwire::field fields[std::size(optional_fields)];
    std::size_t field_count = 0;
    for (std::size_t i = 0; i < std::size(optional_fields); ++i) {
        if ((data[1] >> i & 1) != 0) {
            fields[field_count++] = optional_fields[i];
        }
    }
    const std::span<zenwire::field const> used_fields(fields, field_count);
    const std::string_view body(reinterpret_cast<char const*>(data) + 2, size - 2);

    const auto result = zenwire::parse_response<zenwire::modify_instance_traffic_package>(
        zenwire::services::bmc_2022_11_20, {status, body, zenwire::field_list(used_fields)});

    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    boost::system::error_code broken;
    const json::value document =
        json::parse(body.substr(body.starts_with(byte_order_mark) ? byte_order_mark.size() : 0), broken);
    json::value const* const readable_document = broken ? nullptr : &document;
    if (result) {
        check_success(*result, status, readable_document);
    } else {
        check_error(result.error(), status, used_fields, readable_document);
    }
    return 0;
}
