// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTP_ANSWER_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTP_ANSWER_HPP

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/client/transport.hpp>

/// What the example transports return: something with `status`, `body` and `fields`.
struct http_answer {
    int status = 0;
    std::string body{};
    std::vector<std::pair<std::string, std::string>> fields{};

    /// Takes a line of the head, as libcurl hands it over.
    void add_line(std::string_view line) {
        if (line.starts_with("HTTP/")) {
            fields.clear();  // those of an interim answer
        } else if (const std::size_t colon = line.find(':'); colon != line.npos) {
            const std::size_t begin = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
            const std::size_t end = line.find_last_not_of(" \t\r\n") + 1;
            fields.emplace_back(line.substr(0, colon), line.substr(begin, std::max(begin, end) - begin));
        }
    }
};

using http_result = zenwire::expected<http_answer, zenwire::transport_error>;

/// What bounds the example transports.
struct transport_settings {
    /// of a response's body, in bytes
    std::size_t max_body = std::size_t{16} << 20U;
    /// for a whole exchange, without the look-up of the name
    std::chrono::milliseconds timeout{60'000};
    /// certificates to trust, a file in PEM; empty for those of the system
    std::string ca_file{};
};

/// Only where not one byte of the request can have left.
inline auto not_sent(std::string_view why) {
    return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent, why));
}

/// Everywhere else.
inline auto unknown(std::string_view why) {
    return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::unknown, why));
}

/// Calls `send`. What it throws, std::bad_alloc say, may come after the request was sent: that is unknown.
template <class Send>
http_result reporting_exceptions(Send send) {
    try {
        return send();
    } catch (std::exception const& thrown) {
        return unknown(thrown.what());
    } catch (...) {
        return unknown("something was thrown");
    }
}

#endif
