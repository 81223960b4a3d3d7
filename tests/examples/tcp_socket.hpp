// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TCP_SOCKET_HPP
#define ZENWIRE_TESTS_EXAMPLES_TCP_SOCKET_HPP

#include <cerrno>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/// A POSIX socket that never blocks, closed in the end. Who uses it waits until it is ready.
class tcp_socket {
public:
    tcp_socket() = default;
    tcp_socket(tcp_socket const&) = delete;
    tcp_socket& operator=(tcp_socket const&) = delete;
    ~tcp_socket() { close(); }

    /// Begins to connect, instead of what it was connected to. Once it can be written to, is_connected() tells the result.
    /// @return whether it has begun; if not, where there is no way to the address say, there is nothing to wait for
    [[nodiscard]] bool connect(addrinfo const& to) {
        close();
        socket_ = ::socket(to.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        // else the end of a handshake and the request wait for each other's confirmation, some 40 ms
        const int at_once = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
        return ::connect(socket_, to.ai_addr, to.ai_addrlen) == 0 || errno == EINPROGRESS;
    }
    [[nodiscard]] bool is_connected() const {
        int failure = 0;
        socklen_t size = sizeof(failure);
        return ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0;
    }
    void close() {
        if (socket_ >= 0) {
            ::close(std::exchange(socket_, -1));
        }
    }

    /// For poll().
    [[nodiscard]] int handle() const { return socket_; }
    /// Whether it is open and silent: one with something to read has ended, or carries what nobody asked for.
    [[nodiscard]] bool is_idle() const {
        pollfd silent{socket_, POLLIN, 0};
        return socket_ >= 0 && ::poll(&silent, 1, 0) == 0;
    }

    /// How many bytes went, maybe none; negative for a failure. Without SIGPIPE.
    std::ptrdiff_t send(std::string_view bytes) {
        return passing(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), 0);
    }
    /// How many bytes came, 0 at the end, or not_yet; another negative number for a failure.
    std::ptrdiff_t receive(std::span<char> memory) {
        return passing(::recv(socket_, memory.data(), memory.size(), 0), not_yet);
    }
    static constexpr std::ptrdiff_t not_yet = -2;

private:
    /// The same call may succeed in a moment, after a signal say.
    static std::ptrdiff_t passing(std::ptrdiff_t count, std::ptrdiff_t instead) {
        return count < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) ? instead : count;
    }

    int socket_ = -1;
};

#endif
