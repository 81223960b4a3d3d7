// SPDX-License-Identifier: BSL-1.0
#include "../../examples/poll_transport.hpp"
#include "stack_bench.hpp"

int main(int count, char** arguments) {
    using namespace stack_bench;
    return run(count, arguments,
               {{"poll", over([](transport_settings const& settings) { return poll_transport(settings); })}});
}
