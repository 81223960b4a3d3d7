// SPDX-License-Identifier: BSL-1.0
#include <memory>

#include "posix_transport.hpp"
#include "senders.hpp"

senders::transport senders::posix(transport_settings const& settings) {
    // a std::function wants to copy, which a connection cannot
    return [one = std::make_shared<posix_transport>(settings)](zenwire::request_view const& request) {
        return (*one)(request);
    };
}
