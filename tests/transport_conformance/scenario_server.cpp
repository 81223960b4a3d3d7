// SPDX-License-Identifier: BSL-1.0
#include "scenario_server.hpp"

#include <atomic>
#include <chrono>
#include <list>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace transport_conformance {

namespace {

using scenario = zenwire::transport_scenario;
using step = scenario::step;

void set_option(int socket, int level, int option, int value) {
    ::setsockopt(socket, level, option, &value, sizeof(value));
}

/// One connection, and what the server does with it.
class connection {
public:
    connection(int socket, SSL_CTX* context, std::vector<step> const& steps, std::string_view authority)
        : socket_(socket), steps_(&steps), authority_(authority) {
        set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
        const bool is_plain = !steps.empty() && steps[0].what == step::kind::stay_plain;
        if (context != nullptr && !is_plain) {
            session_.reset(SSL_new(context));
            SSL_set_fd(session_.get(), socket);
        }
    }
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;
    ~connection() { close_socket(); }

    void play() {
        bool goes_on = session_ == nullptr || SSL_accept(session_.get()) == 1;
        for (auto each = steps_->begin(); goes_on && each != steps_->end(); ++each) {
            goes_on = do_step(*each);
        }
        while (goes_on && read_some()) {
        }
        close_socket();
    }

    /// From another thread: whatever it waits for, it goes on, and comes to its end.
    void stop() {
        const std::lock_guard lock(closing_);
        is_stopped_ = true;
        if (socket_ >= 0) {
            ::shutdown(socket_, SHUT_RDWR);
        }
    }

    void add_to(zenwire::transport_observation& observed) const {
        // of those that repeat without an end a few will do
        constexpr std::size_t max_connections = 8;
        if (!received_.empty() && observed.received.size() < max_connections) {
            observed.received.push_back(received_);
        }
        observed.unread += has_unread_ ? 1U : 0U;
        observed.bytes_said += bytes_said_;
    }

private:
    /// Whether there is anything left to do afterwards.
    bool do_step(step const& each) {
        switch (each.what) {
        case step::kind::stay_plain: return true;
        case step::kind::read_some: return read_some();
        case step::kind::await_unread: return await_unread();
        case step::kind::read_head: return read_head();
        case step::kind::read_part: return read_head() && read_body(each.count);
        case step::kind::read_request: return read_request();
        case step::kind::say: return say(in_place(each.text));
        case step::kind::trickle: return trickle(each.text);
        case step::kind::drip: return drip(each.text, each.count);
        case step::kind::fill: return fill(each.text, each.count);
        case step::kind::pause: sleep(each.count); return true;
        case step::kind::end_session: SSL_shutdown(session_.get()); return true;
        case step::kind::close:
            if (session_ != nullptr) {
                SSL_shutdown(session_.get());
            }
            ::shutdown(socket_, SHUT_WR);
            return true;
        case step::kind::cut: ::shutdown(socket_, SHUT_WR); return true;
        case step::kind::reset: reset(); return false;
        }
        return false;
    }

    bool read_some() {
        char bytes[16384];
        const auto count = session_ != nullptr ? SSL_read(session_.get(), &bytes[0], sizeof(bytes))
                                               : static_cast<int>(::recv(socket_, &bytes[0], sizeof(bytes), 0));
        if (count > 0) {
            received_.append(&bytes[0], static_cast<std::size_t>(count));
        }
        return count > 0;
    }

    /// A request is longer than what TLS says when it ends a session.
    bool await_unread() {
        constexpr ssize_t longest_alert = 60;
        char bytes[256];
        pollfd ready{socket_, POLLIN, 0};
        ::poll(&ready, 1, -1);
        sleep(50);
        has_unread_ = ::recv(socket_, &bytes[0], sizeof(bytes), MSG_PEEK) > longest_alert;
        return true;
    }

    bool read_head() {
        while ((body_at_ = received_.find("\r\n\r\n", request_at_)) == std::string::npos) {
            if (!read_some()) {
                return false;
            }
        }
        body_at_ += 4;
        return true;
    }

