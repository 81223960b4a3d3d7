// SPDX-License-Identifier: BSL-1.0
// says first: an action must have a 'name'
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

struct describe_zones {
    static constexpr bool reads_only = true;
    struct response : zenwire::basic_response {};
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
