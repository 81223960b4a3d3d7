// SPDX-License-Identifier: BSL-1.0
#include "../../examples/soup_transport.hpp"
#include "stack_bench.hpp"

int main(int count, char** arguments) {
    using namespace stack_bench;
    return run(count, arguments,
               {{"soup", over([](transport_settings const& settings) { return soup_transport(settings); })}});
}
