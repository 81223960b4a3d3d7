// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_EXPLANATION_HPP
#define ZENWIRE_CLIENT_DETAIL_EXPLANATION_HPP

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/client/runtime.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/action.hpp>

/// @file
/// Compiler messages for an action, a transport or a runtime that lacks something. Each function that takes them has a second overload
/// for arguments that do not meet the concepts, which only calls explain(), and explain() fails with a sentence that says what is
/// missing. Without it, compilers would begin by saying that no function matches.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether one of the arguments does not meet its concept.
template <class Transport, class Runtime>
concept needs_explanation = !transport<Transport> || !runtime<Runtime>;

/// @tparam Response what a transport of type `Transport` returns where it succeeds
template <class Transport, class Result, class Response>
constexpr void explain_response() noexcept {
    static_assert(transport_error_bearing<Result>,
                  "the error that a transport returns must be a zenwire::transport_error or a zenwire::transport_failure");
    static_assert(status_bearing<Response>, "the response that a transport returns must have a member 'status' that is a number");
    static_assert(body_bearing<Response>, "the response that a transport returns must have a member 'body' that is text");
    static_assert(response_has_an_owner<std::remove_cvref_t<Transport>, Result>,
                  "a zenwire::response_view owns nothing, and this transport has no member that could: return a response with a "
                  "std::string as its body");
}

template <class Transport>
constexpr void explain_transport() noexcept {
    static_assert(request_callable<Transport>, "a transport must be callable with a 'zenwire::request_view const&'");
    if constexpr (request_callable<Transport>) {
        using result = decltype(std::declval<Transport&>()(std::declval<request_view const&>()));
        static_assert(expected_like<result>, "a transport must return an expected, "
                                             "zenwire::expected<response, zenwire::transport_error> for example");
        if constexpr (expected_like<result>) {
            explain_response<Transport, result, decltype(*std::declval<result const&>())>();
        }
    }
}

template <class Runtime>
constexpr void explain_runtime() noexcept {
    static_assert(
        requires(Runtime& clock) {
            { clock.now() } -> std::same_as<unix_seconds>;
        },
        "a runtime must have a clock: a member now() that returns zenwire::unix_seconds");
    static_assert(requires(Runtime& clock, milliseconds time) { clock.sleep_for(time); },
                  "a runtime must have a member sleep_for(zenwire::milliseconds)");
    static_assert(
        requires(Runtime& clock) {
            { clock.jitter() } -> std::convertible_to<std::uint32_t>;
        },
        "a runtime must have a member jitter() that returns 32 bits of chance; 0 will do in a test");
}

/// Fails to compile for a type that should be an action and is none, with a static_assert that says what it lacks.
template <class Action>
constexpr bool explain_action() noexcept {
    static_assert(
        requires { typename Action::response; },
        "an action must have a type 'response' in it: struct response : zenwire::basic_response {}; for example");
    static_assert(
        requires(Action const& action) {
            { action.name } -> std::convertible_to<std::string_view>;
        },
        "an action must have a 'name': static constexpr std::string_view name = \"DescribeZones\"; for example");
    static_assert(
        requires(Action const& action) {
            { reads_only(action) } -> std::same_as<bool>;
        },
        "an action must say whether it changes nothing: static constexpr bool reads_only = false; when in doubt");
    static_assert(writable_as_body<Action>, "an action must name its parameters: static constexpr auto members() that returns "
                                            "zenwire::member_list(...), empty where there are none");
    static_assert(
        requires(Action const& action, service const& service) {
            { validate(action, service) } -> std::same_as<expected<void>>;
        },
        "an action needs a function in its namespace: zenwire::expected<void> validate(action const&, zenwire::service const&)");
    return true;
}

/// Fails to compile, with a static_assert that says what is missing.
template <class Transport, class Runtime>
constexpr void explain() noexcept {
    if constexpr (!transport<Transport>) {
        explain_transport<Transport>();
    }
    if constexpr (!runtime<Runtime>) {
        explain_runtime<Runtime>();
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
