// SPDX-License-Identifier: BSL-1.0
// says: access_key_password
// says: access_key_id
#include <zenwire/protocol/credential.hpp>

const auto key = zenwire::access_key::make(zenwire::access_key_password("password"), zenwire::access_key_id("id"));
