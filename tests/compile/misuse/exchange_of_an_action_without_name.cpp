// SPDX-License-Identifier: BSL-1.0
// says first: an action must have a 'name'
#include <zenwire/client/request_exchange.hpp>

struct describe_zones {
    static constexpr bool reads_only = true;
    struct response : zenwire::basic_response {};
    static constexpr auto members() noexcept { return zenwire::member_list(); }
};
constexpr zenwire::expected<void> validate(describe_zones const&, zenwire::service const&) noexcept { return {}; }

auto begin(zenwire::client<zenwire::access_key> const& client) {
    return zenwire::request_exchange(client, describe_zones{});
}
