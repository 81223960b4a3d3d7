// SPDX-License-Identifier: BSL-1.0
// says first: a runtime must have a clock
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/send_action.hpp>

#include <string>

struct response {
    int status;
    std::string body;
};

struct runtime {
    void sleep_for(zenwire::milliseconds);
    unsigned jitter();
};

auto ask(zenwire::client<zenwire::access_key> const& client, runtime& runtime) {
    const auto transport = [](zenwire::request_view const&) -> zenwire::expected<response, zenwire::transport_error> {
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent));
    };
    return zenwire::send_action(client, zenwire::describe_instance_internet_status{"1"}, transport, runtime);
}
