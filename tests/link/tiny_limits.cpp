// SPDX-License-Identifier: BSL-1.0
#define ZENWIRE_LIMITS_HEADER "tiny_limits.hpp"
#include "limits_work.hpp"

limits_result work_with_tiny_limits() { return work(); }
