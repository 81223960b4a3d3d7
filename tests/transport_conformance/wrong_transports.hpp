// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_WRONG_TRANSPORTS_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_WRONG_TRANSPORTS_HPP

#include <array>
#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include <curl/curl.h>

#include "../examples/curl_request.hpp"
#include "../examples/posix_transport.hpp"
#include "../examples/tls_connection.hpp"
#include "run_scenarios.hpp"
#include "settings.hpp"

/// Transports with one mistake each, made as people make them: around one that is right.
namespace wrong_transports {

/// The right one: a connection for http and one for https.
class right {
public:
    explicit right(transport_settings const& settings) : plain_(settings), secure_(settings) {}
    http_result operator()(zenwire::request_view const& request) {
        return request.scheme == "https" ? secure_(request) : plain_(request);
    }

private:
    posix_transport<tcp_connection> plain_;
    posix_transport<tls_connection> secure_;
};

inline bool is_unknown(http_result const& result) {
    return !result && result.error().failure == zenwire::transport_failure::unknown;
}

/// `change(send, request)` sends the request with `send`, and makes its mistake.
template <class Change>
auto around(Change change, transport_settings const& settings) {
    return [change, right = std::make_shared<wrong_transports::right>(settings), count = 0](
               zenwire::request_view const& request) mutable -> http_result {
        const auto send = [&](zenwire::request_view const& one) { return (*right)(one); };
        return change(send, request, count++);
    };
}

/// Sends over libcurl, with another option than it should have.
template <class Value>
auto over_curl(CURLoption option, Value value, transport_settings const& settings) {
    return [=](zenwire::request_view const& request) -> http_result {
        curl_request message(request, settings);
        curl_easy_setopt(message.handle(), option, value);
        return message.result(curl_easy_perform(message.handle()));
    };
}

/// A transport over a tcp_connection that reads responses by hand.
class by_hand {
public:
    /// What it does wrong.
    enum class mistake : unsigned char {
        takes_a_part,           ///< what came before the connection broke is the response
        never_ends_input,       ///< a body that ends with the connection is a failure
        takes_the_first_head,   ///< an interim response is the response
        keeps_what_is_left,     ///< bytes behind a response are the beginning of the next one
        reads_without_a_bound,  ///< keeps whatever comes
    };

    by_hand(mistake what, transport_settings const& settings)
        : mistake_(what), settings_(settings), over_tls_(settings) {}

    http_result operator()(zenwire::request_view const& request) {
        if (request.scheme == "https") {
            return over_tls_(request);
        }
        const auto message = zenwire::http1_request::make(request);
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        const bool may_reuse = mistake_ == mistake::keeps_what_is_left && is_open_;
        if (!message || (!may_reuse && !open(request, deadline))) {
            return not_sent("no connection");
        }
        std::string bytes(message->size(), '\0');
        if (!connection_.send(message->write_to(bytes).value(), deadline)) {
            is_open_ = false;
            return unknown("broken off while sending");
        }
        return receive(deadline);
    }

private:
    using time_point = tcp_connection::time_point;

    bool open(zenwire::request_view const& request, time_point deadline) {
        const auto place = zenwire::endpoint::make("http://" + std::string(request.authority));
        const std::string host(place->host().starts_with('[') ? "::1" : place->host());
        left_.clear();
        return is_open_ = connection_.open(host, place->port(), deadline);
    }

    http_result receive(time_point deadline) {
        std::array<char, 8192> head{};
        std::array<zenwire::field_position, 64> positions{};
        const bool is_bounded = mistake_ != mistake::reads_without_a_bound;
        zenwire::http1_response_reader reader(head, positions, is_bounded ? settings_.most_body : SIZE_MAX);
        http_answer answer;
        bool goes_on = true;
        while (goes_on && !reader.is_complete()) {
            if (left_.empty() && !fill(deadline)) {
                const bool tells = mistake_ != mistake::never_ends_input && mistake_ != mistake::takes_a_part;
                goes_on = tells && reader.end_of_input().has_value();
                break;
            }
            if (mistake_ == mistake::takes_the_first_head && left_.starts_with("HTTP/1.1 1")) {
                return http_answer{std::stoi(left_.substr(9, 3)), {}, {}};
            }
            goes_on = feed(reader, answer);
        }
        answer.status = reader.status();
        for (const zenwire::field each : reader.fields()) {
            answer.fields.emplace_back(each.name, each.value);
        }
        is_open_ = reader.is_complete();
        const bool will_do = reader.is_complete() || (mistake_ == mistake::takes_a_part && answer.status != 0);
        return will_do ? http_result(std::move(answer)) : unknown("no whole response");
    }

    bool fill(time_point deadline) {
        std::array<char, 4096> bytes{};
        const std::ptrdiff_t count = connection_.receive(bytes.data(), bytes.size(), deadline);
        left_.assign(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        return count > 0;
    }

    /// A byte at a time, so that what follows the response stays.
    bool feed(zenwire::http1_response_reader& reader, http_answer& answer) {
        std::size_t taken = 0;
        bool goes_on = true;
        while (goes_on && taken < left_.size() && !reader.is_complete()) {
            const auto keep = [&](std::string_view piece) { answer.body += piece; };
            goes_on = reader.feed(std::string_view(left_).substr(taken++, 1), keep).has_value();
        }
        left_.erase(0, taken);
        return goes_on;
    }

    mistake mistake_;
    transport_settings settings_;
    right over_tls_;
    tcp_connection connection_{};
    bool is_open_ = false;
    std::string left_{};
};

/// A connection that asks the system once: a signal is a failure to it, and it takes the first address only.
class hasty_connection {
public:
    using time_point = tcp_connection::time_point;

    static constexpr std::string_view scheme = "http";

    explicit hasty_connection(transport_settings const& = {}) {}
    hasty_connection(hasty_connection const&) = delete;
    hasty_connection& operator=(hasty_connection const&) = delete;
    ~hasty_connection() { close(); }

    bool open(std::string const& host, unsigned port, time_point deadline) {
        addrinfo* found = nullptr;
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
            return false;
        }
        socket_ = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
        bool connected = ::connect(socket_, found->ai_addr, found->ai_addrlen) == 0;
        ::freeaddrinfo(found);
        int failure = 0;
        socklen_t size = sizeof(failure);
        connected = connected || (is_ready(POLLOUT, deadline) &&
                                  ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0);
        if (!connected) {
            close();
        }
        return connected;
    }
    void close() {
        if (socket_ >= 0) {
            ::close(std::exchange(socket_, -1));
        }
    }
    static bool is_idle() { return false; }
    bool send(std::string_view bytes, time_point deadline) {
        while (!bytes.empty() && is_ready(POLLOUT, deadline)) {
            const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count < 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return bytes.empty();
    }
    std::ptrdiff_t receive(char* memory, std::size_t size, time_point deadline) {
        return is_ready(POLLIN, deadline) ? ::recv(socket_, memory, size, 0) : -1;
    }

private:
    bool is_ready(short event, time_point deadline) const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd ready{socket_, event, 0};
        return ::poll(&ready, 1, static_cast<int>(left.count())) == 1;
    }

    int socket_ = -1;
};

}  // namespace wrong_transports

#endif
