// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_SCENARIO_SERVER_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_SCENARIO_SERVER_HPP

#include <string_view>

#include <zenwire/testing/transport_conformance.hpp>

#include "certificates.hpp"

namespace transport_conformance {

/// Plays the server of a scenario on a socket that listens, a thread for each connection, until there is something to
/// read from `stop`. Returns what it saw: `received`, `unread` and `bytes_said`.
zenwire::transport_observation play_server(zenwire::transport_scenario const& scenario, std::string_view authority,
                                           certificates const& shown, int listening, int stop);

}  // namespace transport_conformance

#endif
