// SPDX-License-Identifier: BSL-1.0
//
// Holds one of the example transports to the duties of a transport:
//
//     prove_transport TRANSPORT [--faults] [--only TEXT] [--list] [--load COUNT]
//
// TRANSPORT is posix, curl, curl_multi, httplib or beast, which is the coroutine in a loop of its own.

#include <iostream>
#include <string_view>

#include "../examples/senders.hpp"
#include "run_scenarios.hpp"
#include "settings.hpp"

namespace {

using transport_conformance::waiver;

struct stack {
    std::string_view name;
    senders::transport (*make)(transport_settings const&);
    std::vector<waiver> waived{};
};

const waiver cut_session{"the session is cut, not closed", "it takes a cut session for a closed one; half a JSON is no success"};
const waiver long_extension{"an extension of a chunk never ends", "it reads and drops it until the time is over"};

std::vector<stack> stacks() {
    const std::vector<waiver> of_curl = {cut_session, long_extension};
    const std::vector<waiver> of_httplib = {
        cut_session,
        long_extension,
        {"the body ends with the connection, over TLS", "0.34 to 0.42 take the end of the session for a failure: unknown"},
        {"chunks have extensions", "0.11 takes them for an error: unknown"},
        {"the path has escapes", "0.26 writes %20 of a query as +; paths of the API have no query"},
        {"fields behind the chunks never end", "0.53 reads and drops them until the time is over"},
        {"interim responses come first", "it skips 100 only: unknown"},
        {"a field never ends", "older versions read a line as long as it comes"},
        {"fields never end", "older versions read them as long as they come"},
        {"the status line never ends", "older versions end the program: std::regex on a line without end"},
    };
    return {
        {"posix", &senders::posix},
        {"curl", &senders::curl, of_curl},
        {"curl_multi", [](auto const& settings) { return senders::curl_multi(settings); }, of_curl},
        {"httplib", &senders::httplib, of_httplib},
        {"beast", &senders::beast},
    };
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view name = count > 1 ? arguments[1] : "";
    for (stack const& each : stacks()) {
        if (each.name == name) {
            const auto factory = transport_conformance::made_by([&](transport_conformance::limits const& of) {
                return each.make(transport_conformance::settings_of(of));
            });
            return transport_conformance::run_program(count - 1, arguments + 1, factory, each.waived);
        }
    }
    std::cerr << "usage: prove_transport TRANSPORT [--faults] [--only TEXT] [--list] [--load COUNT]\n";
    return 2;
}
