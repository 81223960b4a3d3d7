// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POLL_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_POLL_TRANSPORT_HPP

#include <array>

#include "address_list.hpp"
#include "http_session.hpp"
#include "poll_loop.hpp"
#include "poll_task.hpp"
#include "tcp_socket.hpp"

/// A request as a coroutine of C++20 over a bare loop of poll(), with TLS by OpenSSL: many at once in one thread, each on a
/// connection of its own. Looking up the name blocks.
class poll_transport {
public:
    explicit poll_transport(transport_settings const& settings = {})
        : timeout_(settings.timeout), max_body_(settings.max_body), trusted_(make_tls_context(settings)) {}

    /// Runs a loop of its own until the response is there.
    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] {
            poll_loop loop;
            poll_task<http_result> one = send(loop, request);
            one.start();
            loop.run();
            return one.take();
        });
    }

    /// The request must live until the coroutine is done.
    poll_task<http_result> send(poll_loop& loop, zenwire::request_view request) const {
        const outgoing_request message(request);
        if (!message.is_valid()) {
            co_return not_sent("no request of http or https");
        }
        const auto deadline = poll_loop::clock::now() + timeout_;
        tcp_socket socket;
        poll_task<bool> connecting = connect(loop, socket, message.to(), deadline);
        const bool is_connected = co_await connecting;
        if (!is_connected) {
            co_return not_sent("no connection");
        }
        http_session session(trusted_, max_body_);
        session.begin(message);
        bool goes_on = true;
        while (goes_on && session.wants_more()) {
            poll_task<bool> writing = write(loop, socket, session, deadline);
            goes_on = co_await writing;
            auto readable = loop.ready(socket.handle(), POLLIN, deadline);
            goes_on = goes_on && co_await readable && read(socket, session);
        }
        co_return session.result();
    }

private:
    using time_point = poll_loop::clock::time_point;

    static poll_task<bool> connect(poll_loop& loop, tcp_socket& socket, destination const& to, time_point deadline) {
        address_list addresses(to);
        bool is_connected = false;
        for (auto each = addresses.next(); each != nullptr && !is_connected; each = addresses.next()) {
            if (socket.connect(*each)) {
                auto writable = loop.ready(socket.handle(), POLLOUT, addresses.share(deadline));
                is_connected = co_await writable && socket.is_connected();
            }
        }
        co_return is_connected;
    }

    static poll_task<bool> write(poll_loop& loop, tcp_socket& socket, http_session& session, time_point deadline) {
        std::ptrdiff_t count = 0;
        while (count >= 0 && !session.output().empty()) {
            auto writable = loop.ready(socket.handle(), POLLOUT, deadline);
            count = co_await writable ? socket.send(session.output()) : -1;
            session.sent(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        co_return count >= 0;
    }

    /// Whether there may be more.
    static bool read(tcp_socket& socket, http_session& session) {
        std::array<char, 4096> memory{};
        const std::ptrdiff_t count = socket.receive(memory);
        if (count >= 0) {
            session.give({memory.data(), static_cast<std::size_t>(count)});
        }
        return count >= 0 || count == tcp_socket::not_yet;
    }

    std::chrono::milliseconds timeout_;
    std::size_t max_body_;
    tls_context trusted_;
};

#endif
