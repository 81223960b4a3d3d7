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
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_answer.hpp"

/// A connection over a POSIX socket, for posix_transport. tls_connection is the same with TLS.
class tcp_connection {
public:
    using time_point = std::chrono::steady_clock::time_point;

    static constexpr std::string_view scheme = "http";

    explicit tcp_connection(transport_settings const& = {}) {}
    tcp_connection(tcp_connection const&) = delete;
    tcp_connection& operator=(tcp_connection const&) = delete;
    ~tcp_connection() { close(); }

    bool open(std::string const& host, unsigned port, time_point deadline) {
        addrinfo* found = nullptr;
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
            return false;
        }
        bool connected = false;
        for (addrinfo const* each = found; each != nullptr && !connected; each = each->ai_next) {
            close();
            socket_ = ::socket(each->ai_family, each->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, each->ai_protocol);
            int failure = socket_ < 0 ? -1 : 0;
            if (socket_ >= 0 && ::connect(socket_, each->ai_addr, each->ai_addrlen) != 0) {
                socklen_t size = sizeof(failure);
                const bool in_time = errno == EINPROGRESS && wait_for(POLLOUT, deadline);
                failure = in_time && ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 ? failure : -1;
            }
            connected = failure == 0;
        }
        ::freeaddrinfo(found);
        return connected;
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
            if (count < 0 && errno != EAGAIN && errno != EINTR) {
                return false;
            }
            bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        return bytes.empty();
    }

    /// How many bytes came; 0 at the end, negative for a failure or when none came in time.
    std::ptrdiff_t receive(char* memory, std::size_t size, time_point deadline) {
        return wait_for(POLLIN, deadline) ? ::recv(socket_, memory, size, 0) : -1;
    }

private:
    bool wait_for(short event, time_point deadline) const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd ready{socket_, event, 0};
        return left.count() > 0 && ::poll(&ready, 1, static_cast<int>(left.count())) == 1;
    }

    int socket_ = -1;
};

#endif
