// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DESCRIBE_HPP
#define ZENWIRE_PROTOCOL_DESCRIBE_HPP

#include <cstdint>
#include <string_view>

#include <zenwire/base/utf8.hpp>
#include <zenwire/protocol/error_code.hpp>

namespace ZENWIRE_NAMESPACE {

/// The type that describe() and explain() return: long enough for all texts of an error, and the words around them.
using error_description =
    inline_string<limits::message + limits::request_id + limits::api_code + limits::excerpt + 512>;

/// What a person can do about an error: a sentence without a full stop. A constant.
[[nodiscard]] constexpr std::string_view advice_on(error const& error) noexcept;

/// An error in one line, for logs: `code=api_error blame=remote outcome=not_executed retry=no status=403 ...`.
///
/// It has these pairs, in this order: `code`, `cause` if it differs, `blame`, `outcome`, `retry` (`yes` when trying again is safe
/// and may help). If known: `status`, `api_code`, `field`, `retry_after` and `clock_offset` (seconds), `request_id`, `message`,
/// `response` (the first bytes of one that was not understood); then `advice`. Text of others stands in double quotes, and has no
/// quotes and control characters in it, so that it can add neither a line nor a pair.
[[nodiscard]] constexpr error_description describe(error const& error) noexcept;

/// An error for people: a headline, then one line each for what happened, what to do, and what else is known; each ends with `\n`.
/// As safe for a terminal as describe().
[[nodiscard]] constexpr error_description explain(error const& error) noexcept;

namespace detail {

/// What to do about an error, when the API's code does not say it better.
[[nodiscard]] constexpr std::string_view advice_on(errc code) noexcept {
    switch (code) {
    case errc::invalid_parameter:
    case errc::invalid_endpoint:
    case errc::invalid_credential:
    case errc::invalid_field: return "correct it: nothing was sent"sv;
    case errc::invalid_timestamp: return "set the clock; times are in seconds"sv;
    case errc::buffer_too_small: return "give the call a larger buffer"sv;
    case errc::out_of_memory: return "give the allocator more memory"sv;
    case errc::unsupported_action: return "use the service that has the action"sv;
    case errc::crypto_failed: return "check the key store or HSM: nothing was sent"sv;
    case errc::authorization_malformed:
    case errc::signed_header_missing:
    case errc::signed_header_duplicate:
    case errc::access_key_unknown:
    case errc::signature_mismatch:
    case errc::request_mismatch: return "refuse the request"sv;
    case errc::signature_expired: return "refuse the request; if many requests fail like this, check the clock"sv;
    case errc::not_sent: return "look at network, endpoint and certificate, then try again"sv;
    case errc::transport_failed: return "look at the network, then try again"sv;
    case errc::api_error: return "read the message; the code is not a documented one"sv;
    case errc::rate_limited: return "wait, then try again"sv;
    case errc::security_challenge:
    case errc::request_blocked: return "ask Zenlayer to let this address use the API"sv;
    case errc::redirected: return "check the endpoint: redirects are not followed"sv;
    case errc::unexpected_status:
    case errc::unexpected_error_body:
    case errc::malformed_response:
    case errc::response_too_large:
    case errc::response_too_deep: return "check proxies and gateways between this program and the API"sv;
    case errc::outcome_unknown: return "look at the instance before anything else"sv;
    case errc::would_be_refused: return "change what the reason names; no order was sent"sv;
    case errc::not_confirmed: return "nothing to do if intended; no order was sent"sv;
    case errc::price_above_limit: return "ask for the price, and whether to raise the limit; no order was sent"sv;
    case errc::save_failed: return "see why the job could not be stored, and whether there is one; no order was sent"sv;
    case errc::unclear_state: return "look at the instance, then start a new job; no order was sent"sv;
    case errc::not_ordered: return "fix the cause and start a new job; no order was sent"sv;
    case errc::conflicting_change: return "look at the instance, and ask who else changes it"sv;
    case errc::deadline_passed: return "look at the instance"sv;
    case errc::job_record_damaged:
    case errc::job_record_outdated: return "an order may be under way: look at the instance and at the bill"sv;
    case errc::another_service:
    case errc::another_endpoint:
    case errc::another_account: return "resume the job with the client that began it"sv;
    case errc::list_changed: return "read the list again, in larger pages or with an end date"sv;
    }
    return {};
}

/// The headline of an error: the documented meaning of its code, else its own message.
[[nodiscard]] constexpr std::string_view meaning_of(error const& error) noexcept {
    const std::string_view meaning = description_of(error.api_code).meaning;
    return meaning.empty() ? error.message.view() : meaning;
}

/// Whether it was carried out, in words.
[[nodiscard]] constexpr std::string_view what_happened(error const& error) noexcept {
    switch (error.outcome) {
    case outcome::not_executed: return "nothing was carried out, no money moved"sv;
    case outcome::executed: return "it was carried out"sv;
    case outcome::unknown: break;
    }
    return error.reads_only ? "nobody knows, but it only reads: no money moved"sv
                            : "nobody knows: it may have been carried out, and cost money"sv;
}

/// Writes the pieces of describe() and explain().
template <class Text>
class error_text {
public:
    constexpr explicit error_text(Text& to) noexcept : to_(to) {}

