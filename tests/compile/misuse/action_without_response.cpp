// SPDX-License-Identifier: BSL-1.0
// says first: an action must have a type 'response' in it
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

struct describe_zones {
    static constexpr std::string_view name = "DescribeZones";
    static constexpr bool reads_only = true;
    static constexpr auto members() noexcept { return zenwire::member_list(); }
};
constexpr zenwire::expected<void> validate(describe_zones const&, zenwire::service const&) noexcept { return {}; }

struct response {
    int status;
    std::string_view body;
};
struct sender {
    zenwire::expected<response, zenwire::transport_error> operator()(zenwire::request_view const&);
};

auto ask(zenwire::client<zenwire::access_key> const& client, sender& transport, zenwire::system_runtime& runtime) {
    return zenwire::send_action(client, describe_zones{}, transport, runtime);
}
