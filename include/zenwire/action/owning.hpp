// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_OWNING_HPP
#define ZENWIRE_ACTION_OWNING_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>
#include <string_view>

#include <zenwire/protocol/detail/long_request.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE {

/// The response to an action, with all that its texts and lists refer to. Move-only; views into it stay valid when it moves.
/// @tparam Response the `response` of an action
template <class Response, class Allocator = std::allocator<detail::raw_byte>>
class owned_response {
public:
    /// The answer. A view of this object and its heirs by move.
    [[nodiscard]] Response const& operator*() const noexcept ZENWIRE_LIFETIMEBOUND { return response_; }
    /// The answer. A view of this object and its heirs by move.
    [[nodiscard]] Response const* operator->() const noexcept ZENWIRE_LIFETIMEBOUND { return &response_; }

    /// Reads a response: takes memory for a copy of the body and for the lists, in a few large blocks.
    /// @param reads_only whether repeating the action is safe
    /// @return as parse_response(), and errc::out_of_memory: with outcome::unknown for an action that orders, since what the response
    ///         says is lost
    [[nodiscard]] static expected<owned_response> parse(response_view const& response, bool reads_only,
                                                        Allocator allocator = {}) noexcept {
        owned_response answer(allocator);
        const std::span<detail::raw_byte> copy = answer.blocks_.add(response.body.size() + 1);
        if (copy.empty()) {
            return out_of_memory(response, reads_only);
        }
        if (!response.body.empty()) {
            std::memcpy(copy.data(), response.body.data(), response.body.size());
        }
        response_view kept = response;
        kept.body = {reinterpret_cast<char const*>(copy.data()), response.body.size()};

        arena memory(
            [](void* blocks, std::size_t size) noexcept {
                return static_cast<detail::block_list<Allocator>*>(blocks)->add(size);
            },
            &answer.blocks_);
        const expected<void> done = read_response(kept, reads_only, answer.response_, &memory);
        if (memory.exhausted()) {
            return out_of_memory(response, reads_only);
        }
        if (!done) {
            return unexpected(done.error());
        }
        return answer;
    }

private:
    explicit owned_response(Allocator const& allocator) noexcept : blocks_(allocator) {}

    /// What a success would have said is lost: an order may have been placed.
    static unexpected<error> out_of_memory(response_view const& response, bool reads_only) noexcept {
        error failure = error::make(errc::out_of_memory, blame::local, "the allocator has no memory for the response");
        failure.reads_only = reads_only;
        failure.outcome = reads_only ? outcome::not_executed : outcome::unknown;
        failure.http_status = static_cast<std::uint16_t>(response.status);
        return unexpected(failure);
    }

    detail::block_list<Allocator> blocks_;
    Response response_{};
};

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
