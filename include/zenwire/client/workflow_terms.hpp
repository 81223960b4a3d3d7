// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_TERMS_HPP
#define ZENWIRE_CLIENT_WORKFLOW_TERMS_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/time.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// The options, the steps and the verdict of a traffic_package_workflow, for the code that drives it (its owner). A
/// *look* is a request that reads the instance; the *ledger* are the bills and transactions of the account.

namespace ZENWIRE_NAMESPACE {

/// What the owner of a traffic_package_workflow has to do next.
struct workflow_step {
    /// The kinds of steps.
    enum class kind : unsigned char {
        send,      ///< send take_request(), then call receive() or send_failed()
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

template <>
inline constexpr detail::enum_row<workflow_step::kind> detail::enum_names<workflow_step::kind>[] = {
    {workflow_step::kind::send, "send"},       {workflow_step::kind::wait_for, "wait_for"},
    {workflow_step::kind::confirm, "confirm"}, {workflow_step::kind::save, "save"},
    {workflow_step::kind::done, "done"},
};

/// How the bytes of a `save` step are to be stored.
enum class save_mode : unsigned char {
    /// The first time in a job: fail if bytes are stored already, because they may be of another job whose order is under way.
    create,
    /// Replace the bytes of the same job.
    replace,
};

template <>
inline constexpr detail::enum_row<save_mode> detail::enum_names<save_mode>[] = {
    {save_mode::create, "create"},
    {save_mode::replace, "replace"},
};

/// What must be the same when a job is resumed.
enum class resume_check : unsigned char {
    all,  ///< service, endpoint and credential
    service_only,  ///< only the service; the caller guarantees that it is the same account, with a new token or another host name
};

template <>
inline constexpr detail::enum_row<resume_check> detail::enum_names<resume_check>[] = {
    {resume_check::all, "all"},
    {resume_check::service_only, "service_only"},
};

/// The options of a job. No option allows a second order: another order is another job.
struct workflow_options {
    /// When the job ends at the latest, with what is known then. It is reached by the clock or by the time that the job has run,
    /// whichever is first. A job with one after unix_seconds::last orders nothing: milliseconds would be no deadline at all.
    unix_seconds deadline{unix_seconds::last};
    /// The most that may be charged at once. An unknown price counts as above the limit.
    std::optional<decimal> price_limit{};
    /// How long an instance must be unchanged before a refusal of the API is believed, if no look shows the reason of the refusal.
    milliseconds settle{60'000};
    /// How long to watch an order that was accepted, or a change to the target that was seen under way.
    milliseconds longest_watch{3'600'000};
    /// How long to look for an order whose outcome is unknown.
    milliseconds unknown_watch{900'000};
    /// The wait before the first look after an order.
    milliseconds first_look{10'000};
    /// The least time between two looks; less than a second counts as a second. The last look may come sooner, at the watch's end.
    milliseconds look_interval{5'000};
    /// How often to try to send the order while the transport says that nothing was sent; at least once.
    std::uint32_t max_attempts = 4;

    /// Whether both are the same choice.
    [[nodiscard]] friend constexpr bool operator==(workflow_options const&, workflow_options const&) noexcept = default;
};

namespace detail {

/// The stricter one of both for each option: the options of a resumed job.
[[nodiscard]] constexpr workflow_options stricter(workflow_options const& left,
                                                  workflow_options const& right) noexcept {
    constexpr auto smaller = [](auto const& a, auto const& b) noexcept { return b < a ? b : a; };
    constexpr auto larger = [](auto const& a, auto const& b) noexcept { return a < b ? b : a; };
    workflow_options result;
    result.deadline = smaller(left.deadline, right.deadline);
    result.price_limit = left.price_limit && right.price_limit ? smaller(left.price_limit, right.price_limit)
                         : left.price_limit                    ? left.price_limit
                                                               : right.price_limit;
    result.settle = larger(left.settle, right.settle);
    result.longest_watch = smaller(left.longest_watch, right.longest_watch);
    result.unknown_watch = smaller(left.unknown_watch, right.unknown_watch);
    result.first_look = larger(left.first_look, right.first_look);
    result.look_interval = larger(left.look_interval, right.look_interval);
    result.max_attempts = smaller(left.max_attempts, right.max_attempts);
    return result;
}

}  // namespace detail

/// An entry of the ledger, as it was read: of a bill, or a transaction of the account. Long texts are cut.
struct ledger_entry {
    /// The order that it belongs to.
    inline_string<limits::order_number> order_sn{};
    /// What it is about.
    inline_string<limits::excerpt> description{};
    /// When it was booked, as the ledger writes it.
    inline_string<limits::word> booked_at{};
    /// The amount; that of a transaction has the sign that the ledger gives it. The currency is not documented.
    std::optional<decimal> amount{};
};

/// What the ledger showed after an order. Entries may appear late: a missing one proves nothing, and a new one proves that
/// something was bought, by this order or by another one.
struct ledger_evidence {
    /// The kinds of evidence, the weaker ones first.
    enum class kind : unsigned char {
        nothing_new,      ///< no new entry, which proves nothing
        new_transaction,  ///< a transaction of the account for a new order; it does not say for which instance
        new_charge,       ///< a new order in the bill of the instance: something was bought for it
        receipt,          ///< an entry with the number of the order that was accepted
    };
    /// Which one it is.
    kind what = kind::nothing_new;
    /// How many entries of that kind there were.
    std::uint32_t count = 0;
    /// The first one; empty for nothing_new.
    ledger_entry entry{};
    /// How many entries in the bill of the instance are of new orders with another number than the accepted one has, if it has one:
    /// beside a receipt, something else was bought for the instance, or the same twice.
    std::uint32_t other_charges = 0;
};

template <>
inline constexpr detail::enum_row<ledger_evidence::kind> detail::enum_names<ledger_evidence::kind>[] = {
    {ledger_evidence::kind::nothing_new, "nothing_new"},
    {ledger_evidence::kind::new_transaction, "new_transaction"},
    {ledger_evidence::kind::new_charge, "new_charge"},
    {ledger_evidence::kind::receipt, "receipt"},
};

/// How a job ended: the state of the instance, what is known of the order, and what to do. State and order are different questions:
/// the size may come from somebody else's order, and an accepted order may not have taken effect yet.
struct workflow_verdict {
    /// What the looks showed of the goal. (A look is a request that reads the instance.)
    enum class instance_kind : unsigned char {
        not_seen,     ///< no look was complete
        unchanged,    ///< it is as it was before
        in_progress,  ///< it is being changed to the target
        planned,      ///< it will have the target size with the next billing cycle
        reached,      ///< it has the target size; or the planned downgrade is cancelled, and the size as before
        conflict,     ///< something else: somebody changed it, or a downgrade took effect before its cancellation
    };
    /// What became of the order.
    enum class order_kind : unsigned char {
        none,      ///< this job ordered nothing
        refused,   ///< the API refused it, and the looks agree
        accepted,  ///< the API accepted it
        unknown,   ///< nobody knows: it may have been executed, or may still be, see `acceptable_until`
    };
    /// The end of an order with a bearer token, which has no timestamp and never expires.
    static constexpr unix_seconds never{INT64_MAX};

    /// What the looks showed of the goal.
    instance_kind instance = instance_kind::not_seen;
    /// What became of this job's order.
    order_kind order = order_kind::none;
    /// With `reached`: whether somebody else has begun or planned a further change.
    bool is_changed_further = false;
    /// The number of an accepted order; empty when the API gave none.
    inline_string<limits::order_number> order_number{};
    /// The timestamp of the order, by the caller's clock; nothing when nothing was ordered.
    std::optional<unix_seconds> ordered_at{};
    /// Until when an order whose outcome is unknown may still be accepted, by the caller's clock; workflow_verdict::never for one
    /// with a bearer token. Begin another job only after that, or when the bill shows that there is no order.
    std::optional<unix_seconds> acceptable_until{};
    /// How many looks after the order were complete.
    std::uint32_t looks = 0;
    /// The time of the last complete look, by the caller's clock.
    std::optional<unix_seconds> seen_until{};
    /// The size before the order; nothing when no look showed it.
    std::optional<traffic_package_size> size_before{};
    /// What the ledger showed after the order; nothing when it was not asked, or did not respond.
    std::optional<ledger_evidence> ledger{};
    /// Why it is not `reached`, `planned` or `in_progress`, why the order is `unknown`, or why none was possible although
    /// somebody else changes a `reached` size further. That of the order, not of a look. Never error::retryable().
    std::optional<error> failure{};

    /// What to do, in a line; a constant.
    [[nodiscard]] constexpr std::string_view advice() const noexcept;
};

template <>
inline constexpr detail::enum_row<workflow_verdict::instance_kind>
    detail::enum_names<workflow_verdict::instance_kind>[] = {
        {workflow_verdict::instance_kind::not_seen, "not_seen"},
        {workflow_verdict::instance_kind::unchanged, "unchanged"},
        {workflow_verdict::instance_kind::in_progress, "in_progress"},
        {workflow_verdict::instance_kind::planned, "planned"},
        {workflow_verdict::instance_kind::reached, "reached"},
        {workflow_verdict::instance_kind::conflict, "conflict"},
};

template <>
inline constexpr detail::enum_row<workflow_verdict::order_kind> detail::enum_names<workflow_verdict::order_kind>[] = {
    {workflow_verdict::order_kind::none, "none"},
    {workflow_verdict::order_kind::refused, "refused"},
    {workflow_verdict::order_kind::accepted, "accepted"},
    {workflow_verdict::order_kind::unknown, "unknown"},
};

namespace detail {

/// What to do where the order was accepted.
[[nodiscard]] constexpr std::string_view advice_on_accepted(workflow_verdict const& verdict) noexcept {
    if (!verdict.order_number.empty() && verdict.ledger && verdict.ledger->other_charges != 0) {
        return "the order was accepted, and something else was bought for the instance: look at the bill";
    }
    if (verdict.is_changed_further) {
        return "the order was accepted, and somebody else changes the size further: look at the instance";
    }
    using kind = workflow_verdict::instance_kind;
    switch (verdict.instance) {
    case kind::reached:
    case kind::planned: return "nothing to do";
    case kind::in_progress: return "the order was accepted: watch the instance";
    case kind::conflict:
        return "the order was accepted, and the instance shows something else: look at it and at the bill";
    default: return "the order was accepted, and its effect was not seen yet: watch the instance, do not order again";
    }
}

}  // namespace detail

constexpr std::string_view workflow_verdict::advice() const noexcept {
    const bool is_there = instance == instance_kind::reached || instance == instance_kind::planned;
    switch (order) {
    case order_kind::none:
        if (instance == instance_kind::conflict) {
            return "this job ordered nothing, and the instance was changed otherwise: look at it, then decide again";
        }
        if (is_changed_further) {
            return "this job ordered nothing, and the instance will not keep the size: see what else is changed, then "
                   "decide again";
        }
        return is_there ? "nothing to do: this job did not have to order"
               : instance == instance_kind::in_progress
                   ? "watch the instance: somebody else's change is under way"
                   : "nothing was ordered: fix what the failure says, then begin a new job";
    case order_kind::refused:
        return instance == instance_kind::conflict
                   ? "the API refused the order, and somebody else changed the instance: look at it, then decide again"
                   : "the API refused the order: fix what the failure says, then begin a new job";
    case order_kind::accepted: return detail::advice_on_accepted(*this);
    case order_kind::unknown:
        if (ledger && ledger->what == ledger_evidence::kind::new_charge) {
            return "something was bought for the instance, by this order or another one: look at that entry of the "
                   "bill, "
                   "and order nothing before you know";
        }
        return is_there || instance == instance_kind::in_progress
                   ? "the goal shows, by this order or another one: look at the bill before anything else is ordered"
                   : "the order may have been executed, or may still be: look at the instance and the bill, and begin "
                     "no other "
                     "job before the order can no longer be accepted";
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
