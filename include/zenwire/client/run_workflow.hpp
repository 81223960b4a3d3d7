// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_RUN_WORKFLOW_HPP
#define ZENWIRE_CLIENT_RUN_WORKFLOW_HPP

#include <concepts>
#include <span>
#include <utility>

#include <zenwire/base/config.hpp>
#include <zenwire/client/runtime.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/credential.hpp>

namespace ZENWIRE_NAMESPACE {

/// Drives a traffic_package_workflow to its end with a transport and a runtime. Blocks for as long as the job takes.
/// @param save called with `std::span<char const>`; stores the bytes where they survive the process, and returns whether it
///        could. When it could not, no order is sent. When the job has ended the bytes are of no use any more.
/// @param confirm called with the workflow: look at prediction(), state() and prices(), and return whether to go on
/// @return how it ended
template <credential Credential, transport Transport, runtime Runtime, class Save, class Confirm>
    requires std::predicate<Save&, std::span<char const>> &&
             std::predicate<Confirm&, traffic_package_workflow<Credential> const&>
[[nodiscard]] workflow_verdict run_workflow(traffic_package_workflow<Credential>& workflow, Transport&& transport,
                                            Runtime&& runtime, Save&& save, Confirm&& confirm) {
    workflow_step step = workflow.next(runtime.now());
    for (;;) {
        switch (step.what) {
        case workflow_step::kind::send:
            if (const auto answer = transport(workflow.request())) {
                step = workflow.receive(response_adapter(*answer).view(), runtime.now(), runtime.jitter());
            } else {
                step = workflow.send_failed(answer.error(), runtime.now(), runtime.jitter());
            }
            break;
        case workflow_step::kind::wait_for:
            runtime.sleep_for(step.wait);
            step = workflow.next(runtime.now());
            break;
        case workflow_step::kind::confirm:
            step = workflow.confirm(confirm(std::as_const(workflow)), runtime.now());
            break;
        case workflow_step::kind::save:
            step = save(workflow.saved_bytes()) ? workflow.saved(runtime.now()) : workflow.save_failed();
            break;
        case workflow_step::kind::done: return workflow.verdict();
        }
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
