// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_REQUEST_EXCHANGE_HPP
#define ZENWIRE_CLIENT_REQUEST_EXCHANGE_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <zenwire/client/client.hpp>
#include <zenwire/client/detail/explanation.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/detail/long_request.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE {

/// What the owner of a request_exchange has to do next.
struct exchange_step {
    /// The kinds of steps.
    enum class kind : unsigned char {
        send,      ///< send request_exchange::request(), then call receive() or send_failed()
        wait_for,  ///< let `wait` pass, then call next()
        done,      ///< request_exchange::result() is there
    };
    /// Which one it is.
    kind what;
    /// only for `wait_for`
    milliseconds wait{};

    /// Whether both are the same step.
    [[nodiscard]] friend constexpr bool operator==(exchange_step const&, exchange_step const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<exchange_step::kind> detail::enum_names<exchange_step::kind>[] = {
    {exchange_step::kind::send, "send"},
    {exchange_step::kind::wait_for, "wait_for"},
    {exchange_step::kind::done, "done"},
};

/// What came of one attempt to send an action: for logs and metrics. Its views last as long as the call that gets it, or, where
/// request_exchange::last_attempt() returned it, until the exchange changes.
struct attempt_report {
    /// which attempt it was, from 1
    std::uint32_t number = 0;
    /// the HTTP status; 0 when no response came
    int http_status = 0;
    /// the id that the service gave the request; empty when none was read
    std::string_view request_id{};
    /// how it failed; null when it succeeded
    error const* failure = nullptr;
    /// how long the exchange waits before the next attempt; nothing after the last one
    std::optional<milliseconds> wait{};
};

/// One action from the first attempt to its result, without I/O: drive it from any event loop.
///
///     next(now) -> send -> receive(...) or send_failed(...) -> done, or wait_for -> next(now) -> send ...
///
/// Each attempt is signed afresh for the `now` of its next(). An attempt is repeated only when error::retryable() allows
/// it: an action that orders is handed to the transport once, and again only if it was not sent; an unknown outcome ends it
/// in errc::outcome_unknown. Whoever drives it with something that throws has to call send_failed() with
/// transport_failure::unknown, or to take the outcome for unknown. Calls that do not fit the current step change nothing and
/// return that step again.
///
/// Owns the action; refers to the client, which must outlive it. No heap, but for an action that takes heap for its response: it
/// does so for a body above limits::request_body, too. That of a raw_action stays where it is.
template <class Action, credential Credential>
class request_exchange {
    static_assert(detail::explain_action<Action>());

public:
    /// What the action leads to.
    using result_type = expected<typename Action::response>;

    /// @{
    /// @param client must outlive the exchange
    /// @param action is copied, or moved from
    request_exchange(client<Credential> const& client ZENWIRE_LIFETIMEBOUND, Action const& action) noexcept
        : client_(&client), action_(action) {}
    request_exchange(client<Credential> const& client ZENWIRE_LIFETIMEBOUND, Action&& action) noexcept
        : client_(&client), action_(std::move(action)) {}
    /// @}
    request_exchange(client<Credential> const&&, Action const&) = delete;  // the client must outlive it: give it a name

    /// Begins, and goes on after a wait: signs the action for `now`.
    exchange_step next(unix_seconds now) noexcept;

    /// The request to send: there after a step `send`, until the next call that changes the step. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND {
        return step_.what == exchange_step::kind::send ? request_->value().view() : request_view{};
    }

    /// Takes the response. Its memory is not needed afterwards.
    /// @param now for a `retry-after` that is a date
    /// @param jitter 32 bits of chance, see retry_wait()
    exchange_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept;

    /// Takes the news that there will be no response.
    /// @param jitter 32 bits of chance, see retry_wait()
    exchange_step send_failed(transport_error const& failure, std::uint32_t jitter = 0) noexcept;

    /// The current step.
    [[nodiscard]] exchange_step step() const noexcept { return step_; }
    /// How many attempts were made.
    [[nodiscard]] std::uint32_t attempts() const noexcept { return attempts_; }
    /// When the current attempt was signed.
    [[nodiscard]] unix_seconds signed_at() const noexcept { return signed_at_; }
    /// What came of the last attempt, for who asks right after receive() or send_failed(). Before the first attempt its number is 0.
    [[nodiscard]] attempt_report last_attempt() const noexcept ZENWIRE_LIFETIMEBOUND;
    /// The result; before the step `done` an error that says so.
    [[nodiscard]] result_type const& result() const& noexcept ZENWIRE_LIFETIMEBOUND { return *result_; }
    /// @copydoc result()
    [[nodiscard]] result_type result() && noexcept { return *std::move(result_); }

private:
    using request_of = detail::request_of<Action>;

    /// Of a response, or of one that owns its memory.
    template <class Response>
    static std::string_view request_id_of(Response const& response) noexcept {
        if constexpr (requires { response.request_id; }) {
            return response.request_id;
        } else {
            return response->request_id;
        }
    }

    static error make_pending_error() noexcept;

    /// Takes out of the error what an error page quotes of the request that must not be shown: the token, or the signature.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void mask_secrets(error& failure) const noexcept;

    /// Until there is a response, the result says that nobody knows. Written over what is there: the text fits.
    void expect_response() noexcept;

    // hands on what was given: to read it from where it was just written, piece by piece, makes processors wait
    exchange_step go_to(exchange_step step) noexcept {
        step_ = step;
        return step;
    }

    /// The result is an error: waits for another attempt, or ends with it.
    exchange_step end_failed(std::uint32_t jitter) noexcept;

    exchange_step finish(error const& failure) noexcept {
        result_.emplace(unexpect, failure);
        return end();
    }

    exchange_step end() noexcept {
        request_.reset();
        return go_to({exchange_step::kind::done});
    }

    client<Credential> const* client_;
    Action action_;
    // it begins as after a wait of no time
    exchange_step step_{exchange_step::kind::wait_for};
    std::uint32_t attempts_ = 0;
    unix_seconds signed_at_{};
    std::optional<expected<typename request_of::type>> request_{};
    // there at all times; optional, so that it can be made in its place
    std::optional<result_type> result_{std::in_place, unexpect, detail::made_by(make_pending_error)};
};

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::next(unix_seconds now) noexcept {
    if (step_.what != exchange_step::kind::wait_for) {
        return step_;
    }
    auto const& prepared = client_->prepared();
    if (!prepared) {
        return finish(prepared.error());
    }
    request_.emplace(
        detail::made_by(
            [&]() noexcept { return request_of::make(action_, *prepared, client_->used_credential(), now); }));
    if (!request_->has_value()) {
        return finish(request_->error());
    }
    signed_at_ = now;
    ++attempts_;
    expect_response();
    return go_to({exchange_step::kind::send});
}

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::receive(response_view const& response, unix_seconds now,
                                                            std::uint32_t jitter) noexcept {
    if (step_.what != exchange_step::kind::send) {
        return step_;
    }
    result_.emplace(
        detail::made_by(
            [&]() noexcept { return parse_response(action_, client_->prepared()->service(), response); }));
    if (result_->has_value()) {
        return end();
    }
    error& failure = result_->error();
    mask_secrets(failure);
    if (!failure.retry_after_seconds) {
        failure.retry_after_seconds = retry_after_seconds(response, now);
    }
    if (failure.api_code == api_code::authfailure_signature_expired) {
        if (const auto server = server_time(response)) {
            failure.clock_offset_seconds = server->count() - signed_at_.count();
        }
    }
    return end_failed(jitter);
}

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::send_failed(transport_error const& failure,
                                                                std::uint32_t jitter) noexcept {
    if (step_.what != exchange_step::kind::send) {
        return step_;
    }
    result_.emplace(unexpect,
                    detail::made_by([&]() noexcept { return detail::make_transport_error(failure, reads_only(action_)); }));
    return end_failed(jitter);
}

template <class Action, credential Credential>
attempt_report request_exchange<Action, Credential>::last_attempt() const noexcept {
    attempt_report report;
    report.number = attempts_;
    if (result_->has_value()) {
        constexpr int ok = 200;
        report.http_status = ok;
        report.request_id = request_id_of(**result_);
    } else {
        report.failure = &result_->error();
        report.http_status = report.failure->http_status;
        report.request_id = report.failure->request_id;
    }
    if (step_.what == exchange_step::kind::wait_for && attempts_ != 0) {
        report.wait = step_.wait;
    }
    return report;
}

template <class Action, credential Credential>
error request_exchange<Action, Credential>::make_pending_error() noexcept {
    // piece by piece: compilers make a dozen stores of it, and two calls of a refusal
    error pending;
    pending.code = errc::not_sent;
    pending.cause = errc::not_sent;
    pending.message.assign("the exchange is not done");
    return pending;
}

template <class Action, credential Credential>
void request_exchange<Action, Credential>::mask_secrets(error& failure) const noexcept {
    constexpr std::string_view bearer = "Bearer ";
    std::string_view secret = request_->value().view().fields.value_of("authorization");
    secret.remove_prefix(secret.starts_with(bearer) ? bearer.size() : secret.rfind('=') + 1);
    failure.message = detail::mask_secret(failure.message, secret);
    failure.excerpt = detail::mask_secret(failure.excerpt, secret);
}

template <class Action, credential Credential>
void request_exchange<Action, Credential>::expect_response() noexcept {
    if (attempts_ > 1) {
        result_.emplace(unexpect, detail::made_by(make_pending_error));
    }
    error& pending = result_->error();
    pending.code = errc::transport_failed;
    pending.cause = errc::transport_failed;
    pending.blame = blame::transport;
    pending.outcome = outcome::unknown;
    pending.reads_only = reads_only(action_);
}

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::end_failed(std::uint32_t jitter) noexcept {
    error& failure = result_->error();
    if (const auto wait = retry_wait(client_->retry(), failure, attempts_, jitter)) {
        return go_to({exchange_step::kind::wait_for, *wait});
    }
    if (failure.outcome == outcome::unknown && !failure.reads_only) {
        failure.code = errc::outcome_unknown;
    }
    return end();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
