// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_TRANSPORT_HPP

#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "beast_message.hpp"

/// A transport over Boost.Beast that blocks until the answer is there. One connection a request.
///
/// The blocking functions of Boost.Asio know no timeout. So each step is one of the others, with an io_context of our own
/// that runs until the step is done or the time is over.
class beast_transport {
public:
    explicit beast_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) {
        return reporting_exceptions([&] { return send(request); });
    }

private:
    http_result send(zenwire::request_view const& request) {
        beast_message::ssl::context tls(beast_message::ssl::context::tls_client);
        boost::asio::io_context context;
        const bool is_https = request.scheme == "https";
        const beast_message::address address(request);
        const beast_message::request_bytes bytes(request);
        if (!bytes.is_valid() || (is_https && !beast_message::set_up(tls, settings_))) {
            return not_sent("no request of http or https, or there are no certificates to trust");
        }
        beast_message::tls_stream stream(context, tls);
        stepper step{context, std::chrono::steady_clock::now() + settings_.timeout};

        boost::asio::ip::tcp::resolver resolver(context);
        boost::asio::ip::tcp::resolver::results_type places;
        step([&](auto done) {
            resolver.async_resolve(address.host, address.port, [done, &places](auto failure, auto found) {
                places = found;
                done(failure);
            });
        });
        connect(stream.next_layer(), places, step);
        if (is_https && !beast_message::set_up(stream, address.host)) {
            return not_sent("TLS could not be set up");
        }
        if (is_https) {
            step([&](auto done) { stream.async_handshake(beast_message::ssl::stream_base::client, done); });
        }
        if (step.failure) {
            return not_sent(step.failure.message());
        }
        return is_https ? exchange(stream, step, bytes) : exchange(stream.next_layer(), step, bytes);
    }

    /// How a step ends.
    struct note {
        void operator()(boost::system::error_code result, std::size_t = 0) const { *failure = result; }
        boost::system::error_code* failure;
    };

    /// Does one step after the other, until one fails.
    struct stepper {
        template <class Start>
        void operator()(Start start) {
            if (!failure) {
                failure = boost::asio::error::timed_out;
                start(note{&failure});
                context.restart();
                context.run_until(deadline);
            }
        }
        boost::asio::io_context& context;
        std::chrono::steady_clock::time_point deadline;
        boost::system::error_code failure{};
    };

    /// Tries one address after the other, each for its share of the time. The stream ends what takes longer, so that
    /// nothing of it is left when the next begins.
    static void connect(boost::beast::tcp_stream& stream, boost::asio::ip::tcp::resolver::results_type const& places,
                        stepper& step) {
        auto left = static_cast<std::ptrdiff_t>(places.size());
        bool is_connected = step.failure.failed();
        for (auto place = places.begin(); place != places.end() && !is_connected; ++place) {
            step.failure = {};
            stream.close();
            stream.expires_at(beast_message::share(step.deadline, left--));
            step([&](auto done) { stream.async_connect(place->endpoint(), done); });
            is_connected = !step.failure;
        }
        if (is_connected) {
            stream.expires_never();
            // else the end of a handshake and the request wait for confirmations
            stream.socket().set_option(boost::asio::ip::tcp::no_delay(true), step.failure);
        }
    }

    template <class Stream>
    http_result exchange(Stream& stream, stepper& step, beast_message::request_bytes const& request) {
        boost::beast::flat_buffer buffer(beast_message::most_unread);
        int left = beast_message::most_responses;
        std::optional<beast_message::parser> answer;
        step([&](auto done) { boost::asio::async_write(stream, request.buffer(), done); });
        do {
            answer.emplace().body_limit(settings_.most_body);
            step([&](auto done) { beast_message::http::async_read(stream, buffer, *answer, done); });
        } while (!step.failure && beast_message::is_interim(answer->get()) && --left > 0);
        if (step.failure || left == 0) {
            return unknown(step.failure ? step.failure.message() : "too many interim responses");
        }
        return beast_message::make_answer(answer->release());
    }

    transport_settings settings_;
};

#endif
