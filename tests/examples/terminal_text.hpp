// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TERMINAL_TEXT_HPP
#define ZENWIRE_TESTS_EXAMPLES_TERMINAL_TEXT_HPP

#include <cstddef>
#include <cstdlib>
#include <ostream>
#include <string>
#include <string_view>

#include <zenwire/protocol/redacted_head.hpp>
#include <zenwire/zenwire.hpp>

/// @file
/// How the example programs tell people what goes on.

/// Text from a stranger, fit for a terminal: see zenwire::write_safe_text().
inline std::string printable(std::string_view text, std::size_t longest = 4096) {
    std::string memory(longest + 4, '\0');
    zenwire::buffer_writer out(memory);
    zenwire::write_safe_text(out, text.substr(0, longest));
    return std::string(out.written()) + (text.size() > longest ? " ..." : "");
}

inline std::string terabytes(zenwire::traffic_package_size size) {
    char memory[32];
    zenwire::buffer_writer out(memory);
    size.write_to(out);
    return std::string(out.written()) + " TB";
}

inline void print_request(std::ostream& out, zenwire::request_view const& request) {
    char memory[2 * zenwire::limits::request_head];
    zenwire::buffer_writer head(memory);
    zenwire::write_redacted_head(head, request);
    // The body of this action carries no secret.
    out << "--- request to " << request.scheme << "://" << request.authority << "\n"
        << head.written() << "\n"
        << printable(request.body) << "\n\n";
}

/// What of a request must not be shown where a response quotes it: the token, or the signature.
inline std::string_view secret_of(zenwire::request_view const& request) {
    constexpr std::string_view bearer = "Bearer ";
    std::string_view secret = request.fields.value_of("authorization");
    secret.remove_prefix(secret.starts_with(bearer) ? bearer.size() : secret.rfind('=') + 1);
    return secret;
}

/// Text from a stranger who knows a secret of ours.
inline std::string printable_without(std::string_view secret, std::string_view text) {
    std::string masked(text);
    for (std::size_t place = secret.empty() ? std::string::npos : masked.find(secret); place != std::string::npos;
         place = masked.find(secret, place)) {
        masked.replace(place, secret.size(), "***");
    }
    return printable(masked);
}

template <class Answer>
void print_answer(std::ostream& out, Answer const& answer, zenwire::request_view const& request) {
    const std::string_view secret = secret_of(request);
    out << "--- answer\nHTTP status " << answer.status << "\n";
    const zenwire::response_adapter adapter(answer);
    for (const zenwire::field each : adapter.view().fields) {
        out << printable_without(secret, each.name) << ": " << printable_without(secret, each.value) << "\n";
    }
    out << "\n" << printable_without(secret, answer.body) << "\n\n";
}

inline std::string_view advice_for(zenwire::error const& error) {
    using zenwire::errc;
    if (error.code == errc::outcome_unknown) {
        return "do not order again: look at the instance and at the orders in the console, and begin anew only when you "
               "know what became of it. Unless a token signed it, the order may still be executed for 300 s by the "
               "server's clock";
    }
    if (const auto* const row = zenwire::describe(error.api_code)) {
        return row->advice;
    }
    switch (error.code) {
    case errc::invalid_parameter:
    case errc::invalid_endpoint:
    case errc::invalid_credential: return "correct it";
    case errc::not_sent: return "check network, endpoint and certificate, then try again";
    case errc::rate_limited: return "wait, then try again";
    case errc::security_challenge:
    case errc::request_blocked:
        return "ask Zenlayer's support to let this address use the API; trying again does not help";
    case errc::redirected: return "check the endpoint";
    case errc::api_error: return "the code is not a documented one: read the message, or ask Zenlayer's support";
    default:
        return error.blame == zenwire::blame::local ? "see the message: this program or its settings must change"
                                                    : "ask Zenlayer's support";
    }
}

inline std::string_view meaning_of(zenwire::error const& error) {
    switch (error.outcome) {
    case zenwire::outcome::not_executed: return "nothing was ordered, no money moved";
    case zenwire::outcome::executed: return "it was carried out";
    case zenwire::outcome::unknown: break;
    }
    return error.reads_only ? "it only reads: nothing was ordered, no money moved"
                            : "it may have been ordered, money may have moved";
}

/// What happened, and what to do.
inline void print_error(std::ostream& out, zenwire::error const& error) {
    const auto* const row = zenwire::describe(error.api_code);
    out << "FAILED: " << to_string(error.code) << "\n";
    if (error.cause != error.code) {
        out << "  because      " << to_string(error.cause) << "\n";
    }
    if (error.http_status != 0) {
        out << "  HTTP status  " << error.http_status << "\n";
    }
    if (!error.api_code_text.empty()) {
        out << "  API code     " << printable(zenwire::api_code_spelling(error)) << "\n";
    }
    if (row != nullptr) {
        out << "  meaning      " << row->meaning << "\n";
    }
    out << "  message      " << printable(error.message) << "\n";
    if (!error.excerpt.empty()) {
        out << "  answer       " << printable(error.excerpt) << "\n";
    }
    if (!error.request_id.empty()) {
        out << "  request id   " << printable(error.request_id) << "\n";
    }
    if (error.clock_offset_seconds) {
        out << "  clock        the server's is " << *error.clock_offset_seconds << " s ahead of this one\n";
    }
    out << "  to blame     " << to_string(error.blame) << "\n"
        << "  outcome      " << to_string(error.outcome) << ": " << meaning_of(error) << "\n"
        << "  retryable    " << (error.retryable() ? "yes" : "no") << "\n"
        << "  what to do   " << advice_for(error) << "\n";
}

/// A variable of the environment; empty when it is not set.
inline std::string_view environment(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

#endif
