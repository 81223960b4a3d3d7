// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP

#include <csignal>
#include <future>
#include <thread>

#include "http_answer.hpp"
#include "httplib_client.hpp"

/// A transport over cpp-httplib, 0.11 to 0.53. TLS: cpp-httplib does it where it is compiled with CPPHTTPLIB_OPENSSL_SUPPORT.
///
/// cpp-httplib bounds single reads and writes, not the whole, and begins to wait anew after each signal. So it works in a
/// thread without signals, and is stopped when the time is over; SIGPIPE does not reach the program either.
///
/// What remains: it does not bound the lines of a head before 0.2x, and skips no interim response but 100: others are
/// `unknown`.
class httplib_transport {
public:
    explicit httplib_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&]() -> http_result {
            httplib_client client(request, settings_);
            if (!client.is_valid()) {
                return not_sent("cpp-httplib refuses the scheme or the authority");
            }
            std::promise<http_result> promise;
            auto result = promise.get_future();
            const std::jthread worker([&] {
                sigset_t all{};
                sigfillset(&all);
                pthread_sigmask(SIG_BLOCK, &all, nullptr);
                promise.set_value(reporting_exceptions([&] { return send(client, request); }));
            });
            if (result.wait_for(settings_.timeout) != std::future_status::ready) {
                client->stop();
            }
            return result.get();
        });
    }

private:
    http_result send(httplib_client& client, zenwire::request_view const& request) const {
        // From 0.12 on it sends a second time when the other side ends the TLS session early, and has no switch for that.
        // So what would be a second connection cannot connect: its socket listens.
        bool is_written = false;
        client->set_socket_options([&](auto socket) {
            if (is_written) {
                ::listen(socket, 0);
            }
        });
        http_answer answer;
        httplib::Request message = make_message(request, is_written);
        message.content_receiver = [&](char const* data, std::size_t size, auto, auto) {
            answer.body.append(data, size);
            return answer.body.size() <= settings_.most_body;
        };
        const httplib::Result result = client->send(message);
        if (!result) {
            const std::string why = httplib::to_string(result.error());
            return !is_written && happens_before_sending(result.error()) ? http_result(not_sent(why)) : unknown(why);
        }
        if (result->status < 200) {
            return unknown("cpp-httplib takes an interim response for the last one");
        }
        answer.status = result->status;
        answer.fields.assign(result->headers.begin(), result->headers.end());
        return answer;
    }

    static httplib::Request make_message(zenwire::request_view const& request, bool& is_written) {
        httplib::Request message;
        message.method = request.method;
        message.path = request.target;
        for (const zenwire::field each : request.fields) {
            message.headers.emplace(each.name, each.value);
        }
        message.content_length_ = request.body.size();
        message.content_provider_ = [body = request.body, &is_written](std::size_t at, std::size_t size, auto& sink) {
            is_written = true;
            return sink.write(body.data() + at, size);
        };
        return message;
    }

    template <class Error>
    static bool happens_before_sending(Error error) {
        if constexpr (requires { Error::SSLServerHostnameVerification; }) {
            if (error == Error::SSLServerHostnameVerification) {
                return true;
            }
        }
        return error == Error::Connection || error == Error::ConnectionTimeout || error == Error::SSLConnection ||
               error == Error::SSLLoadingCerts || error == Error::SSLServerVerification;
    }

    transport_settings settings_;
};

#endif
