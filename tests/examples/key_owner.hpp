// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_KEY_OWNER_HPP
#define ZENWIRE_TESTS_EXAMPLES_KEY_OWNER_HPP

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/crypto/hmac_sha256.hpp>

/// The password of an access key in a process of its own, which stands for a hardware security module: it loads the
/// password, it makes MACs, and there is no question that it answers with the password. Start it before other threads.
class key_owner {
public:
    /// Starts the process. Only there `load_password` is called; it returns the password as a std::string.
    template <class Load>
    explicit key_owner(Load load_password) noexcept {
        int ends[2]{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, &ends[0]) != 0) {
            return;
        }
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            ::_exit(serve(ends[1], load_password));
        }
        ::close(ends[1]);
        socket_ = ends[0];
    }
    key_owner(key_owner const&) = delete;
    key_owner& operator=(key_owner const&) = delete;
    /// The process ends with the connection to it.
    ~key_owner() {
        if (socket_ >= 0) {
            ::close(socket_);
        }
        if (process_ > 0) {
            through_signals([&] { return ::waitpid(process_, nullptr, 0); });
        }
    }

    /// The MAC of a message, for one thread at a time; errc::crypto_failed when the process does not answer in a second.
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> mac(std::string_view message) const noexcept {
        zenwire::sha256_digest digest{};
        const bool answered =
            through_signals([&] { return ::send(socket_, message.data(), message.size(), MSG_NOSIGNAL); }) >= 0 &&
            is_answered() &&
            through_signals([&] { return ::recv(socket_, digest.data(), digest.size(), 0); }) == std::ssize(digest);
        if (!answered) {
            // a response that comes late would be taken for that of the next message
            ::shutdown(socket_, SHUT_RDWR);
            return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local,
                                   "the owner of the key does not answer");
        }
        return digest;
    }

    /// The mac_provider for an external_access_key; refers to this object.
    [[nodiscard]] auto provider() const noexcept {
        return [this](std::string_view message) noexcept { return mac(message); };
    }

    [[nodiscard]] pid_t process() const noexcept { return process_; }

private:
    /// Calls again what a signal ended: a program's timer must not look like an owner that is gone.
    template <class Call>
    static ssize_t through_signals(Call call) noexcept {
        ssize_t result = -1;
        do {
            result = call();
        } while (result < 0 && errno == EINTR);
        return result;
    }

    /// Waits a second at most, however many signals come.
    [[nodiscard]] bool is_answered() const noexcept {
        using clock = std::chrono::steady_clock;
        const auto end = clock::now() + std::chrono::seconds(1);
        pollfd answer{socket_, POLLIN, 0};
        return through_signals([&] {
                   const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now()).count();
                   return ::poll(&answer, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
               }) == 1;
    }

    template <class Load>
    static int serve(int socket, Load& load_password) noexcept {
        constexpr rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for the program, which may need the key to see what became of an order
        std::string password = load_password();
        const zenwire::hmac_sha256 mac(password);
        zenwire::secure_zero(std::span(password));
        char message[4096];
        const auto receive = [&] {
            return through_signals([&] { return ::recv(socket, &message[0], sizeof(message), MSG_TRUNC); });
        };
        // a longer message has no MAC: that of its beginning would be wrong
        for (ssize_t size = receive(); size > 0 && size <= std::ssize(message); size = receive()) {
            const zenwire::sha256_digest digest = mac({&message[0], static_cast<std::size_t>(size)});
            if (through_signals([&] { return ::send(socket, digest.data(), digest.size(), MSG_NOSIGNAL); }) < 0) {
                break;
            }
        }
        return 0;
    }

    int socket_ = -1;
    pid_t process_ = -1;
};

#endif