    /// Writes ` name=value`, where the value is a constant of this library.
    constexpr void pair(std::string_view name, std::string_view value) noexcept {
        begin_pair(name);
        to_.append(value);
    }
    /// The same with a number.
    constexpr void pair(std::string_view name, std::int64_t value) noexcept {
        begin_pair(name);
        to_.append(value < 0 ? "-"sv : ""sv);
        to_.append(decimal_text(magnitude_of(value)).view());
    }
    /// Writes ` name="value"`, where the value may be text of others; nothing when it is empty.
    constexpr void quoted_pair(std::string_view name, std::string_view value) noexcept {
        if (!value.empty()) {
            begin_pair(name);
            to_.append("\"");
            append_quotable(value);
            to_.append("\"");
        }
    }

    /// Writes `code: words`.
    constexpr void headline(std::string_view code, std::string_view words) noexcept {
        to_.append(code);
        if (!words.empty()) {
            to_.append(": ");
            append_quotable(words);
        }
        to_.append("\n");
    }
    /// Writes a line with a name and a value; nothing when the value is empty.
    constexpr void line(std::string_view name, std::string_view value) noexcept {
        if (!value.empty()) {
            begin_line(name);
            append_quotable(value);
            to_.append("\n");
        }
    }
    /// The same with a number, and the text `suffix` after it.
    constexpr void line(std::string_view name, std::uint64_t value, std::string_view suffix = {}) noexcept {
        begin_line(name);
        to_.append(decimal_text(value).view());
        to_.append(suffix);
        to_.append("\n");
    }

private:
    constexpr void begin_pair(std::string_view name) noexcept {
        if (!to_.empty()) {
            to_.append(" ");
        }
        to_.append(name);
        to_.append("=");
    }

    constexpr void begin_line(std::string_view name) noexcept {
        constexpr std::string_view spaces = "               "sv;  // two more than the longest name, "what happened"
        to_.append("  ");
        to_.append(name);
        to_.append(spaces.substr(name.size()));
    }

    constexpr void append_quotable(std::string_view text) noexcept {
        while (!text.empty() && !to_.truncated()) {
            const std::string_view sequence = take_safe_sequence(text);
            to_.append(sequence == "\""sv ? "'"sv : sequence);
        }
    }

    Text& to_;
};

}  // namespace detail

constexpr std::string_view advice_on(error const& error) noexcept {
    if (error.outcome == outcome::unknown && !error.reads_only) {
        return "look at the instance before anything else, and do not send it again: it may have been carried out"sv;
    }
    const std::string_view known = description_of(error.api_code).advice;
    return known.empty() ? detail::advice_on(error.code) : known;
}

constexpr error_description describe(error const& error) noexcept {
    error_description line;
    detail::error_text<error_description> text(line);
    text.pair("code", to_string(error.code));
    if (error.cause != error.code) {
        text.pair("cause", to_string(error.cause));
    }
    text.pair("blame", to_string(error.blame));
    text.pair("outcome", to_string(error.outcome));
    text.pair("retry", error.retryable() ? "yes"sv : "no"sv);
    if (error.http_status != 0) {
        text.pair("status", error.http_status);
    }
    text.quoted_pair("api_code", error.api_code_text);
    text.quoted_pair("field", error.field);
    if (error.retry_after_seconds) {
        text.pair("retry_after", *error.retry_after_seconds);
    }
    if (error.clock_offset_seconds) {
        text.pair("clock_offset", *error.clock_offset_seconds);
    }
    text.quoted_pair("request_id", error.request_id);
    text.quoted_pair("message", error.message);
    text.quoted_pair("response", error.excerpt);
    text.quoted_pair("advice", advice_on(error));
    return line;
}

constexpr error_description explain(error const& error) noexcept {
    error_description page;
    detail::error_text<error_description> text(page);
    // the cause: people want to know what went wrong, programs what it means for them (`code`, which describe() has
    // first)
    text.headline(to_string(error.cause), detail::meaning_of(error));
    text.line("what happened", detail::what_happened(error));
    text.line("what to do", advice_on(error));
    if (error.retryable()) {
        text.line("trying again", "is safe, and may help");
    }
    if (error.retry_after_seconds) {
        text.line("not before", *error.retry_after_seconds, " s have passed");
    }
    text.line("parameter", error.field);
    text.line("API code", error.api_code_text);
    if (error.http_status != 0) {
        text.line("HTTP status", error.http_status);
    }
    if (error.clock_offset_seconds) {
        text.line("this clock", detail::magnitude_of(*error.clock_offset_seconds),
                  *error.clock_offset_seconds < 0 ? " s ahead of the server's" : " s behind the server's");
    }
    text.line("response", error.excerpt);
    text.line("request id", error.request_id);
    return page;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