    bool read_body(std::size_t size) {
        while (received_.size() < body_at_ + size) {
            if (!read_some()) {
                return false;
            }
        }
        return true;
    }

    bool read_request() {
        if (!read_head()) {
            return false;
        }
        const std::string head = received_.substr(request_at_, body_at_ - request_at_);
        const std::size_t size = zenwire::detail::announced_length(head);
        if (!zenwire::detail::values_of(head, "expect").empty() && received_.size() < body_at_ + size) {
            say("HTTP/1.1 100 Continue\r\n\r\n");
        }
        if (!read_body(size)) {
            return false;
        }
        request_at_ = body_at_ + size;
        return true;
    }

    std::string in_place(std::string text) const {
        constexpr std::string_view placeholder = "{authority}";
        if (const std::size_t at = text.find(placeholder); at != std::string::npos) {
            text.replace(at, placeholder.size(), authority_);
        }
        return text;
    }

    bool say(std::string_view text) {
        const auto count = session_ != nullptr ? SSL_write(session_.get(), text.data(), static_cast<int>(text.size()))
                                               : ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        bytes_said_ += count > 0 ? static_cast<std::size_t>(count) : 0;
        return count == static_cast<ssize_t>(text.size());
    }

    bool trickle(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            sleep(1);
            if (!say(text.substr(i, 1))) {
                return false;
            }
        }
        return true;
    }

    bool drip(std::string_view text, std::size_t pause) {
        while (!is_stopped_ && say(text)) {
            sleep(pause);
        }
        return false;
    }

    bool fill(std::string_view text, std::size_t size) {
        std::size_t said = 0;
        while (said < size && say(text)) {
            said += text.size();
        }
        return said >= size;
    }

    static void sleep(std::size_t time) { std::this_thread::sleep_for(std::chrono::milliseconds(time)); }

    void reset() {
        const linger at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
        close_socket();
    }

    void close_socket() {
        const std::lock_guard lock(closing_);
        if (socket_ >= 0) {
            ::close(socket_);
            socket_ = -1;
        }
    }

    int socket_;
    std::vector<step> const* steps_;
    std::string_view authority_;
    owned<SSL> session_{};
    std::string received_{};
    // of the request that is being read
    std::size_t request_at_ = 0;
    std::size_t body_at_ = 0;
    bool has_unread_ = false;
    std::uint64_t bytes_said_ = 0;
    std::atomic<bool> is_stopped_ = false;
    std::mutex closing_{};
};

owned<SSL_CTX> make_context(scenario const& played, certificates const& shown) {
    if (!played.is_https()) {
        return nullptr;
    }
    owned<SSL_CTX> context(SSL_CTX_new(TLS_server_method()));
    identity const& self = shown.of(played.certificate);
    SSL_CTX_use_certificate(context.get(), self.certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), self.key.get());
    if (played.is_tls_1_2) {
        SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
    }
    if (!played.has_tickets) {
        SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(context.get(), 0);
    }
    return context;
}

}  // namespace

zenwire::transport_observation play_server(scenario const& played, std::string_view authority,
                                           certificates const& shown, int listening, int stop) {
    const owned<SSL_CTX> context = make_context(played, shown);
    std::list<connection> connections;
    std::list<std::thread> threads;
    // more than any transport opens that does not repeat without an end
    constexpr std::size_t max_connections = 64;
    pollfd ready[2] = {{listening, POLLIN, 0}, {stop, POLLIN, 0}};
    while (::poll(&ready[0], 2, -1) > 0 && ready[1].revents == 0) {
        if (connections.size() == max_connections) {
            ready[0].fd = -1;
            continue;
        }
        if (const int socket = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC); socket >= 0) {
            auto& steps = connections.empty() ? played.first : played.later;
            connection& made = connections.emplace_back(socket, context.get(), steps, authority);
            threads.emplace_back([&made] { made.play(); });
        }
    }
    zenwire::transport_observation observed;
    for (connection& each : connections) {
        each.stop();
    }
    for (std::thread& each : threads) {
        each.join();
    }
    for (connection const& each : connections) {
        each.add_to(observed);
    }
    return observed;
}

}  // namespace transport_conformance
