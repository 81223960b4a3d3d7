// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_JUDGE_RESPONSE_HPP
#define ZENWIRE_PROTOCOL_DETAIL_JUDGE_RESPONSE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/time.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/detail/json_reader.hpp>
#include <zenwire/protocol/error_code.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a text has only characters of which the API's codes consist: letters, digits, `_` and `.`.
[[nodiscard]] constexpr bool has_characters_of_code(std::string_view text) noexcept {
    for (const char c : text) {
        if (!ascii::is_alphanumeric(c) && c != '_' && c != '.') {
            return false;
        }
    }
    return true;
}

/// What a response says in its member `code`.
struct response_code {
    /// whether there is a value, of any type but null
    bool is_there = false;
    /// whether that value is a text or a number
    bool is_text = false;
    /// whether all of it is known to have only characters of a code, also what does not fit into `text`
    bool is_word = true;
    /// the listed code that it is, where it does not fit into `text`
    api_code long_code = api_code::unlisted;
    inline_string<limits::api_code> text{};
};

template <>
struct json_value_type_of<response_code> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const& source) noexcept {
        auto& code = *static_cast<response_code*>(place);
        code.is_there = true;
        code.is_text = true;
        const bool fits = json_value_type_of<inline_string<limits::api_code>>::store(&code.text, value, source);
        // of a code in pieces, what follows on the one that does not fit is not seen
        code.is_word = code.is_word && has_characters_of_code(value.text) && (fits || value.is_whole);
        if (value.is_whole && !fits) {
            code.long_code = find_api_code(value.text);
        }
        return fits;
    }
    static void note_other_type(void* place) noexcept { static_cast<response_code*>(place)->is_there = true; }
};

/// The object into which the member `response` is read, and whether there was one.
struct response_target {
    json_target target{};
    bool is_filled = false;
};

template <>
struct json_value_type_of<response_target> {
    static json_target forward_to(void* place) noexcept {
        auto& self = *static_cast<response_target*>(place);
        self.is_filled = true;
        return self.target;
    }
};

/// The JSON object that the API sends: after a success it has a member `response`, after a failure `code` and `message`.
/// Source: the page "response" of the API's documentation (API introduction, instruction).
struct envelope {
    inline_string<limits::request_id> request_id{};
    response_code code{};
    inline_string<limits::message> message{};
    response_target response{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&envelope::request_id>{"requestId", reading::may_be_cut},
                           member<&envelope::response>{"response"},
                           member<&envelope::code>{"code", reading::may_be_cut},
                           member<&envelope::message>{"message", reading::may_be_cut});
    }
};

/// What retry_after_seconds() returns.
[[nodiscard]] ZENWIRE_NOINLINE constexpr std::optional<std::uint32_t> read_retry_after(
    response_view const& response, std::optional<unix_seconds> now) noexcept {
    constexpr std::int64_t longest = 86400;
    const std::string_view text = ascii::trim(response.fields.value_of("retry-after"));
    if (text.empty()) {
        return std::nullopt;
    }
    if (const auto date = parse_http_date(text)) {
        const auto present = parse_http_date(response.fields.value_of("date"));
        if (!present && !now) {
            return std::nullopt;
        }
        const std::int64_t from = (present ? *present : *now).count();
        // `now` is the caller's, and may be any number
        const std::int64_t wait = from >= date->count()            ? 0
                                  : from < date->count() - longest ? longest
                                                                   : date->count() - from;
        return static_cast<std::uint32_t>(wait);
    }
    std::int64_t seconds = 0;
    for (const char c : text) {
        if (!ascii::is_decimal_digit(c)) {
            return std::nullopt;
        }
        seconds = seconds * 10 + (c - '0');
        seconds = seconds > longest ? longest : seconds;
    }
    return static_cast<std::uint32_t>(seconds);
}

