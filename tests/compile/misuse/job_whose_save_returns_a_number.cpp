// SPDX-License-Identifier: BSL-1.0
// says first: return by a bool whether it stored them
#include <span>
#include <zenwire/client/run_workflow.hpp>
#include <zenwire/system_runtime.hpp>

struct response {
    int status;
    std::string_view body;
};
struct sender {
    zenwire::expected<response, zenwire::transport_error> operator()(zenwire::request_view const&);
};

auto go(zenwire::traffic_package_workflow<zenwire::access_key>& job, sender& transport, zenwire::system_runtime& runtime) {
    return zenwire::run_workflow(job, transport, runtime, [](std::span<char const>, zenwire::save_mode) { return -1; }, [](auto const&) { return true; });
}
