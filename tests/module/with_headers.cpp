// SPDX-License-Identifier: BSL-1.0
// A file of the same program that includes the headers: they declare the same types as the module.
#include <zenwire/core.hpp>

zenwire::error error_of_headers();
bool is_known_to_headers(zenwire::traffic_package_size size);

zenwire::error error_of_headers() {
    return zenwire::error::make(zenwire::errc::buffer_too_small, zenwire::blame::local, "a file with headers says so");
}

bool is_known_to_headers(zenwire::traffic_package_size size) { return size == zenwire::traffic_package_size::parse("1.15"); }
