// SPDX-License-Identifier: BSL-1.0
#include "limits_work.hpp"

limits_result work_with_default_limits() { return work(); }
