// SPDX-License-Identifier: BSL-1.0
//
// Holds the example transport over libuv to the duties of a transport.

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/system_runtime.hpp>

#include "../examples/uv_action.hpp"
#include "../examples/uv_transport.hpp"
#include "run_scenarios.hpp"
#include "settings.hpp"

// also what the scenarios do not use must compile
template class uv_action<zenwire::modify_instance_traffic_package, zenwire::access_key, zenwire::system_runtime>;

int main(int count, char** arguments) {
    using namespace transport_conformance;
    return run_program(count, arguments, made_by([](limits const& of) { return uv_transport(settings_of(of)); }));
}
