// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_REQUEST_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_REQUEST_HPP

#include <array>
#include <functional>
#include <optional>

#include <uv.h>

#include <zenwire/http/endpoint.hpp>

#include "answer_reader.hpp"
#include "tls_session.hpp"

/// One request over libuv, on a connection of its own: many may be under way in one loop. A program that uses libuv ignores
/// SIGPIPE.
class uv_request {
public:
    using callback = std::function<void(http_result)>;

    /// Calls `done` once, from the loop, when all is over. Keeps nothing of the request_view.
    static void send(uv_loop_t& loop, zenwire::request_view const& request, transport_settings const& settings,
                     callback done) {
        (new uv_request(loop, settings, std::move(done)))->start(request);
    }

private:
    uv_request(uv_loop_t& loop, transport_settings const& settings, callback done)
        : loop_(&loop), settings_(settings), done_(std::move(done)), reader_(settings.most_body) {
        uv_timer_init(loop_, &timer_);
        socket_.data = timer_.data = lookup_.data = connecting_.data = this;
    }

    void start(zenwire::request_view const& request) {
        const auto message = zenwire::http1_request::make(request, zenwire::connection_use::close);
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        if (!message || !place) {
            return finish(not_sent("no request of http or https"));
        }
        message->for_each_piece([&](std::string_view piece) { bytes_ += piece; });
        host_ = place->host();
        host_ = host_.starts_with('[') ? host_.substr(1, host_.size() - 2) : host_;
        if (request.scheme == "https" && !tls_.emplace(settings_).begin(host_)) {
            return finish(not_sent("TLS could not be set up"));
        }
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        const auto found = [](uv_getaddrinfo_t* lookup, int, addrinfo* first) { self(lookup)->begin(first); };
        uv_getaddrinfo(loop_, &lookup_, found, host_.c_str(), std::to_string(place->port()).c_str(), &wanted);
    }

    void begin(addrinfo* first) {
        found_ = next_ = first;
        deadline_ = uv_now(loop_) + static_cast<std::uint64_t>(settings_.timeout.count());
        try_next();
    }

    /// Each address has its share of the time.
    void try_next() {
        std::uint64_t left = 0;
        for (addrinfo const* each = next_; each != nullptr; each = each->ai_next) {
            ++left;
        }
        if (left == 0 || uv_tcp_init(loop_, &socket_) != 0) {
            return finish(not_sent("no connection"));
        }
        has_socket_ = true;
        const auto connected = [](uv_connect_t* made, int failure) { self(made)->on_connected(failure); };
        if (uv_tcp_connect(&connecting_, &socket_, std::exchange(next_, next_->ai_next)->ai_addr, connected) != 0) {
            return close_socket();
        }
        uv_update_time(loop_);
        const std::uint64_t now = uv_now(loop_);
        uv_timer_start(&timer_, &on_time, now < deadline_ ? (deadline_ - now) / left : 0, 0);
    }

    static void on_time(uv_timer_t* timer) {
        uv_request& it = *self(timer);
        it.is_connected_ ? it.finish(it.is_written_ ? unknown("no response in time") : not_sent("no TLS in time"))
                         : it.close_socket();
    }

    void on_connected(int failure) {
        if (failure != 0) {
            return failure == UV_ECANCELED ? void() : close_socket();
        }
        is_connected_ = true;
        uv_tcp_nodelay(&socket_, 1);  // else handshake and request wait for confirmations
        uv_timer_start(&timer_, &on_time, deadline_ - std::min(deadline_, uv_now(loop_)), 0);
        const auto allocate = [](uv_handle_t* handle, std::size_t, uv_buf_t* memory) {
            *memory = uv_buf_init(self(handle)->memory_.data(), static_cast<unsigned>(self(handle)->memory_.size()));
        };
        uv_read_start(stream(), allocate, [](uv_stream_t* from, ssize_t count, uv_buf_t const* bytes) {
            if (count != 0) {
                self(from)->on_bytes({bytes->base, count > 0 ? static_cast<std::size_t>(count) : 0}, count == UV_EOF);
            }
        });
        tls_ ? shake_hands() : write_request();
    }

