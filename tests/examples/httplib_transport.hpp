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
/// What remains: it skips no interim response but 100, so those with others are `unknown`, and the lines of a head are bounded
/// only by the time in older versions, up to 0.18 at the cost of the stack.
class httplib_transport {
public:
    explicit httplib_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&]() -> http_result {
            const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
            const std::vector<std::string> addresses = httplib_client::addresses_of(request);
            auto left = static_cast<std::ptrdiff_t>(addresses.size());
            http_result result = not_sent("no address, or cpp-httplib refuses the scheme or the authority");
            for (auto each = addresses.begin(); each != addresses.end(); ++each) {
                httplib_client client(request, settings_);
                const auto time = deadline - std::chrono::steady_clock::now();
                if (!client.is_valid() || time.count() <= 0) {
                    return result;
                }
                client.connect_to(*each, std::chrono::ceil<std::chrono::milliseconds>(time / left--));
                bool is_connected = true;
                result = send_in_thread(client, request, deadline, is_connected);
                if (is_connected) {
                    return result;
                }
            }
            return result;
        });
    }

private:
    using time_point = std::chrono::steady_clock::time_point;

    http_result send_in_thread(httplib_client& client, zenwire::request_view const& request, time_point deadline,
                               bool& is_connected) const {
        std::promise<http_result> promise;
        auto result = promise.get_future();
        const std::jthread worker([&] {
            sigset_t all{};
            sigfillset(&all);
            pthread_sigmask(SIG_BLOCK, &all, nullptr);
            promise.set_value(reporting_exceptions([&] { return send(client, request, is_connected); }));
        });
        if (result.wait_until(deadline) != std::future_status::ready) {
            client->stop();
        }
        return result.get();
    }

    http_result send(httplib_client& client, zenwire::request_view const& request, bool& is_connected) const {
        // From 0.12 on it sends a second time when the other side ends the TLS session early, and has no switch for that.
        // So what would be a second connection cannot connect: its socket listens.
        int sockets = 0;
        client->set_socket_options([&](auto socket) {
            if (++sockets > 1) {
                ::listen(socket, 0);
            }
        });
        http_answer answer;
        httplib::Request message = make_message(request);
        message.content_receiver = [&](char const* data, std::size_t size, auto, auto) {
            answer.body.append(data, size);
            return answer.body.size() <= settings_.most_body;
        };
        const httplib::Result result = client->send(message);
        if (!result) {
            const std::string why = httplib::to_string(result.error());
            const bool is_first = sockets <= 1;
            is_connected = !is_first || !(result.error() == httplib::Error::Connection ||
                                          result.error() == httplib::Error::ConnectionTimeout);
            return is_first && happens_before_sending(result.error()) ? http_result(not_sent(why)) : unknown(why);
        }
        if (result->status < 200) {
            return unknown("cpp-httplib takes an interim response for the last one");
        }
        answer.status = result->status;
        answer.fields.assign(result->headers.begin(), result->headers.end());
        return answer;
    }

    static httplib::Request make_message(zenwire::request_view const& request) {
        httplib::Request message;
        message.method = request.method;
        message.path = request.target;
        message.body = request.body;
        for (const zenwire::field each : request.fields) {
            message.headers.emplace(each.name, each.value);
        }
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
