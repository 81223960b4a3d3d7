// SPDX-License-Identifier: BSL-1.0
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "../../examples/beast_action.hpp"
#include "in_flight.hpp"

namespace {

/// Runs so many coroutines at once; `start()` makes one, which returns something that is right or not.
template <class Start>
std::size_t run_at_once(std::size_t count, Start start, auto is_right) {
    boost::asio::io_context context;
    std::size_t right = 0;
    const auto done = [&](std::exception_ptr const& thrown, auto const& result) {
        right += thrown == nullptr && is_right(result) ? 1U : 0U;
    };
    while (count-- > 0) {
        boost::asio::co_spawn(context, start(), done);
    }
    context.run();
    return right;
}

}  // namespace

std::pair<stack_bench::sender, stack_bench::sender> stack_bench::beast_at_once(job const& what) {
    const auto transport = std::make_shared<beast_coroutine_transport>(what.settings);
    return {[transport, &what](std::size_t count) {
                return run_at_once(
                    count, [&] { return send_beast_action(what.client, what.action, *transport, what.runtime); },
                    [](auto const& result) { return result.has_value(); });
            },
            [transport, &what](std::size_t count) {
                return run_at_once(
                    count, [&] { return transport->send(what.ready_request); },
                    [](http_result const& result) { return result && result->status == 200; });
            }};
}
