// SPDX-License-Identifier: BSL-1.0
// says: has_body
// says: response.body
#include <zenwire/client/transport.hpp>

struct answer {
    int status;
};
constexpr auto send = [](zenwire::request_view const&) -> zenwire::expected<answer, zenwire::transport_error> {
    return answer{200};
};
static_assert(zenwire::transport<decltype(send)>);