    void shake_hands() {
        const tls_session::result result = tls_->shake_hands();
        write_output();
        if (result.what == tls_session::state::done) {
            write_request();
        } else if (result.what != tls_session::state::wants_input) {
            finish(not_sent("no TLS session"));
        }
    }

    void write_request() {
        is_written_ = true;
        if (tls_) {
            tls_->write(bytes_);
            write_output();
        } else {
            write(bytes_);
        }
        zenwire::secure_zero(std::span(bytes_));
    }

    void write_output() {
        std::array<char, 4096> memory{};
        for (auto piece = tls_->take_output(memory); !piece.empty(); piece = tls_->take_output(memory)) {
            write(piece);
        }
    }

    void write(std::string_view bytes) {
        struct writing {
            uv_write_t request{};
            std::string bytes{};
        };
        auto* const one = new writing{{}, std::string(bytes)};
        one->request.data = one;
        const uv_buf_t buffer = uv_buf_init(one->bytes.data(), static_cast<unsigned>(one->bytes.size()));
        const auto written = [](uv_write_t* request, int) {
            auto* const done = static_cast<writing*>(request->data);
            zenwire::secure_zero(std::span(done->bytes));
            delete done;  // that it failed is heard from reading
        };
        if (uv_write(&one->request, stream(), &buffer, 1, written) != 0) {
            delete one;
        }
    }

    /// No bytes: the connection ended, or failed.
    void on_bytes(std::string_view bytes, bool has_ended) {
        if (bytes.empty()) {
            if (has_ended && !tls_) {
                reader_.take({});
            }
            finish(is_written_ ? reader_.result() : not_sent("no TLS session"));
        } else if (!tls_) {
            if (!reader_.take(bytes)) {
                finish(reader_.result());
            }
        } else {
            tls_->give_input(bytes);
            is_written_ ? read_session() : shake_hands();
        }
    }

    void read_session() {
        std::array<char, 4096> memory{};
        while (!is_over_) {
            const tls_session::result result = tls_->read(memory);
            if (result.what == tls_session::state::wants_input) {
                return write_output();
            }
            const auto count = static_cast<std::size_t>(result.count);
            if (result.what == tls_session::state::failed || !reader_.take({memory.data(), count})) {
                finish(reader_.result());
            }
        }
    }

    void close_socket() {
        uv_timer_stop(&timer_);
        if (has_socket_ && uv_is_closing(handle()) == 0) {
            uv_close(handle(), [](uv_handle_t* closed) {
                self(closed)->has_socket_ = false;
                self(closed)->is_over_ ? self(closed)->close_timer() : self(closed)->try_next();
            });
        }
    }

    void close_timer() {
        uv_close(reinterpret_cast<uv_handle_t*>(&timer_), [](uv_handle_t* closed) {
            const std::unique_ptr<uv_request> it(self(closed));
            uv_freeaddrinfo(it->found_);
            it->done_(std::move(*it->result_));
        });
    }

    void finish(http_result result) {
        if (!is_over_) {
            is_over_ = true;
            result_ = std::move(result);
            has_socket_ ? close_socket() : close_timer();
        }
    }

    template <class Handle>
    static uv_request* self(Handle* handle) {
        return static_cast<uv_request*>(handle->data);
    }
    uv_handle_t* handle() { return reinterpret_cast<uv_handle_t*>(&socket_); }
    uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&socket_); }

    uv_loop_t* loop_;
    transport_settings settings_;
    callback done_;
    uv_timer_t timer_{};
    uv_tcp_t socket_{};
    uv_getaddrinfo_t lookup_{};
    uv_connect_t connecting_{};
    addrinfo* found_ = nullptr;
    addrinfo* next_ = nullptr;
    std::uint64_t deadline_ = 0;
    std::string host_{};
    std::string bytes_{};
    std::optional<tls_session> tls_{};
    answer_reader reader_;
    std::array<char, 4096> memory_{};
    std::optional<http_result> result_{};
    bool has_socket_ = false;
    bool is_connected_ = false;
    bool is_written_ = false;
    bool is_over_ = false;
};

#endif
