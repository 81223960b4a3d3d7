// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP
#define ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

#include <zenwire/client/detail/workflow_looks.hpp>
#include <zenwire/client/detail/workflow_order.hpp>
#include <zenwire/client/request_exchange.hpp>

namespace ZENWIRE_NAMESPACE {

/// The whole job of changing a traffic package, without I/O: look at the instance, predict, ask for the price, confirm, save,
/// order, watch. Cancelling a planned downgrade is the same job with another goal.
///
/// One job hands out one order. When its outcome is unknown, the job looks at the instance, and never orders again. If that does
/// not tell, the verdict says so, and until when the order may still be accepted. Another order is another job, which somebody
/// must begin, with looks, price and confirmation of its own.
///
/// If the process is killed at any point, another one can resume the job from the bytes of the last `save` step; then it only
/// looks.
///
/// Calls that do not fit the current step change nothing and return that step again. In a step `wait_for`, next() says that the
/// wait is over; in other steps it may always be called. The clock may go back or stand still. Refers to the client, which must
/// outlive it. No heap; about 18 KiB.
template <credential Credential>
class traffic_package_workflow : detail::workflow_job {
public:
    /// A job that changes the traffic package of the instance to that size.
    [[nodiscard]] static traffic_package_workflow change(client<Credential> const& client ZENWIRE_LIFETIMEBOUND,
                                                         instance_id const& instance, traffic_package_size target,
                                                         workflow_options const& options = {}) noexcept;
    static traffic_package_workflow change(  // the client must outlive the job: give it a name
        client<Credential> const&&, instance_id const&, traffic_package_size, workflow_options const& = {}) = delete;

    /// A job that cancels the planned downgrade of the instance.
    [[nodiscard]] static traffic_package_workflow cancel_downgrade(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, instance_id const& instance,
        workflow_options const& options = {}) noexcept;
    static traffic_package_workflow cancel_downgrade(  // the client must outlive the job: give it a name
        client<Credential> const&&, instance_id const&, workflow_options const& = {}) = delete;

    /// Resumes a job whose process ended after a `save` step. It orders nothing, and looks for the effect of the order at least
    /// once, even after its deadline.
    /// @param bytes what saved_bytes() returned last; not needed afterwards
    /// @param options used in place of the job's own options when they are stricter
    /// @return what workflow_bytes::parse() returns; errc::another_service, errc::another_endpoint, errc::another_account. The
    ///         `outcome` of these errors is that of the job's order, as far as it is known
    [[nodiscard]] static expected<traffic_package_workflow> resume(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, std::span<char const> bytes,
        workflow_options const& options = {}, resume_check check = resume_check::all) noexcept;
    static expected<traffic_package_workflow> resume(  // the client must outlive the job: give it a name
        client<Credential> const&&, std::span<char const>, workflow_options const& = {},
        resume_check = resume_check::all) = delete;

    /// Makes the job ask the ledger, too: the bills and transactions of the account. Before the order it asks how much
    /// the account may spend, and which orders the ledger has; at the end, what is new (workflow_verdict::ledger). This
    /// needs the permission to read bills; if that is missing, the job goes on without the ledger. Only for a change;
    /// used from the next round of looks on.
    /// @param ledger for services::zbc_2024_08_08, with the same credential; must outlive the job
    /// @return errc::another_service, errc::another_account, or the error of `ledger.prepared()`: then the ledger is not asked
    expected<void> consult(client<Credential> const& ledger ZENWIRE_LIFETIMEBOUND) noexcept;
    expected<void> consult(client<Credential> const&& ledger) = delete;

    /// The current step.
    [[nodiscard]] workflow_step step() const noexcept { return step_; }

    /// To be called at the beginning, and after each wait.
    workflow_step next(unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::wait_for) {
            return step_;
        }
        if (!on_waited(now)) {
            return carry_out(step_);
        }
        const bool is_paused = !std::holds_alternative<std::monostate>(exchange_);
        return is_paused ? follow(with_exchange([&](auto& exchange) { return exchange.next(time_for_looks()); }))
                         : carry_out(begin_phase());
    }

