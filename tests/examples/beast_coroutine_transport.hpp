// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_COROUTINE_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_COROUTINE_TRANSPORT_HPP

#include <memory>
#include <optional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "beast_tls.hpp"
#include "outgoing_request.hpp"

/// A request over Boost.Beast as a coroutine of C++20: many at once in one thread, each on a connection of its own. What a
/// co_await needs is named before it: GCC 12 may end temporary objects of such a statement twice.
class beast_coroutine_transport {
public:
    explicit beast_coroutine_transport(transport_settings const& settings = {})
        : settings_(settings), trusted_(make_beast_context(settings)) {}

    /// The request must live until the coroutine is done.
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
        const outgoing_request message(request);
        destination const& to = message.to();
        beast_tls_stream stream(co_await boost::asio::this_coro::executor, *trusted_);
        if (!message.is_valid() || (to.is_https && !verify(stream, to.host))) {
            co_return not_sent("no request of http or https, or TLS could not be set up");
        }
        boost::asio::ip::tcp::resolver resolver(stream.get_executor());
        auto [failure, places] = co_await resolver.async_resolve(to.host, to.port, done);
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        auto left = static_cast<std::ptrdiff_t>(places.size());
        bool is_connected = false;
        for (auto place = places.begin(); place != places.end() && !is_connected; ++place) {
            stream.next_layer().close();
            stream.next_layer().expires_after((deadline - std::chrono::steady_clock::now()) / left--);  // its share
            const boost::asio::ip::tcp::endpoint peer = place->endpoint();
            std::tie(failure) = co_await stream.next_layer().async_connect(peer, done);
            is_connected = !failure;
        }
        stream.next_layer().expires_at(deadline);  // all that follows
        if (!failure) {
            stream.next_layer().socket().set_option(boost::asio::ip::tcp::no_delay(true), failure);
        }
        if (!failure && to.is_https) {
            std::tie(failure) = co_await stream.async_handshake(boost::asio::ssl::stream_base::client, done);
        }
        if (failure) {
            co_return not_sent(failure.message());
        }
        if (to.is_https) {
            co_return co_await exchange(stream, message.bytes());
        }
        co_return co_await exchange(stream.next_layer(), message.bytes());
    }

    template <class Stream>
    boost::asio::awaitable<http_result> exchange(Stream& stream, std::string_view request) const {
        auto [failure, count] = co_await boost::asio::async_write(stream, boost::asio::buffer(request), done);
        boost::beast::flat_buffer buffer(131072);  // a head, or what stands between chunks, is no longer
        std::optional<boost::beast::http::response_parser<boost::beast::http::string_body>> parser;
        bool is_last = false;
        for (int left = 16; !failure && !is_last && left > 0; --left) {  // the others are interim ones (1xx)
            parser.emplace().body_limit(settings_.max_body);
            std::tie(failure, count) = co_await boost::beast::http::async_read(stream, buffer, *parser, done);
            is_last = parser->get().result_int() >= 200;
        }
        if (failure || !is_last) {
            co_return unknown(failure ? failure.message() : "too many interim responses");
        }
        http_answer answer{static_cast<int>(parser->get().result_int()), std::move(parser->get().body()), {}};
        for (auto const& each : parser->get()) {
            answer.fields.emplace_back(each.name_string(), each.value());
        }
        co_return answer;
    }

    transport_settings settings_;
    std::shared_ptr<boost::asio::ssl::context> trusted_;
};

#endif
