// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_TRANSPORT_HPP

#include <chrono>
#include <memory>

#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/runtime.hpp>

#include "sigpipe_shield.hpp"
#include "uv_request.hpp"

/// A transport over libuv that runs a loop of its own until the response is there.
class uv_transport {
public:
    explicit uv_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] {
            const sigpipe_shield shield;
            http_result result = unknown("the loop ended before the response");
            uv_loop_t loop{};
            uv_loop_init(&loop);
            uv_request::send(loop, request, settings_, [&](http_result got) { result = std::move(got); });
            uv_run(&loop, UV_RUN_DEFAULT);
            uv_loop_close(&loop);
            return result;
        });
    }

private:
    transport_settings settings_;
};

/// An action that goes its way in a loop of libuv among others; tests/docs/async.md walks through it.
template <class Action, zenwire::credential Credential, zenwire::runtime Runtime>
class uv_action : public std::enable_shared_from_this<uv_action<Action, Credential, Runtime>> {
public:
    using result = zenwire::expected<typename Action::response>;
    using callback = std::function<void(result)>;

    /// Calls `done` once, from the loop. Client and runtime must live until then.
    static void send(uv_loop_t& loop, zenwire::client<Credential> const& client, Action const& action, Runtime& runtime,
                     transport_settings const& settings, callback done) {
        const std::shared_ptr<uv_action> made(new uv_action(loop, client, action, runtime, settings, std::move(done)));
        made->go_on(made->exchange_.next(runtime.now()));
    }

private:
    uv_action(uv_loop_t& loop, zenwire::client<Credential> const& client, Action const& action, Runtime& runtime,
              transport_settings const& settings, callback done)
        : loop_(&loop), exchange_(client, action), runtime_(&runtime), settings_(settings), done_(std::move(done)) {}

    void go_on(zenwire::exchange_step step) {
        switch (step.what) {
        case zenwire::exchange_step::kind::send: return send();
        case zenwire::exchange_step::kind::wait_for: return wait(step.wait);
        case zenwire::exchange_step::kind::done: return done_(std::move(exchange_).result());
        }
    }

    void send() {
        uv_request::send(*loop_, exchange_.request(), settings_, [it = this->shared_from_this()](http_result answer) {
            const std::uint32_t jitter = it->runtime_->jitter();
            it->go_on(answer ? it->exchange_.receive(zenwire::response_adapter(*answer).view(), it->runtime_->now(), jitter)
                             : it->exchange_.send_failed(answer.error(), jitter));
        });
    }

    void wait(zenwire::milliseconds time) {
        keep_ = this->shared_from_this();
        uv_timer_init(loop_, &timer_);
        timer_.data = this;
        const auto over = [](uv_timer_t* timer) {
            uv_close(reinterpret_cast<uv_handle_t*>(timer), [](uv_handle_t* closed) {
                const auto it = std::move(static_cast<uv_action*>(closed->data)->keep_);
                it->go_on(it->exchange_.next(it->runtime_->now()));
            });
        };
        uv_timer_start(&timer_, over, static_cast<std::uint64_t>(time.count()), 0);
    }

    uv_loop_t* loop_;
    zenwire::request_exchange<Action, Credential> exchange_;
    Runtime* runtime_;
    transport_settings settings_;
    callback done_;
    uv_timer_t timer_{};
    std::shared_ptr<uv_action> keep_{};
};

#endif
