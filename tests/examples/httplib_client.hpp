// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_CLIENT_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_CLIENT_HPP

#include <chrono>
#include <string>
#include <vector>

#include <httplib.h>

#include <zenwire/http/endpoint.hpp>

#include "http_answer.hpp"

/// A client of cpp-httplib, 0.11 to 0.53, that does what a transport of zenwire must. Its switches changed their names, so
/// they are asked for by name. One for each request and address: on a connection that it kept, cpp-httplib may send a second
/// time, and it gives up when the first address is silent.
class httplib_client {
public:
    httplib_client(zenwire::request_view const& request, transport_settings const& settings)
        : client_(std::string(request.scheme).append("://").append(request.authority)), host_(host_of(request)) {
        if (is_valid()) {
            set_up(client_, settings);
            verify_host(client_, request.scheme);
        }
    }

    [[nodiscard]] bool is_valid() const { return client_.is_valid(); }
    httplib::Client* operator->() { return &client_; }

    /// The only place that it connects to, and how long that may take.
    void connect_to(std::string const& address, std::chrono::milliseconds time) {
        client_.set_hostname_addr_map({{host_, address}});
        client_.set_connection_timeout(time);
    }

    /// The addresses of the request's host, in the system's order.
    static std::vector<std::string> addresses_of(zenwire::request_view const& request) {
        std::vector<std::string> result;
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(host_of(request).c_str(), nullptr, &wanted, &found) == 0) {
            for (addrinfo const* each = found; each != nullptr; each = each->ai_next) {
                char text[128] = "";
                ::getnameinfo(each->ai_addr, each->ai_addrlen, &text[0], sizeof(text), nullptr, 0, NI_NUMERICHOST);
                result.emplace_back(&text[0]);
            }
            ::freeaddrinfo(found);
        }
        return result;
    }

private:
    static std::string host_of(zenwire::request_view const& request) {
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        const std::string host(place ? place->host() : std::string_view());
        return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
    }

    template <class Client>
    static void set_up(Client& client, transport_settings const& settings) {
        client.set_read_timeout(settings.timeout);
        client.set_write_timeout(settings.timeout);
        client.set_follow_location(false);
        client.set_tcp_nodelay(true);
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

    /// OpenSSL compares the host: cpp-httplib 0.11 takes a common name for it where the certificate has other names.
    template <class Client>
    void verify_host([[maybe_unused]] Client& client, [[maybe_unused]] std::string_view scheme) const {
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
        if (scheme == "https") {
            X509_VERIFY_PARAM* const wanted = SSL_CTX_get0_param(tls_of(client));
            if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host_.c_str()) != 1) {
                X509_VERIFY_PARAM_set1_host(wanted, host_.data(), host_.size());
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

    httplib::Client client_;
    std::string host_;
};

#endif