    /// The request to send. Only the first call in each step `send` returns it; later calls return an empty request. A view of this
    /// object.
    [[nodiscard]] request_view take_request() noexcept ZENWIRE_LIFETIMEBOUND {
        if (step_.what != workflow_step::kind::send || is_taken_) {
            return {};
        }
        hand_out_request();
        return request();
    }
    /// The request of a step `send`, for display; send the one that take_request() returns. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND;

    /// Takes the response to the request that take_request() returned; before that call it changes nothing, because a response that
    /// comes then, or comes twice, is that of an earlier request. Its memory is not needed afterwards.
    workflow_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send || !is_taken_) {
            return step_;
        }
        read_clock(now);
        jitter_ = jitter;
        server_time_ = server_time(response);
        return follow(
            with_exchange([&](auto& exchange) { return exchange.receive(response, time_for_looks(), jitter); }));
    }
    /// The same where no clock can be read: at the time of the last reading.
    workflow_step receive(response_view const& response) noexcept { return receive(response, clock_.now()); }

    /// To be called when there will be no response. Only the caller of take_request() may report that nothing was sent.
    workflow_step send_failed(transport_error const& failure, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send) {
            return step_;
        }
        read_clock(now);
        jitter_ = jitter;
        return follow(with_exchange([&](auto& exchange) { return exchange.send_failed(failure, jitter); }));
    }
    /// The same where no clock can be read: at the time of the last reading.
    workflow_step send_failed(transport_error const& failure) noexcept { return send_failed(failure, clock_.now()); }

    /// Takes the caller's decision in a step `confirm`.
    workflow_step confirm(bool agreed, unix_seconds now) noexcept {
        return step_.what == workflow_step::kind::confirm ? carry_out(on_confirmation(agreed, now)) : step_;
    }
    template <class Answer>
    workflow_step confirm(Answer const&, unix_seconds) = delete;  // yes or no is a bool: -1 or "no" would be a yes

    /// To be called when the bytes were stored, in a step `save`. If that took long, the instance and the price are read again.
    workflow_step saved(unix_seconds now) noexcept {
        return step_.what == workflow_step::kind::save ? carry_out(on_saved(now)) : step_;
    }
    /// The same when no clock can be read. The age of looks and price is not known then, so the job asks to store the bytes again,
    /// in place of its own ones.
    workflow_step saved() noexcept {
        is_stored_ = is_stored_ || step_.what == workflow_step::kind::save;
        return step_;
    }
    /// To be called when the bytes could not be stored, in a step `save`. Before the order this ends the job; after it, a resumed
    /// job only knows less.
    workflow_step save_failed() noexcept {
        return step_.what == workflow_step::kind::save ? carry_out(on_save_failed()) : step_;
    }

    /// The bytes to store in a step `save`. A view of this object.
    [[nodiscard]] std::span<char const> saved_bytes() const noexcept ZENWIRE_LIFETIMEBOUND { return bytes_.view(); }
    /// How to store them: the first bytes of a job must not replace others.
    [[nodiscard]] save_mode how_to_save() const noexcept { return is_stored_ ? save_mode::replace : save_mode::create; }

    /// What is known of the instance; set after the first looks.
    [[nodiscard]] traffic_package_state const& state() const noexcept ZENWIRE_LIFETIMEBOUND { return state_; }
    /// What the API's documentation says of the order; set in a step `confirm`.
    [[nodiscard]] traffic_package_prediction const& prediction() const noexcept ZENWIRE_LIFETIMEBOUND {
        return prediction_;
    }
    /// The price of the order, from the API; set in a step `confirm` of a change.
    [[nodiscard]] price_list const& prices() const noexcept ZENWIRE_LIFETIMEBOUND { return prices_; }
    /// How much the account may spend, from the ledger; nothing when it was not asked or did not say. Set in a step `confirm`.
    [[nodiscard]] std::optional<decimal> const& purchasing_power() const noexcept ZENWIRE_LIFETIMEBOUND {
        return purchasing_power_;
    }
    /// Whether the price is above purchasing_power(). Only a warning: currencies and vouchers are not documented.
    [[nodiscard]] bool may_lack_balance() const noexcept {
        return purchasing_power_ && record_.confirmed_price && *record_.confirmed_price > *purchasing_power_;
    }
    /// How often the caller was asked, including the current step `confirm`: more than once if the price rose or the instance
    /// changed meanwhile.
    [[nodiscard]] std::uint32_t questions() const noexcept { return confirmations_asked_; }
    /// Whether an order of this job may have been sent: from take_request() on, and always in a resumed job.
    [[nodiscard]] bool may_have_ordered() const noexcept { return workflow_job::may_have_ordered(); }
    /// What is stored of the job.
    [[nodiscard]] workflow_record const& record() const noexcept ZENWIRE_LIFETIMEBOUND { return record_; }
    /// How the job ended; before the step `done`, what is known so far.
    [[nodiscard]] workflow_verdict const& verdict() const noexcept ZENWIRE_LIFETIMEBOUND { return verdict_; }

