// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/system_runtime.hpp>

#include "curl_multi_driver.hpp"
#include "curl_transport.hpp"
#include "senders.hpp"

senders::transport senders::curl(transport_settings const& settings) { return curl_transport(settings); }

std::vector<senders::result> senders::curl_multi(client const& client, std::span<action const> actions,
                                                 transport_settings const& settings) {
    using exchange = zenwire::request_exchange<action, access_key>;
    std::vector<exchange> exchanges;
    for (action const& each : actions) {
        exchanges.emplace_back(client, each);
    }
    zenwire::system_runtime runtime;
    curl_multi_driver<exchange>(settings).run(exchanges, runtime);
    std::vector<result> results;
    for (exchange& each : exchanges) {
        results.push_back(std::move(each).result());
    }
    return results;
}
