// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DESCRIBE_HPP
#define ZENWIRE_PROTOCOL_DESCRIBE_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/protocol/detail/error_text.hpp>
#include <zenwire/protocol/error_code.hpp>

namespace ZENWIRE_NAMESPACE {

/// What describe() and explain() return: room for all that an error holds, and the words around it.
using error_description =
    inline_string<limits::message + limits::request_id + limits::api_code + limits::excerpt + 512>;

/// What a person can do about an error: a sentence without a point. A constant.
[[nodiscard]] constexpr std::string_view advice_on(error const& error) noexcept;

/// An error in one line, for logs: `code=api_error blame=remote outcome=not_executed retry=no status=403 ...`.
///
/// Always there, in this order: `code`, `cause` where it is another one, `blame`, `outcome`, `retry` (`yes` where trying again
/// is safe and may help). Where they are known: `status`, `api_code`, `field`, `retry_after` and `clock_offset` (seconds),
/// `request_id`, `message`, `response` (its first bytes, where it was not understood); then `advice`. What others wrote stands
/// between double quotes, has none in it, and no control characters either: a line stays a line, and nobody can forge a pair.
[[nodiscard]] constexpr error_description describe(error const& error) noexcept;

/// An error for people: a headline, then a line each for what happened, what to do, and what else is known, each with its `\n`.
/// As safe for a terminal as describe() is.
[[nodiscard]] constexpr error_description explain(error const& error) noexcept;

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
