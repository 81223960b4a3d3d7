// SPDX-License-Identifier: BSL-1.0
// says first: deleted
// says: pass it by reference
#include <zenwire/testing/fake_cloud.hpp>

auto time_of(zenwire::fake_cloud cloud) { return cloud.now(); }
auto result(zenwire::fake_cloud& cloud) { return time_of(cloud); }
