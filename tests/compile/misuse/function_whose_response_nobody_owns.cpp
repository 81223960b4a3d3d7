// SPDX-License-Identifier: BSL-1.0
// says: response_has_an_owner
#include <zenwire/client/transport.hpp>

zenwire::expected<zenwire::response_view, zenwire::transport_error> send(zenwire::request_view const& request);
static_assert(zenwire::transport<decltype(send)&>);
