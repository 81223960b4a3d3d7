// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_SENDERS_HPP
#define ZENWIRE_TESTS_EXAMPLES_SENDERS_HPP

#include <functional>
#include <span>
#include <vector>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/client/client.hpp>

#include "http_answer.hpp"

/// The example transports, each behind the same function, for the program that tests them.
namespace senders {

using transport = std::function<http_result(zenwire::request_view const&)>;

transport curl(transport_settings const& settings);
transport httplib(transport_settings const& settings);
transport posix(transport_settings const& settings);
transport beast(transport_settings const& settings);
/// One request at a time over what sends many at once.
transport curl_multi(transport_settings const& settings);

using action = zenwire::modify_instance_traffic_package;
/// Whoever makes the MACs: the library, or one of the crypto adapters.
using mac = std::function<zenwire::expected<zenwire::sha256_digest>(std::string_view)>;
using access_key = zenwire::external_access_key<mac>;
using client = zenwire::client<access_key>;
using result = zenwire::expected<action::response>;

/// All actions at once; the results in their order.
std::vector<result> curl_multi(client const& client, std::span<action const> actions,
                               transport_settings const& settings);
std::vector<result> beast_coroutines(client const& client, std::span<action const> actions,
                                     transport_settings const& settings);

}  // namespace senders

#endif
