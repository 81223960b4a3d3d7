// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_ACTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_ACTION_HPP

#include <boost/asio/steady_timer.hpp>

#include <zenwire/client/request_exchange.hpp>

#include "beast_coroutine_transport.hpp"

#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 with -O2 takes Boost.Asio's own pair of new and delete for coroutine frames for two that do not belong together.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

/// send_action() as a coroutine: many at once in one thread. All arguments must live until it is done.
template <class Action, zenwire::credential Credential, zenwire::runtime Runtime>
boost::asio::awaitable<zenwire::expected<typename Action::response>> send_beast_action(
    zenwire::client<Credential> const& client, Action const& action, beast_coroutine_transport const& transport,
    Runtime& runtime) {
    zenwire::request_exchange exchange(client, action);
    zenwire::exchange_step step = exchange.next(runtime.now());
    while (step.what != zenwire::exchange_step::kind::done) {
        if (step.what == zenwire::exchange_step::kind::send) {
            const http_result answer = co_await transport.send(exchange.request());
            step = answer ? exchange.receive(zenwire::response_adapter(*answer).view(), runtime.now(), runtime.jitter())
                          : exchange.send_failed(answer.error(), runtime.jitter());
        } else {
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
            timer.expires_after(std::chrono::milliseconds(step.wait.count()));
            co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
            step = exchange.next(runtime.now());
        }
    }
    co_return std::move(exchange).result();
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif
