// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_BEAST_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_BEAST_TRANSPORT_HPP

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "beast_coroutine_transport.hpp"

/// A transport over Boost.Beast that blocks until the response is there. The blocking functions of Boost.Asio know no
/// time-out, so this is the coroutine in a loop of its own.
class beast_transport {
public:
    explicit beast_transport(transport_settings const& settings = {}) : transport_(settings) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] {
            boost::asio::io_context context;
            http_result result = unknown("the coroutine ended without a result");
            const auto keep = [&result](std::exception_ptr const&, http_result answer) { result = std::move(answer); };
            boost::asio::co_spawn(context, transport_.send(request), keep);
            context.run();
            return result;
        });
    }

private:
    beast_coroutine_transport transport_;
};

#endif