private:
    template <class Action>
    using exchange_of = request_exchange<Action, Credential>;

    traffic_package_workflow(client<Credential> const& client, workflow_record const& record) noexcept
        : workflow_job(record, client.prepared() ? &client.prepared()->service() : nullptr, client.retry()),
          client_(&client) {}

    static workflow_record record_of(client<Credential> const& client, instance_id const& instance,
                                     workflow_options const& options) noexcept {
        workflow_record record;
        record.instance_id = instance;
        record.options = options;
        record.endpoint = client.endpoint_name();
        record.account = fingerprint_of(client.used_credential());
        record.is_signed = signing_credential<Credential>;
        if (client.prepared()) {
            record.service = workflow_record::service_name(client.prepared()->service());
        }
        return record;
    }

    /// Returns the step that the job decided on, and if that is `send`, makes the request.
    workflow_step carry_out(workflow_step decided) noexcept {
        return decided.what == workflow_step::kind::send ? follow(start()) : rest(decided);
    }

    /// Follows the current request and the next ones, until there is a step for the owner.
    workflow_step follow(exchange_step inner) noexcept {
        for (;;) {
            if (inner.what == exchange_step::kind::send) {
                return send_request();
            }
            if (inner.what == exchange_step::kind::wait_for && repeats_attempts()) {
                // the request stays, and so does the number of its attempts
                return wait(inner.wait);
            }
            const workflow_step decided = take_result();
            if (decided.what != workflow_step::kind::send) {
                return rest(decided);
            }
            inner = start();
        }
    }

    /// Drops the request that is finished: the owner has something else to do.
    workflow_step rest(workflow_step decided) noexcept {
        exchange_.template emplace<std::monostate>();
        return decided;
    }

    exchange_step start() noexcept {
        instance_id const& instance = record_.instance_id;
        switch (phase_) {
        case phase::find_instance: return start(*client_, look_up_instance{{instance}});
        case phase::price: return start(*client_, inquire{instance, record_.target});
        case phase::order:
            return cancels() ? start(*client_, cancel{instance}) : start(*client_, modify{instance, record_.target});
        case phase::read_ledger_before:
        case phase::read_ledger_after: return start_ledger();
        default: return start(*client_, status{instance});
        }
    }

    exchange_step start_ledger() noexcept {
        switch (comparison_.topic()) {
        case detail::ledger_topic::bill: return start(*ledger_, comparison_.ask_for_bill(record_.instance_id));
        case detail::ledger_topic::transactions: return start(*ledger_, comparison_.ask_for_transactions());
        default: return start(*ledger_, describe_customer_balance{});
        }
    }

    template <class Action>
    exchange_step start(client<Credential> const& with, Action const& action) noexcept {
        return exchange_.template emplace<exchange_of<Action>>(with, action).next(time_to_sign());
    }

    template <class Function>
    exchange_step with_exchange(Function&& function) noexcept {
        return std::visit(
            [&](auto& exchange) -> exchange_step {
                if constexpr (requires { exchange.attempts(); }) {
                    return function(exchange);
                } else {
                    return {exchange_step::kind::done};
                }
            },
            exchange_);
    }

    workflow_step take_result() noexcept {
        return std::visit(
            [&](auto const& exchange) -> workflow_step {
                if constexpr (requires { exchange.result(); }) {
                    return take(exchange.result());
                } else {
                    return step_;
                }
            },
            exchange_);
    }

    client<Credential> const* client_;
    /// null in a job that does not ask the ledger
    client<Credential> const* ledger_ = nullptr;
    std::variant<std::monostate, exchange_of<look_up_instance>, exchange_of<status>, exchange_of<inquire>,
                 exchange_of<modify>, exchange_of<cancel>, exchange_of<describe_customer_balance>,
                 exchange_of<detail::bill_question>, exchange_of<detail::transaction_question>>
        exchange_{};
};

