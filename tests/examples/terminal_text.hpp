// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TERMINAL_TEXT_HPP
#define ZENWIRE_TESTS_EXAMPLES_TERMINAL_TEXT_HPP

#include <cstddef>
#include <cstdlib>
#include <ostream>
#include <string>
#include <string_view>

#include <zenwire/protocol/verification.hpp>
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

/// A variable of the environment; empty when it is not set.
inline std::string_view environment(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

#endif
