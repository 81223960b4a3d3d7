// SPDX-License-Identifier: BSL-1.0
//
// The example transport over WinHTTP compiles, and knows that nothing was sent where nobody listens.

#include <cstdio>

#include "../examples/winhttp_transport.hpp"

static_assert(zenwire::transport<winhttp_transport>);

int main() {
    const zenwire::field fields[] = {{"host", "127.0.0.1:1"}, {"content-type", "application/json"}};
    zenwire::request_view request;
    request.authority = "127.0.0.1:1";
    request.target = "/api/v2/bmc";
    request.fields = zenwire::field_list(fields);
    request.body = "{}";
    for (char const* const scheme : {"http", "https"}) {
        request.scheme = scheme;
        const http_result result = winhttp_transport(transport_settings{})(request);
        if (result || result.error().failure != zenwire::transport_failure::not_sent) {
            std::printf("%s: something else than not_sent\n", scheme);
            return 1;
        }
    }
    std::puts("1 passed");
}
