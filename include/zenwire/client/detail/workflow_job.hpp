// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_JOB_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_JOB_HPP

#include <cstdint>
#include <optional>

#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/action/traffic_package_prediction.hpp>
#include <zenwire/client/detail/ledger_comparison.hpp>
#include <zenwire/client/detail/order_watch.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The state and the decisions of a traffic_package_workflow, as far as they do not depend on the type of its credential.
///
/// The words *look* and *ledger* are explained in workflow_terms.hpp.
/// Each function here returns the next step. When that is `send`, phase_ says which request to make, and its result is passed to
/// take(). The rules stand in three parts: workflow_looks.hpp (the looks before and after the order, and the ledger),
/// workflow_order.hpp (price, question to the caller, bytes, the order and its response), and below, the end (the verdict).
class workflow_job {
protected:
    enum class phase : unsigned char {
        read_ledger_before,  ///< ask the ledger which orders it has before the job's
        find_instance,       ///< first look: status and billing of the instance
        read_status,         ///< second look: its size, and changes under way
        price,               ///< ask for the price
        save,                ///< have the caller store the job's bytes
        order,               ///< send the order
        save_response,       ///< have the bytes stored again, with the response
        watch,               ///< look until the order, or somebody else's change to the target, takes effect
        read_ledger_after,   ///< ask the ledger what is new after the order
    };

    using modify = modify_instance_traffic_package;
    using cancel = cancel_instance_traffic_package_downgrade;
    using status = describe_instance_internet_status;
    using inquire = inquiry_price_instance_traffic_package;

    workflow_job(workflow_record const& record, service const* service, retry_policy const& retry) noexcept
        : service_(service), retry_(&retry), record_(record), bytes_(record) {}

    /// Continues a job from its record: an order may have been sent.
    void go_on() noexcept;

    // What the owner of the workflow reports. The workflow has checked that it fits the current step.
    void read_clock(unix_seconds now) noexcept;
    /// Called when a wait is over.
    /// @return whether the job goes on as planned; else step_ is the next step
    bool on_waited(unix_seconds now) noexcept;
    void hand_out_request() noexcept;
    workflow_step on_confirmation(bool agreed, unix_seconds now) noexcept;
    workflow_step on_saved(unix_seconds now) noexcept;
    workflow_step on_save_failed() noexcept;

    // The results of requests.
    workflow_step take(expected<look_up_instance::response> const& result) noexcept;
    workflow_step take(expected<status::response> const& result) noexcept;
    workflow_step take(expected<inquire::response> const& result) noexcept;
    workflow_step take(expected<modify::response> const& result) noexcept;
    workflow_step take(expected<cancel::response> const& result) noexcept;
    template <class Response>
        requires ledger_response<Response>
    workflow_step take(expected<Response> const& result) noexcept;

    // What is needed to make the requests.
    [[nodiscard]] bool cancels() const noexcept { return record_.what == workflow_record::goal::cancel; }
    /// Whether an order of this job may have been sent.
    [[nodiscard]] bool may_have_ordered() const noexcept { return watch_.fate() != order_fate::none; }
    /// Once the server called a signature expired, looks are signed with the server's time. Orders never are: they are signed with
    /// the time in the saved bytes, so that these say when the signature expires.
    [[nodiscard]] unix_seconds time_for_looks() const noexcept { return server_clock_.time_for(clock_.now()); }
    [[nodiscard]] unix_seconds time_to_sign() const noexcept {
        return phase_ == phase::order ? record_.signed_at : time_for_looks();
    }
    /// Whether a request that failed is repeated by its exchange. Not an order, before which the job must be saved again; not a
    /// look of the watch, which has its own rules; and not a question to the ledger.
    [[nodiscard]] bool repeats_attempts() const noexcept {
        return phase_ < phase::order && phase_ != phase::read_ledger_before;
    }

    // What begins a phase or a step. Each returns the next step.
    workflow_step begin(phase next_phase) noexcept;
    workflow_step begin_phase() noexcept;
    workflow_step send_request() noexcept;
    workflow_step wait(milliseconds time) noexcept;

private:
    [[nodiscard]] workflow_options const& options() const noexcept { return record_.options; }
    [[nodiscard]] milliseconds look_interval() const noexcept;

    // Before the order, in workflow_looks.hpp.
    [[nodiscard]] expected<void> validate_order() const noexcept;
    workflow_step find() noexcept;
    [[nodiscard]] bool is_forbidden() noexcept;
    workflow_step on_status(std::optional<observed_package> const& seen, status::response const& response) noexcept;
    workflow_step begin_order() noexcept;
    workflow_step on_failed_look_before_order(error const& failure) noexcept;
    workflow_step on_unclear_look_before_order(error const& why) noexcept;

