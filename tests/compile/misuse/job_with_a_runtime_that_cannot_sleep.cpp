// SPDX-License-Identifier: BSL-1.0
// says first: a runtime must have a member sleep_for(zenwire::milliseconds)
#include <zenwire/client/run_workflow.hpp>

#include <string>

struct response {
    int status;
    std::string body;
};

struct runtime {
    zenwire::unix_seconds now();
    unsigned jitter();
};

auto run(zenwire::traffic_package_workflow<zenwire::access_key>& job, runtime& runtime) {
    const auto transport = [](zenwire::request_view const&) -> zenwire::expected<response, zenwire::transport_error> {
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent));
    };
    return zenwire::run_workflow(
        job, transport, runtime, [](auto, auto) { return true; }, [](auto const&) { return true; });
}
