// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP
#define ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/look_up_instance.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/action/traffic_package_prediction.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/client/client.hpp>
#include <zenwire/client/detail/elapsed_time.hpp>
#include <zenwire/client/detail/job_clock.hpp>
#include <zenwire/client/detail/ledger_question.hpp>
#include <zenwire/client/detail/ledger_witness.hpp>
#include <zenwire/client/detail/observation.hpp>
#include <zenwire/client/detail/order_evidence.hpp>
#include <zenwire/client/detail/order_watch.hpp>
#include <zenwire/client/detail/price_terms.hpp>
#include <zenwire/client/detail/record_check.hpp>
#include <zenwire/client/detail/server_clock.hpp>
#include <zenwire/client/detail/verdict_rules.hpp>
#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/client/workflow_options.hpp>
#include <zenwire/client/workflow_record.hpp>
#include <zenwire/client/workflow_step.hpp>
#include <zenwire/client/workflow_verdict.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/response.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE {

/// The whole job of changing a traffic package, without I/O: look, predict, price, confirm, save, order, watch. Cancelling a planned
/// downgrade is the same job with another goal.
///
/// One job hands out one order. What became of an order whose outcome is unknown is found out by looking, never by ordering again;
/// where looking does not tell, the verdict says so, and until when the order may still be accepted. Another order is another job,
/// begun by somebody's word, with looks, price and confirmation of its own.
///
/// Killed at any point, the job goes on in another process from the bytes of the last `save` step; then it only looks.
///
/// Calls that do not fit the current step change nothing and return that step again; so next() may be called at any time but in a
/// step `wait_for`, where it says that the wait is over. All readings of the clock are allowed, also such that go back or stand still. Refers to the client, which must outlive it. No heap;
/// about 18 KiB.
template <credential Credential>
class traffic_package_workflow {
public:
    /// The instance shall have that size.
    [[nodiscard]] static traffic_package_workflow change(client<Credential> const& client ZENWIRE_LIFETIMEBOUND,
                                                         instance_id const& instance, traffic_package_size target,
                                                         workflow_options const& options = {}) noexcept {
        workflow_record record;
        record.target = target;
        return begin(client, record, instance, options);
    }

    /// The downgrade that is planned for the instance shall not take place.
    [[nodiscard]] static traffic_package_workflow cancel_downgrade(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, instance_id const& instance,
        workflow_options const& options = {}) noexcept {
        workflow_record record;
        record.what = workflow_record::goal::cancel;
        return begin(client, record, instance, options);
    }

    /// Goes on with a job whose process ended after a `save` step. It orders nothing: it looks what became of the order, at least
    /// once, also after its deadline.
    /// @param bytes what saved_bytes() handed out last; not needed afterwards
    /// @param options in place of the job's own ones where they are stricter
    /// @return what workflow_bytes::parse() returns; errc::another_service, errc::another_endpoint, errc::another_account
    [[nodiscard]] static expected<traffic_package_workflow> resume(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, std::span<char const> bytes,
        workflow_options const& options = {}, resume_check check = resume_check::all) noexcept {
        expected<workflow_record> record = workflow_bytes::parse(bytes);
        if (!record) {
            return failure_of(record);
        }
        if (const expected<void> fits = detail::check_record(*record, client, check); !fits) {
            return failure_of(fits);
        }
        record->options = stricter(record->options, options);
        traffic_package_workflow workflow(client, *record);
        workflow.go_on();
        return workflow;
    }

    /// Has the job ask the ledger, too, from its next round of looks on. Before the order: what the account may spend, and which
    /// orders the ledger knows of the instance. When the job ends after an order: what is new (workflow_verdict::ledger). That needs
    /// the permission to read bills; where it fails, the job goes on as if there were no ledger. Only for a change.
    /// @param ledger for services::zbc_2024_08_08, with the same credential; must outlive the job
    /// @return errc::another_service, errc::another_account, and what its prepared() has: then nothing is asked
    expected<void> consult(client<Credential> const& ledger ZENWIRE_LIFETIMEBOUND) noexcept {
        const expected<void> fits = detail::check_ledger(ledger, client_->used_credential());
        ledger_ = fits && !cancels() ? &ledger : nullptr;
        return fits;
    }
    expected<void> consult(client<Credential> const&& ledger) = delete;

