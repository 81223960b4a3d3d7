// SPDX-License-Identifier: BSL-1.0

/// @file
/// Programs that do as much as ZENWIRE_PARTS says: 0 nothing, 1 build and sign, 2 also parse. Their difference in size is
/// what these parts cost.

#include "board.hpp"

#if ZENWIRE_PARTS > 1
#include "parse_work.hpp"
#elif ZENWIRE_PARTS > 0
#include "work.hpp"
#endif

int program() noexcept {
#if ZENWIRE_PARTS > 0
    if (!work::set_up() || !work::build_and_sign()) {
        return 1;
    }
#endif
#if ZENWIRE_PARTS > 1
    if (!work::parse()) {
        return 1;
    }
#endif
    return 0;
}
