// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_RUN_WORKFLOW_HPP
#define ZENWIRE_CLIENT_RUN_WORKFLOW_HPP

#include <span>
#include <type_traits>
#include <utility>

#include <zenwire/client/traffic_package_workflow.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// Can be called with these arguments, and says yes or no by a bool: an int that says -1 for a failure would be a yes.
template <class Function, class... Arguments>
concept says_yes_or_no = std::is_same_v<std::remove_cvref_t<std::invoke_result_t<Function&, Arguments...>>, bool>;

}  // namespace detail

/// Drives a traffic_package_workflow to its end with a transport and a runtime. Blocks for as long as the job takes.
/// Exceptions of transport, runtime, `save` and `confirm` pass through. The workflow knows then that a request may have been
/// sent, and keeps a response that had arrived. Another call of run_workflow() with the same workflow continues the job, and does
/// not order again.
/// @param save called with `std::span<char const>` and a save_mode; stores the bytes where they survive the process, and returns
///        by a bool whether it succeeded: if not, no order is sent. For save_mode::create it must fail when bytes are stored
///        already. When the job has ended, the bytes are no longer needed, unless the verdict says that the order is unknown. If
///        it throws after it stored the first bytes, their order was not sent. Another call of run_workflow() cannot create
///        them again, and ends with errc::save_failed and without an order. Look at the bytes, remove them, begin again.
/// @param confirm called with the workflow: look at prediction(), state(), prices() and questions(), and return whether to go on
/// @return how it ended
template <credential Credential, transport Transport, runtime Runtime,
          detail::says_yes_or_no<std::span<char const>, save_mode> Save,
          detail::says_yes_or_no<traffic_package_workflow<Credential> const&> Confirm>
[[nodiscard]] workflow_verdict run_workflow(traffic_package_workflow<Credential>& workflow, Transport&& transport,
                                            Runtime&& runtime, Save&& save, Confirm&& confirm);

namespace detail {

/// Calls a function at the end of the scope, also after an exception, unless it was dismissed.
template <class Function>
class at_exit {
public:
    explicit at_exit(Function function) noexcept : function_(std::move(function)) {}
    at_exit(at_exit const&) = delete;
    at_exit& operator=(at_exit const&) = delete;
    ~at_exit() {
        if (!is_dismissed_) {
            function_();
        }
    }
    void dismiss() noexcept { is_dismissed_ = true; }

private:
    Function function_;
    bool is_dismissed_ = false;
};

/// Sends the request of the workflow, and tells it the outcome, also after an exception: a response that had arrived, or unknown.
template <class Workflow, class Transport, class Runtime>
workflow_step send_request(Workflow& workflow, Transport& transport, Runtime& runtime) {
    const request_view request = workflow.take_request();
    transport_error failure(transport_failure::unknown, "the transport ended with an exception");
    at_exit tell_failure([&]() noexcept { workflow.send_failed(failure); });
    if (request.fields.empty()) {
        tell_failure.dismiss();
        return workflow.send_failed(
            {transport_failure::unknown, "the request was taken before, with no word of what became of it"});
    }
    const auto returned = transport(request);
    if (!returned) {
        failure = returned.error();
        const unix_seconds now = runtime.now();
        const auto jitter = runtime.jitter();
        tell_failure.dismiss();
        return workflow.send_failed(failure, now, jitter);
    }
    const response_adapter response(*returned);
    tell_failure.dismiss();
    at_exit tell_response([&]() noexcept { workflow.receive(response.view()); });
    // reading the clock may throw, and the response must not be lost then
    const unix_seconds now = runtime.now();
    const auto jitter = runtime.jitter();
    tell_response.dismiss();
    return workflow.receive(response.view(), now, jitter);
}

}  // namespace detail

template <credential Credential, transport Transport, runtime Runtime,
          detail::says_yes_or_no<std::span<char const>, save_mode> Save,
          detail::says_yes_or_no<traffic_package_workflow<Credential> const&> Confirm>
workflow_verdict run_workflow(traffic_package_workflow<Credential>& workflow, Transport&& transport, Runtime&& runtime,
                              Save&& save, Confirm&& confirm) {
    for (workflow_step step = workflow.step();;) {
        switch (step.what) {
        case workflow_step::kind::send: step = detail::send_request(workflow, transport, runtime); break;
        case workflow_step::kind::wait_for:
            if (step.wait > milliseconds()) {
                runtime.sleep_for(step.wait);
            }
            step = workflow.next(runtime.now());
            break;
        case workflow_step::kind::confirm: {
            const bool agreed = confirm(std::as_const(workflow));
            step = workflow.confirm(agreed, runtime.now());
            break;
        }
        case workflow_step::kind::save:
            if (!save(workflow.saved_bytes(), workflow.how_to_save())) {
                step = workflow.save_failed();
                break;
            }
            // first without a time, because reading the clock may throw although the bytes are stored
            static_cast<void>(workflow.saved());
            step = workflow.saved(runtime.now());
            break;
        case workflow_step::kind::done: return workflow.verdict();
        }
    }
}

/// Says why a transport, a runtime, `save` or `confirm` does not fit.
template <class Workflow, class Transport, class Runtime, class Save, class Confirm>
    requires(detail::needs_explanation<Transport, Runtime> ||
             !(detail::says_yes_or_no<Save, std::span<char const>, save_mode> &&
               detail::says_yes_or_no<Confirm, Workflow const&>))
workflow_verdict run_workflow(Workflow&, Transport&&, Runtime&&, Save&&, Confirm&&) {
    static_assert(detail::says_yes_or_no<Save, std::span<char const>, save_mode>,
                  "'save' must be callable with a std::span<char const> and a zenwire::save_mode, and return by a bool "
                  "whether it stored them");
    static_assert(detail::says_yes_or_no<Confirm, Workflow const&>,
                  "'confirm' must be callable with the workflow as a const&, and return by a bool whether to go on");
    detail::explain<Transport, Runtime>();
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
