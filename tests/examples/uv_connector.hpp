// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_CONNECTOR_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_CONNECTOR_HPP

#include <chrono>
#include <functional>
#include <optional>

#include "address_list.hpp"
#include "uv_handle.hpp"

/// Connects to a host with libuv: looks up its name, and tries one address after the other, each for its share of the time.
/// Must live until it has called.
class uv_connector {
public:
    using clock = std::chrono::steady_clock;
    /// Gets the connection, or null.
    using callback = std::function<void(uv_owned<uv_tcp_t>)>;

    uv_connector(uv_loop_t& loop, std::chrono::milliseconds timeout, callback done)
        : loop_(&loop), timeout_(timeout), timer_(make_timer(loop, this)), done_(std::move(done)) {
        lookup_.data = this;
    }

    /// Once.
    void connect(destination const& to) {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        const auto found = [](uv_getaddrinfo_t* lookup, int, addrinfo* first) { self(lookup)->begin(first); };
        if (uv_getaddrinfo(loop_, &lookup_, found, to.host.c_str(), to.port.c_str(), &wanted) != 0) {
            call_at(timer_, clock::now(), [](uv_timer_t* timer) { self(timer)->begin(nullptr); });
        }
    }

    /// Until when the whole may take; the look-up does not count.
    [[nodiscard]] clock::time_point deadline() const { return deadline_; }

private:
    void begin(addrinfo* found) {
        addresses_.emplace(found, &uv_freeaddrinfo);
        deadline_ = clock::now() + timeout_;
        try_next();
    }

    void try_next() {
        addrinfo const* const next = addresses_->next();
        if (next == nullptr) {
            return done_(nullptr);
        }
        socket_.reset(new uv_tcp_t);
        uv_tcp_init(loop_, socket_.get());
        socket_->data = this;
        call_at(timer_, addresses_->share(deadline_), [](uv_timer_t* timer) { self(timer)->try_next(); });
        auto connecting = std::make_unique<uv_connect_t>();
        const auto connected = [](uv_connect_t* made, int failure) {
            const std::unique_ptr<uv_connect_t> owner(made);
            if (failure != UV_ECANCELED) {  // by us: who waited for it is gone
                failure == 0 ? self(made->handle)->finish() : self(made->handle)->try_next();
            }
        };
        if (uv_tcp_connect(connecting.get(), socket_.get(), next->ai_addr, connected) != 0) {
            return try_next();
        }
        connecting.release();  // the callback's
    }

    void finish() {
        timer_ = nullptr;
        uv_tcp_nodelay(socket_.get(), 1);  // else handshake and request wait for confirmations
        done_(std::move(socket_));
    }

    template <class Handle>
    static uv_connector* self(Handle* handle) {
        return static_cast<uv_connector*>(handle->data);
    }

    uv_loop_t* loop_;
    std::chrono::milliseconds timeout_;
    uv_owned<uv_timer_t> timer_;
    callback done_;
    uv_owned<uv_tcp_t> socket_{};
    uv_getaddrinfo_t lookup_{};
    std::optional<address_list> addresses_{};
    clock::time_point deadline_{};
};

#endif
