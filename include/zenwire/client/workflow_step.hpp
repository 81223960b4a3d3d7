// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_STEP_HPP
#define ZENWIRE_CLIENT_WORKFLOW_STEP_HPP

#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/time.hpp>

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
    {workflow_step::kind::send, "send"},
    {workflow_step::kind::wait_for, "wait_for"},
    {workflow_step::kind::confirm, "confirm"},
    {workflow_step::kind::save, "save"},
    {workflow_step::kind::done, "done"},
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

}  // namespace ZENWIRE_NAMESPACE

#endif
