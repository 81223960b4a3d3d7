// SPDX-License-Identifier: BSL-1.0
// What a program without Boost may do: builds, signs and verifies a request.
#include <cstdio>
#include <zenwire/core.hpp>

int main() {
    const auto key = zenwire::access_key::make(zenwire::access_key_id("my-id"), zenwire::access_key_password("secret"));
    const auto size = zenwire::traffic_package_size::parse("0.15");
    if (!key || !size) {
        return 1;
    }
    const zenwire::modify_instance_traffic_package action{"932237369560662463", *size};
    const zenwire::unix_seconds now(1700000000);
    const auto request =
        zenwire::make_request(action, zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key, now);
    if (!request || !zenwire::verify_request(request->view(), *key, now, zenwire::services::bmc_2026_02_01)) {
        return 1;
    }
    std::printf("%.*s\n", static_cast<int>(request->view().body.size()), request->view().body.data());
}
