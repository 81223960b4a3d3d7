// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP

#include <csignal>
#include <future>
#include <thread>

#include "http_answer.hpp"
#include "httplib_client.hpp"

/// A transport over cpp-httplib, 0.11 and newer, with TLS where it is compiled with CPPHTTPLIB_OPENSSL_SUPPORT.
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
            const destination to(request);
            address_list addresses(to);
            http_result result = not_sent("no address, or cpp-httplib refuses the scheme or the authority");
            bool is_connected = false;
            while (addrinfo const* const each = is_connected ? nullptr : addresses.next()) {
                httplib_client client(request, to, settings_);
                if (!client.is_valid() || std::chrono::steady_clock::now() >= deadline) {
                    return result;
                }
                client.connect_to(*each, addresses.share(deadline));
                result = send_in_thread(client, request, deadline, is_connected);
            }
            return result;
        });
    }

private:
    http_result send_in_thread(httplib_client& client, zenwire::request_view const& request,
                               std::chrono::steady_clock::time_point deadline, bool& is_connected) const {
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
        is_connected = true;  // also if something is thrown
        int sockets = 0;
        client->set_socket_options([&](auto socket) {
            if (++sockets > 1) {
                ::listen(socket, 0);
            }
        });
        http_answer answer;
        httplib::Request message;
        message.method = request.method;
        message.path = request.target;
        message.body = request.body;
        for (const zenwire::field each : request.fields) {
            message.headers.emplace(each.name, each.value);
        }
        message.content_receiver = [&](char const* data, std::size_t size, auto, auto) {
            answer.body.append(data, size);
            return answer.body.size() <= settings_.max_body;
        };
        const httplib::Result result = client->send(message);
        is_connected = sockets > 1 || !httplib_versions::is_unconnected(result.error());
        if (!result) {
            const std::string why = httplib::to_string(result.error());
            const bool is_sent = sockets > 1 || !httplib_versions::is_before_sending(result.error());
            return is_sent ? http_result(unknown(why)) : not_sent(why);
        }
        if (result->status < 200) {
            return unknown("cpp-httplib takes an interim response for the last one");
        }
        answer.status = result->status;
        answer.fields.assign(result->headers.begin(), result->headers.end());
        return answer;
    }

    transport_settings settings_;
};

#endif
