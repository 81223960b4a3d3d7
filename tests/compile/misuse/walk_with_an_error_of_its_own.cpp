// SPDX-License-Identifier: BSL-1.0
// says first: the error that a transport returns must be a zenwire::transport_error or a zenwire::transport_failure
#include <zenwire/client/instance_pager.hpp>
#include <zenwire/system_runtime.hpp>

auto walk(zenwire::client<zenwire::access_key> const& client, zenwire::system_runtime& runtime) {
    const auto transport = [](zenwire::request_view const&) -> zenwire::expected<zenwire::response_view, int> { return {}; };
    return zenwire::walk_instances(client, zenwire::describe_instances(), transport, runtime, [](auto const&) {});
}
