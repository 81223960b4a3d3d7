// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POSIX_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_POSIX_TRANSPORT_HPP

#include <array>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/http/http1.hpp>

#include "answer_reader.hpp"
#include "http_answer.hpp"
#include "tcp_connection.hpp"

/// A transport over bare sockets. TLS goes into the connection: with a tcp_connection it refuses https, with a
/// tls_connection http.
///
/// Keeps its connection as long as the server does. A server that gives up an idle connection in the very moment of a
/// request leaves its outcome unknown: who orders seldom gives http1_request `connection_use::close`. For one thread at a
/// time.
template <class Connection = tcp_connection>
class posix_transport {
public:
    explicit posix_transport(transport_settings const& settings = {}) : settings_(settings), connection_(settings) {}

    http_result operator()(zenwire::request_view const& request) {
        http_result answer = reporting_exceptions([&] { return exchange(request); });
        if (!answer) {
            connection_.close();
        }
        return answer;
    }

private:
    using time_point = std::chrono::steady_clock::time_point;

    http_result exchange(zenwire::request_view const& request) {
        const auto message = zenwire::http1_request::make(request);
        if (!message || request.scheme != Connection::scheme) {
            return not_sent(message ? "the connection is for another scheme" : message.error().message.view());
        }
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        const bool may_reuse = authority_ == request.authority && connection_.is_idle();
        if (!may_reuse && !open(request, deadline)) {
            return not_sent("no connection");
        }
        std::string bytes(message->size(), '\0');
        const bool sent = connection_.send(message->write_to(bytes).value(), deadline);
        zenwire::secure_zero(std::span(bytes));
        // When some bytes could not be sent the others may have been enough. On a connection that was kept nothing is sent a
        // second time either: it may have ended behind the request.
        return sent ? receive(deadline) : unknown("the connection broke off while sending");
    }

    bool open(zenwire::request_view const& request, time_point deadline) {
        authority_.clear();
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        std::string host(place ? place->host() : std::string_view());
        if (host.starts_with('[')) {
            host = host.substr(1, host.size() - 2);
        }
        if (!place || !connection_.open(host, place->port(), deadline)) {
            return false;
        }
        authority_ = request.authority;
        return true;
    }

    http_result receive(time_point deadline) {
        answer_reader reader(settings_.most_body);
        std::array<char, 4096> bytes{};
        std::ptrdiff_t count = 0;
        do {
            count = connection_.receive(bytes.data(), bytes.size(), deadline);
        } while (count >= 0 && reader.take({bytes.data(), static_cast<std::size_t>(count)}));
        if (!reader.may_keep_connection()) {
            connection_.close();
        }
        return reader.result();
    }

    transport_settings settings_;
    std::string authority_{};
    Connection connection_;
};

#endif
