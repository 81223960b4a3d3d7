// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP

#include <condition_variable>
#include <mutex>
#include <thread>

#include <httplib.h>

#include "http_answer.hpp"
#include "sigpipe_shield.hpp"

/// A transport over cpp-httplib, 0.11 to 0.53. TLS: cpp-httplib does it where it is compiled with CPPHTTPLIB_OPENSSL_SUPPORT.
///
/// A thread of its own ends an exchange that takes too long, since cpp-httplib bounds single reads and writes. What it does
/// not bound is the number of fields; of the interim answers it skips 100 only.
class httplib_transport {
public:
    explicit httplib_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] { return send(request); });
    }

private:
    http_result send(zenwire::request_view const& request) const {
        const sigpipe_shield shield;
        // A client of its own for each request: on a connection that it kept, it may silently send a second time.
        httplib::Client client(std::string(request.scheme).append("://").append(request.authority));
        if (!client.is_valid()) {
            return not_sent("cpp-httplib refuses the scheme or the authority");
        }
        set_up(client);
        // From 0.12 on it also sends a second time when the other side ends the TLS session early, and has no switch for
        // that. So what would be a second connection cannot connect: its socket listens.
        bool is_written = false;
        client.set_socket_options([&](auto socket) {
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
        std::mutex mutex;
        std::condition_variable_any never;
        const std::jthread watch([&](std::stop_token const& done) {
            std::unique_lock lock(mutex);
            never.wait_for(lock, done, settings_.timeout, [] { return false; });
            if (!done.stop_requested()) {
                client.stop();
            }
        });
        const httplib::Result result = client.send(message);
        if (!result) {
            const std::string why = httplib::to_string(result.error());
            return !is_written && happens_before_sending(result.error()) ? http_result(not_sent(why)) : unknown(why);
        }
        answer.status = result->status;
        answer.fields.assign(result->headers.begin(), result->headers.end());
        return answer;
    }

    template <class Client>
    void set_up(Client& client) const {
        client.set_connection_timeout(settings_.timeout);
        client.set_read_timeout(settings_.timeout);
        client.set_write_timeout(settings_.timeout);
        client.set_follow_location(false);
        client.set_keep_alive(false);
        client.set_decompress(false);
        if constexpr (requires { client.set_path_encode(false); }) {
            client.set_path_encode(false);
        } else {
            client.set_url_encode(false);  // its name before 0.22
        }
        if constexpr (requires { client.enable_server_certificate_verification(true); }) {
            client.enable_server_certificate_verification(true);  // nothing to switch on without TLS
        }
        if (!settings_.ca_file.empty()) {
            client.set_ca_cert_path(settings_.ca_file.c_str());
        }
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
