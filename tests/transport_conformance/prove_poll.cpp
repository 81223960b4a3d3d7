// SPDX-License-Identifier: BSL-1.0
//
// Holds the example transport over poll() and coroutines to the duties of a transport.

#include "../examples/poll_transport.hpp"
#include "run_scenarios.hpp"
#include "settings.hpp"

int main(int count, char** arguments) {
    using namespace transport_conformance;
    return run_program(count, arguments, made_by([](limits const& of) { return poll_transport(settings_of(of)); }));
}