    /// Begins, and goes on after a wait.
    workflow_step next(unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::wait_for) {
            return step_;
        }
        read_clock(now);
        if (clock_.is_past_deadline() && !owes_a_look_) {
            return end_at_deadline();
        }
        if (is_told_to_stay_away_) {
            return end_watch();
        }
        is_late_ = owes_a_look_ && clock_.is_past_deadline();
        owes_a_look_ = false;
        if (!std::holds_alternative<std::monostate>(exchange_)) {
            return follow(with_exchange([&](auto& exchange) { return exchange.next(time_for_looks()); }));
        }
        return begin_phase();
    }

    /// The request to send: handed out once after each step `send`, by the first call; later calls return an empty one. A view of
    /// this object.
    [[nodiscard]] request_view take_request() noexcept ZENWIRE_LIFETIMEBOUND {
        if (step_.what != workflow_step::kind::send || is_taken_) {
            return {};
        }
        is_taken_ = true;
        if (phase_ == phase::order) {
            watch_.hand_out();
            verdict_.order = workflow_verdict::order_kind::unknown;
        }
        return request();
    }

    /// The request of a step `send`, for display: what is sent comes from take_request(). A view of this object.
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

    /// Takes the response. Its memory is not needed afterwards.
    workflow_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send) {
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

    /// Takes the news that there will be no response. Only who took the request may say that it was not sent.
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

    /// Takes the caller's word after a step `confirm`.
    workflow_step confirm(bool agreed, unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::confirm) {
            return step_;
        }
        read_clock(now);
        if (!agreed) {
            return end_without_order(error::make(errc::not_confirmed, blame::local, "the caller did not confirm"));
        }
        if (clock_.is_past_deadline()) {
            return end_at_deadline();
        }
        is_confirmed_ = true;
        return begin(phase::save);
    }

    /// Takes the news that the bytes were stored, after a step `save`. When that took long, instance and price are looked at again.
    workflow_step saved(unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::save) {
            return step_;
        }
        read_clock(now);
        is_stored_ = true;
        if (phase_ == phase::note) {
            return begin_watch();
        }
        if (clock_.is_past_deadline()) {
            return end_at_deadline();
        }
        return begin(clock_.is_too_old(record_.signed_at) ? phase::save : phase::order);
    }

    /// The same where no clock can be read. Nobody knows how old look and price are then: the job asks to store the bytes once more,
    /// now in the place of its own ones.
    workflow_step saved() noexcept {
        is_stored_ = is_stored_ || step_.what == workflow_step::kind::save;
        return step_;
    }

    /// Takes the news that the bytes could not be stored, after a step `save`. Before an order this ends the job; after one it only
    /// means that a resumed job knows less.
    workflow_step save_failed() noexcept {
        if (step_.what != workflow_step::kind::save) {
            return step_;
        }
        if (phase_ == phase::note) {
            return begin_watch();
        }
        return end_without_order(error::make(errc::save_failed, blame::local, "the job could not be stored"));
    }

    /// What has to be stored in a step `save`. A view of this object.
    [[nodiscard]] std::span<char const> saved_bytes() const noexcept ZENWIRE_LIFETIMEBOUND { return bytes_.view(); }
    /// How: the first bytes of a job must not take the place of others.
    [[nodiscard]] save_mode how_to_save() const noexcept { return is_stored_ ? save_mode::replace : save_mode::create; }

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
    /// What the account may spend, by the ledger, where that was asked and told. There in a step `confirm`.
    [[nodiscard]] std::optional<decimal> const& purchasing_power() const noexcept ZENWIRE_LIFETIMEBOUND {
        return purchasing_power_;
    }
    /// Whether the price is above that. A warning and no more: currencies and vouchers are not documented.
    [[nodiscard]] bool may_lack_balance() const noexcept {
        return purchasing_power_ && record_.confirmed_price && *record_.confirmed_price > *purchasing_power_;
    }
    /// How often the caller was asked, the current step `confirm` included: more than once when the price rose or the instance was
    /// changed since.
    [[nodiscard]] std::uint32_t questions() const noexcept { return questions_; }
    /// Whether an order of this job may have left: from take_request() on, and always in a resumed job.
    [[nodiscard]] bool may_have_ordered() const noexcept { return watch_.answer() != detail::order_answer::none; }
    /// What is stored of the job.
    [[nodiscard]] workflow_record const& record() const noexcept ZENWIRE_LIFETIMEBOUND { return record_; }
    /// How it ended; before the step `done` what is known so far.
    [[nodiscard]] workflow_verdict const& verdict() const noexcept ZENWIRE_LIFETIMEBOUND { return verdict_; }

