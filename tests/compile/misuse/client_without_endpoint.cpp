// SPDX-License-Identifier: BSL-1.0
// says: an endpoint comes first: zenwire::endpoint() is that of Zenlayer Cloud
#include <zenwire/client/client.hpp>

extern const zenwire::access_key key;
const zenwire::client client(zenwire::services::bmc_2026_02_01, key);
