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
    /// The response. The reference stays valid as long as this object, its views also after a move.
    [[nodiscard]] Response const& operator*() const noexcept ZENWIRE_LIFETIMEBOUND { return response_; }
    /// The response, with the same lifetimes.
    [[nodiscard]] Response const* operator->() const noexcept ZENWIRE_LIFETIMEBOUND { return &response_; }

    /// Reads a response. It allocates a few large blocks, for a copy of the body and for the lists.
    /// @param reads_only whether repeating the action is safe
    /// @return as parse_response(); also errc::out_of_memory, with outcome::unknown for an action that orders, since its response
    ///         is lost
    [[nodiscard]] static expected<owned_response> parse(response_view const& response, bool reads_only,
                                                        Allocator allocator = {}) noexcept {
        owned_response result(allocator);
        const std::span<detail::raw_byte> copy = result.blocks_.add(response.body.size() + 1);  // never empty
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
            &result.blocks_);
        const expected<void> done = read_response(kept, reads_only, result.response_, &memory);
        if (memory.exhausted()) {
            return out_of_memory(response, reads_only);
        }
        if (!done) {
            return unexpected(done.error());
        }
        return result;
    }

private:
    explicit owned_response(Allocator const& allocator) noexcept : blocks_(allocator) {}

    /// The response is lost, although it may say that an order was placed.
    static unexpected<error> out_of_memory(response_view const& response, bool reads_only) noexcept {
        return unexpected(detail::lost_response(
            error::make(errc::out_of_memory, blame::local, "the allocator has no memory for the response"),
            reads_only ? outcome::not_executed : outcome::unknown, reads_only, response));
    }

    detail::block_list<Allocator> blocks_;
    Response response_{};
};

/// Wraps an action whose response has lists, so that the response owns them: `send_action(client, owning{describe_instances{}},
/// ...)`. Its response is an owned_response, with memory of the allocator.
template <class Action, class Allocator = std::allocator<detail::raw_byte>>
struct owning {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = Action::name;
    /// Whether repeating it is safe.
    static constexpr bool reads_only = Action::reads_only;
    /// The action's response, with all memory that it refers to.
    using response = owned_response<typename Action::response, Allocator>;

    /// The action. Its views must outlive this object.
    Action action;
    /// Where the response takes its memory from.
    Allocator allocator{};

    /// Writes the parameters of the action.
    constexpr void write_json(detail::json_writer& json, service const& service) const noexcept {
        detail::write_json(json, action, service);
    }

    /// @{
    /// The request that a request_exchange keeps: a body longer than limits::request_body takes its memory from the allocator, too.
    using request_type = detail::long_request<detail::owned_body<Allocator>>;
    [[nodiscard]] Allocator allocator_for_body() const noexcept { return allocator; }
    /// @}
};

/// Uses std::allocator.
template <class Action>
owning(Action) -> owning<Action>;
/// Uses an allocator of the caller.
template <class Action, class Allocator>
owning(Action, Allocator) -> owning<Action, Allocator>;

/// Checks the action.
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
