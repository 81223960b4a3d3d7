// SPDX-License-Identifier: BSL-1.0
// says: endpoint::make()
#include <zenwire/client/client.hpp>

extern const zenwire::access_key key;
const zenwire::client client(zenwire::services::bmc_2026_02_01, "127.0.0.1:8080", key);
