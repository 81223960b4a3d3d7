// SPDX-License-Identifier: BSL-1.0
// says first: this response has texts that are views
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

struct zone {
    std::string_view id{};
    static constexpr auto members() noexcept { return zenwire::member_list(zenwire::member<&zone::id>{"id"}); }
};
struct describe_zone {
    static constexpr std::string_view name = "DescribeZone";
    static constexpr bool reads_only = true;
    struct response : zenwire::basic_response {
        std::optional<zone> first{};
        static constexpr auto members() noexcept { return members_and(zenwire::member<&response::first>{"zone"}); }
    };
    static constexpr auto members() noexcept { return zenwire::member_list<>(); }
};
constexpr zenwire::expected<void> validate(describe_zone const&, zenwire::service const&) noexcept { return {}; }

struct response {
    int status;
    std::string_view body;
};
struct sender {
    zenwire::expected<response, zenwire::transport_error> operator()(zenwire::request_view const&);
};

auto ask(zenwire::client<zenwire::access_key> const& client, sender& transport, zenwire::system_runtime& runtime) {
    return zenwire::send_action(client, describe_zone{}, transport, runtime);
}
