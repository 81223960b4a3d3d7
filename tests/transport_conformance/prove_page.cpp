// SPDX-License-Identifier: BSL-1.0
//
// Holds the transport over libcurl that tests/docs/transport.md shows to the duties of a transport, as it stands there. Only its bounds
// are those of the scenarios, put in when it performs.

#include <curl/curl.h>

#include "run_scenarios.hpp"

namespace {

transport_conformance::limits bounds;  // of the one scenario of this process

CURLcode perform_within_bounds(CURL* handle) {
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(bounds.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_CAINFO, bounds.ca_file.c_str());
    return curl_easy_perform(handle);
}

}  // namespace

#define curl_easy_perform perform_within_bounds
#include ZENWIRE_TEST_BLOCK
#undef curl_easy_perform

int main(int count, char** arguments) {
    using namespace transport_conformance;
    const auto factory = made_by([](limits const& of) {
        bounds = of;
        return &send_by_curl;
    });
    return run_program(count, arguments, factory,
                       {{"the session is cut, not closed", "libcurl takes a cut session for a closed one; half a JSON is no success"},
                        {"an extension of a chunk never ends", "libcurl reads and drops it until the time is over"},
                        {"a body is one byte larger than allowed", "the page has a bound of its own"}});
}
