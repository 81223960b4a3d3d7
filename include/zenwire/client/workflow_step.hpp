// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_STEP_HPP
#define ZENWIRE_CLIENT_WORKFLOW_STEP_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/decimal.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/time.hpp>

/// @file
/// What the owner of a traffic_package_workflow may choose, and what it has to do next.

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
    {workflow_step::kind::send, "send"}, {workflow_step::kind::wait_for, "wait_for"},
    {workflow_step::kind::confirm, "confirm"}, {workflow_step::kind::save, "save"}, {workflow_step::kind::done, "done"},
};

/// How the bytes of a `save` step are to be stored.
enum class save_mode : unsigned char {
    /// The first time in a job: fail where bytes are stored already, since they may be of another job whose order is under way.
    create,
    /// Put them in the place of the job's own bytes.
    replace,
};

template <>
inline constexpr detail::enum_row<save_mode> detail::enum_names<save_mode>[] = {
    {save_mode::create, "create"},
    {save_mode::replace, "replace"},
};

/// What has to fit when a job is resumed.
enum class resume_check : unsigned char {
    all,  ///< service, endpoint and credential
    service_only,  ///< the caller vouches that endpoint and credential lead to the same account: a rotated token, another host name
};

template <>
inline constexpr detail::enum_row<resume_check> detail::enum_names<resume_check>[] = {
    {resume_check::all, "all"},
    {resume_check::service_only, "service_only"},
};

/// What a caller may choose about a job. No option allows a second order: another order is another job.
struct workflow_options {
    /// When the job ends at the latest, with what is known then. Reached by the clock, or by the time that the job has run,
    /// whichever comes first.
    unix_seconds deadline{unix_seconds::last};
    /// The most that may be charged at once; an unknown price is above every limit.
    std::optional<decimal> price_limit{};
    /// How long an instance must look unchanged before a refusal of the API is believed, where nothing else shows its reason.
    milliseconds settle{60'000};
    /// How long to watch an order that was accepted, or a change to the target that was seen under way.
    milliseconds longest_watch{3'600'000};
    /// How long to look for an order whose outcome is unknown.
    milliseconds unknown_watch{900'000};
    /// The wait before the first look after an order.
    milliseconds first_look{10'000};
    /// The least time between two looks; at least a second, whatever is said here.
    milliseconds look_interval{5'000};
    /// How often to try to send the order while the transport says that nothing was sent; at least once.
    std::uint32_t max_attempts = 4;

    /// Whether both are the same choice.
    [[nodiscard]] friend constexpr bool operator==(workflow_options const&, workflow_options const&) noexcept = default;
};

namespace detail {

/// Of each option the stricter one of both: what a job goes on with after it was resumed.
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

}  // namespace ZENWIRE_NAMESPACE

#endif
