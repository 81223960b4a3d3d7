// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_SETTINGS_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_SETTINGS_HPP

#include "../examples/http_answer.hpp"
#include "run_scenarios.hpp"

namespace transport_conformance {

/// The limits of a scenario, for the example transports.
inline transport_settings settings_of(limits const& of) {
    transport_settings settings;
    settings.max_body = of.max_body;
    settings.timeout = std::chrono::milliseconds(of.timeout.count());
    settings.ca_file = of.ca_file;
    return settings;
}

}  // namespace transport_conformance

#endif
