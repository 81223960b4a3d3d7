// SPDX-License-Identifier: BSL-1.0
// says first: the response that a transport returns must have a member 'body'
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

struct response {
    int status;
};

auto ask(zenwire::client<zenwire::access_key> const& client, zenwire::system_runtime& runtime) {
    const auto transport = [](zenwire::request_view const&) -> zenwire::expected<response, zenwire::transport_error> {
        return response{200};
    };
    return zenwire::send_action(client, zenwire::describe_instance_internet_status{"1"}, transport, runtime);
}