/// The text with `***` in place of each secret, with JSON's backslashes or without, and of a part of it at an end that was cut off.
template <std::size_t Capacity>
[[nodiscard]] constexpr inline_string<Capacity> mask_secret(inline_string<Capacity> const& text,
                                                            std::string_view secret) noexcept {
    inline_string<Capacity> masked;
    std::string_view rest = text.view();
    while (!rest.empty()) {
        std::size_t size = 0;
        std::size_t seen = 0;  // of the secret
        for (; seen < secret.size() && size < rest.size() && (rest[size] == secret[seen] || rest[size] == '\\');
             ++size) {
            seen += rest[size] == secret[seen] ? 1U : 0U;
        }
        const bool is_secret = seen != 0 && (seen == secret.size() || (text.truncated() && size == rest.size()));
        masked.append(is_secret ? std::string_view("***") : rest.substr(0, 1));
        rest.remove_prefix(is_secret ? size : 1);
    }
    if (text.truncated()) {
        masked.note_truncated();
    }
    return masked;
}

/// The facts that decide what a response is that is no success.
struct response_facts {
    /// its status
    int status;
    /// what is wrong with the JSON text of its body
    json_fault fault;
    /// the body is a JSON object with an object `response`, and without `code`, or with one and status 4xx
    bool is_success_body;
    /// the body is a JSON object with a `code` of any type but null
    bool has_code;
    /// the body is a JSON object whose `code` is a text of letters, digits, `_` and `.`, or a number
    bool has_api_code;
    /// that code is REQUEST_LIMIT_EXCEEDED
    bool has_limit_code;
    /// there is a field `cf-mitigated`
    bool is_challenge;
};

/// The judgement on a response.
struct response_judgement {
    /// the error that it is
    errc code;
    /// on whose side the fault is
    enum blame blame;
    /// whether an action that orders was carried out
    outcome of_order;
    /// whether an action that only reads was carried out
    outcome of_read;
    /// for people; a constant
    std::string_view message;
};

/// The judgement on a response of which only its JSON fault is known.
[[nodiscard]] constexpr response_judgement judge_json_fault(json_fault fault) noexcept {
    const auto broken = [](std::string_view why, errc code = errc::malformed_response) noexcept {
        return response_judgement{code, blame::remote, outcome::unknown, outcome::unknown, why};
    };
    switch (fault) {
    case json_fault::too_deep: return broken("the response is nested too deep", errc::response_too_deep);
    case json_fault::too_long: return broken("the response, or a text in it, is too long", errc::response_too_large);
    case json_fault::wrong_type: return broken("a member of the response has another type than documented");
    case json_fault::duplicate: return broken("a member of the response stands twice");
    case json_fault::syntax: return broken("the response is not JSON, or is cut");
    case json_fault::no_object: return broken("the response is not a JSON object");
    case json_fault::none: break;
    }
    return broken("the response has no response object");
}

/// The judgement on a response that is no success. The first rule that applies decides. An action that orders is never repeated
/// after one of these; whether one that reads may be, error::retryable() decides.
[[nodiscard]] constexpr response_judgement judge_response(response_facts const& facts) noexcept {
    constexpr outcome unknown = outcome::unknown;
    constexpr outcome not_executed = outcome::not_executed;
    const int status = facts.status;
    const bool is_4xx = status >= 400 && status < 500;
    const bool is_5xx = status >= 500 && status < 600;

    // responses that contradict themselves
    if (facts.is_success_body && status != 200) {
        return {errc::unexpected_status, blame::remote, unknown, unknown,
                "a success in a response whose status says that it is none"};
    }
    if (facts.has_code && status == 200) {
        return {errc::unexpected_error_body, blame::remote, unknown, unknown,
                "an error code in a response with status 200"};
    }
    // refusals: the action was not carried out
    if (facts.is_challenge && is_4xx) {
        return {errc::security_challenge, blame::transport, not_executed, not_executed,
                "a security layer in front of the API wants a human to answer a challenge"};
    }
    if (status == 451) {
        return {errc::request_blocked, blame::transport, not_executed, not_executed,
                "a security layer in front of the API blocked the request"};
    }
    if (facts.has_limit_code && (is_4xx || is_5xx)) {
        return {errc::rate_limited, blame::local, not_executed, not_executed, "too many requests in a short time"};
    }
    if (facts.has_api_code && is_4xx) {
        return {errc::api_error, blame::local, not_executed, not_executed, "the API refused the request"};
    }
    // a gateway may send these although it passed the order on
    if (status == 429) {
        return {errc::rate_limited, blame::local, unknown, not_executed, "too many requests in a short time"};
    }
    if (status >= 300 && status < 400) {
        return {errc::redirected, blame::transport, unknown, not_executed,
                "a redirect, which is never followed: check the endpoint"};
    }
    if (is_4xx && facts.fault == json_fault::none) {
        return {errc::unexpected_status, blame::remote, unknown, not_executed,
                "a status that the API does not document for this response"};
    }
    if (is_4xx) {
        response_judgement judgement = judge_json_fault(facts.fault);
        judgement.of_read = not_executed;
        return judgement;
    }
    // all others: nobody knows whether the action was carried out
    if (facts.has_api_code && is_5xx) {
        return {errc::api_error, blame::remote, unknown, unknown, "the API failed"};
    }
    if (status != 200 && (status < 500 || facts.fault == json_fault::none)) {
        return {errc::unexpected_status, blame::remote, unknown, unknown,
                "a status that the API does not document for this response"};
    }
    return judge_json_fault(facts.fault);
}

