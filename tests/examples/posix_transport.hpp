// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POSIX_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_POSIX_TRANSPORT_HPP

#include <chrono>

#include "address_list.hpp"
#include "http_session.hpp"
#include "tcp_socket.hpp"

/// A transport over bare sockets, with TLS by OpenSSL. For one thread at a time.
///
/// Keeps its connection as long as the server does. A server that gives up an idle connection in the very moment of a
/// request leaves its outcome unknown: who orders seldom gives outgoing_request `connection_use::close`.
class posix_transport {
public:
    explicit posix_transport(transport_settings const& settings = {})
        : timeout_(settings.timeout), session_(make_tls_context(settings), settings.max_body) {}

    http_result operator()(zenwire::request_view const& request) {
        return reporting_exceptions([&] { return exchange(request); });
    }

private:
    using clock = std::chrono::steady_clock;

    http_result exchange(zenwire::request_view const& request) {
        const outgoing_request message(request, zenwire::connection_use::keep);
        if (!message.is_valid()) {
            return not_sent("no request of http or https");
        }
        const std::string place = std::string(request.scheme).append("://").append(request.authority);
        const bool may_reuse = std::exchange(kept_, {}) == place && socket_.is_idle();
        const auto deadline = clock::now() + timeout_;
        if (!may_reuse && !connect(message.to(), deadline)) {
            return not_sent("no connection");
        }
        session_.begin(message, !may_reuse);
        // A request that could not be sent is not sent again, on a kept connection neither: some of its bytes may have been
        // enough, and the connection may have ended behind it.
        while (session_.wants_more() && write(deadline) && read(deadline)) {
        }
        http_result result = session_.result();
        if (session_.may_go_on()) {
            kept_ = place;
        } else {
            socket_.close();
        }
        return result;
    }

    bool connect(destination const& to, clock::time_point deadline) {
        address_list addresses(to);
        while (addrinfo const* const each = addresses.next()) {
            if (socket_.connect(*each) && wait_for(POLLOUT, addresses.share(deadline)) && socket_.is_connected()) {
                return true;
            }
        }
        return false;
    }

    bool write(clock::time_point deadline) {
        std::ptrdiff_t count = 0;
        while (count >= 0 && !session_.output().empty()) {
            count = wait_for(POLLOUT, deadline) ? socket_.send(session_.output()) : -1;
            session_.sent(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        return count >= 0;
    }

    bool read(clock::time_point deadline) {
        std::array<char, 4096> memory{};
        const std::ptrdiff_t count = wait_for(POLLIN, deadline) ? socket_.receive(memory) : -1;
        if (count >= 0) {
            session_.give({memory.data(), static_cast<std::size_t>(count)});
        }
        return count >= 0 || count == tcp_socket::not_yet;
    }

    /// Waits through signals: a program's timer must not look like a time-out.
    bool wait_for(short event, clock::time_point deadline) const {
        while (true) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
            pollfd ready{socket_.handle(), event, 0};
            const int count = left.count() > 0 ? ::poll(&ready, 1, static_cast<int>(left.count())) : 0;
            if (count >= 0 || errno != EINTR) {
                return count == 1;
            }
        }
    }

    std::chrono::milliseconds timeout_;
    std::string kept_{};
    tcp_socket socket_{};
    http_session session_;
};

#endif
