// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_COROUTINE_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_COROUTINE_TRANSPORT_HPP

#include <optional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/runtime.hpp>

#include "beast_message.hpp"

/// Actions over Boost.Beast as coroutines of C++20: many at once in one thread. One connection a request. What a co_await
/// needs is named before it: GCC 12 may end temporary objects of such a statement twice.
class beast_coroutine_transport {
public:
    explicit beast_coroutine_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    /// send_action() as a coroutine. All arguments must live until it is done.
    template <class Action, zenwire::credential Credential, zenwire::runtime Runtime>
    boost::asio::awaitable<zenwire::expected<typename Action::response>> send_action(
        zenwire::client<Credential> const& client, Action const& action, Runtime& runtime) const {
        zenwire::request_exchange exchange(client, action);
        zenwire::exchange_step step = exchange.next(runtime.now());
        while (step.what != zenwire::exchange_step::kind::done) {
            if (step.what == zenwire::exchange_step::kind::send) {
                const http_result answer = co_await send(exchange.request());
                step = answer ? exchange.receive(zenwire::response_adapter(*answer).view(), runtime.now(),
                                                 runtime.jitter())
                              : exchange.send_failed(answer.error(), runtime.jitter());
            } else {
                boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
                timer.expires_after(std::chrono::milliseconds(step.wait.count()));
                co_await timer.async_wait(done);
                step = exchange.next(runtime.now());
            }
        }
        co_return std::move(exchange).result();
    }

    /// Sends one request, which must live until the coroutine is done.
    boost::asio::awaitable<http_result> send(zenwire::request_view request) const {
        try {
            http_result answer = co_await send_or_throw(request);
            co_return answer;
        } catch (std::exception const& thrown) {
            co_return unknown(thrown.what());
        }
    }

private:
    static constexpr auto done = boost::asio::as_tuple(boost::asio::use_awaitable);

    boost::asio::awaitable<http_result> send_or_throw(zenwire::request_view request) const {
        const bool is_https = request.scheme == "https";
        const beast_message::address address(request);
        const beast_message::request_bytes bytes(request);
        beast_message::ssl::context tls(beast_message::ssl::context::tls_client);
        beast_message::tls_stream stream(co_await boost::asio::this_coro::executor, tls);
        if (!bytes.is_valid() ||
            (is_https && !(beast_message::set_up(tls, settings_) && beast_message::set_up(stream, address.host)))) {
            co_return not_sent("no request of http or https, or TLS could not be set up");
        }
        boost::asio::ip::tcp::resolver resolver(stream.get_executor());
        auto [failure, places] = co_await resolver.async_resolve(address.host, address.port, done);
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        auto left = static_cast<std::ptrdiff_t>(places.size());
        for (auto place = places.begin(); place != places.end(); ++place) {
            stream.next_layer().close();
            stream.next_layer().expires_at(beast_message::share(deadline, left--));
            const boost::asio::ip::tcp::endpoint peer = place->endpoint();
            std::tie(failure) = co_await stream.next_layer().async_connect(peer, done);
            if (!failure) {
                break;
            }
        }
        stream.next_layer().expires_at(deadline);  // all that follows
        if (!failure) {
            stream.next_layer().socket().set_option(boost::asio::ip::tcp::no_delay(true), failure);
        }
        if (!failure && is_https) {
            std::tie(failure) = co_await stream.async_handshake(beast_message::ssl::stream_base::client, done);
        }
        if (failure) {
            co_return not_sent(failure.message());
        }
        if (is_https) {
            co_return co_await exchange(stream, bytes);
        }
        co_return co_await exchange(stream.next_layer(), bytes);
    }

    template <class Stream>
    boost::asio::awaitable<http_result> exchange(Stream& stream, beast_message::request_bytes const& request) const {
        auto [failure, count] = co_await boost::asio::async_write(stream, request.buffer(), done);
        boost::beast::flat_buffer buffer(beast_message::most_unread);
        std::optional<beast_message::parser> answer;
        int left = beast_message::most_responses;
        while (!failure && (!answer || beast_message::is_interim(answer->get())) && left-- > 0) {
            answer.emplace().body_limit(settings_.most_body);
            std::tie(failure, count) = co_await beast_message::http::async_read(stream, buffer, *answer, done);
        }
        if (failure || beast_message::is_interim(answer->get())) {
            co_return unknown(failure ? failure.message() : "too many interim responses");
        }
        co_return beast_message::make_answer(answer->release());
    }

    transport_settings settings_;
};

#endif
