// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_STEP_HPP
#define ZENWIRE_CLIENT_WORKFLOW_STEP_HPP

#include <zenwire/base/config.hpp>
#include <zenwire/base/milliseconds.hpp>

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

/// How the bytes of a `save` step are to be stored.
enum class save_mode : unsigned char {
    /// The first time in a job: fail where bytes are stored already, since they may be of another job whose order is under way.
    create,
    /// Put them in the place of the job's own bytes.
    replace,
};

/// What has to fit when a job is resumed.
enum class resume_check : unsigned char {
    all,  ///< service, endpoint and credential
    service_only,  ///< the caller vouches that endpoint and credential lead to the same account: a rotated token, another host name
};

}  // namespace ZENWIRE_NAMESPACE

#endif
