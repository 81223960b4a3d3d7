// SPDX-License-Identifier: BSL-1.0
// says: expected<
// says: traffic_package_size
#include <zenwire/action/modify_instance_traffic_package.hpp>

const zenwire::modify_instance_traffic_package action{"932237369560662463",
                                                      zenwire::traffic_package_size::from_terabytes(0.15)};
