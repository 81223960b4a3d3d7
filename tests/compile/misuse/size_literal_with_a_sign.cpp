// SPDX-License-Identifier: BSL-1.0
// says: a size is never negative
#include <zenwire/protocol/traffic_package_size.hpp>

using namespace zenwire::literals;
const zenwire::traffic_package_size size = -0.15_TB;
