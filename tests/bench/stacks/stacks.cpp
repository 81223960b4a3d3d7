// SPDX-License-Identifier: BSL-1.0
#include "../../examples/senders.hpp"
#include "in_flight.hpp"

int main(int count, char** arguments) {
    using namespace stack_bench;
    return run(count, arguments,
               {{"posix", over(&senders::posix)},
                {"curl", over(&senders::curl)},
                {"curl_multi", {}, &curl_multi_at_once},
                {"httplib", over(&senders::httplib)},
                {"beast", over(&senders::beast), &beast_at_once}});
}
