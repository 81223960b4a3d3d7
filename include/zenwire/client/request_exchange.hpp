// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_REQUEST_EXCHANGE_HPP
#define ZENWIRE_CLIENT_REQUEST_EXCHANGE_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <zenwire/client/client.hpp>
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
    kind what;            ///< which one it is
    milliseconds wait{};  ///< only for `wait_for`

    /// Whether both are the same step.
    [[nodiscard]] friend constexpr bool operator==(exchange_step const&, exchange_step const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<exchange_step::kind> detail::enum_names<exchange_step::kind>[] = {
    {exchange_step::kind::send, "send"},
    {exchange_step::kind::wait_for, "wait_for"},
    {exchange_step::kind::done, "done"},
};

/// The outcome of one attempt to send an action: for logs and metrics. An observer may use its views during the call; those that
/// request_exchange::last_attempt() returns are valid until the exchange changes.
struct attempt_report {
    std::uint32_t number = 0;        ///< the number of the attempt, counted from 1
    int http_status = 0;             ///< the HTTP status; 0 when no response came
    std::string_view request_id{};   ///< the id that the service gave the request; empty when there was none
    error const* failure = nullptr;  ///< how it failed; null when it succeeded
    /// how long the exchange waits before the next attempt; nothing after the last one
    std::optional<milliseconds> wait{};
};

namespace detail {

/// Fails to compile for a type that should be an action and is none, with a static_assert that says what it lacks.
template <class Action>
constexpr bool explain_action() noexcept {
    static_assert(
        requires { typename Action::response; },
        "an action must have a type 'response' in it: struct response : zenwire::basic_response {}; for example");
    static_assert(
        requires(Action const& action) {
            { action.name } -> std::convertible_to<std::string_view>;
        }, "an action must have a 'name': static constexpr std::string_view name = \"DescribeZones\"; for example");
    static_assert(
        requires(Action const& action) {
            { reads_only(action) } -> std::same_as<bool>;
        }, "an action must say whether it changes nothing: static constexpr bool reads_only = false; when in doubt");
    static_assert(writable_as_body<Action>,
                  "an action must name its parameters: static constexpr auto members() that returns "
                  "zenwire::member_list(...), empty where there are none");
    static_assert(
        requires(Action const& action, service const& service) {
            { validate(action, service) } -> std::same_as<expected<void>>;
        }, "an action needs a function in its namespace: zenwire::expected<void> validate(action const&, "
           "zenwire::service const&)");
    return true;
}

}  // namespace detail

/// One action from the first attempt to its result, without I/O: drive it from any event loop.
///
///     next(now) -> send -> receive(...) or send_failed(...) -> done, or wait_for -> next(now) -> send ...
///
/// Each attempt is signed afresh, with the time that is passed to next(). An attempt is repeated only when error::retryable()
/// allows it: an action that orders is sent again only if it was not sent before; with an unknown outcome it ends in
/// errc::outcome_unknown. If sending throws, call send_failed() with transport_failure::unknown, or treat the outcome as unknown.
/// Calls that do not fit the current step change nothing and return that step again.
///
/// Owns the action; refers to the client, which must outlive it. What it was moved from is done, and sends nothing. No heap,
/// except for an action that needs it for its response: such an action also uses it for a body longer than limits::request_body.
/// The body of a raw_action is not copied.
template <class Action, credential Credential>
class request_exchange {
    static_assert(detail::explain_action<Action>());

public:
    /// The result of the action.
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

    /// To be called at the beginning and after each wait: signs the action for `now`.
    exchange_step next(unix_seconds now) noexcept;

    /// The request to send, in a step `send`; valid until the next call that changes the step. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND {
        return step_.what == exchange_step::kind::send ? request_->value().view() : request_view{};
    }

    /// Takes the response. Its memory is not needed afterwards.
    /// @param now used when `retry-after` is a date
    /// @param jitter 32 random bits, see retry_wait()
    exchange_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept;

    /// To be called when there will be no response.
    /// @param jitter 32 random bits, see retry_wait()
    exchange_step send_failed(transport_error const& failure, std::uint32_t jitter = 0) noexcept;

    /// The current step.
    [[nodiscard]] exchange_step step() const noexcept { return step_; }
    /// How many attempts were made.
    [[nodiscard]] std::uint32_t attempts() const noexcept { return attempts_; }
    /// When the current attempt was signed.
    [[nodiscard]] unix_seconds signed_at() const noexcept { return signed_at_; }
    /// The outcome of the last attempt, right after receive() or send_failed(). Before the first attempt its number is 0.
    [[nodiscard]] attempt_report last_attempt() const noexcept ZENWIRE_LIFETIMEBOUND;
    /// The result; before the step `done` an error that says so.
    [[nodiscard]] result_type const& result() const& noexcept ZENWIRE_LIFETIMEBOUND { return *result_; }
    /// @copydoc result()
    [[nodiscard]] result_type result() && noexcept { return *std::move(result_); }

private:
    using request_of = detail::request_of<Action>;

    /// The request id of a response, or of an owned_response.
    template <class Response>
    static std::string_view request_id_of(Response const& response) noexcept {
        if constexpr (requires { response.request_id; }) {
            return response.request_id;
        } else {
            return response->request_id;
        }
    }

    static error make_pending_error() noexcept;

    /// Removes the token, or the signature, from the texts of an error: an error page may quote the request.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void mask_secrets(error& failure) const noexcept;

    /// Makes the result say that the outcome is unknown, until there is a response.
    void expect_response() noexcept;

    // returns its argument, not step_: to read step_ right after writing it in pieces makes processors wait
    exchange_step go_to(exchange_step step) noexcept {
        step_ = step;
        return step;
    }

    /// Decides after an error: waits for another attempt, or ends with the error.
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
    // an exchange begins as if a wait were over
    detail::movable_step<exchange_step> step_{exchange_step{exchange_step::kind::wait_for}};
    std::uint32_t attempts_ = 0;
    unix_seconds signed_at_{};
    std::optional<expected<typename request_of::type>> request_{};
    // never empty; an optional, because that can construct a new result in place
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
    request_.emplace(detail::made_by(
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
        detail::made_by([&]() noexcept { return parse_response(action_, client_->prepared()->service(), response); }));
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
    result_.emplace(unexpect, detail::made_by([&]() noexcept {
                        return detail::make_transport_error(failure, reads_only(action_));
                    }));
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
    // member by member: compilers make a dozen stores of this, but two calls of a refusal
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
    failure.api_code_text = detail::mask_secret(failure.api_code_text, secret);
    failure.request_id = detail::mask_secret(failure.request_id, secret);
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
