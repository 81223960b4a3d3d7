// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_UV_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_UV_TRANSPORT_HPP

#include "sigpipe_shield.hpp"
#include "uv_request.hpp"

/// A transport over libuv that runs a loop of its own until the response is there.
class uv_transport {
public:
    explicit uv_transport(transport_settings const& settings = {})
        : settings_(settings), trusted_(make_tls_context(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] {
            const sigpipe_shield shield;
            http_result result = unknown("the loop ended before the response");
            uv_loop_t loop{};
            uv_loop_init(&loop);
            const auto keep = [&](http_result got) { result = std::move(got); };
            uv_request::send(loop, request, settings_, trusted_, keep);
            uv_run(&loop, UV_RUN_DEFAULT);
            uv_loop_close(&loop);
            return result;
        });
    }

private:
    transport_settings settings_;
    tls_context trusted_;
};

#endif
