// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/action.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/actions.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/owning.hpp>
#include <zenwire/action/raw_action.hpp>

namespace action_test {

struct whole {
    static constexpr std::string_view name = "Whole";
    static constexpr bool reads_only = true;
    using response = zenwire::basic_response;
    static constexpr zenwire::member_list<> members() noexcept { return {}; }
};
constexpr zenwire::expected<void> validate(whole const&, zenwire::service const&) noexcept { return {}; }

struct unchecked : whole {};
zenwire::expected<void> validate(unchecked const&, zenwire::service const&) = delete;

struct nameless {
    static constexpr bool reads_only = true;
    using response = zenwire::basic_response;
};
constexpr zenwire::expected<void> validate(nameless const&, zenwire::service const&) noexcept { return {}; }

/// Does not say whether it orders.
struct unclear {
    static constexpr std::string_view name = "Unclear";
    using response = zenwire::basic_response;
};
constexpr zenwire::expected<void> validate(unclear const&, zenwire::service const&) noexcept { return {}; }

}  // namespace action_test

namespace {

template <class... Actions>
constexpr bool are_actions(zenwire::detail::action_list<Actions...>) {
    return (zenwire::action<Actions> && ...);
}

static_assert(are_actions(zenwire::detail::all_actions()));
static_assert(zenwire::action<zenwire::look_up_instance> && zenwire::action<zenwire::raw_action>);
static_assert(zenwire::action<zenwire::owning<zenwire::describe_instances>>);

static_assert(zenwire::action<action_test::whole>);
static_assert(!zenwire::action<action_test::unchecked> && !zenwire::action<action_test::nameless>);
static_assert(!zenwire::action<action_test::unclear> && !zenwire::action<int>);

}  // namespace

TEST_CASE("an action that says nothing of services belongs to those with instances") {
    CHECK(zenwire::detail::is_offered<action_test::whole>(zenwire::services::vm_2026_04_01));
    CHECK_FALSE(zenwire::detail::is_offered<action_test::whole>(zenwire::services::zbc_2024_08_08));
    CHECK(zenwire::detail::is_offered<zenwire::describe_bill_detail>(zenwire::services::zbc_2024_08_08));
    CHECK_FALSE(zenwire::detail::is_offered<zenwire::describe_bill_detail>(zenwire::services::bmc_2026_02_01));
}

namespace {

/// The actions that a service lacks, and that are not refused for it, or are refused and it has them.
template <class... Actions>
std::string wrongly_checked(zenwire::detail::action_list<Actions...>, zenwire::service const& service) {
    std::string names;
    const auto check = [&]<class Action>(Action const& action) {
        const auto valid = validate(action, service);
        const bool is_refused = !valid && valid.error().code == zenwire::errc::unsupported_action;
        if (is_refused == zenwire::detail::is_offered<Action>(service)) {
            names += std::string(Action::name) + " ";
        }
    };
    (check(Actions()), ...);
    return names;
}

}  // namespace

TEST_CASE("an action that the service does not have is refused before anything is sent") {
    for (zenwire::service const& service :
         {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01, zenwire::services::vm_2023_03_13,
          zenwire::services::vm_2026_04_01, zenwire::services::zbc_2024_08_08}) {
        CAPTURE(service.name);
        CHECK(wrongly_checked(zenwire::detail::all_actions(), service) == "");
    }
    const auto looked_up = validate(zenwire::look_up_instance{{"1"}}, zenwire::services::zbc_2024_08_08);
    REQUIRE_FALSE(looked_up.has_value());
    CHECK(looked_up.error().code == zenwire::errc::unsupported_action);
}
