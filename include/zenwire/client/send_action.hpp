// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_SEND_ACTION_HPP
#define ZENWIRE_CLIENT_SEND_ACTION_HPP

#include <type_traits>
#include <utility>

#include <zenwire/client/request_exchange.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// An observer of the attempts of send_action(): anything callable with an attempt_report.
template <class Observer>
concept attempt_observer = requires(Observer& observer, attempt_report const& report) { observer(report); };

/// The default observer, which does nothing.
struct no_observer {
    constexpr void operator()(attempt_report const&) const noexcept {}
};

}  // namespace detail

/// Sends an action and waits for its result: drives a request_exchange with a transport and a runtime.
///
/// Parameters that break a rule are refused before anything is sent. Blocks as long as the transport and the waits take; by default
/// there are at most four attempts. An action that orders is sent once; it is tried again only if the transport reports that it was
/// not sent. Exceptions of the transport pass through: then the outcome of an order is unknown, as after errc::outcome_unknown. The
/// clock is read before each attempt only, so one that throws loses no response.
/// @param observer called after each attempt, before the wait for the next one: for logs and metrics. If it throws, the response is
///        lost. Without an observer it costs nothing
/// @return the action's response; else what make_request() and parse_response() return, errc::not_sent, or
///         errc::transport_failed (actions that only read) and errc::outcome_unknown (actions that order): then look at the
///         instance before you order again
template <action Action, credential Credential, transport Transport, runtime Runtime,
          detail::attempt_observer Observer = detail::no_observer>
[[nodiscard]] expected<typename Action::response> send_action(client<Credential> const& client, Action const& action,
                                                              Transport&& transport, Runtime&& runtime,
                                                              Observer&& observer = Observer()) {
    request_exchange exchange(client, action);
    exchange_step step = exchange.next(runtime.now());
    while (step.what != exchange_step::kind::done) {
        if (step.what == exchange_step::kind::wait_for) {
            runtime.sleep_for(step.wait);
            step = exchange.next(runtime.now());
            continue;
        }
        const auto jitter = runtime.jitter();
        if (const auto response = transport(exchange.request())) {
            step = exchange.receive(response_adapter(*response).view(), exchange.signed_at(), jitter);
        } else {
            step = exchange.send_failed(response.error(), jitter);
        }
        if constexpr (!std::is_same_v<Observer, detail::no_observer>) {
            observer(exchange.last_attempt());
        }
    }
    return std::move(exchange).result();
}

/// Says why an action, a transport or a runtime does not fit. Returns what the caller expects, so that only one error is shown.
template <class Client, class Action, class Transport, class Runtime, class... Observer>
    requires(!action<Action> || detail::needs_explanation<Transport, Runtime>)
auto send_action(Client const&, Action const&, Transport&&, Runtime&&, Observer&&...) {
    if constexpr (action<Client>) {
        static_assert(!action<Client>, "send_action() takes the client first, and then the action");
        return expected<basic_response>();
    } else if constexpr (!action<Action>) {
        detail::explain_action<Action>();
        return expected<basic_response>();
    } else {
        detail::explain<Transport, Runtime>();
        return expected<typename Action::response>();
    }
}
// compilers print the second line of this, with its comment
template <class Client, class Action, class Transport>
void send_action(Client const&, Action const&, Transport&&) = delete;  // and a runtime: zenwire::system_runtime, for example

}  // namespace ZENWIRE_NAMESPACE

#endif
