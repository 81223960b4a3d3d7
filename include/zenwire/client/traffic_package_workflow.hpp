// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP
#define ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/look_up_instance.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/action/traffic_package_prediction.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/milliseconds.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/client/client.hpp>
#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/client/workflow_record.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a caller may choose about a job.
struct workflow_options {
    /// When the job ends at the latest, with what is known then.
    unix_seconds deadline{unix_seconds::last};
    /// The most that may be charged at once; an unknown price is above every limit.
    std::optional<decimal> price_limit{};
    /// How many orders may be sent in all; a further one only after the absence of those before it was proven.
    std::uint32_t most_orders = 3;
    /// How long to watch an order that was accepted until it shows its effect.
    milliseconds longest_watch{3'600'000};
    /// After an order: the first look, and the least time between looks.
    milliseconds first_look{10'000};
    /// at least so long between two looks
    milliseconds look_interval{5'000};
};

/// How a job ended: what is true of the instance, whoever ordered it.
struct workflow_verdict {
    /// How a job may end.
    enum class kind : unsigned char {
        reached,      ///< the instance has the target size; or has no planned downgrade any more
        planned,      ///< it will have the target size with the next billing cycle
        in_progress,  ///< it is being changed to the target size
        not_reached,  ///< it has not and will not, as far as this job goes; `failure` says why, nothing is under way
        unknown,  ///< nobody knows: `failure` says why, and its outcome whether an order of this job may be under way
    };
    /// How this one ended.
    kind what = kind::unknown;
    /// the number of the order that this job placed; empty when it placed none, or the API gave none
    inline_string<limits::order_number> order_number{};
    /// for `not_reached` and `unknown`
    std::optional<error> failure{};
};

/// What the owner of a traffic_package_workflow has to do next.
struct workflow_step {
    /// The kinds of steps.
    enum class kind : unsigned char {
        send,      ///< send request(), then call receive() or send_failed()
        wait_for,  ///< let `wait` pass, then call next()
        confirm,   ///< look at prediction() and prices(), then call confirm()
        save,      ///< store saved_bytes() safely, then call saved(): an order is sent only after that
        done,      ///< verdict() is there
    };
    /// Which one it is.
    kind what;
    /// only for `wait_for`
    milliseconds wait{};

    /// Whether both are the same step.
    [[nodiscard]] friend constexpr bool operator==(workflow_step const&, workflow_step const&) noexcept = default;
};

/// The whole job of changing a traffic package, without I/O: look, predict, price, confirm, save, order, watch. Cancelling
/// a planned downgrade is the same job with another goal.
///
/// It pays at most once. An order whose outcome is unknown is never sent again before its absence is proven: a request that
/// the network delays may be executed until its signature expires, 300 s after its timestamp by the server's clock. Until
/// then, and a margin more, the machine looks whether the target shows, and once more after that. A request with a bearer
/// token has no timestamp: its absence is never proven, so there is no further order after it. Killed at any point, the
/// machine goes on in another process from the bytes of the last `save` step.
///
/// Calls that do not fit the current step change nothing and return that step again. Refers to the client, which must
/// outlive it. No heap; about 15 KiB.
template <credential Credential>
class traffic_package_workflow {
public:
    /// The instance shall have that size.
    [[nodiscard]] static traffic_package_workflow change(client<Credential> const& client ZENWIRE_LIFETIMEBOUND,
                                                         instance_id const& instance, traffic_package_size target,
                                                         workflow_options const& options = {}) noexcept {
        workflow_record record;
        record.what = workflow_record::goal::change;
        record.instance_id = instance;
        record.target = target;
        return traffic_package_workflow(client, record, options);
    }

    /// The downgrade that is planned for the instance shall not take place.
    [[nodiscard]] static traffic_package_workflow cancel_downgrade(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, instance_id const& instance,
        workflow_options const& options = {}) noexcept {
        workflow_record record;
        record.what = workflow_record::goal::cancel;
        record.instance_id = instance;
        return traffic_package_workflow(client, record, options);
    }

    /// Goes on with a job whose process ended after a `save` step. It assumes that the order was sent and looks for it.
    /// @param bytes what saved_bytes() handed out last; not needed afterwards
    /// @return errc::invalid_parameter for damaged bytes, for those of a job with another service,
    ///         and at another endpoint: an order is looked for where it was sent
    [[nodiscard]] static expected<traffic_package_workflow> resume(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, std::span<char const> bytes,
        workflow_options const& options = {}) noexcept {
        const expected<workflow_record> record = workflow_bytes::parse(bytes);
        if (!record) {
            return failure_of(record);
        }
        if (!client.prepared() || record->service != workflow_record::service_name(client.prepared()->service()) ||
            record->authority != client.prepared()->authority()) {
            return unexpected(error::make(errc::invalid_parameter, blame::local,
                                          "the saved bytes are of a job with another service, or at another endpoint"));
        }
        traffic_package_workflow workflow(client, *record, options);
        workflow.verdict_.order_number = record->order_number;
        if (record->is_accepted) {
            workflow.phase_ = phase::watch;
        } else {
            workflow.ambiguity_ =
                error::make(errc::outcome_unknown, blame::local, "the process ended while an order was under way");
            workflow.phase_ = phase::reconcile;
        }
        return workflow;
    }

    /// Begins, and goes on after a wait.
    workflow_step next(unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::wait_for) {
            return step_;
        }
        if (now >= options_.deadline) {
            return give_up(errc::deadline_passed, "the deadline passed");
        }
        if (!std::holds_alternative<std::monostate>(exchange_)) {
            return follow(now, with_exchange([&](auto& exchange) { return exchange.next(now); }));
        }
        return begin_phase(now);
    }

    /// The request to send: there after a step `send`. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND {
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

    /// Takes the answer. Its memory is not needed afterwards.
    workflow_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send) {
            return step_;
        }
        server_time_ = server_time(response);
        return follow(now, with_exchange([&](auto& exchange) { return exchange.receive(response, now, jitter); }));
    }

    /// Takes the news that there will be no answer.
    workflow_step send_failed(transport_error const& failure, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send) {
            return step_;
        }
        return follow(now, with_exchange([&](auto& exchange) { return exchange.send_failed(failure, jitter); }));
    }

    /// Takes the caller's word after a step `confirm`.
    workflow_step confirm(bool agreed, unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::confirm) {
            return step_;
        }
        if (!agreed) {
            return refuse(error::make(errc::declined, blame::local, "the caller did not confirm"));
        }
        return begin(phase::save, now);
    }

    /// Takes the news that the bytes were stored, after a step `save`. When that took long, there is a new `save` step.
    workflow_step saved(unix_seconds now) noexcept {
        constexpr std::int64_t longest_save = 60;
        constexpr std::uint32_t most_slow_saves = 10;
        if (step_.what != workflow_step::kind::save) {
            return step_;
        }
        if (record_.is_accepted) {
            phase_ = phase::watch;
            return wait(options_.first_look);
        }
        if (now >= options_.deadline) {
            return refuse(error::make(errc::deadline_passed, blame::local, "the deadline passed"));
        }
        const std::int64_t age = now.count() - record_.signed_at.count();
        if (age < 0 || age > longest_save) {
            if (++slow_saves_ == most_slow_saves) {
                return refuse(
                    error::make(errc::declined, blame::local, "storing the bytes takes too long, again and again"));
            }
            --record_.orders;
            return begin(phase::save, now);
        }
        return begin(phase::order, now);
    }

    /// Takes the news that the bytes could not be stored, after a step `save`. Before an order this ends the job; after one
    /// that was accepted it only means that a resumed job knows less.
    workflow_step save_failed() noexcept {
        if (step_.what != workflow_step::kind::save) {
            return step_;
        }
        if (record_.is_accepted) {
            phase_ = phase::watch;
            return wait(options_.first_look);
        }
        return refuse(error::make(errc::declined, blame::local, "the bytes could not be stored"));
    }

    /// What has to be stored in a step `save`. A view of this object.
    [[nodiscard]] std::span<char const> saved_bytes() const noexcept ZENWIRE_LIFETIMEBOUND { return bytes_.view(); }

    /// The current step.
    [[nodiscard]] workflow_step step() const noexcept { return step_; }
    /// What is known of the instance. There after the first looks.
    [[nodiscard]] traffic_package_state const& state() const noexcept ZENWIRE_LIFETIMEBOUND { return state_; }
    /// What the documents say of the order. There in a step `confirm`.
    [[nodiscard]] traffic_package_prediction const& prediction() const noexcept ZENWIRE_LIFETIMEBOUND {
        return prediction_;
    }
    /// What the order costs, by the API. There in a step `confirm` of a change.
    [[nodiscard]] price_list const& prices() const noexcept ZENWIRE_LIFETIMEBOUND { return prices_; }
    /// How many orders were sent, or were about to be when the bytes were saved.
    [[nodiscard]] std::uint32_t orders() const noexcept { return record_.orders; }
    /// How it ended; before the step `done` unknown.
    [[nodiscard]] workflow_verdict const& verdict() const noexcept ZENWIRE_LIFETIMEBOUND { return verdict_; }

