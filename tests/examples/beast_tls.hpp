// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_TLS_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_TLS_HPP

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "http_answer.hpp"

/// How TLS is set up for the transports over Boost.Beast.
using beast_tls_stream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

/// Trusts the certificates of the settings, or of the system; nobody where they cannot be read.
inline std::shared_ptr<boost::asio::ssl::context> make_beast_context(transport_settings const& settings) {
    using boost::asio::ssl::context;
    auto made = std::make_shared<context>(context::tls_client);
    boost::system::error_code failure;
    made->set_options(context::default_workarounds | context::no_tlsv1 | context::no_tlsv1_1, failure);
    if (settings.ca_file.empty()) {
        made->set_default_verify_paths(failure);
    } else {
        made->load_verify_file(settings.ca_file, failure);
    }
    return made;
}

/// The certificate must be right, and made out to `host`; false when OpenSSL refuses.
inline bool verify(beast_tls_stream& stream, std::string const& host) {
    boost::system::error_code failure;
    stream.set_verify_mode(boost::asio::ssl::verify_peer, failure);
    stream.set_verify_callback(boost::asio::ssl::host_name_verification(host), failure);
    // what SSL_set_tlsext_host_name is, without its cast of C
    std::string name = host;
    return !failure &&
           SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

#endif
