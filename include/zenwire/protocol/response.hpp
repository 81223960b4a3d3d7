// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_RESPONSE_HPP
#define ZENWIRE_PROTOCOL_RESPONSE_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/protocol/detail/judge_response.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE {

/// Reads what the server sent for an action: the action's response, or an error that says what happened, whether money may have
/// moved and whether trying again is safe.
///
/// Only status 200 with a JSON object that has an object `response` and no `code` is a success.
/// @param response the response; its memory is not needed afterwards
/// @return errc::api_error, errc::rate_limited, errc::security_challenge, errc::request_blocked, errc::redirected,
///         errc::unexpected_status, errc::unexpected_error_body, errc::malformed_response, errc::response_too_large,
///         errc::response_too_deep
template <class Action>
[[nodiscard]] expected<typename Action::response> parse_response(service const& service,
                                                                 response_view const& response) noexcept;

/// The same, with the action as an argument. There are overloads for actions that are needed to read their response.
template <class Action>
[[nodiscard]] expected<typename Action::response> parse_response(Action const&, service const& service,
                                                                 response_view const& response) noexcept;

/// Reads the response to an action into `result`, whose type is the action's response or another one with the same members.
/// @param memory for lists, if the type has any
/// @return as parse_response(); after an error `result` holds what was read
template <class Response>
[[nodiscard]] expected<void> read_response(response_view const& response, bool reads_only, Response& result,
                                           arena* memory = nullptr) noexcept;

/// How many seconds the server asks to wait: the field `retry-after`, as seconds, or as a date, which is compared with the `date`
/// field, or without one with `now`. At most 86400; nothing when there is no such field or it cannot be read.
[[nodiscard]] constexpr std::optional<std::uint32_t> retry_after_seconds(
    response_view const& response, std::optional<unix_seconds> now = {}) noexcept {
    return detail::read_retry_after(response, now);
}

/// The server's time, from the `date` field of its response; nothing when it is missing or cannot be read.
[[nodiscard]] constexpr std::optional<unix_seconds> server_time(response_view const& response) noexcept {
    return detail::parse_http_date(response.fields.value_of("date"));
}

/// The documented spelling of an error's code, whichever spelling the server used. For a code that is not documented, the server's
/// spelling; empty when the server sent no code.
[[nodiscard]] constexpr std::string_view api_code_spelling(error const& error ZENWIRE_LIFETIMEBOUND) noexcept {
    const std::string_view spelling = description_of(error.api_code).spelling;
    return spelling.empty() ? error.api_code_text.view() : spelling;
}

namespace detail {

template <class Value>
[[nodiscard]] consteval bool refers_to_memory() noexcept;

template <class Object, auto... Pointers>
[[nodiscard]] consteval bool member_refers_to_memory(member_list<Pointers...> const*) noexcept {
    return (false || ... || refers_to_memory<std::remove_cvref_t<decltype(std::declval<Object&>().*Pointers)>>());
}

/// Whether what is read into a value may lie elsewhere: in a text that is a view, or in a list in an arena.
template <class Value>
consteval bool refers_to_memory() noexcept {
    if constexpr (std::is_same_v<Value, std::string_view> ||
                  requires(Value& list, arena& memory) { list.add(memory); }) {
        return true;
    } else if constexpr (requires { Value::members(); }) {
        return member_refers_to_memory<Value>(static_cast<decltype(Value::members()) const*>(nullptr));
    } else if constexpr (requires { typename Value::value_type; }) {
        return refers_to_memory<typename Value::value_type>();
    } else {
        return false;
    }
}

/// Reads a response into an object, together with the JSON around it, and keeps what its error would be made of.
class response_reader {
public:
    /// Reads the response into `result`.
    template <class Response>
    response_reader(response_view const& response, bool reads_only, Response& result, arena* memory) noexcept
        : response_(response), reads_only_(reads_only) {
        envelope_.response.target = {&json_value_type_for<Response>, &result};
        read_ = response.body.size() > limits::response_body ? json_read_result{json_fault::too_long, {}}
                                                             : read_json(response.body, envelope_, memory);
        is_success_ = response.status == 200 && read_.fault == json_fault::none && !envelope_.code.is_there &&
                      envelope_.response.is_filled;
        const bool has_outer_id = !envelope_.request_id.empty();
        if (is_success_ && has_outer_id) {
            result.request_id = envelope_.request_id;
        } else if (!is_success_ && !has_outer_id && envelope_.response.is_filled) {
            envelope_.request_id = result.request_id;
        }
    }
    response_reader(response_reader const&) = delete;
    response_reader& operator=(response_reader const&) = delete;

    /// Whether the response is a well-formed success: status 200 with an object `response` and no `code`.
    [[nodiscard]] bool is_success() const noexcept { return is_success_; }

    /// The error, when it is no success. A conversion, so that the error is made in its final place. Does not use the result.
    [[nodiscard]] operator error() const noexcept {
        return make_response_error(response_, read_, envelope_, reads_only_);
    }

private:
    response_view const& response_;
    bool reads_only_;
    bool is_success_ = false;
    json_read_result read_{};
    envelope envelope_{};
};

/// The error for a response that arrived and could not be kept.
[[nodiscard]] constexpr error lost_response(refusal const& why, outcome what_happened, bool reads_only,
                                            response_view const& response) noexcept {
    error lost = why;
    lost.outcome = what_happened;
    lost.reads_only = reads_only;
    lost.http_status = status_for_error(response.status);
    return lost;
}

}  // namespace detail

template <class Action>
expected<typename Action::response> parse_response(service const&, response_view const& response) noexcept {
    static_assert(
        !requires { Action::response::has_lists; },
        "this response has lists: send owning(action), or call read_response() with memory for them");
    static_assert(
        requires { Action::response::has_lists; } || !detail::refers_to_memory<typename Action::response>(),
        "this response has texts that are views, or lists in an arena, and nothing that they could lie in: give it "
        "'static constexpr bool has_lists = true;' and send owning(action), or take inline_string and inplace_vector");
    expected<typename Action::response> result(std::in_place);
    const detail::response_reader reader(response, Action::reads_only, *result, nullptr);
    if (!reader.is_success()) {
        std::destroy_at(&result);  // the error is made in place, not copied
        std::construct_at(&result, unexpect, reader);
    }
    return result;
}

template <class Action>
expected<typename Action::response> parse_response(Action const&, service const& service,
                                                   response_view const& response) noexcept {
    return parse_response<Action>(service, response);
}

template <class Response>
expected<void> read_response(response_view const& response, bool reads_only, Response& result, arena* memory) noexcept {
    const detail::response_reader reader(response, reads_only, result, memory);
    return reader.is_success() ? expected<void>() : expected<void>(unexpect, reader);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
