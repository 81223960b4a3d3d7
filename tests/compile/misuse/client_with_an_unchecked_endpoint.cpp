// SPDX-License-Identifier: BSL-1.0
// says: zenwire::endpoint::make() may have none: look whether it has, then give *endpoint
#include <zenwire/client/client.hpp>

extern const zenwire::access_key key;
const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint::make("127.0.0.1:8080"), key);