private:
    enum class phase : unsigned char {
        look,       ///< instance: status and billing
        inspect,    ///< instance: size, and changes under way
        price,      ///< ask for the price
        save,       ///< hand out the bytes
        order,      ///< send the order
        reconcile,  ///< look for an order whose outcome is unknown
        check,      ///< look once more after an order was refused: a copy of it may have been executed
        watch,      ///< wait for the effect of an order that was accepted, or seen
    };
    /// What a look at the instance shows of the goal.
    enum class sight : unsigned char {
        absent,       ///< it is not there, nor on its way
        unclear,      ///< something is on its way; what, the answer does not tell
        in_progress,  ///< it is on its way
        planned,      ///< it comes with the next billing cycle
        reached,      ///< it is there
    };

    using modify = modify_instance_traffic_package;
    using cancel = cancel_instance_traffic_package_downgrade;
    using status = describe_instance_internet_status;
    using inquire = inquiry_price_instance_traffic_package;
    template <class Action>
    using exchange_of = request_exchange<Action, Credential>;

    traffic_package_workflow(client<Credential> const& client, workflow_record const& record,
                             workflow_options const& options) noexcept
        : client_(&client), options_(options), record_(record), bytes_(record) {
        if (client.prepared()) {
            record_.service = workflow_record::service_name(client.prepared()->service());
            record_.authority.assign(client.prepared()->authority());
        }
    }

    [[nodiscard]] bool cancels() const noexcept { return record_.what == workflow_record::goal::cancel; }

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

    /// Whether the order keeps the rules of its service; what breaks them is refused before anything is sent.
    [[nodiscard]] expected<void> validate_order() const noexcept {
        if (record_.service.truncated()) {
            // such a job could not be resumed
            return unexpected(error::make(errc::invalid_parameter, blame::local,
                                          "name and version of the service are longer than limits::word"));
        }
        if (cancels() || !client_->prepared()) {
            return {};
        }
        return validate(modify{record_.instance_id, record_.target}, client_->prepared()->service());
    }

    workflow_step begin(phase next_phase, unix_seconds now) noexcept {
        phase_ = next_phase;
        return begin_phase(now);
    }

    workflow_step begin_phase(unix_seconds now) noexcept {
        switch (phase_) {
        case phase::look:
            if (const expected<void> valid = validate_order(); !valid) {
                return refuse(valid.error());
            }
            return start(look_up_instance{{record_.instance_id}}, now);
        case phase::price: return start(inquire{record_.instance_id, record_.target}, now);
        case phase::save: return save(now);
        case phase::order:
            // signed for the time that was saved, so that the saved bytes know when this signature expires
            return cancels() ? start(cancel{record_.instance_id}, record_.signed_at)
                             : start(modify{record_.instance_id, record_.target}, record_.signed_at);
        case phase::inspect: break;
        case phase::reconcile: look_proves_ = is_expired_; [[__fallthrough__]];
        case phase::check:
        case phase::watch: watch_began_ = watch_began_.value_or(now); break;
        }
        return start(status{record_.instance_id}, now);
    }

    template <class Action>
    workflow_step start(Action const& action, unix_seconds now) noexcept {
        auto& exchange = exchange_.template emplace<exchange_of<Action>>(*client_, action);
        return follow(now, exchange.next(now));
    }

    workflow_step save(unix_seconds now) noexcept {
        if (record_.orders >= options_.most_orders) {
            return refuse(error::make(errc::declined, blame::local, "the options allow no further order"));
        }
        record_.signed_at = now;
        record_.is_signed = signing_credential<Credential>;
        ++record_.orders;
        is_expired_ = false;
        bytes_ = workflow_bytes(record_);
        exchange_.template emplace<std::monostate>();
        return step_ = {workflow_step::kind::save};
    }

    workflow_step wait(milliseconds time) noexcept {
        exchange_.template emplace<std::monostate>();
        return step_ = {workflow_step::kind::wait_for, time};
    }

    workflow_step follow(unix_seconds now, exchange_step inner) noexcept {
        switch (inner.what) {
        case exchange_step::kind::send: return step_ = {workflow_step::kind::send};
        case exchange_step::kind::wait_for:
            if (phase_ == phase::order) {
                // not executed for sure: but its next attempt has another timestamp, which must be saved first
                return repeat_order(inner.wait, order_failure());
            }
            return step_ = {workflow_step::kind::wait_for, inner.wait};
        case exchange_step::kind::done: break;
        }
        return std::visit([&](auto& exchange) { return finished(exchange, now); }, exchange_);
    }

    [[nodiscard]] error order_failure() const noexcept {
        return std::visit(
            [](auto const& exchange) -> error {
                if constexpr (requires { exchange.result().error(); }) {
                    return exchange.result().error();
                } else {
                    return {};
                }
            },
            exchange_);
    }

    workflow_step repeat_order(milliseconds time, error const& failure) noexcept {
        if (record_.orders >= options_.most_orders) {
            return refuse(failure);
        }
        phase_ = phase::save;
        return wait(time);
    }

    workflow_step finished(std::monostate&, unix_seconds) noexcept { return step_; }

    workflow_step finished(exchange_of<look_up_instance>& exchange, unix_seconds now) noexcept {
        auto const& result = exchange.result();
        if (!result) {
            return end_unseen(result.error());
        }
        if (result->data_set.empty()) {
            return refuse(documented_refusal(api_code::invalid_instance_not_found));
        }
        look_up_instance::finding const& found = result->data_set[0];
        if (found.instance_id != record_.instance_id) {
            return end_unseen(error::make(errc::malformed_response, blame::remote,
                                          "the API answered about another instance", instance_id_field));
        }
        state_.add(found);
        return begin(phase::inspect, now);
    }

    workflow_step finished(exchange_of<inquire>& exchange, unix_seconds) noexcept {
        auto const& result = exchange.result();
        if (!result) {
            return refuse(result.error());
        }
        prices_ = result->prices;
        if (options_.price_limit && !is_within_limit()) {
            return refuse(error::make(errc::declined, blame::local, "the price is above the limit, or unknown"));
        }
        exchange_.template emplace<std::monostate>();
        return step_ = {workflow_step::kind::confirm};
    }

    workflow_step finished(exchange_of<modify>& exchange, unix_seconds) noexcept {
        if (exchange.result()) {
            verdict_.order_number = exchange.result()->order_number;
        }
        return ordered(exchange.result() ? std::optional<error>() : exchange.result().error());
    }
    workflow_step finished(exchange_of<cancel>& exchange, unix_seconds) noexcept {
        return ordered(exchange.result() ? std::optional<error>() : exchange.result().error());
    }

    /// An order has an answer, or will have none.
    workflow_step ordered(std::optional<error> failure) noexcept {
        if (!failure) {
            // stored too, so that a resumed job knows that there is nothing more to order
            record_.is_accepted = true;
            record_.order_number = verdict_.order_number;
            bytes_ = workflow_bytes(record_);
            exchange_.template emplace<std::monostate>();
            return step_ = {workflow_step::kind::save};
        }
        if (failure->outcome == outcome::unknown) {
            ambiguity_ = failure;
            phase_ = phase::reconcile;
            return wait(options_.first_look);
        }
        refusal_ = failure;
        phase_ = phase::check;
        return wait({});
    }

    workflow_step finished(exchange_of<status>& exchange, unix_seconds now) noexcept {
        auto const& result = exchange.result();
        if (!result) {
            return not_seen(result.error(), now);
        }
        state_.add(*result);
        switch (phase_) {
        case phase::inspect: return decide(now);
        case phase::check: return checked();
        case phase::reconcile: return reconciled(now);
        default: return watched(now);
        }
    }

    /// The cloud could not be asked.
    workflow_step not_seen(error const& failure, unix_seconds now) noexcept {
        if (phase_ == phase::inspect) {
            return end_unseen(failure);
        }
        if (phase_ == phase::check && failure.code == errc::api_error && failure.outcome == outcome::not_executed) {
            return refuse(*refusal_);
        }
        return is_overdue(now) ? end_unknown(failure) : wait(options_.look_interval);
    }

    [[nodiscard]] sight look_at_goal() const noexcept {
        using enum modification_status_words::value;
        const auto change = state_.modification_status ? state_.modification_status->value() : enable;
        const bool is_under_way = change == processing || change == wait_to_enable;
        if (change == modification_status_words::value::unknown ||
            (!cancels() && is_under_way && !state_.modified_size)) {
            return sight::unclear;
        }
        if (cancels()) {
            if (change == wait_to_enable) {
                return sight::absent;
            }
            return change == processing ? sight::in_progress : sight::reached;
        }
        if (change == processing && state_.modified_size == record_.target) {
            return sight::in_progress;
        }
        if (change == wait_to_enable) {
            return state_.modified_size == record_.target ? sight::planned : sight::absent;
        }
        return change != processing && state_.size == record_.target ? sight::reached : sight::absent;
    }

    /// Before any order of this process: what to do.
    workflow_step decide(unix_seconds now) noexcept {
        record_.before = state_.size.value_or(traffic_package_size());
        const sight seen = look_at_goal();
        if (seen == sight::planned || seen == sight::reached) {
            return conclude(seen);
        }
        if (seen == sight::in_progress) {
            phase_ = phase::watch;
            return wait(options_.look_interval);
        }
        if (cancels()) {
            prediction_ = {traffic_package_prediction::kind::no_change, api_code::unlisted,
                           "the planned downgrade is cancelled"};
            return step_ = {workflow_step::kind::confirm};
        }
        prediction_ = predict(state_, record_.target, client_->prepared()->service());
        if (prediction_.what == traffic_package_prediction::kind::refused) {
            const error refusal = documented_refusal(prediction_.code);
            return seen == sight::unclear ? end_unseen(refusal) : refuse(refusal);
        }
        return begin(phase::price, now);
    }

    /// After a refusal: had a copy of the order been executed before?
    workflow_step checked() noexcept {
        const sight seen = look_at_goal();
        if (seen == sight::absent) {
            return refuse(*refusal_);
        }
        if (seen == sight::in_progress || seen == sight::unclear) {
            phase_ = phase::watch;
            return wait(options_.look_interval);
        }
        return conclude(seen);
    }

    workflow_step reconciled(unix_seconds now) noexcept {
        const sight seen = look_at_goal();
        if (seen == sight::in_progress) {
            phase_ = phase::watch;
            return wait(options_.look_interval);
        }
        if (seen == sight::planned || seen == sight::reached) {
            return conclude(seen);
        }
        is_expired_ = is_expired_ || is_expired(now);
        if (!look_proves_ || seen == sight::unclear) {
            return is_overdue(now) ? end_unknown(*ambiguity_) : wait(options_.look_interval);
        }
        // The signature was known to have expired before this look was sent, however slow its answer was, and the look
        // shows nothing: the order was not executed.
        error absent = *ambiguity_;
        absent.code = absent.cause == errc::outcome_unknown ? errc::not_sent : absent.cause;
        absent.outcome = outcome::not_executed;
        if (record_.orders >= options_.most_orders) {
            return refuse(absent);
        }
        ambiguity_.reset();
        watch_began_.reset();
        return begin(phase::look, now);
    }

    workflow_step watched(unix_seconds now) noexcept {
        const sight seen = look_at_goal();
        if (seen == sight::reached || seen == sight::planned) {
            return conclude(seen);
        }
        if (is_overdue(now)) {
            if (seen == sight::in_progress) {
                return conclude(seen);
            }
            return end_unknown(error::make(errc::deadline_passed, blame::remote,
                                           "the order was accepted, but its effect did not show in time"));
        }
        return wait(options_.look_interval);
    }

    /// Whether the order can no more be executed, by the server's time of the answer just received, else by the caller's
    /// clock, which may be as wrong as a signature allows.
    [[nodiscard]] bool is_expired(unix_seconds now) const noexcept {
        constexpr std::int64_t margin = 10;
        if (!record_.is_signed) {
            return false;
        }
        const std::int64_t expiry = record_.signed_at.count() + signature_lifetime_seconds + margin;
        return server_time_ ? server_time_->count() > expiry
                            : now.count() > expiry + signature_lifetime_seconds + margin;
    }

    [[nodiscard]] bool is_overdue(unix_seconds now) const noexcept {
        return watch_began_ && (now.count() - watch_began_->count()) * 1000 >= options_.longest_watch.count();
    }

    [[nodiscard]] bool is_within_limit() const noexcept {
        bool is_known = false;
        for (price const& each : prices_) {
            const std::optional<decimal> due = each.discount_price ? each.discount_price : each.original_price;
            if (due && (is_known || *due > *options_.price_limit)) {
                // two prices that are due at once are more than the documents tell how to add
                return false;
            }
            is_known = is_known || due.has_value();
        }
        return is_known;
    }

    [[nodiscard]] static error documented_refusal(enum api_code code) noexcept {
        error refusal = error::make(errc::would_be_refused, blame::local, describe(code)->meaning);
        refusal.api_code = code;
        refusal.api_code_text.assign(describe(code)->spelling);
        return refusal;
    }

    workflow_step conclude(sight seen) noexcept {
        verdict_.what = seen == sight::reached   ? workflow_verdict::kind::reached
                        : seen == sight::planned ? workflow_verdict::kind::planned
                                                 : workflow_verdict::kind::in_progress;
        // a cancelled downgrade leaves the size as it was; another size means that the downgrade came first
        if (cancels() && seen == sight::reached && record_.orders > 0 && state_.size &&
            *state_.size != record_.before) {
            return refuse(documented_refusal(api_code::operation_denied_downgrade_not_exist));
        }
        return finish();
    }

    workflow_step refuse(error const& why) noexcept {
        verdict_.what = workflow_verdict::kind::not_reached;
        verdict_.failure = why;
        return finish();
    }

    workflow_step end_unknown(error const& why) noexcept {
        verdict_.failure = why;
        verdict_.failure->outcome = outcome::unknown;
        return finish();
    }

    /// Nothing is under way by this job, but what is true of the instance is not known.
    workflow_step end_unseen(error const& why) noexcept {
        if (why.blame == blame::local && why.code == errc::invalid_parameter) {
            // nothing that could be asked for
            return refuse(why);
        }
        verdict_.failure = why;
        verdict_.failure->outcome = outcome::not_executed;
        return finish();
    }

    workflow_step give_up(errc code, std::string_view why) noexcept {
        const error failure = error::make(code, blame::local, why);
        switch (phase_) {
        case phase::look:
        case phase::inspect: return end_unseen(failure);
        case phase::reconcile:
        case phase::check: return end_unknown(failure);
        case phase::watch:
            return look_at_goal() == sight::in_progress ? conclude(sight::in_progress) : end_unknown(failure);
        default: return refuse(failure);
        }
    }

    workflow_step finish() noexcept {
        exchange_.template emplace<std::monostate>();
        return step_ = {workflow_step::kind::done};
    }

    client<Credential> const* client_;
    workflow_options options_;
    workflow_record record_;
    workflow_bytes bytes_;
    phase phase_ = phase::look;
    // it begins as after a wait of no time
    workflow_step step_{workflow_step::kind::wait_for};
    std::variant<std::monostate, exchange_of<look_up_instance>, exchange_of<status>, exchange_of<inquire>,
                 exchange_of<modify>, exchange_of<cancel>>
        exchange_{};
    std::optional<unix_seconds> server_time_{};
    std::optional<unix_seconds> watch_began_{};
    /// whether an answer told that the order's signature has expired; and whether that was known before the current look
    bool is_expired_ = false;
    bool look_proves_ = false;
    std::optional<error> ambiguity_{};
    std::optional<error> refusal_{};
    std::uint32_t slow_saves_ = 0;
    traffic_package_state state_{};
    traffic_package_prediction prediction_{};
    price_list prices_{};
    // unknown as long as nothing better is known
    workflow_verdict verdict_{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
