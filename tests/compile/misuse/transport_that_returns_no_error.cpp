// SPDX-License-Identifier: BSL-1.0
// says: expected_like
// says: static_cast<bool>(result)
#include <zenwire/client/transport.hpp>

constexpr auto send = [](zenwire::request_view const&) { return zenwire::response_view(); };
static_assert(zenwire::transport<decltype(send)>);
