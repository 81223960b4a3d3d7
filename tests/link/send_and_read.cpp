// SPDX-License-Identifier: BSL-1.0
// Uses zenwire/zenwire.hpp: sends through a transport and reads the response with Boost.JSON.
#include <zenwire/zenwire.hpp>

#include <cstdint>

#include "parts.hpp"

namespace {

using namespace zenwire;

struct still_runtime {
    unix_seconds now() const noexcept { return unix_seconds{1700000000}; }
    void sleep_for(milliseconds) const noexcept {}
    std::uint32_t jitter() const noexcept { return 0; }
};

}  // namespace

bool sends_and_reads() {
    const auto key = access_key::make(access_key_id{"id"}, access_key_password{"password"});
    const auto place = endpoint::make("console.zenlayer.com");
    if (!key || !place) {
        return false;
    }
    const client client(services::bmc_2022_11_20, *place, *key);
    const modify_instance_traffic_package action{{"1"}, traffic_package_size::parse("1.5").value()};

    int requests = 0;
    const auto transport = [&](request_view const& request) -> expected<response_view, transport_error> {
        ++requests;
        if (!verify_request(request, *key, still_runtime{}.now(), services::bmc_2022_11_20) || requests == 1) {
            return unexpected(transport_error{transport_failure::not_sent});
        }
        return response_view{
            200, R"({"requestId":"r","response":{"requestId":"r","orderNumber":"o-1","new":[1,2.5]}})", {}};
    };
    const auto answer = send_action(client, action, transport, still_runtime{});
    const auto broken =
        parse_response<modify_instance_traffic_package>(services::bmc_2022_11_20, {200, R"({"requestId":)", {}});
    return answer && answer->order_number.view() == "o-1" && requests == 2 && !broken &&
           broken.error().outcome == outcome::unknown;
}
