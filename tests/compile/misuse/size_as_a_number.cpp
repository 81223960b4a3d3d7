// SPDX-License-Identifier: BSL-1.0
// says: traffic_package_size
// says: double
#include <zenwire/action/modify_instance_traffic_package.hpp>

const zenwire::modify_instance_traffic_package action{"932237369560662463", 0.15};
