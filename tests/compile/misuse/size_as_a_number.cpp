// SPDX-License-Identifier: BSL-1.0
// says: from_terabytes
// says: 0.15_TB
#include <zenwire/action/modify_instance_traffic_package.hpp>

const zenwire::modify_instance_traffic_package action{"932237369560662463", 0.15};
