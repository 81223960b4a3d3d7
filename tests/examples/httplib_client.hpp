// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_CLIENT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_CLIENT_HPP

#include <algorithm>
#include <string>

#include <httplib.h>

#include <zenwire/http/endpoint.hpp>

#include "http_answer.hpp"

/// A client of cpp-httplib, 0.11 to 0.53, that does what a transport of zenwire must. Its switches changed their names, so
/// they are asked for by name. One for each request: on a connection that it kept, cpp-httplib may send a second time.
class httplib_client {
public:
    httplib_client(zenwire::request_view const& request, transport_settings const& settings)
        : client_(std::string(request.scheme).append("://").append(request.authority)) {
        if (is_valid()) {
            set_up(client_, settings);
            set_host(client_, request, settings.timeout);
        }
    }

    [[nodiscard]] bool is_valid() const { return client_.is_valid(); }
    httplib::Client* operator->() { return &client_; }

private:
    template <class Client>
    static void set_up(Client& client, transport_settings const& settings) {
        client.set_read_timeout(settings.timeout);
        client.set_write_timeout(settings.timeout);
        client.set_follow_location(false);
        client.set_keep_alive(false);
        client.set_decompress(false);
        if constexpr (requires { client.set_path_encode(false); }) {
            client.set_path_encode(false);
        } else {
            client.set_url_encode(false);
        }
        if constexpr (requires { client.enable_server_certificate_verification(true); }) {
            client.enable_server_certificate_verification(true);
        }
        if (!settings.ca_file.empty()) {
            client.set_ca_cert_path(settings.ca_file.c_str());
        }
    }

    /// Each address has its share of the time. And OpenSSL compares the host: cpp-httplib takes a common name for it where
    /// the certificate has other names.
    template <class Client>
    static void set_host(Client& client, zenwire::request_view const& request, std::chrono::milliseconds timeout) {
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        std::string host(place ? place->host() : std::string_view());
        if (host.starts_with('[')) {
            host = host.substr(1, host.size() - 2);
        }
        client.set_connection_timeout(timeout / std::max(address_count(host), 1));
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
        if (request.scheme == "https") {
            X509_VERIFY_PARAM* const wanted = SSL_CTX_get0_param(tls_of(client));
            if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) != 1) {
                X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size());
            }
        }
#endif
    }

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    template <class Client>
    static SSL_CTX* tls_of(Client& client) {
        if constexpr (requires { client.tls_context(); }) {
            return static_cast<SSL_CTX*>(client.tls_context());
        } else {
            return client.ssl_context();
        }
    }
#endif

    static int address_count(std::string const& host) {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) {
            return 0;
        }
        int count = 0;
        for (addrinfo const* each = found; each != nullptr; each = each->ai_next) {
            ++count;
        }
        ::freeaddrinfo(found);
        return count;
    }

    httplib::Client client_;
};

#endif