namespace detail {

/// Checks that a client may resume a job.
/// @return what its prepared() has; errc::another_service, errc::another_endpoint, errc::another_account
template <credential Credential>
[[nodiscard]] expected<void> check_record(workflow_record const& record, client<Credential> const& client,
                                          resume_check check) noexcept {
    if (!client.prepared()) {
        return failure_of(client.prepared());
    }
    if (!record.is_for(client.prepared()->service())) {
        return refuse(errc::another_service, blame::local, "the saved bytes are of a job with another service");
    }
    if (check == resume_check::all && record.endpoint != client.endpoint_name()) {
        return refuse(errc::another_endpoint, blame::local, "the saved bytes are of a job at another endpoint");
    }
    if (check == resume_check::all && record.account != fingerprint_of(client.used_credential())) {
        return refuse(errc::another_account, blame::local, "the saved bytes are of a job with another credential");
    }
    return {};
}

/// Checks that a client can ask the ledger of the same account.
/// @return what its prepared() has; errc::another_service, errc::another_account
template <credential Credential>
[[nodiscard]] expected<void> check_ledger(client<Credential> const& ledger, Credential const& credential) noexcept {
    if (!ledger.prepared()) {
        return failure_of(ledger.prepared());
    }
    if (ledger.prepared()->service().name != services::zbc_2024_08_08.name) {
        return refuse(errc::another_service, blame::local,
                      "the ledger is the billing service, services::zbc_2024_08_08");
    }
    if (fingerprint_of(ledger.used_credential()) != fingerprint_of(credential)) {
        return refuse(errc::another_account, blame::local, "the ledger is to be asked with the credential of the job");
    }
    return {};
}

}  // namespace detail

template <credential Credential>
traffic_package_workflow<Credential> traffic_package_workflow<Credential>::change(
    client<Credential> const& client, instance_id const& instance, traffic_package_size target,
    workflow_options const& options) noexcept {
    workflow_record record = record_of(client, instance, options);
    record.target = target;
    return traffic_package_workflow(client, record);
}

template <credential Credential>
traffic_package_workflow<Credential> traffic_package_workflow<Credential>::cancel_downgrade(
    client<Credential> const& client, instance_id const& instance, workflow_options const& options) noexcept {
    workflow_record record = record_of(client, instance, options);
    record.what = workflow_record::goal::cancel;
    return traffic_package_workflow(client, record);
}

template <credential Credential>
expected<traffic_package_workflow<Credential>> traffic_package_workflow<Credential>::resume(
    client<Credential> const& client, std::span<char const> bytes, workflow_options const& options,
    resume_check check) noexcept {
    expected<workflow_record> record = workflow_bytes::parse(bytes);
    if (!record) {
        return failure_of(record);
    }
    if (const expected<void> fits = detail::check_record(*record, client, check); !fits) {
        error failure = fits.error();
        failure.outcome =
            record->order == workflow_record::order_state::accepted ? outcome::executed : outcome::unknown;
        return unexpected(failure);
    }
    record->options = detail::stricter(record->options, options);
    traffic_package_workflow workflow(client, *record);
    workflow.go_on();
    return workflow;
}

template <credential Credential>
expected<void> traffic_package_workflow<Credential>::consult(client<Credential> const& ledger) noexcept {
    const expected<void> fits = detail::check_ledger(ledger, client_->used_credential());
    has_ledger_ = fits && !cancels();
    ledger_ = has_ledger_ ? &ledger : ledger_;  // a round of questions that has begun ends with the client that it has
    return fits;
}

template <credential Credential>
request_view traffic_package_workflow<Credential>::request() const noexcept {
    return std::visit(
        [](auto const& exchange) -> request_view {
            if constexpr (requires { exchange.request(); }) {
                return exchange.request();
            } else {
                return {};
            }
        },
        exchange_);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
