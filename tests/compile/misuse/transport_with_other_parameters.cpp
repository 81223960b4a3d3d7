// SPDX-License-Identifier: BSL-1.0
// says: request_callable
// says: function(request)
#include <zenwire/client/transport.hpp>

constexpr auto send = [](char const*, std::string_view) -> zenwire::expected<zenwire::response_view> { return {}; };
static_assert(zenwire::transport<decltype(send)>);
