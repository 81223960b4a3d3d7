// SPDX-License-Identifier: BSL-1.0
#include "httplib_transport.hpp"
#include "senders.hpp"

senders::transport senders::httplib(transport_settings const& settings) { return httplib_transport(settings); }
