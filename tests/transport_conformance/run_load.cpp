// SPDX-License-Identifier: BSL-1.0
#include "run_load.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "certificates.hpp"
#include "child.hpp"
#include "report_format.hpp"
#include "scenario_place.hpp"
#include "trust_file.hpp"

namespace transport_conformance {

namespace {

/// How often each request was on the wire: memory that all processes share, and that survives a killed one.
class arrivals {
public:
    explicit arrivals(std::size_t count)
        : size_(count), counts_(static_cast<unsigned char*>(::mmap(nullptr, count, PROT_READ | PROT_WRITE,
                                                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
    arrivals(arrivals const&) = delete;
    arrivals& operator=(arrivals const&) = delete;
    ~arrivals() { ::munmap(counts_, size_); }

    void add(std::size_t number) {
        if (number < size_ && counts_[number] < 255) {
            ++counts_[number];
        }
    }
    unsigned operator[](std::size_t number) const { return counts_[number]; }

private:
    std::size_t size_;
    unsigned char* counts_;
};

/// One connection of the server, with or without TLS.
class served_connection {
public:
    served_connection(int socket, SSL_CTX* context)
        : socket_(socket), session_(context != nullptr ? SSL_new(context) : nullptr) {
        const timeval patience{5, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        const int at_once = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
        if (session_ != nullptr) {
            SSL_set_fd(session_.get(), socket);
        }
    }
    served_connection(served_connection const&) = delete;
    served_connection& operator=(served_connection const&) = delete;
    ~served_connection() { ::close(socket_); }

    void serve(arrivals& seen, std::minstd_rand& chance) {
        if (session_ != nullptr && SSL_accept(session_.get()) != 1) {
            return;
        }
        const std::string body = R"({"requestId":"T1"})";
        const std::string reply = "HTTP/1.1 200 OK\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        // most requests are answered; each of the others has the same chance
        enum : unsigned long { closes_unread, closes, cuts, resets, says_a_part, says_close };
        while (true) {
            const auto what = static_cast<unsigned long>(chance() % 24);
            if (what == closes_unread || !read_request(seen)) {
                return;
            }
            switch (what) {
            case closes: end_session(); return;
            case cuts: return;
            case resets: reset(); return;
            case says_a_part: say(reply.substr(0, 30)); return;
            case says_close:
                say("HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                end_session();
                return;
            default: say(reply);
            }
        }
    }

private:
    bool read_request(arrivals& seen) {
        std::size_t size = std::string::npos;
        while (text_.size() < size) {
            char bytes[4096];
            const auto count = session_ != nullptr ? SSL_read(session_.get(), &bytes[0], sizeof(bytes))
                                                   : static_cast<int>(::recv(socket_, &bytes[0], sizeof(bytes), 0));
            if (count <= 0) {
                return false;
            }
            text_.append(&bytes[0], static_cast<std::size_t>(count));
            if (const std::size_t end = text_.find("\r\n\r\n"); end != std::string::npos && size == std::string::npos) {
                size = end + 4 + zenwire::detail::announced_length(std::string_view(text_).substr(0, end));
                seen.add(number_of(text_.substr(0, end)));
            }
        }
        text_.erase(0, size);
        return true;
    }

    static std::size_t number_of(std::string const& head) {
        const auto values = zenwire::detail::values_of(head, "x-number");
        return values.empty() ? SIZE_MAX : std::stoul(std::string(values[0]));
    }

    void say(std::string_view text) {
        if (session_ != nullptr) {
            SSL_write(session_.get(), text.data(), static_cast<int>(text.size()));
        } else {
            ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        }
    }
    void end_session() {
        if (session_ != nullptr) {
            SSL_shutdown(session_.get());
        }
    }
    void reset() {
        const linger at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    }

    int socket_;
    owned<SSL> session_;
    std::string text_{};
};

void serve_until_killed(int listening, SSL_CTX* context, arrivals& seen, unsigned seed) {
    std::signal(SIGPIPE, SIG_IGN);
    for (;; ++seed) {
        const int socket = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0) {
            // one for each connection: a transport may keep one and open another
            std::thread([=, &seen] {
                std::minstd_rand chance(seed);
                chance.discard(3);
                served_connection(socket, context).serve(seen, chance);
            }).detach();
        }
    }
}

void send_all(factory const& transports, limits const& of, std::string const& authority, bool over_tls, std::size_t count,
              int out) {
    const sender send = transports(of);
    for (std::size_t number = 0; number < count; ++number) {
        const std::string text = std::to_string(number);
        const zenwire::field fields[] = {{"host", authority}, {"content-type", "application/json"}, {"x-number", text}};
        zenwire::request_view request;
        request.scheme = over_tls ? "https" : "http";
        request.authority = authority;
        request.target = "/api/v2/bmc";
        request.fields = zenwire::field_list(fields);
        request.body = "{\"instanceId\":\"i-1\"}";
        const char told = static_cast<char>(send(request).outcome);
        write_all(out, {&told, 1});
    }
}

}  // namespace

load_result run_load(factory const& transports, std::size_t count, bool over_tls, unsigned seed) {
    const certificates shown;
    const trust_file trusted(shown.trusted());
    const scenario_place place(zenwire::transport_scenario::place::listening);
    const owned<SSL_CTX> context(SSL_CTX_new(TLS_server_method()));
    identity const& self = shown.of(zenwire::transport_scenario::tls::right);
    SSL_CTX_use_certificate(context.get(), self.certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), self.key.get());
    arrivals seen(count);

    const limits of{zenwire::milliseconds(2000), 65536, trusted.path()};
    child client([&](int out, int) { send_all(transports, of, place.authority(), over_tls, count, out); });
    load_result result;
    std::minstd_rand chance(seed);
    while (!client.has_ended()) {
        seed += 7919;
        child server([&](int, int) {
            serve_until_killed(place.listening(), over_tls ? context.get() : nullptr, seen, seed * 1000003U);
        });
        const auto life = std::chrono::steady_clock::now() + std::chrono::milliseconds(60 + chance() % 240);
        while (std::chrono::steady_clock::now() < life && !client.has_ended()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        result.kills += client.has_ended() ? 0U : 1U;
    }
    std::string const& told = client.text();
    result.is_whole = told.size() == count && client.abrupt_end().empty();
    for (std::size_t i = 0; i < count; ++i) {
        const auto outcome = i < told.size() ? static_cast<zenwire::transport_outcome>(told[i])
                                             : zenwire::transport_outcome::threw;
        result.responses += outcome == zenwire::transport_outcome::response ? 1U : 0U;
        result.not_sent += outcome == zenwire::transport_outcome::not_sent ? 1U : 0U;
        result.unknown += outcome == zenwire::transport_outcome::unknown ? 1U : 0U;
        result.repeated += seen[i] > 1 ? 1U : 0U;
        result.untrue += (outcome == zenwire::transport_outcome::not_sent && seen[i] != 0) ||
                                 (outcome == zenwire::transport_outcome::response && seen[i] == 0)
                             ? 1U
                             : 0U;
    }
    return result;
}

std::ostream& operator<<(std::ostream& to, load_result const& result) {
    return to << result.responses << " responses, " << result.not_sent << " not sent, " << result.unknown << " unknown; "
              << result.repeated << " on the wire more than once, " << result.untrue << " untrue; the server was killed "
              << result.kills << " times" << (result.is_whole ? "" : "; the transport did not come to the end");
}

}  // namespace transport_conformance
