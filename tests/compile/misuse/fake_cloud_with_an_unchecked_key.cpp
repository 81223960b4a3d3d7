// SPDX-License-Identifier: BSL-1.0
// says: add(*key), after you have looked whether there is one
#include <zenwire/testing/fake_cloud.hpp>

void accept_key(zenwire::fake_cloud& cloud) {
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    cloud.add(key);
}
