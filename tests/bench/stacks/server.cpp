// SPDX-License-Identifier: BSL-1.0
//
// The other side of the benchmarks of the stacks, a process of its own on the loopback:
//
//     stack_server HOLD
//
// It prints the ports of http and https and the file with the certificate to trust, and responses each request with the same
// response. As long as less than HOLD requests wait for theirs, none is answered: so that they all are in flight at once. It
// ends with its standard input, and says then how many waited at most.

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

#include "../../transport_conformance/certificates.hpp"
#include "../../transport_conformance/trust_file.hpp"

namespace {

using transport_conformance::owned;

constexpr unsigned longest_life = 900;
constexpr int longest_wait = 5000;  // then what waits is answered, however little it is

constexpr std::string_view response =
    "HTTP/1.1 200 OK\r\ndate: Tue, 10 Jan 2023 14:32:57 GMT\r\ncontent-type: application/json;charset=utf-8\r\n"
    "content-length: 148\r\nconnection: keep-alive\r\nserver: cloud\r\nvary: accept-encoding\r\n\r\n"
    R"({"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3","response":{"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3","orderNumber":"1234567654321"}})";
static_assert(response.size() - response.find("\r\n\r\n") - 4 == 148);

class connection {
public:
    connection(int socket, SSL_CTX* context) : socket_(socket) {
        const int at_once = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
        if (context != nullptr) {
            session_.reset(SSL_new(context));
            SSL_set_fd(session_.get(), socket);
            SSL_set_accept_state(session_.get());
        }
    }
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;
    ~connection() { ::close(socket_); }

    enum class state : unsigned char { waits, has_request, is_over };

    /// Reads what there is.
    state read() {
        char bytes[4096];
        while (true) {
            ERR_clear_error();
            const auto count = session_ != nullptr ? SSL_read(session_.get(), &bytes[0], sizeof(bytes))
                                                   : static_cast<int>(::recv(socket_, &bytes[0], sizeof(bytes), 0));
            if (count <= 0) {
                const bool is_passing = session_ != nullptr
                                            ? SSL_get_error(session_.get(), count) == SSL_ERROR_WANT_READ
                                            : count < 0 && (errno == EAGAIN || errno == EINTR);
                return is_passing ? (has_request() ? state::has_request : state::waits) : state::is_over;
            }
            text_.append(&bytes[0], static_cast<std::size_t>(count));
        }
    }

    void answer() {
        text_.clear();
        if (session_ != nullptr) {
            SSL_write(session_.get(), response.data(), static_cast<int>(response.size()));
        } else {
            ::send(socket_, response.data(), response.size(), MSG_NOSIGNAL);
        }
    }

private:
    [[nodiscard]] bool has_request() const {
        const std::size_t end = text_.find("\r\n\r\n");
        std::size_t at = text_.find("ontent-");
        at = at == std::string::npos ? at : text_.find("ength: ", at);
        std::size_t size = 0;
        if (at < end && end != std::string::npos) {
            std::from_chars(text_.data() + at + 7, text_.data() + end, size);
        }
        return end != std::string::npos && text_.size() >= end + 4 + size;
    }

    int socket_;
    owned<SSL> session_{};
    std::string text_{};
};

int listen_somewhere(int& port) {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(at);
    auto* const address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(made, address, size) != 0 || ::listen(made, 16384) != 0 || ::getsockname(made, address, &size) != 0) {
        std::exit(1);
    }
    port = ntohs(at.sin_port);
    return made;
}

class server {
public:
    explicit server(std::size_t hold) : hold_(hold) {
        SSL_CTX_use_certificate(context_.get(), shown_.of(zenwire::transport_scenario::tls::right).certificate.get());
        SSL_CTX_use_PrivateKey(context_.get(), shown_.of(zenwire::transport_scenario::tls::right).key.get());
        SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
    }

    std::size_t run() {
        int http_port = 0;
        int https_port = 0;
        http_ = listen_somewhere(http_port);
        https_ = listen_somewhere(https_port);
        std::printf("%d %d %s\n", http_port, https_port, trusted_.path().c_str());
        std::fflush(stdout);
        ::fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
        for (const int each : {STDIN_FILENO, http_, https_}) {
            watch(each);
        }
        while (goes_on_) {
            epoll_event events[256];
            const int count = ::epoll_wait(poll_, &events[0], 256, waiting_.empty() ? -1 : longest_wait);
            for (int i = 0; i < count; ++i) {
                take(events[i].data.fd);
            }
            if (waiting_.size() >= hold_ || (count == 0 && !waiting_.empty())) {
                answer_all();
            }
        }
        return max_waiting_;
    }

private:
    void watch(int file) const {
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.fd = file;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, file, &wanted);
    }

    void take(int file) {
        if (file == STDIN_FILENO) {
            char byte = 0;
            goes_on_ = ::read(file, &byte, 1) > 0;
        } else if (file == http_ || file == https_) {
            for (int made = 0; (made = ::accept4(file, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
                connections_[made] = std::make_unique<connection>(made, file == https_ ? context_.get() : nullptr);
                watch(made);
            }
        } else {
            const connection::state state = connections_.at(file)->read();
            if (state == connection::state::is_over) {
                std::erase(waiting_, file);
                connections_.erase(file);
            } else if (state == connection::state::has_request) {
                waiting_.push_back(file);
            }
        }
    }

    void answer_all() {
        max_waiting_ = std::max(max_waiting_, waiting_.size());
        for (const int each : waiting_) {
            connections_.at(each)->answer();
        }
        waiting_.clear();
    }

    std::size_t hold_;
    const transport_conformance::certificates shown_{};
    const transport_conformance::trust_file trusted_{shown_.trusted()};
    owned<SSL_CTX> context_{SSL_CTX_new(TLS_server_method())};
    int poll_ = ::epoll_create1(EPOLL_CLOEXEC);
    int http_ = -1;
    int https_ = -1;
    std::unordered_map<int, std::unique_ptr<connection>> connections_{};
    std::vector<int> waiting_{};
    std::size_t max_waiting_ = 0;
    bool goes_on_ = true;
};

}  // namespace

int main(int count, char** arguments) {
    ::alarm(longest_life);
    std::signal(SIGPIPE, SIG_IGN);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    const std::size_t most = server(count > 1 ? std::stoul(arguments[1]) : 1).run();
    std::printf("%zu\n", most);
}
