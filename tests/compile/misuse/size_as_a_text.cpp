// SPDX-License-Identifier: BSL-1.0
// says: from a text, in terabytes: parse(), which may refuse it
#include <zenwire/action/modify_instance_traffic_package.hpp>

const zenwire::modify_instance_traffic_package action{"932237369560662463", "0.15"};
