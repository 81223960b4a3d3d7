// SPDX-License-Identifier: BSL-1.0
#include <zenwire/system_runtime.hpp>

#include "beast_action.hpp"
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
        boost::asio::co_spawn(context, send_beast_action(client, actions[i], transport, runtime), keep);
    }
    context.run();
    return results;
}
