// SPDX-License-Identifier: BSL-1.0
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "peers.hpp"

zenwire::expected<zenwire::modify_instance_traffic_package::response> bench::read_answer(int status,
                                                                                         std::string_view body) {
    return zenwire::parse_response<zenwire::modify_instance_traffic_package>(zenwire::services::bmc_2026_02_01,
                                                                             {status, body, {}});
}
