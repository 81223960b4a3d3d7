// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_TRANSPORT_HPP

#include <httplib.h>

#include "http_answer.hpp"

/// A transport over cpp-httplib. TLS: cpp-httplib does it where it is compiled with CPPHTTPLIB_OPENSSL_SUPPORT.
///
/// cpp-httplib bounds the size of a field and the time of a single read or write; not the number of fields, nor the time
/// of the whole. Of the interim answers it skips 100 only.
class httplib_transport {
public:
    explicit httplib_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        // A client of its own for each request: on a connection that it kept, it may silently send a second time.
        httplib::Client client(std::string(request.scheme).append("://").append(request.authority));
        if (!client.is_valid()) {
            return not_sent("cpp-httplib refuses the scheme or the authority");
        }
        client.set_connection_timeout(settings_.timeout);
        client.set_read_timeout(settings_.timeout);
        client.set_write_timeout(settings_.timeout);
        client.set_follow_location(false);
        client.set_keep_alive(false);
        client.set_url_encode(false);
        client.set_decompress(false);
        client.enable_server_certificate_verification(true);
        if (!settings_.ca_file.empty()) {
            client.set_ca_cert_path(settings_.ca_file.c_str());
        }

        http_answer answer;
        httplib::Request message;
        message.method = request.method;
        message.path = request.target;
        message.body = request.body;
        for (const zenwire::field each : request.fields) {
            message.headers.emplace(each.name, each.value);
        }
        message.content_receiver = [&](char const* data, std::size_t size, std::uint64_t, std::uint64_t) {
            answer.body.append(data, size);
            return answer.body.size() <= settings_.most_body;
        };
        const httplib::Result result = client.send(message);
        if (!result) {
            const std::string why = httplib::to_string(result.error());
            if (happens_before_sending(result.error())) {
                return not_sent(why);
            }
            return unknown(why);
        }
        answer.status = result->status;
        answer.fields.assign(result->headers.begin(), result->headers.end());
        return answer;
    }

private:
    static bool happens_before_sending(httplib::Error error) {
        switch (error) {
        case httplib::Error::Connection:
        case httplib::Error::ConnectionTimeout:
        case httplib::Error::SSLConnection:
        case httplib::Error::SSLLoadingCerts:
        case httplib::Error::SSLServerVerification: return true;
        default: return false;
        }
    }

    transport_settings settings_;
};

#endif
