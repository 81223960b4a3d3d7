// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ACTION_HPP
#define ZENWIRE_PROTOCOL_ACTION_HPP

#include <concepts>
#include <cstdint>
#include <string_view>

#include <zenwire/protocol/detail/write_json.hpp>

namespace ZENWIRE_NAMESPACE {

/// Whether an action only reads, so that repeating it is safe. There are overloads for actions that know it only at run time.
template <class Action>
    requires requires { Action::reads_only; }
[[nodiscard]] constexpr bool reads_only(Action const&) noexcept {
    return Action::reads_only;
}

/// The id of an instance. Opaque text: 18 digits in practice.
using instance_id = inline_string<limits::instance_id>;

namespace detail {

/// What write_json() makes an object of.
template <class Action>
concept writable_as_body = requires { Action::members(); } || requires(service const& service) {
    Action::members(service);
} || requires(Action const& action, json_writer& json, service const& service) { action.write_json(json, service); };

}  // namespace detail

/// A type that can be sent: make_request(), send_action() and request_exchange take any type that meets this concept.
///
/// How to add an action: write an aggregate with its documented name. Its data members are the parameters;
/// `members()` gives them their wire names. A complete example is the page \ref add_an_action_page.
///
/// | it has | |
/// |---|---|
/// | `static constexpr std::string_view name` | what `x-zc-action` says |
/// | `static constexpr bool reads_only` | whether it changes nothing, so that trying again is safe; when in doubt `false` |
/// | `static constexpr auto members()` | the parameters and their wire names; `members(service)` where these differ |
/// | `struct response : basic_response` | what comes back, with its own `members()`; basic_response itself for an id only |
/// | `response::has_lists = true` | when the response has views of texts or lists: the action is sent as owning(action) |
/// | `static bool is_offered_by(service const&)` | needed only when not every service that has instances offers the action |
/// | `validate(action, service)`, a free function | before anything is sent: refuses what the API would refuse, and services without the action |
///
/// For the library itself: a header in `action/`, a row in `action/actions.hpp`, `execute()` in
/// `testing/detail/fake_*_actions.hpp` for the fake cloud, and the generated files, which the page names.
template <class Action>
concept action = requires(Action const& action, service const& service) {
    typename Action::response;
    { action.name } -> std::convertible_to<std::string_view>;
    { validate(action, service) } -> std::same_as<expected<void>>;
    { reads_only(action) } -> std::same_as<bool>;
} && detail::writable_as_body<Action>;

/// What every response begins with.
struct basic_response {
    /// Identifies the call for Zenlayer's support; empty when the API sent none.
    inline_string<limits::request_id> request_id{};

    /// The wire names of a response with further members.
    template <auto... Pointers>
    [[nodiscard]] static constexpr auto members_and(member<Pointers> const&... more) noexcept {
        return member_list(member<&basic_response::request_id>{"requestId", reading::may_be_cut}, more...);
    }
    /// The wire names of a response without further members.
    [[nodiscard]] static constexpr auto members() noexcept { return members_and(); }
};

namespace detail {

/// Whether a service has an action. An action without is_offered_by() is offered by all services that have instances.
template <class Action>
[[nodiscard]] constexpr bool is_offered(service const& service) noexcept {
    if constexpr (requires { Action::is_offered_by(service); }) {
        return Action::is_offered_by(service);
    } else {
        return service.has_instances;
    }
}

// Checks of parameters that several actions share.

/// The wire name of the parameter.
inline constexpr std::string_view instance_id_field = "instanceId";

/// What an action is refused for by a service without instances.
inline constexpr refusal service_has_no_instances =
    error::make(errc::unsupported_action, blame::local, "the service has no instances");

/// @{
/// What an id is refused for.
inline constexpr refusal instance_id_is_empty =
    error::make(errc::invalid_parameter, blame::local, "instanceId must not be empty", instance_id_field);
inline constexpr refusal instance_id_is_too_long =
    error::make(errc::invalid_parameter, blame::local, "instanceId is too long", instance_id_field);
inline constexpr refusal instance_id_has_control_character =
    error::make(errc::invalid_parameter, blame::local,
                "instanceId has a control character; a line end that was read from a file?", instance_id_field);
inline constexpr refusal instance_id_is_not_utf8 =
    error::make(errc::invalid_parameter, blame::local, "instanceId is not UTF-8", instance_id_field);
/// @}

/// The constant that an id is refused with; null for a valid id: not empty, not cut, UTF-8, no control characters. It returns a
/// pointer, because an expected<void> makes the firmware that builds and signs 80 bytes larger (GCC 12, -Os).
[[nodiscard]] constexpr refusal const* find_flaw_of_id(instance_id const& id) noexcept {
    if (id.truncated()) {
        return &instance_id_is_too_long;
    }
    if (id.empty()) {
        return &instance_id_is_empty;
    }
    if (ascii::is_printable(id.view())) {
        return nullptr;
    }
    for (const char c : id.view()) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
            return &instance_id_has_control_character;
        }
    }
    return is_utf8(id.view()) ? nullptr : &instance_id_is_not_utf8;
}

/// The same for the id of an instance of a service, which must have instances.
[[nodiscard]] constexpr refusal const* find_flaw_of_instance(instance_id const& id, service const& service) noexcept {
    return service.has_instances ? find_flaw_of_id(id) : &service_has_no_instances;
}

/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> check_instance(instance_id const& id, service const& service) noexcept {
    if (refusal const* const flaw = find_flaw_of_instance(id, service); flaw != nullptr) {
        return refuse(*flaw);
    }
    return {};
}

/// Whether it is a bandwidth that an instance may have: at least 1 Mbps. The largest one is the server's to know.
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> check_bandwidth(std::int64_t mbps, service const& service) noexcept {
    if (mbps < 1) {
        return refuse(errc::invalid_parameter, blame::local, "a bandwidth must be at least 1 Mbps",
                      service.bandwidth_field);
    }
    return {};
}

/// Whether number and size of the requested page are legal.
/// @return errc::invalid_parameter
template <class Action>
[[nodiscard]] constexpr expected<void> check_page(Action const& action) noexcept {
    if (action.page_num && *action.page_num < 1) {
        return refuse(errc::invalid_parameter, blame::local, "pageNum must be at least 1", "pageNum");
    }
    if (action.page_size && (*action.page_size < 1 || *action.page_size > Action::max_page_size)) {
        return refuse(errc::invalid_parameter, blame::local,
                      "pageSize must be at least 1, and within the limit of the action", "pageSize");
    }
    return {};
}

/// Whether the service is the billing service, for actions that only that one has.
/// @return errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> check_ledger_service(service const& service) noexcept {
    return Action::is_offered_by(service) ? expected<void>()
                                          : refuse_action("only the billing service, services::zbc_2024_08_08, has it");
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
