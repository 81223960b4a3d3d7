// SPDX-License-Identifier: BSL-1.0
// says: steps of 0.000001 TB
#include <zenwire/protocol/traffic_package_size.hpp>

using namespace zenwire::literals;
const zenwire::traffic_package_size size = 1e-1_TB;
