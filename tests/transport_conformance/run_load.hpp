// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_RUN_LOAD_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_RUN_LOAD_HPP

#include <cstddef>
#include <iosfwd>

#include "run_scenarios.hpp"

namespace transport_conformance {

/// What came of many exchanges.
struct load_result {
    std::size_t responses = 0;
    std::size_t not_sent = 0;
    std::size_t unknown = 0;
    /// requests that were on the wire more than once
    std::size_t repeated = 0;
    /// requests that were on the wire though `not_sent` was told, or were not though a response was
    std::size_t untrue = 0;
    /// how often the server was killed and begun again
    std::size_t kills = 0;
    /// whether the transport came to the end
    bool is_whole = false;
};

/// Sends so many requests over one transport, over TLS or not, to a server in another process that answers, closes, cuts and
/// resets by chance, and that is killed again and again, in the middle of whatever it does.
load_result run_load(factory const& transports, std::size_t count, bool over_tls, unsigned seed);

std::ostream& operator<<(std::ostream& to, load_result const& result);

}  // namespace transport_conformance

#endif
