// SPDX-License-Identifier: BSL-1.0
// says: and a runtime: zenwire::system_runtime
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/send_action.hpp>

template <class Transport>
auto ask(zenwire::client<zenwire::access_key> const& client, Transport& transport) {
    return zenwire::send_action(client, zenwire::describe_instance_internet_status{"1"}, transport);
}
struct response {
    int status;
    std::string_view body;
};
struct sender {
    zenwire::expected<response, zenwire::transport_error> operator()(zenwire::request_view const&);
};
auto result(zenwire::client<zenwire::access_key> const& client, sender& transport) { return ask(client, transport); }
