// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TLS_CONNECTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_TLS_CONNECTION_HPP

#include <array>

#include "http_answer.hpp"
#include "tcp_connection.hpp"
#include "tls_session.hpp"

/// A tls_session over a tcp_connection, for posix_transport.
class tls_connection {
public:
    using time_point = tcp_connection::time_point;

    static constexpr std::string_view scheme = "https";

    explicit tls_connection(transport_settings const& settings) : connection_(settings), session_(settings) {}

    /// Succeeds when the session is there, and the certificate is right and made out to `host`. After a failure it is
    /// closed.
    bool open(std::string const& host, unsigned port, time_point deadline) {
        close();
        const bool opened = session_.begin(host) && connection_.open(host, port, deadline) &&
                            run([&] { return session_.shake_hands(); }, deadline) > 0;
        if (!opened) {
            close();
        }
        return opened;
    }

    void close() {
        session_.end();
        connection_.close();
    }

    [[nodiscard]] bool is_idle() const { return session_.is_idle() && connection_.is_idle(); }

    bool send(std::string_view bytes, time_point deadline) {
        return run([&] { return session_.write(bytes); }, deadline) == static_cast<std::ptrdiff_t>(bytes.size());
    }

    std::ptrdiff_t receive(char* memory, std::size_t size, time_point deadline) {
        return run([&] { return session_.read({memory, size}); }, deadline);
    }

private:
    /// Does one thing, with as many bytes from and to the connection as it takes; 0 at the end of the session, negative for
    /// a failure. A connection that ends before its session is a failure.
    template <class Step>
    std::ptrdiff_t run(Step step, time_point deadline) {
        std::array<char, 4096> memory{};
        while (true) {
            const tls_session::result result = step();
            for (auto piece = session_.take_output(memory); !piece.empty(); piece = session_.take_output(memory)) {
                if (!connection_.send(piece, deadline)) {
                    return -1;
                }
            }
            switch (result.what) {
            case tls_session::state::done: return result.count;
            case tls_session::state::ended: return 0;
            case tls_session::state::failed: return -1;
            case tls_session::state::wants_input: break;
            }
            const std::ptrdiff_t count = connection_.receive(memory.data(), memory.size(), deadline);
            if (count <= 0 || !session_.give_input({memory.data(), static_cast<std::size_t>(count)})) {
                return -1;
            }
        }
    }

    tcp_connection connection_;
    tls_session session_;
};

#endif