    // The order, in workflow_order.hpp.
    workflow_step ask_caller() noexcept;
    workflow_step save() noexcept;
    workflow_step hand_out_bytes() noexcept;
    workflow_step on_accepted() noexcept;
    workflow_step on_not_accepted(error const& failure) noexcept;
    workflow_step on_not_sent(error const& failure) noexcept;

    // After the order, in workflow_looks.hpp.
    [[nodiscard]] observed_goal goal() const noexcept { return {cancels(), record_.target, record_.before}; }
    workflow_step begin_watch() noexcept;
    workflow_step on_failed_look(error const& failure) noexcept;
    workflow_step on_look(std::optional<observed_package> const& seen) noexcept;
    workflow_step look_again(std::int64_t server_wait) noexcept;
    workflow_step ask_ledger() noexcept;
    workflow_step on_ledger_read(std::optional<ledger_evidence> const& shown) noexcept;

    // The end.
    workflow_step end_at_deadline() noexcept;
    workflow_step end_without_order(error const& why) noexcept;
    workflow_step end_refused() noexcept;
    workflow_step end_watch() noexcept;
    workflow_step conclude() noexcept;
    [[nodiscard]] bool wants_ledger() const noexcept;
    workflow_step finish() noexcept;

protected:
    /// null when the client has none; then no request can be made
    service const* service_;
    retry_policy const* retry_;
    workflow_record record_;
    workflow_bytes bytes_;
    // a job begins as if a wait were over
    movable_step<workflow_step> step_{workflow_step{workflow_step::kind::wait_for}};
    std::uint32_t jitter_ = 0;
    std::uint32_t attempts_ = 0;             ///< to send the order
    std::uint32_t confirmations_asked_ = 0;  ///< to the caller
    std::uint8_t unclear_looks_ = 0;
    std::uint8_t rounds_ = 0;  ///< how often the looks were too old for the order
    phase phase_ = phase::find_instance;
    bool is_taken_ = false;                                    ///< take_request() returned the request of this step
    bool is_confirmed_ = false;                                ///< the caller agreed to what is known now
    traffic_package_prediction::kind confirmed_prediction_{};  ///< what the caller agreed to
    bool is_stored_ = false;                                   ///< the job's bytes were stored before
    bool needs_last_look_ = false;                             ///< a resumed job looks once, even after its deadline
    bool server_wait_is_too_long_ = false;                     ///< the server asked for a longer wait than is left
    /// the job was resumed after its deadline, and may look once
    bool is_late_ = false;
    /// the workflow has a client for the ledger
    bool has_ledger_ = false;
    /// the ledger was asked before the order, with or without success
    bool has_read_ledger_ = false;

    job_clock clock_{};
    std::optional<unix_seconds> server_time_{};
    server_clock server_clock_{};
    order_watch watch_{};
    ledger_comparison comparison_{};
    std::optional<decimal> purchasing_power_{};
    traffic_package_state state_{};
    traffic_package_prediction prediction_{};
    price_list prices_{};
    workflow_verdict verdict_{};
};

inline void workflow_job::read_clock(unix_seconds now) noexcept {
    if (!clock_.has_begun() && !may_have_ordered()) {
        record_.began_at = now;
    }
    clock_.take_reading(now, options().deadline);
}

inline bool workflow_job::on_waited(unix_seconds now) noexcept {
    read_clock(now);
    if (clock_.is_past_deadline() && !needs_last_look_) {
        end_at_deadline();
        return false;
    }
    if (server_wait_is_too_long_) {
        end_watch();
        return false;
    }
    is_late_ = needs_last_look_ && clock_.is_past_deadline();
    needs_last_look_ = false;
    return true;
}

inline workflow_step workflow_job::begin(phase next_phase) noexcept {
    phase_ = next_phase;
    return begin_phase();
}

inline workflow_step workflow_job::begin_phase() noexcept {
    switch (phase_) {
    case phase::read_ledger_before: comparison_.begin_before(clock_.now()); return ask_ledger();
    case phase::find_instance: return find();
    case phase::save: return save();
    case phase::save_response: return hand_out_bytes();
    case phase::watch: clock_.begin_watch(); break;
    case phase::read_ledger_after: comparison_.begin_after(record_); return ask_ledger();
    case phase::read_status:
    case phase::price:
    case phase::order: break;
    }
    return send_request();
}

inline workflow_step workflow_job::send_request() noexcept {
    is_taken_ = false;
    return step_ = {workflow_step::kind::send};
}

inline workflow_step workflow_job::wait(milliseconds time) noexcept {
    return step_ = {workflow_step::kind::wait_for, clock_.wait(time.count())};
}

inline milliseconds workflow_job::look_interval() const noexcept {
    constexpr milliseconds least(1000);
    return options().look_interval < least ? least : options().look_interval;
}

// ---- The end: the verdict (tests/docs/money.md, "The verdict"), from the last look and from what is known of the order

