// SPDX-License-Identifier: BSL-1.0
// says: response_has_an_owner
#include <zenwire/client/transport.hpp>

#include <string>

constexpr auto send = [](zenwire::request_view const&) -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
    const std::string body = "gone when it is read";
    return zenwire::response_view{200, body, {}};
};
static_assert(zenwire::transport<decltype(send)>);
