// SPDX-License-Identifier: BSL-1.0
// says: the credential must outlive the client: give it a name
#include <zenwire/client/client.hpp>

zenwire::access_key make_key();
const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), make_key());