/// The error for an order that the API would refuse, by its documentation.
[[nodiscard]] constexpr error documented_refusal(api_code code) noexcept {
    error refusal = error::make(errc::would_be_refused, blame::local, description_of(code).meaning);
    refusal.api_code = code;
    refusal.api_code_text.assign(description_of(code).spelling);
    return refusal;
}

/// The error of a job that orders nothing, because its looks had to be signed with the server's time.
[[nodiscard]] constexpr error wrong_clock(std::optional<std::int64_t> offset_seconds) noexcept {
    error failure = error::make(
        errc::invalid_timestamp, blame::local,
        "the server's clock is another one: orders are signed by the caller's clock, which has to be set first");
    failure.clock_offset_seconds = offset_seconds;
    return failure;
}

/// Sets the failure of the verdict, by the last look and by what is known of the order.
constexpr void explain(workflow_verdict& verdict, observation last,
                       std::optional<error> const& order_failure) noexcept {
    using kind = workflow_verdict::order_kind;
    if (last == observation::foreign) {
        verdict.failure = error::make(errc::conflicting_change, blame::remote, "somebody else changed the instance");
    }
    if (last == observation::too_late) {
        verdict.failure = verdict.order == kind::none
                              ? documented_refusal(api_code::operation_denied_downgrade_not_exist)
                              : error(error::make(errc::conflicting_change, blame::remote,
                                                  "the planned downgrade came before its cancellation"));
    }
    if (verdict.order == kind::unknown && order_failure) {
        verdict.failure = order_failure;
        verdict.failure->code = errc::outcome_unknown;
    }
    if (verdict.failure) {
        verdict.failure->outcome = verdict.order == kind::accepted  ? outcome::executed
                                   : verdict.order == kind::unknown ? outcome::unknown
                                                                    : outcome::not_executed;
    }
}

/// Adds what the ledger showed to the verdict. When it was asked twice, the stronger evidence stays.
constexpr void add_evidence(workflow_verdict& verdict, std::optional<ledger_evidence> const& shown) noexcept {
    if (shown && (!verdict.ledger || verdict.ledger->what <= shown->what)) {
        verdict.ledger = shown;
    }
}

/// Makes sure that the failure is not error::retryable(): whether to begin another job is the caller's decision.
constexpr void deny_retry(workflow_verdict& verdict) noexcept {
    if (verdict.failure) {
        verdict.failure->reads_only = false;  // else retryable() may say yes
        verdict.failure->code = verdict.failure->retryable() ? errc::not_ordered : verdict.failure->code;
    }
}

inline workflow_step workflow_job::end_at_deadline() noexcept {
    return phase_ == phase::watch
               ? end_watch()
               : end_without_order(error::make(errc::deadline_passed, blame::local, "the deadline passed"));
}

/// Ends a job that sent no order, or none that could have been executed.
inline workflow_step workflow_job::end_without_order(error const& why) noexcept {
    verdict_.failure = why;
    verdict_.failure->outcome = outcome::not_executed;
    return finish();
}

inline workflow_step workflow_job::end_refused() noexcept {
    verdict_.order = workflow_verdict::order_kind::refused;
    verdict_.failure = watch_.failure();
    return finish();
}

/// Ends the watch when its time is over and the goal was not seen.
inline workflow_step workflow_job::end_watch() noexcept {
    if (watch_.last_observation() != observation::under_way) {
        verdict_.failure = error::make(errc::deadline_passed, blame::remote,
                                       watch_.fate() == order_fate::accepted
                                           ? "the order was accepted, and its effect was not seen in time"
                                           : "the goal was not seen in time");
    }
    return conclude();
}

/// Ends the job with what the last look showed.
inline workflow_step workflow_job::conclude() noexcept {
    explain(verdict_, watch_.last_observation(), watch_.failure());
    return finish();
}

/// Whether the ledger is still to be asked. Not when the server asked for a longer wait than is left, and not after the deadline,
/// unless the job was resumed after it.
inline bool workflow_job::wants_ledger() const noexcept {
    return has_ledger_ && phase_ != phase::read_ledger_after && may_have_ordered() && !server_wait_is_too_long_ &&
           (is_late_ || !clock_.is_past_deadline());
}

inline workflow_step workflow_job::finish() noexcept {
    if (wants_ledger()) {
        return begin(phase::read_ledger_after);
    }
    verdict_.instance = instance_shown(watch_.last_observation());
    verdict_.is_changed_further = watch_.last_observation() == observation::reached_and_more;
    if (may_have_ordered()) {
        verdict_.ordered_at = record_.signed_at;
    }
    if (verdict_.order == workflow_verdict::order_kind::unknown) {
        record_.clock_offset = server_clock_.cautious(record_.clock_offset);
        verdict_.acceptable_until = record_.acceptable_until();
    }
    deny_retry(verdict_);
    return step_ = {workflow_step::kind::done};
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
