// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_DEMO_CLOUD_HPP
#define ZENWIRE_TESTS_EXAMPLES_DEMO_CLOUD_HPP

#include <string_view>
#include <utility>

#include <zenwire/testing/fake_cloud.hpp>

/// What the example programs find in a cloud that nobody described: an account, and an instance for each thing that can
/// happen.
namespace demo_cloud {

inline constexpr std::string_view access_key_id = "demo-access-key";
inline constexpr std::string_view access_key_secret = "demo-password";
inline constexpr std::string_view token = "demo-token";
inline constexpr std::int64_t balance_cents = 100'000;

/// Adds the instances and what can be bought.
inline void furnish(zenwire::fake_cloud& cloud) {
    const auto size = [](std::string_view text) { return *zenwire::traffic_package_size::parse(text); };
    zenwire::fake_instance usual;
    usual.id = "932237369560662463";
    usual.size = size("0.1");
    usual.default_size = size("0.05");
    usual.maximum_size = size("100");
    const auto add = [&](std::string_view id, auto change) {
        zenwire::fake_instance instance = usual;
        instance.id = id;
        change(instance);
        cloud.add(std::move(instance));
    };
    cloud.add(usual);
    add("1317411024418017282", [](auto& i) { i.status = zenwire::instance_status::stopped; });
    add("932237369560662464", [](auto& i) { i.status = zenwire::instance_status::installing; });
    add("932237369560662465",
        [](auto& i) { i.internet_charge_type = zenwire::internet_charge_type::by_bandwidth; });
    add("932237369560662466", [](auto& i) { i.size.reset(); });
    add("932237369560662467", [&](auto& i) {
        i.running_change = zenwire::fake_change{size("0.2"), zenwire::unix_seconds(cloud.now().count() + 60)};
    });
    add("932237369560662468", [&](auto& i) { i.planned_size = size("0.05"); });
    add("932237369560662469", [](auto& i) { i.charge_type = zenwire::instance_charge_type::postpaid; });
    add("932237369560662470", [](auto& i) { i.service = "vm"; });
    cloud.add(zenwire::fake_resource());
}

}  // namespace demo_cloud

#endif
