// SPDX-License-Identifier: BSL-1.0
// Prints the figures that a program of this build can tell, a name, a tab and a number a line.
#include <cstddef>
#include <cstdio>

#include <zenwire/testing/transport_conformance.hpp>
#include <zenwire/zenwire.hpp>

int main() {
    const auto tell = [](char const* name, std::size_t value) { std::printf("%s\t%zu\n", name, value); };
    tell("transport scenarios", zenwire::transport_scenarios().size());
    // sizes of objects are those of 64 bits
    if constexpr (sizeof(void*) == 8) {
        tell("sizeof traffic_package_workflow", sizeof(zenwire::traffic_package_workflow<zenwire::access_key>));
        tell("sizeof request_exchange",
             sizeof(zenwire::request_exchange<zenwire::modify_instance_traffic_package, zenwire::access_key>));
        tell("sizeof client", sizeof(zenwire::client<zenwire::access_key>));
        tell("sizeof error", sizeof(zenwire::error));
    }
}
