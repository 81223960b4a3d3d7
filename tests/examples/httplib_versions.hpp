// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTPLIB_VERSIONS_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTPLIB_VERSIONS_HPP

#include <httplib.h>

/// What has other names in other versions of cpp-httplib, 0.11 to the newest: asked for by name, since the number of a version
/// says less.
namespace httplib_versions {

/// The path goes out as it is.
template <class Client>
void leave_path(Client& client) {
    if constexpr (requires { client.set_path_encode(false); }) {
        client.set_path_encode(false);
    } else {
        client.set_url_encode(false);
    }
}

template <class Client>
void verify_certificate([[maybe_unused]] Client& client) {
    if constexpr (requires { client.enable_server_certificate_verification(true); }) {
        client.enable_server_certificate_verification(true);
    }
}

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
template <class Client>
SSL_CTX* tls_of(Client& client) {
    if constexpr (requires { client.tls_context(); }) {
        return static_cast<SSL_CTX*>(client.tls_context());
    } else {
        return client.ssl_context();
    }
}
#endif

/// Whether the connection did not come about.
inline bool is_unconnected(httplib::Error error) {
    return error == httplib::Error::Connection || error == httplib::Error::ConnectionTimeout;
}

/// Whether nothing of the request can have left.
template <class Error>
bool is_before_sending(Error error) {
    if constexpr (requires { Error::SSLServerHostnameVerification; }) {
        if (error == Error::SSLServerHostnameVerification) {
            return true;
        }
    }
    return is_unconnected(error) || error == Error::SSLConnection || error == Error::SSLLoadingCerts ||
           error == Error::SSLServerVerification;
}

}  // namespace httplib_versions

#endif
