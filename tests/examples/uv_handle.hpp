// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_HANDLE_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_HANDLE_HPP

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <uv.h>

#include <zenwire/base/secure_zero.hpp>

/// A timer or socket of libuv, which calls nobody any more when its owner is gone, and is deleted when libuv has let go of it.
template <class Handle>
struct uv_closer {
    void operator()(Handle* handle) const {
        uv_close(reinterpret_cast<uv_handle_t*>(handle),
                 [](uv_handle_t* closed) { delete reinterpret_cast<Handle*>(closed); });
    }
};
template <class Handle>
using uv_owned = std::unique_ptr<Handle, uv_closer<Handle>>;

/// A timer that belongs to `owner`.
inline uv_owned<uv_timer_t> make_timer(uv_loop_t& loop, void* owner) {
    uv_owned<uv_timer_t> made(new uv_timer_t);
    uv_timer_init(&loop, made.get());
    made->data = owner;
    return made;
}

inline void call_at(uv_owned<uv_timer_t> const& timer, std::chrono::steady_clock::time_point when, uv_timer_cb function) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - std::chrono::steady_clock::now()).count();
    uv_update_time(timer->loop);
    uv_timer_start(timer.get(), function, left > 0 ? static_cast<std::uint64_t>(left) : 0, 0);
}

inline uv_stream_t* stream_of(uv_owned<uv_tcp_t> const& socket) { return reinterpret_cast<uv_stream_t*>(socket.get()); }

/// Writes a copy of the bytes, which is wiped in the end. That it failed is heard from reading.
inline void write_copy(uv_owned<uv_tcp_t> const& socket, std::string_view bytes) {
    struct writing {
        explicit writing(std::string_view from) : bytes(from) {}
        ~writing() { zenwire::secure_zero(std::span(bytes)); }
        uv_write_t request{};
        std::string bytes;
    };
    auto one = std::make_unique<writing>(bytes);
    one->request.data = one.get();
    const uv_buf_t buffer = uv_buf_init(one->bytes.data(), static_cast<unsigned>(one->bytes.size()));
    const auto written = [](uv_write_t* request, int) {
        const std::unique_ptr<writing> done(static_cast<writing*>(request->data));
    };
    if (uv_write(&one->request, stream_of(socket), &buffer, 1, written) == 0) {
        one.release();  // the callback's
    }
}

#endif
