// SPDX-License-Identifier: BSL-1.0
//
// Holds the example transport over libsoup to the duties of a transport.

#include <string>

#include "../examples/soup_transport.hpp"
#include "run_scenarios.hpp"
#include "settings.hpp"

int main(int count, char** arguments) {
    using namespace transport_conformance;
    const std::string json_tells = "it does not miss what is missing; half a JSON is no success";
    return run_program(
        count, arguments, made_by([](limits const& of) { return soup_transport(settings_of(of)); }),
        {{"the path has escapes", "GLib tidies up dots; paths of the API have none"},
         {"the server closes before the last chunk", json_tells},
         {"the session is cut, not closed", json_tells},
         {"the server says 421", "it would send again, and is cancelled: unknown"},
         {"interim responses never end, as fast as they can", "it reads and drops them until the time is over"},
         {"fields behind the chunks never end", "it reads and drops them until the time is over"},
         {"the first of two addresses never says a word", "it waits for the first one as long as it may: not_sent"},
         {"signals come while it connects", "it waits for the first address as long as it may: not_sent"}});
}
