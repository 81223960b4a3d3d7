// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_REQUEST_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_REQUEST_HPP

#include <array>
#include <functional>
#include <memory>

#include "http_session.hpp"
#include "uv_connector.hpp"

/// One request over libuv, on a connection of its own, with TLS by OpenSSL: many may be under way in one loop. A program that
/// uses libuv ignores SIGPIPE.
class uv_request {
public:
    using callback = std::function<void(http_result)>;

    /// Calls `done` once, from the loop, when all is over. Keeps nothing of the request_view.
    static void send(uv_loop_t& loop, zenwire::request_view const& request, transport_settings const& settings,
                     tls_context const& trusted, callback done) {
        (new uv_request(loop, request, settings, trusted, std::move(done)))->start();
    }

private:
    uv_request(uv_loop_t& loop, zenwire::request_view const& request, transport_settings const& settings,
               tls_context const& trusted, callback done)
        : message_(request), session_(trusted, settings.max_body), timer_(make_timer(loop, this)),
          connector_(loop, settings.timeout, [this](uv_owned<uv_tcp_t> made) { begin(std::move(made)); }),
          done_(std::move(done)) {}

    void start() {
        if (message_.is_valid()) {
            return connector_.connect(message_.to());
        }
        const auto refuse = [](uv_timer_t* timer) { self(timer)->finish(not_sent("no request of http or https")); };
        call_at(timer_, uv_connector::clock::now(), refuse);
    }

    void begin(uv_owned<uv_tcp_t> connected) {
        if (connected == nullptr) {
            return finish(not_sent("no connection"));
        }
        socket_ = std::move(connected);
        socket_->data = this;
        call_at(timer_, connector_.deadline(), [](uv_timer_t* timer) { self(timer)->finish(self(timer)->session_.result()); });
        const auto allocate = [](uv_handle_t* handle, std::size_t, uv_buf_t* memory) {
            *memory = uv_buf_init(self(handle)->memory_.data(), static_cast<unsigned>(self(handle)->memory_.size()));
        };
        uv_read_start(stream_of(socket_), allocate, [](uv_stream_t* from, ssize_t count, uv_buf_t const* bytes) {
            if (count != 0) {
                self(from)->go_on({bytes->base, count > 0 ? static_cast<std::size_t>(count) : 0}, count > 0 || count == UV_EOF);
            }
        });
        session_.begin(message_);
        write();
        if (!session_.wants_more()) {
            finish(session_.result());
        }
    }

    void go_on(std::string_view bytes, bool is_good) {
        if (is_good) {
            session_.give(bytes);
            write();
        }
        if (!is_good || !session_.wants_more()) {
            finish(session_.result());
        }
    }

    void write() {
        for (auto piece = session_.output(); !piece.empty(); piece = session_.output()) {
            write_copy(socket_, piece);
            session_.sent(piece.size());
        }
    }

    void finish(http_result result) {
        const std::unique_ptr<uv_request> end(this);
        done_(std::move(result));
    }

    template <class Handle>
    static uv_request* self(Handle* handle) {
        return static_cast<uv_request*>(handle->data);
    }

    outgoing_request message_;
    http_session session_;
    uv_owned<uv_timer_t> timer_;
    uv_connector connector_;
    callback done_;
    uv_owned<uv_tcp_t> socket_{};
    std::array<char, 4096> memory_{};
};

#endif
