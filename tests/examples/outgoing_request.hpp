// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_OUTGOING_REQUEST_HPP
#define ZENWIRE_TESTS_EXAMPLES_OUTGOING_REQUEST_HPP

#include <span>
#include <string>
#include <string_view>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/message.hpp>

/// Where a request goes, as the functions that connect want it.
struct destination {
    explicit destination(zenwire::request_view const& request) {
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        if (place) {
            const std::string_view text = place->host();
            host = text.starts_with('[') ? text.substr(1, text.size() - 2) : text;
            port = std::to_string(place->port());
            is_https = place->transfer_scheme() == zenwire::endpoint::scheme::https;
        }
    }

    /// Whether the request is one of http or https, with a host.
    [[nodiscard]] bool is_valid() const { return !host.empty(); }

    /// a name or an address, an IPv6 address without its brackets
    std::string host{};
    std::string port{};
    bool is_https = false;
};

/// A request as bytes of HTTP/1.1, wiped in the end.
class outgoing_request {
public:
    explicit outgoing_request(zenwire::request_view const& request,
                              zenwire::connection_use use = zenwire::connection_use::close)
        : to_(request) {
        const auto message = zenwire::http1_request::make(request, use);
        if (message && to_.is_valid()) {
            bytes_.resize(message->size());
            is_valid_ = message->write_to(bytes_).has_value();
        }
    }
    outgoing_request(outgoing_request const&) = delete;
    outgoing_request& operator=(outgoing_request const&) = delete;
    ~outgoing_request() { zenwire::secure_zero(std::span(bytes_)); }

    /// If not, it cannot be sent.
    [[nodiscard]] bool is_valid() const { return is_valid_; }
    [[nodiscard]] destination const& to() const { return to_; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }

private:
    destination to_;
    std::string bytes_{};
    bool is_valid_ = false;
};

#endif
