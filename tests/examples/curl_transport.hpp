// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CURL_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_CURL_TRANSPORT_HPP

#include "curl_request.hpp"
#include "sigpipe_shield.hpp"

/// A transport over libcurl's easy interface, TLS included: one request at a time, on a connection of its own.
class curl_transport {
public:
    explicit curl_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&]() -> http_result {
            const sigpipe_shield shield;
            curl_request message(request, settings_);
            if (!message.is_ready()) {
                return not_sent("libcurl could not be set up");
            }
            return message.result(curl_easy_perform(message.handle()));
        });
    }

private:
    transport_settings settings_;
};

#endif
