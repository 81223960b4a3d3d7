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
#include "run_scenarios.hpp"
#include "settings.hpp"

/// Transports with one mistake each, made as people make them: around one that is right.
namespace wrong_transports {

using right = posix_transport;

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

/// A connection of http that blocks, with care or without: then it asks the system once, takes a signal for a failure, and
/// tries the first address only. `no_shares`: it tries all addresses, but the first may take all the time.
class plain_connection {
public:
    enum class care : unsigned char { usual, no_shares, none };
    using time_point = std::chrono::steady_clock::time_point;

    explicit plain_connection(care how = care::usual) : care_(how) {}

    bool open(destination const& to, time_point deadline) {
        address_list addresses(to);
        while (addrinfo const* const each = addresses.next()) {
            const auto until = care_ == care::usual ? addresses.share(deadline) : deadline;
            if (socket_.connect(*each) && is_ready(POLLOUT, until) && socket_.is_connected()) {
                return true;
            }
            if (care_ == care::none) {
                return false;
            }
        }
        return false;
    }
    bool send(std::string_view bytes, time_point deadline) {
        while (!bytes.empty() && is_ready(POLLOUT, deadline)) {
            const std::ptrdiff_t count = socket_.send(bytes);
            if (count < 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return bytes.empty();
    }
    std::ptrdiff_t receive(std::span<char> memory, time_point deadline) {
        std::ptrdiff_t count = tcp_socket::not_yet;
        while (count == tcp_socket::not_yet) {
            count = is_ready(POLLIN, deadline) ? socket_.receive(memory) : -1;
        }
        return count;
    }

private:
    bool is_ready(short event, time_point deadline) const {
        int count = -1;
        do {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            pollfd ready{socket_.handle(), event, 0};
            count = left.count() > 0 ? ::poll(&ready, 1, static_cast<int>(left.count())) : 0;
        } while (count < 0 && errno == EINTR && care_ != care::none);
        return count == 1;
    }

    care care_;
    tcp_socket socket_{};
};

/// A transport over a plain_connection that reads responses by hand.
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
        const outgoing_request message(request, zenwire::connection_use::keep);
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        const bool may_reuse = mistake_ == mistake::keeps_what_is_left && is_open_;
        if (!may_reuse && !open(message.to(), deadline)) {
            return not_sent("no connection");
        }
        if (!connection_.send(message.bytes(), deadline)) {
            is_open_ = false;
            return unknown("broken off while sending");
        }
        return receive(deadline);
    }

private:
    using time_point = plain_connection::time_point;

    bool open(destination const& to, time_point deadline) {
        left_.clear();
        return is_open_ = connection_.open(to, deadline);
    }

    http_result receive(time_point deadline) {
        std::array<char, 8192> head{};
        std::array<zenwire::field_position, 64> positions{};
        const bool is_bounded = mistake_ != mistake::reads_without_a_bound;
        zenwire::http1_response_reader reader(head, positions, is_bounded ? settings_.max_body : SIZE_MAX);
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
        const std::ptrdiff_t count = connection_.receive(bytes, deadline);
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
    plain_connection connection_{};
    bool is_open_ = false;
    std::string left_{};
};

/// Over a plain_connection; http only. `change(bytes)` rewrites what is sent. With `bounds_reads` the time is that of each
/// read, not of the whole.
class over_plain {
public:
    using rewrite = void (*)(std::string&);

    over_plain(transport_settings const& settings, plain_connection::care care, rewrite change = nullptr,
               bool bounds_reads = false)
        : settings_(settings), over_tls_(settings), connection_(care), change_(change), bounds_reads_(bounds_reads) {}

    http_result operator()(zenwire::request_view const& request) {
        if (request.scheme == "https") {
            return over_tls_(request);
        }
        const outgoing_request message(request);
        auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        if (!connection_.open(message.to(), deadline)) {
            return not_sent("no connection");
        }
        std::string bytes(message.bytes());
        if (change_ != nullptr) {
            change_(bytes);
        }
        answer_reader reader(settings_.max_body);
        bool goes_on = connection_.send(bytes, deadline);
        while (goes_on) {
            deadline = bounds_reads_ ? std::chrono::steady_clock::now() + settings_.timeout : deadline;
            std::array<char, 4096> memory{};
            const std::ptrdiff_t count = connection_.receive(memory, deadline);
            goes_on = count >= 0 && reader.take({memory.data(), static_cast<std::size_t>(count)});
        }
        return reader.result();
    }

private:
    transport_settings settings_;
    right over_tls_;
    plain_connection connection_;
    rewrite change_;
    bool bounds_reads_;
};

}  // namespace wrong_transports

#endif
