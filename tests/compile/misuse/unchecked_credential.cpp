// SPDX-License-Identifier: BSL-1.0
// says: look whether there is one, then give *credential
#include <zenwire/client/client.hpp>

const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
