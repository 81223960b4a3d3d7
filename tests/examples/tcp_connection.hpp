// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TCP_CONNECTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_TCP_CONNECTION_HPP

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_answer.hpp"

/// A connection over a POSIX socket, for posix_transport. tls_connection is the same with TLS.
class tcp_connection {
public:
    using clock = std::chrono::steady_clock;
    using time_point = clock::time_point;

    static constexpr std::string_view scheme = "http";

    explicit tcp_connection(transport_settings const& = {}) {}
    tcp_connection(tcp_connection const&) = delete;
    tcp_connection& operator=(tcp_connection const&) = delete;
    ~tcp_connection() { close(); }

    /// Tries the addresses of the host one after the other, each for its share of the time that is left. After a failure
    /// it is closed.
    bool open(std::string const& host, unsigned port, time_point deadline) {
        close();
        addrinfo* found = nullptr;
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
            return false;
        }
        std::ptrdiff_t left = 0;
        for (addrinfo const* each = found; each != nullptr; each = each->ai_next) {
            ++left;
        }
        for (addrinfo const* each = found; each != nullptr && socket_ < 0; each = each->ai_next) {
            const auto now = clock::now();
            if (!connect(*each, now + (deadline - now) / left--)) {
                close();
            }
        }
        ::freeaddrinfo(found);
        return socket_ >= 0;
    }

    void close() {
        if (socket_ >= 0) {
            ::close(std::exchange(socket_, -1));
        }
    }

    /// Whether it is open and silent: one with something to read has ended, or carries what nobody asked for.
    bool is_idle() const {
        pollfd silent{socket_, POLLIN, 0};
        return socket_ >= 0 && ::poll(&silent, 1, 0) == 0;
    }

    bool send(std::string_view bytes, time_point deadline) {
        while (!bytes.empty() && wait_for(POLLOUT, deadline)) {
            const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count < 0 && !is_passing(errno)) {
                return false;
            }
            bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        return bytes.empty();
    }

    /// How many bytes came; 0 at the end, negative for a failure or when none came in time.
    std::ptrdiff_t receive(char* memory, std::size_t size, time_point deadline) {
        while (wait_for(POLLIN, deadline)) {
            const ssize_t count = ::recv(socket_, memory, size, 0);
            if (count >= 0 || !is_passing(errno)) {
                return count;
            }
        }
        return -1;
    }

private:
    /// Whether the same call may succeed in a moment.
    static bool is_passing(int failure) { return failure == EINTR || failure == EAGAIN || failure == EWOULDBLOCK; }

    bool connect(addrinfo const& to, time_point deadline) {
        socket_ = ::socket(to.ai_family, to.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, to.ai_protocol);
        // else the end of a handshake and the request wait for each other's confirmation, some 40 ms
        const int at_once = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
        if (socket_ < 0 || ::connect(socket_, to.ai_addr, to.ai_addrlen) == 0) {
            return socket_ >= 0;
        }
        // a signal interrupts the call, not the connection that is being made
        if ((errno != EINPROGRESS && errno != EINTR) || !wait_for(POLLOUT, deadline)) {
            return false;
        }
        int failure = 0;
        socklen_t size = sizeof(failure);
        return ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0;
    }

    /// Waits through signals: a program's timer must not look like a time-out.
    bool wait_for(short event, time_point deadline) const {
        while (true) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
            pollfd ready{socket_, event, 0};
            const int count = left.count() > 0 ? ::poll(&ready, 1, static_cast<int>(left.count())) : 0;
            if (count >= 0 || errno != EINTR) {
                return count == 1;
            }
        }
    }

    int socket_ = -1;
};

#endif
