// SPDX-License-Identifier: BSL-1.0
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <zenwire/client/system_runtime.hpp>

#include "beast_coroutine_transport.hpp"
#include "beast_transport.hpp"
#include "senders.hpp"

senders::transport senders::beast(transport_settings const& settings) { return beast_transport(settings); }

std::vector<senders::result> senders::beast_coroutines(client const& client, std::span<action const> actions,
                                                       transport_settings const& settings) {
    boost::asio::io_context context;
    const beast_coroutine_transport transport(settings);
    zenwire::system_runtime runtime;
    std::vector<result> results(actions.size());
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const auto keep = [&results, i](std::exception_ptr const&, auto answer) { results[i] = std::move(answer); };
        boost::asio::co_spawn(context, transport.send_action(client, actions[i], runtime), keep);
    }
    context.run();
    return results;
}

senders::transport senders::beast_coroutines(transport_settings const& settings) {
    return [transport = beast_coroutine_transport(settings)](zenwire::request_view const& request) {
        boost::asio::io_context context;
        http_result result = unknown("the coroutine ended without a result");
        const auto keep = [&result](std::exception_ptr const&, http_result answer) { result = std::move(answer); };
        boost::asio::co_spawn(context, transport.send(request), keep);
        context.run();
        return result;
    };
}
