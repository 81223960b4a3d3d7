// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_MESSAGE_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_MESSAGE_HPP

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/http/http1.hpp>

#include "http_answer.hpp"

/// What the transports over Boost.Beast have in common: the messages, and how TLS is set up.
namespace beast_message {

namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;

using parser = http::response_parser<http::string_body>;
using tls_stream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

/// How much may lie in a buffer and wait to be read: a head, or what stands between chunks, is no longer.
inline constexpr std::size_t most_unread = 131072;
/// The interim responses (1xx), and the one that counts.
inline constexpr int most_responses = 16;

/// The bytes of a request, as zenwire writes them: fields and body go out as they are, and it compiles in half the time.
class request_bytes {
public:
    explicit request_bytes(zenwire::request_view const& request) {
        const auto message = zenwire::http1_request::make(request, zenwire::connection_use::close);
        if (message && (request.scheme == "https" || request.scheme == "http")) {
            bytes_.resize(message->size());
            is_valid_ = message->write_to(bytes_).has_value();
        }
    }
    request_bytes(request_bytes const&) = delete;
    request_bytes& operator=(request_bytes const&) = delete;
    ~request_bytes() { zenwire::secure_zero(std::span(bytes_)); }

    [[nodiscard]] bool is_valid() const { return is_valid_; }
    [[nodiscard]] boost::asio::const_buffer buffer() const { return boost::asio::buffer(bytes_); }

private:
    std::string bytes_{};
    bool is_valid_ = false;
};

/// Whether another answer follows (1xx).
inline bool is_interim(http::response<http::string_body> const& answer) { return answer.result_int() / 100 == 1; }

inline http_answer make_answer(http::response<http::string_body>&& from) {
    http_answer result{static_cast<int>(from.result_int()), {}, {}};
    for (auto const& each : from) {
        result.fields.emplace_back(each.name_string(), each.value());
    }
    result.body = std::move(from.body());
    return result;
}

/// Where to connect, as the resolver wants it.
struct address {
    explicit address(zenwire::request_view const& of) {
        const auto place = zenwire::endpoint::make(std::string(of.scheme).append("://").append(of.authority));
        host = place ? place->host() : std::string_view();
        host = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
        port = std::to_string(place ? place->port() : 0);
    }
    std::string host{};
    std::string port{};
};

/// Until when one of `left` addresses may take, so that the first does not eat the time of all.
inline std::chrono::steady_clock::time_point share(std::chrono::steady_clock::time_point deadline,
                                                   std::ptrdiff_t left) {
    const auto now = std::chrono::steady_clock::now();
    return now + (deadline - now) / left;
}

/// Trusts the certificates of the system, or those of the settings; false when they cannot be read.
inline bool set_up(ssl::context& context, transport_settings const& settings) {
    boost::system::error_code failure;
    context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1, failure);
    if (!failure && settings.ca_file.empty()) {
        context.set_default_verify_paths(failure);
    } else if (!failure) {
        context.load_verify_file(settings.ca_file, failure);
    }
    return !failure;
}

/// The certificate must be right, and made out to `host`; false when OpenSSL refuses.
inline bool set_up(tls_stream& stream, std::string const& host) {
    boost::system::error_code failure;
    stream.set_verify_mode(ssl::verify_peer, failure);
    stream.set_verify_callback(ssl::host_name_verification(host), failure);
    // what SSL_set_tlsext_host_name is, without its cast of C
    std::string name = host;
    return !failure &&
           SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

}  // namespace beast_message

#endif
