// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_ACTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_ACTION_HPP

#include <memory>

#include <zenwire/client/request_exchange.hpp>

#include "uv_request.hpp"

/// An action that goes its way in a loop of libuv among others; tests/docs/async.md walks through it.
template <class Action, zenwire::credential Credential, zenwire::runtime Runtime>
class uv_action : public std::enable_shared_from_this<uv_action<Action, Credential, Runtime>> {
public:
    using result = zenwire::expected<typename Action::response>;
    using callback = std::function<void(result)>;

    /// Calls `done` once, from the loop. Client and runtime must live until then.
    static void send(uv_loop_t& loop, zenwire::client<Credential> const& client, Action const& action, Runtime& runtime,
                     transport_settings const& settings, tls_context const& trusted, callback done) {
        const std::shared_ptr<uv_action> made(
            new uv_action(loop, client, action, runtime, settings, trusted, std::move(done)));
        made->wait({});  // so that an action that is refused ends from the loop, too
    }

private:
    uv_action(uv_loop_t& loop, zenwire::client<Credential> const& client, Action const& action, Runtime& runtime,
              transport_settings const& settings, tls_context const& trusted, callback done)
        : loop_(&loop), exchange_(client, action), runtime_(&runtime), settings_(settings), trusted_(trusted),
          done_(std::move(done)) {}

    void go_on(zenwire::exchange_step step) {
        switch (step.what) {
        case zenwire::exchange_step::kind::send: return send();
        case zenwire::exchange_step::kind::wait_for: return wait(step.wait);
        case zenwire::exchange_step::kind::done: return done_(std::move(exchange_).result());
        }
    }

    void send() {
        const auto answered = [it = this->shared_from_this()](http_result const& answer) {
            const std::uint32_t jitter = it->runtime_->jitter();
            it->go_on(answer ? it->exchange_.receive(zenwire::response_adapter(*answer).view(), it->runtime_->now(), jitter)
                             : it->exchange_.send_failed(answer.error(), jitter));
        };
        uv_request::send(*loop_, exchange_.request(), settings_, trusted_, answered);
    }

    void wait(zenwire::milliseconds time) {
        timer_.reset(new uv_timer_t);
        uv_timer_init(loop_, timer_.get());
        timer_->data = new std::shared_ptr(this->shared_from_this());
        const auto over = [](uv_timer_t* timer) {
            const std::unique_ptr<std::shared_ptr<uv_action>> it(static_cast<std::shared_ptr<uv_action>*>(timer->data));
            (*it)->go_on((*it)->exchange_.next((*it)->runtime_->now()));
        };
        uv_timer_start(timer_.get(), over, static_cast<std::uint64_t>(time.count()), 0);
    }

    uv_loop_t* loop_;
    zenwire::request_exchange<Action, Credential> exchange_;
    Runtime* runtime_;
    transport_settings settings_;
    tls_context trusted_;
    callback done_;
    uv_owned<uv_timer_t> timer_{};
};

#endif
