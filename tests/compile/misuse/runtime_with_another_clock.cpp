// SPDX-License-Identifier: BSL-1.0
// says: now()
// says: unix_seconds
#include <zenwire/client/transport.hpp>

struct clock {
    long now();
    void sleep_for(zenwire::milliseconds);
    unsigned jitter();
};
static_assert(zenwire::runtime<clock>);
