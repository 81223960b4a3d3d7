// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_SEND_ACTION_HPP
#define ZENWIRE_CLIENT_SEND_ACTION_HPP

#include <utility>

#include <zenwire/base/config.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/client/client.hpp>
#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/runtime.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/credential.hpp>

namespace ZENWIRE_NAMESPACE {

/// Sends an action and waits for its result: drives a request_exchange with a transport and a runtime.
///
/// Parameters that break a rule are refused before anything is sent. Blocks as long as transport and waits take; with the
/// default policy at most four attempts. An action that orders is sent once: only what the transport says was not sent is
/// tried again. What the transport throws goes through: then the outcome of an order is unknown, as after
/// errc::outcome_unknown.
/// @return the action's response; else what make_request() and parse_response() return, errc::not_sent, or
///         errc::transport_failed (actions that only read) and errc::outcome_unknown (actions that order): then ask the
///         cloud before doing it again
template <class Action, credential Credential, transport Transport, runtime Runtime>
[[nodiscard]] expected<typename Action::response> send_action(client<Credential> const& client, Action const& action,
                                                              Transport&& transport, Runtime&& runtime) {
    request_exchange exchange(client, action);
    exchange_step step = exchange.next(runtime.now());
    while (step.what != exchange_step::kind::done) {
        if (step.what == exchange_step::kind::wait_for) {
            runtime.sleep_for(step.wait);
            step = exchange.next(runtime.now());
        } else if (const auto answer = transport(exchange.request())) {
            step = exchange.receive(response_adapter(*answer).view(), runtime.now(), runtime.jitter());
        } else {
            step = exchange.send_failed(answer.error(), runtime.jitter());
        }
    }
    return std::move(exchange).result();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
