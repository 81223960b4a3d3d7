// SPDX-License-Identifier: BSL-1.0
// says first: a transport must return an expected
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

auto ask(zenwire::client<zenwire::access_key> const& client, zenwire::system_runtime& runtime) {
    const auto transport = [](zenwire::request_view const&) { return zenwire::response_view(); };
    return zenwire::send_action(client, zenwire::describe_instance_internet_status{"1"}, transport, runtime);
}
