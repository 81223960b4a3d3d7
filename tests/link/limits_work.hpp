// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_LINK_LIMITS_WORK_HPP
#define ZENWIRE_TESTS_LINK_LIMITS_WORK_HPP

// The same source in two translation units with different capacities.
#include <zenwire/zenwire.hpp>

#include "limits_parts.hpp"

namespace {

limits_result work() {
    using namespace zenwire;
    const auto key = access_key::make(access_key_id("id"), access_key_password("password"));
    const modify_instance_traffic_package action{"1", *traffic_package_size::parse("0.15")};
    const auto request =
        make_request(action, services::bmc_2022_11_20, zenwire::endpoint(), *key, unix_seconds(1700000000));
    const std::string message(100, 'x');
    const std::string body = R"({"requestId":"r","code":"X","message":")" + message + "\"}";
    const auto refused = parse_response<modify_instance_traffic_package>(services::bmc_2022_11_20, {400, body, {}});
    return {sizeof(zenwire::error), std::string(request.value().view().fields.value_of("authorization")),
            std::string(refused.error().message.view())};
}

}  // namespace

#endif
