// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_OWNING_HPP
#define ZENWIRE_ACTION_OWNING_HPP

// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/bytes.hpp>
#include <zenwire/base/detail/json_writer.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/detail/long_request.hpp>
#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/owned_response.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE {

/// An action whose answer has lists, so sent that the response owns them: `send_action(client, owning{describe_instances{}},
/// ...)`. Its response is an owned_response of the action's response; it takes heap by the allocator.
template <class Action, class Allocator = std::allocator<detail::raw_byte>>
struct owning {
    /// `x-zc-action`
    static constexpr std::string_view name = Action::name;
    /// Whether repeating it is safe.
    static constexpr bool reads_only = Action::reads_only;
    /// The action's response, with what it refers to.
    using response = owned_response<typename Action::response, Allocator>;

    /// The action. Its views must outlive this object.
    Action action;
    /// Where the response takes its memory from.
    Allocator allocator{};

    /// As the action itself.
    constexpr void write_json(detail::json_writer& json, service const& service) const noexcept {
        detail::write_json(json, action, service);
    }

    /// @{
    /// What a request_exchange keeps: a body above limits::request_body takes its memory from the same place.
    using request_type = detail::long_request<detail::growing_body<Allocator>>;
    [[nodiscard]] Allocator allocator_for_body() const noexcept { return allocator; }
    /// @}
};

/// With std::allocator.
template <class Action>
owning(Action) -> owning<Action>;
/// With an allocator of the caller's.
template <class Action, class Allocator>
owning(Action, Allocator) -> owning<Action, Allocator>;

/// As the action itself.
template <class Action, class Allocator>
[[nodiscard]] constexpr expected<void> validate(owning<Action, Allocator> const& owner,
                                                service const& service) noexcept {
    return validate(owner.action, service);
}

/// Reads the response.
/// @return as for other actions, and errc::out_of_memory as owned_response::parse() says
template <class Action, class Allocator>
[[nodiscard]] expected<typename owning<Action, Allocator>::response> parse_response(
    owning<Action, Allocator> const& owner, service const&, response_view const& response) noexcept {
    return owning<Action, Allocator>::response::parse(response, Action::reads_only, owner.allocator);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
