// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_CLIENT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_CLIENT_HPP

#include <chrono>
#include <string>

#include "address_list.hpp"
#include "http_answer.hpp"
#include "httplib_versions.hpp"

/// A client of cpp-httplib that does what a transport of zenwire must. One for each request and address: on a connection that
/// it kept, cpp-httplib may send a second time, and it gives up when the first address is silent.
class httplib_client {
public:
    httplib_client(zenwire::request_view const& request, destination const& to, transport_settings const& settings)
        : client_(std::string(request.scheme).append("://").append(request.authority)), host_(to.host) {
        if (client_.is_valid()) {
            client_.set_read_timeout(settings.timeout);
            client_.set_write_timeout(settings.timeout);
            client_.set_follow_location(false);
            client_.set_tcp_nodelay(true);
            client_.set_keep_alive(false);
            client_.set_decompress(false);
            httplib_versions::leave_path(client_);
            httplib_versions::verify_certificate(client_);
            if (!settings.ca_file.empty()) {
                client_.set_ca_cert_path(settings.ca_file.c_str());
            }
            if (to.is_https) {
                verify_host();
            }
        }
    }

    [[nodiscard]] bool is_valid() const { return client_.is_valid(); }
    httplib::Client* operator->() { return &client_; }

    /// The only place that it connects to, and how long that may take.
    void connect_to(addrinfo const& address, std::chrono::steady_clock::time_point end) {
        char text[128] = "";
        ::getnameinfo(address.ai_addr, address.ai_addrlen, &text[0], sizeof(text), nullptr, 0, NI_NUMERICHOST);
        client_.set_hostname_addr_map({{host_, &text[0]}});
        client_.set_connection_timeout(
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()));
    }

private:
    /// OpenSSL compares the host: cpp-httplib 0.11 takes a common name for it where the certificate has other names.
    void verify_host() {
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
        X509_VERIFY_PARAM* const wanted = SSL_CTX_get0_param(httplib_versions::tls_of(client_));
        if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host_.c_str()) != 1) {
            X509_VERIFY_PARAM_set1_host(wanted, host_.data(), host_.size());
        }
#endif
    }

    httplib::Client client_;
    std::string host_;
};

#endif
