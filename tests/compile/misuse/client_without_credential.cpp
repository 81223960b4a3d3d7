// SPDX-License-Identifier: BSL-1.0
// says: a credential comes behind the endpoint
#include <zenwire/client/client.hpp>

const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint());