/// Whether a JSON object was read, even one with something wrong in it.
[[nodiscard]] constexpr bool is_object(json_fault fault) noexcept {
    return fault == json_fault::none || fault == json_fault::wrong_type || fault == json_fault::too_long;
}

/// The facts that decide what a response is.
/// @param fault what is wrong with its JSON text
/// @param content what was read of its body
/// @param code the listed code in it
[[nodiscard]] constexpr response_facts facts_of(response_view const& response, json_fault fault,
                                                envelope const& content, api_code code) noexcept {
    const bool is_4xx = response.status >= 400 && response.status < 500;
    response_facts facts;
    facts.status = response.status;
    facts.fault = fault;
    facts.has_code = is_object(fault) && content.code.is_there;
    facts.is_success_body = is_object(fault) && content.response.is_filled && (!facts.has_code || is_4xx);
    facts.has_api_code = facts.has_code && content.code.is_text && content.code.is_word && !content.code.text.empty();
    facts.has_limit_code = code == api_code::request_limit_exceeded;
    facts.is_challenge = response.fields.find("cf-mitigated") < response.fields.size();
    return facts;
}

/// The status for an error; 0 for a number that no status can be.
[[nodiscard]] constexpr std::uint16_t status_for_error(int status) noexcept {
    return static_cast<std::uint16_t>(status < 0 || status > 9999 ? 0 : status);
}

/// Makes the error of a response that is not a well-formed success, by judge_response(), from what was read of its body.
[[nodiscard]] constexpr error make_response_error(response_view const& response, json_read_result const& read,
                                                  envelope const& content, bool reads_only) noexcept {
    const bool has_code_text = is_object(read.fault) && content.code.is_text;
    error result;
    if (has_code_text) {
        result.api_code_text = content.code.text;
        result.api_code =
            content.code.text.truncated() ? content.code.long_code : find_api_code(content.code.text.view());
    }
    const response_judgement judgement = judge_response(facts_of(response, read.fault, content, result.api_code));

    result.code = judgement.code;
    result.cause = judgement.code;
    result.blame = judgement.blame;
    if (judgement.code == errc::malformed_response || judgement.code == errc::response_too_large) {
        result.field = read.fault == json_fault::none ? std::string_view("response") : read.member;
    }
    result.outcome = reads_only ? judgement.of_read : judgement.of_order;
    result.reads_only = reads_only;
    result.http_status = status_for_error(response.status);
    result.retry_after_seconds = read_retry_after(response, {});
    result.request_id = content.request_id;
    if (is_object(read.fault) && !content.message.empty()) {
        result.message = content.message;
    } else {
        result.message.assign(judgement.message);
    }
    if (!has_code_text) {
        result.excerpt = safe_text<limits::excerpt>(response.body);
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
