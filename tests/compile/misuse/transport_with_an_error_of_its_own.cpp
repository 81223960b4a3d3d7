// SPDX-License-Identifier: BSL-1.0
// says: transport_error_bearing
#include <zenwire/client/transport.hpp>

constexpr auto send = [](zenwire::request_view const&) -> zenwire::expected<zenwire::response_view, int> { return {}; };
static_assert(zenwire::transport<decltype(send)>);
