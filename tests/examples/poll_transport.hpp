// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POLL_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_POLL_TRANSPORT_HPP

#include <array>
#include <cerrno>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/http/endpoint.hpp>

#include "answer_reader.hpp"
#include "poll_task.hpp"
#include "tls_session.hpp"

/// A request as a coroutine of C++20 over a bare loop of poll(), with TLS: many at once in one thread, each on a connection
/// of its own. Looking up the name blocks.
class poll_transport {
public:
    explicit poll_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

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
        const auto message = zenwire::http1_request::make(request, zenwire::connection_use::close);
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        exchange with{loop, settings_, request.scheme == "https"};
        std::string host(place ? place->host() : std::string_view());
        host = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
        if (!message || !place || (with.is_https && !with.tls.begin(host))) {
            co_return not_sent("no request of http or https, or TLS could not be set up");
        }
        poll_task<bool> connecting = with.connect(host, place->port());
        bool is_open = co_await connecting;
        if (is_open && with.is_https) {
            poll_task<int> shaking = with.run([&] { return with.tls.shake_hands(); });
            is_open = co_await shaking >= 0;
        }
        if (!is_open) {
            co_return not_sent("no connection");
        }
        std::string bytes(message->size(), '\0');
        poll_task<bool> writing = with.write(message->write_to(bytes).value());
        const bool is_written = co_await writing;
        zenwire::secure_zero(std::span(bytes));
        answer_reader reader(settings_.most_body);
        std::array<char, 4096> memory{};
        bool goes_on = is_written;
        while (goes_on) {
            poll_task<int> reading = with.read(memory);
            const int count = co_await reading;
            goes_on = count >= 0 && reader.take({memory.data(), static_cast<std::size_t>(count)});
        }
        co_return reader.result();
    }

private:
    /// What a request uses. Its coroutines give -1 for a failure, and when the time is over.
    struct exchange {
        exchange(poll_loop& of, transport_settings const& settings, bool over_tls)
            : loop(of), deadline(poll_loop::clock::now() + settings.timeout), is_https(over_tls), tls(settings) {}
        exchange(exchange const&) = delete;
        exchange& operator=(exchange const&) = delete;
        ~exchange() { close(); }

        void close() {
            if (socket >= 0) {
                ::close(std::exchange(socket, -1));
            }
        }

        /// One address after the other, each for its share of the time.
        poll_task<bool> connect(std::string host, unsigned port) {
            addrinfo wanted{};
            wanted.ai_socktype = SOCK_STREAM;
            addrinfo* found = nullptr;
            if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
                co_return false;
            }
            const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
            for (; found != nullptr && socket < 0; found = found->ai_next) {
                std::ptrdiff_t left = 0;
                for (addrinfo const* each = found; each != nullptr; each = each->ai_next) {
                    ++left;
                }
                const auto now = poll_loop::clock::now();
                socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
                const int at_once = 1;  // else handshake and request wait for confirmations
                ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
                ::connect(socket, found->ai_addr, found->ai_addrlen);
                auto writable = loop.ready(socket, POLLOUT, now + (deadline - now) / left);
                const bool is_ready = co_await writable;
                int failure = 0;
                socklen_t size = sizeof(failure);
                if (!is_ready || ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size) != 0 || failure != 0) {
                    close();
                }
            }
            co_return socket >= 0;
        }

        poll_task<bool> write_plain(std::string_view bytes) {
            bool goes_on = true;
            while (goes_on && !bytes.empty()) {
                auto writable = loop.ready(socket, POLLOUT, deadline);
                goes_on = co_await writable;
                const ssize_t count = goes_on ? ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) : 0;
                goes_on = goes_on && (count >= 0 || errno == EAGAIN || errno == EINTR);
                bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
            }
            co_return bytes.empty();
        }

        poll_task<int> read_plain(std::span<char> memory) {
            while (true) {
                auto readable = loop.ready(socket, POLLIN, deadline);
                const bool is_ready = co_await readable;
                const ssize_t count = is_ready ? ::recv(socket, memory.data(), memory.size(), 0) : -1;
                if (!is_ready || count >= 0 || (errno != EAGAIN && errno != EINTR)) {
                    co_return static_cast<int>(count);
                }
            }
        }

        /// One thing of TLS, with as many bytes from and to the connection as it takes.
        template <class Step>
        poll_task<int> run(Step step) {
            std::array<char, 4096> memory{};
            while (true) {
                const tls_session::result result = step();
                for (auto piece = tls.take_output(memory); !piece.empty(); piece = tls.take_output(memory)) {
                    poll_task<bool> writing = write_plain(piece);
                    const bool is_written = co_await writing;
                    if (!is_written) {
                        co_return -1;
                    }
                }
                if (result.what != tls_session::state::wants_input) {
                    co_return result.what == tls_session::state::failed ? -1 : result.count;
                }
                poll_task<int> reading = read_plain(memory);
                const int count = co_await reading;
                if (count <= 0 || !tls.give_input({memory.data(), static_cast<std::size_t>(count)})) {
                    co_return -1;
                }
            }
        }

        poll_task<bool> write(std::string_view bytes) {
            if (!is_https) {
                return write_plain(bytes);
            }
            return write_session(bytes);
        }
        poll_task<bool> write_session(std::string_view bytes) {
            poll_task<int> writing = run([this, bytes] { return tls.write(bytes); });
            const int count = co_await writing;
            co_return count == static_cast<int>(bytes.size());
        }
        poll_task<int> read(std::span<char> memory) {
            if (!is_https) {
                return read_plain(memory);
            }
            return run([this, memory] { return tls.read(memory); });
        }

        poll_loop& loop;
        poll_loop::clock::time_point deadline;
        bool is_https;
        tls_session tls;
        int socket = -1;
    };

    transport_settings settings_;
};

#endif
