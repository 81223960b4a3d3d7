// SPDX-License-Identifier: BSL-1.0
#include <cstdio>

#include <zenwire/zenwire.hpp>

int main() {
    const auto response = zenwire::parse_response<zenwire::modify_instance_traffic_package>(
        zenwire::services::bmc_2026_02_01, {200, R"({"requestId":"T","response":{"orderNumber":"1"}})", {}});
    std::printf("zenwire %s\n", response ? "reads responses" : "does not read responses");
    return response ? 0 : 1;
}
