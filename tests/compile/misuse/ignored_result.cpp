// SPDX-License-Identifier: BSL-1.0
// says: ignoring return value
#include <zenwire/action/modify_instance_traffic_package.hpp>

void check(zenwire::modify_instance_traffic_package const& action) {
    validate(action, zenwire::services::bmc_2026_02_01);
}