private:
    enum class phase : unsigned char {
        hear,     ///< ledger: what is there before the order
        find,     ///< instance: status and billing
        inspect,  ///< instance: size, and changes under way
        price,    ///< ask for the price
        save,     ///< hand out the bytes
        order,    ///< send the order
        note,     ///< hand out the bytes again: there is a response
        watch,    ///< look what becomes of the order, or of somebody else's change to the target
        testify,  ///< ledger: what is there after it
    };

    using modify = modify_instance_traffic_package;
    using cancel = cancel_instance_traffic_package_downgrade;
    using status = describe_instance_internet_status;
    using inquire = inquiry_price_instance_traffic_package;
    template <class Action>
    using exchange_of = request_exchange<Action, Credential>;

    traffic_package_workflow(client<Credential> const& client, workflow_record const& record) noexcept
        : client_(&client), record_(record), bytes_(record) {}

    static traffic_package_workflow begin(client<Credential> const& client, workflow_record& record,
                                          instance_id const& instance, workflow_options const& options) noexcept {
        record.instance_id = instance;
        record.options = options;
        record.endpoint = client.endpoint_name();
        record.account = fingerprint_of(client.used_credential());
        record.is_signed = signing_credential<Credential>;
        if (client.prepared()) {
            record.service = workflow_record::service_name(client.prepared()->service());
        }
        return traffic_package_workflow(client, record);
    }

    /// From a record: an order may have left.
    void go_on() noexcept {
        phase_ = phase::watch;
        owes_a_look_ = true;
        is_stored_ = true;
        verdict_.size_before = record_.before.size;
        watch_.resume(record_);
        verdict_.order = record_.order == workflow_record::order_state::accepted
                             ? workflow_verdict::order_kind::accepted
                             : workflow_verdict::order_kind::unknown;
        verdict_.order_number = record_.order_number;
    }

    [[nodiscard]] bool cancels() const noexcept { return record_.what == workflow_record::goal::cancel; }
    [[nodiscard]] workflow_options const& options() const noexcept { return record_.options; }

    void read_clock(unix_seconds now) noexcept {
        if (!clock_.has_begun() && !may_have_ordered()) {
            record_.began_at = now;
        }
        clock_.take_reading(now, options().deadline);
    }

    /// Looks are signed by the server's time where it called a signature expired; orders never are.
    [[nodiscard]] unix_seconds time_for_looks() const noexcept {
        return server_clock_.time_for(clock_.now());
    }

    /// Hands out a wait; what is being sent stays as it is.
    workflow_step pause(std::int64_t time) noexcept {
        return step_ = {workflow_step::kind::wait_for, clock_.wait(time)};
    }

    workflow_step wait(milliseconds time) noexcept {
        exchange_.template emplace<std::monostate>();
        return pause(time.count());
    }

    [[nodiscard]] milliseconds look_interval() const noexcept {
        constexpr milliseconds least(1000);
        return options().look_interval < least ? least : options().look_interval;
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

    workflow_step begin(phase next_phase) noexcept {
        phase_ = next_phase;
        return begin_phase();
    }

    workflow_step begin_phase() noexcept {
        switch (phase_) {
        case phase::find: return find();
        case phase::hear: witness_.begin_before(clock_.now()); return ask_ledger();
        case phase::testify: witness_.begin_after(record_); return ask_ledger();
        case phase::price: return start(inquire{record_.instance_id, record_.target}, time_for_looks());
        case phase::save: return save();
        case phase::order:
            // signed for the time that was saved, so that the saved bytes know when this signature expires
            return cancels() ? start(cancel{record_.instance_id}, record_.signed_at)
                             : start(modify{record_.instance_id, record_.target}, record_.signed_at);
        case phase::watch: clock_.begin_watch(); break;
        case phase::inspect:
        case phase::note: break;
        }
        return start(status{record_.instance_id}, time_for_looks());
    }

    template <class Action>
    workflow_step start(Action const& action, unix_seconds time) noexcept {
        return start(*client_, action, time);
    }
    template <class Action>
    workflow_step start(client<Credential> const& with, Action const& action, unix_seconds time) noexcept {
        auto& exchange = exchange_.template emplace<exchange_of<Action>>(with, action);
        return follow(exchange.next(time));
    }

    workflow_step follow(exchange_step inner) noexcept {
        switch (inner.what) {
        case exchange_step::kind::send: is_taken_ = false; return step_ = {workflow_step::kind::send};
        case exchange_step::kind::wait_for:
            if (phase_ < phase::order && phase_ != phase::hear) {
                return pause(inner.wait.count());
            }
            // an order is tried again only in a job that was saved anew, a look of the watch only as long as the watch goes, a
            // question to the ledger never
            break;
        case exchange_step::kind::done: break;
        }
        return std::visit([&](auto& exchange) { return finished(exchange); }, exchange_);
    }

    workflow_step finished(std::monostate&) noexcept { return step_; }

    /// Whether the order keeps the rules of its service; what breaks them is refused before anything is sent.
    [[nodiscard]] expected<void> validate_order() const noexcept {
        if (record_.service.truncated()) {
            // such a job could not be resumed
            return refuse(errc::invalid_parameter, blame::local,
                          "name and version of the service are longer than limits::word");
        }
        if (cancels() || !client_->prepared()) {
            return {};
        }
        return validate(modify{record_.instance_id, record_.target}, client_->prepared()->service());
    }

    workflow_step find() noexcept {
        if (const expected<void> valid = validate_order(); !valid) {
            return end_without_order(valid.error());
        }
        if (ledger_ != nullptr && !is_heard_) {
            return begin(phase::hear);
        }
        state_ = {};
        clock_.begin_look();
        record_.looked_at = clock_.now();
        return start(look_up_instance{{record_.instance_id}}, time_for_looks());
    }

    workflow_step ask_ledger() noexcept {
        switch (witness_.topic()) {
        case detail::ledger_topic::balance: return start(*ledger_, describe_customer_balance{}, time_for_looks());
        case detail::ledger_topic::bill:
            return start(*ledger_, witness_.ask_for_bill(record_.instance_id), time_for_looks());
        case detail::ledger_topic::movements: return start(*ledger_, witness_.ask_for_movements(), time_for_looks());
        case detail::ledger_topic::nothing: break;
        }
        if (phase_ == phase::testify) {
            return testified(witness_.testimony());
        }
        is_heard_ = true;
        purchasing_power_ = witness_.purchasing_power();
        record_.ledger = witness_.baseline();
        return begin(phase::find);
    }

    workflow_step testified(std::optional<ledger_evidence> const& told) noexcept {
        detail::add_testimony(verdict_, told);
        if (watch_.contradict(told)) {
            verdict_.order = workflow_verdict::order_kind::unknown;
            verdict_.failure.reset();
            phase_ = phase::watch;
            return look_again(0);
        }
        return finish();
    }

    template <class Question>
        requires detail::ledger_question<Question>
    workflow_step finished(exchange_of<Question>& exchange) noexcept {
        witness_.hear(exchange.result());
        return ask_ledger();
    }

    workflow_step finished(exchange_of<look_up_instance>& exchange) noexcept {
        auto const& result = exchange.result();
        if (!result) {
            return not_seen_before(result.error());
        }
        if (result->data_set.empty()) {
            return unclear_before(detail::documented_refusal(api_code::invalid_instance_not_found));
        }
        look_up_instance::finding const& found = result->data_set[0];
        if (found.instance_id != record_.instance_id) {
            return unclear_before(error::make(errc::unclear_state, blame::remote,
                                              "the API answered about another instance", instance_id_field));
        }
        state_.add(found);
        if (!cancels()) {
            prediction_ = predict(state_, record_.target, client_->prepared()->service());
            if (prediction_.what == traffic_package_prediction::kind::refused) {
                return end_without_order(detail::documented_refusal(prediction_.code));
            }
        }
        return begin(phase::inspect);
    }

    /// A look before the order failed.
    workflow_step not_seen_before(error const& failure) noexcept {
        if (failure.clock_offset_seconds) {
            server_clock_.learn(*failure.clock_offset_seconds);
            return unclear_before(detail::wrong_clock(server_clock_.told()));
        }
        return end_without_order(failure);
    }

    /// A look before the order does not tell what it has to: the third such look of a job ends it.
    workflow_step unclear_before(error const& why) noexcept {
        constexpr std::uint32_t most = 3;
        if (++unclear_looks_ >= most) {
            return end_without_order(why);
        }
        phase_ = phase::find;
        return wait(look_interval());
    }

    /// Both looks before the order are there: what to do.
    workflow_step inspected(std::optional<observed_package> const& seen, status::response const& told) noexcept {
        if (!seen || (state_.size && *state_.size != seen->size)) {
            return unclear_before(error::make(errc::unclear_state, blame::remote,
                                              "the looks do not tell the size, or what the package is changed to"));
        }
        state_.add(told);
        if (cancels() && verdict_.size_before && seen->change == observed_package::change_state::idle) {
            // the plan that was seen is gone meanwhile: it was taken back, or it came
            watch_.look_before(detail::appraise(seen, goal()));
            return conclude();
        }
        is_confirmed_ = is_confirmed_ && record_.before == *seen;
        record_.before = *seen;
        record_.looked_at_by_server = server_time_;
        verdict_.size_before = seen->size;
        switch (watch_.look_before(detail::appraise(seen, goal()))) {
        case detail::sighting::reached:
        case detail::sighting::planned: return conclude();
        case detail::sighting::under_way:
            phase_ = phase::watch;
            return wait(look_interval());
        default: break;
        }
        if (cancels()) {
            prediction_ = {traffic_package_prediction::kind::no_change, api_code::unlisted,
                           "the planned downgrade is cancelled"};
        } else {
            prediction_ = predict(state_, record_.target, client_->prepared()->service());
            if (prediction_.what == traffic_package_prediction::kind::refused) {
                return end_without_order(detail::documented_refusal(prediction_.code));
            }
        }
        if (server_clock_.told()) {
            return end_without_order(detail::wrong_clock(server_clock_.told()));
        }
        return cancels() ? ask() : begin(phase::price);
    }

    workflow_step finished(exchange_of<inquire>& exchange) noexcept {
        auto const& result = exchange.result();
        if (!result) {
            return not_seen_before(result.error());
        }
        if (result->prices.empty()) {
            return unclear_before(error::make(errc::unclear_state, blame::remote, "the API names no price"));
        }
        const std::optional<decimal> due = detail::amount_due(result->prices);
        if (options().price_limit && (!due || *due > *options().price_limit)) {
            return end_without_order(
                error::make(errc::price_above_limit, blame::local, "the price is above the limit, or unknown"));
        }
        is_confirmed_ = is_confirmed_ && detail::is_covered(result->prices, prices_);
        prices_ = result->prices;
        record_.confirmed_price = due;
        return ask();
    }

    /// The caller is asked, unless the response is known.
    workflow_step ask() noexcept {
        if (is_confirmed_) {
            return begin(phase::save);
        }
        ++questions_;
        exchange_.template emplace<std::monostate>();
        return step_ = {workflow_step::kind::confirm};
    }

    workflow_step save() noexcept {
        constexpr std::uint32_t max_rounds = 10;
        if (clock_.is_too_old(record_.looked_at)) {
            if (++rounds_ >= max_rounds) {
                return end_without_order(error::make(errc::save_failed, blame::local,
                                                     "confirming or storing takes too long, again and again"));
            }
            is_heard_ = false;
            return begin(phase::find);
        }
        record_.signed_at = clock_.now();
        record_.order = workflow_record::order_state::taken;
        return hand_out_bytes();
    }

    workflow_step hand_out_bytes() noexcept {
        record_.clock_offset = server_clock_.proven();
        bytes_ = workflow_bytes(record_);
        exchange_.template emplace<std::monostate>();
        return step_ = {workflow_step::kind::save};
    }

    workflow_step finished(exchange_of<modify>& exchange) noexcept {
        if (exchange.result()) {
            record_.order_number = exchange.result()->order_number;
            return accepted();
        }
        return not_accepted(error(exchange.result().error()));
    }
    workflow_step finished(exchange_of<cancel>& exchange) noexcept {
        return exchange.result() ? accepted() : not_accepted(error(exchange.result().error()));
    }

    workflow_step accepted() noexcept {
        watch_.note_acceptance();
        verdict_.order = workflow_verdict::order_kind::accepted;
        verdict_.order_number = record_.order_number;
        record_.order = workflow_record::order_state::accepted;
        phase_ = phase::note;
        return hand_out_bytes();
    }

    workflow_step not_accepted(error failure) noexcept {
        const detail::order_answer answer = watch_.take_failure(failure);
        if (answer == detail::order_answer::none) {
            verdict_.order = workflow_verdict::order_kind::none;
            return not_sent(failure);
        }
        verdict_.order = workflow_verdict::order_kind::unknown;
        if (answer == detail::order_answer::unknown) {
            return begin_watch();
        }
        record_.order = workflow_record::order_state::refused;
        record_.refusal_code = failure.api_code_text;
        record_.refusal_status = failure.http_status;
        record_.refusal_wait_seconds = failure.retry_after_seconds;
        phase_ = phase::note;
        return hand_out_bytes();
    }

    /// Nothing left: it is tried again where that may help, in a job that is saved anew.
    workflow_step not_sent(error const& failure) noexcept {
        ++attempts_;
        if (failure.cause != errc::not_sent || attempts_ >= options().max_attempts) {
            return end_without_order(failure);
        }
        retry_policy policy = client_->retry();
        policy.max_attempts = options().max_attempts;
        phase_ = phase::save;
        return wait(retry_wait(policy, failure, attempts_, jitter_).value_or(look_interval()));
    }

    /// After a refusal the first look comes at once: nothing has to happen first.
    workflow_step begin_watch() noexcept {
        phase_ = phase::watch;
        return wait(watch_.is_refused() || options().first_look < milliseconds() ? milliseconds() : options().first_look);
    }

    [[nodiscard]] detail::observed_goal goal() const noexcept { return {cancels(), record_.target, record_.before}; }

    workflow_step finished(exchange_of<status>& exchange) noexcept {
        auto const& result = exchange.result();
        if (!result) {
            return phase_ == phase::inspect ? not_seen_before(result.error()) : not_seen(error(result.error()));
        }
        server_clock_.prove();
        const std::optional<observed_package> seen = detail::complete_look(*result, record_.instance_id.view());
        if (phase_ == phase::inspect) {
            return inspected(seen, *result);
        }
        if (seen) {
            state_.add(*result);
        }
        return watched(seen);
    }

    /// A look after the order failed.
    workflow_step not_seen(error const& failure) noexcept {
        if (failure.clock_offset_seconds) {
            server_clock_.learn(*failure.clock_offset_seconds);
        }
        if (watch_.look(failure) == detail::watch_end::refused) {
            return end_refused();
        }
        return look_again(std::int64_t{1000} * failure.retry_after_seconds.value_or(0));
    }

    workflow_step watched(std::optional<observed_package> const& seen) noexcept {
        if (seen) {
            ++verdict_.looks;
            verdict_.seen_until = clock_.now();
        }
        switch (watch_.look(seen, goal(), clock_, options().settle)) {
        case detail::watch_end::refused: return end_refused();
        case detail::watch_end::seen: return conclude();
        case detail::watch_end::not_yet: break;
        }
        return look_again(0);
    }

    /// @param told the wait that the server asked for
    workflow_step look_again(std::int64_t told) noexcept {
        const std::optional<milliseconds> time = watch_.next_wait(told, clock_, options(), look_interval());
        if (!time) {
            is_told_to_stay_away_ = told > 0;
            return end_watch();
        }
        const workflow_step step = wait(*time);
        is_told_to_stay_away_ = told > step.wait.count();
        return step;
    }

    workflow_step end_at_deadline() noexcept {
        const error failure = error::make(errc::deadline_passed, blame::local, "the deadline passed");
        return phase_ == phase::watch ? end_watch() : end_without_order(failure);
    }

    /// No order left, or none that could have been executed.
    workflow_step end_without_order(error const& why) noexcept {
        verdict_.failure = why;
        verdict_.failure->outcome = outcome::not_executed;
        return finish();
    }

    workflow_step end_refused() noexcept {
        verdict_.order = workflow_verdict::order_kind::refused;
        verdict_.failure = watch_.failure();
        return finish();
    }

    /// The watch is over, and the goal was not seen.
    workflow_step end_watch() noexcept {
        if (watch_.last_seen() != detail::sighting::under_way) {
            verdict_.failure = error::make(errc::deadline_passed, blame::remote,
                                           watch_.answer() == detail::order_answer::accepted
                                               ? "the order was accepted, and its effect was not seen in time"
                                               : "the goal was not seen in time");
        }
        return conclude();
    }

    /// With what was seen last.
    workflow_step conclude() noexcept {
        detail::conclude(verdict_, watch_.last_seen(), watch_.failure());
        return finish();
    }

    /// Whether the ledger is still to be asked: not where the server wants to be left alone, nor beyond the deadline, but for a job
    /// that was resumed after it.
    [[nodiscard]] bool wants_testimony() const noexcept {
        return ledger_ != nullptr && phase_ != phase::testify && may_have_ordered() && !is_told_to_stay_away_ &&
               (is_late_ || !clock_.is_past_deadline());
    }

    workflow_step finish() noexcept {
        if (wants_testimony()) {
            return begin(phase::testify);
        }
        exchange_.template emplace<std::monostate>();
        verdict_.instance = detail::instance_shown(watch_.last_seen());
        verdict_.is_changed_further = watch_.last_seen() == detail::sighting::reached_and_more;
        if (may_have_ordered()) {
            verdict_.ordered_at = record_.signed_at;
        }
        if (verdict_.order == workflow_verdict::order_kind::unknown) {
            record_.clock_offset = server_clock_.cautious();
            verdict_.acceptable_until = record_.acceptable_until();
        }
        detail::deny_retry(verdict_);
        return step_ = {workflow_step::kind::done};
    }

    client<Credential> const* client_;
    /// null in a job that asks no ledger
    client<Credential> const* ledger_ = nullptr;
    workflow_record record_;
    workflow_bytes bytes_;
    phase phase_ = phase::find;
    // it begins as after a wait of no time
    workflow_step step_{workflow_step::kind::wait_for};
    std::variant<std::monostate, exchange_of<look_up_instance>, exchange_of<status>, exchange_of<inquire>,
                 exchange_of<modify>, exchange_of<cancel>, exchange_of<describe_customer_balance>,
                 exchange_of<detail::bill_question>, exchange_of<detail::movement_question>>
        exchange_{};
    std::uint32_t jitter_ = 0;
    std::uint32_t unclear_looks_ = 0;
    std::uint32_t rounds_ = 0;
    std::uint32_t attempts_ = 0;
    std::uint32_t questions_ = 0;
    bool is_taken_ = false;
    bool is_confirmed_ = false;
    bool is_stored_ = false;
    bool owes_a_look_ = false;
    bool is_told_to_stay_away_ = false;
    /// resumed after its deadline, for one look
    bool is_late_ = false;
    /// the ledger told what it knows before the order, or would not
    bool is_heard_ = false;

    detail::job_clock clock_{};
    std::optional<unix_seconds> server_time_{};
    detail::server_clock server_clock_{};
    detail::order_watch watch_{};
    detail::ledger_witness witness_{};
    std::optional<decimal> purchasing_power_{};
    traffic_package_state state_{};
    traffic_package_prediction prediction_{};
    price_list prices_{};
    workflow_verdict verdict_{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
