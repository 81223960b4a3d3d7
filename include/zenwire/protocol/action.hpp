// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ACTION_HPP
#define ZENWIRE_PROTOCOL_ACTION_HPP

#include <concepts>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE {

/// Whether an action only reads, so that repeating it is safe. Actions that decide at run time have an overload of their own.
template <class Action>
    requires requires { Action::reads_only; }
[[nodiscard]] constexpr bool reads_only(Action const&) noexcept {
    return Action::reads_only;
}

/// What can be sent: make_request(), send_action() and request_exchange take any type that has this.
///
/// How to add an action: write an aggregate of the name that the documents give it. Its data members are the parameters;
/// `members()` gives them their wire names. A complete example is the page \ref add_an_action_page.
///
/// | it has | |
/// |---|---|
/// | `static constexpr std::string_view name` | what `x-zc-action` says |
/// | `static constexpr bool reads_only` | whether it changes nothing, so that trying again is safe; when in doubt `false` |
/// | `static constexpr auto members()` | the parameters and their wire names; `members(service)` where these differ |
/// | `struct response : basic_response` | what comes back, with `members()` too; basic_response alone where nothing but an id does |
/// | `response::has_lists = true` | where a text or list of the response refers to memory: then it is sent as owning(action) |
/// | `static bool is_offered_by(service const&)` | where not every service with instances has it |
/// | `validate(action, service)`, a function beside it | refuses what the API would refuse, before anything is sent |
///
/// For the library itself: a header in `action/`, and a row in `action/actions.hpp`.
template <class Action>
concept action = requires(Action const& action, service const& service) {
    typename Action::response;
    { action.name } -> std::convertible_to<std::string_view>;
    { validate(action, service) } -> std::same_as<expected<void>>;
    { reads_only(action) } -> std::same_as<bool>;
};

/// What every response begins with.
struct basic_response {
    /// Identifies the call for Zenlayer's support; empty when the API sent none.
    inline_string<limits::request_id> request_id{};

    /// The wire names of a response that has more.
    template <auto... Pointers>
    [[nodiscard]] static constexpr auto members_and(member<Pointers> const&... more) noexcept {
        return member_list(member<&basic_response::request_id>{"requestId", reading::may_be_cut}, more...);
    }
    /// The wire names of a response that has nothing else.
    [[nodiscard]] static constexpr auto members() noexcept { return members_and(); }
};

namespace detail {

/// Whether a service has an action. What says nothing about it belongs to the services that have instances.
template <class Action>
[[nodiscard]] constexpr bool is_offered(service const& service) noexcept {
    if constexpr (requires { Action::is_offered_by(service); }) {
        return Action::is_offered_by(service);
    } else {
        return service.name != services::zbc_2024_08_08.name;
    }
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
