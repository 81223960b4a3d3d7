// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CURL_MULTI_DRIVER_HPP
#define ZENWIRE_TESTS_EXAMPLES_CURL_MULTI_DRIVER_HPP

#include <algorithm>
#include <memory>
#include <span>

#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/runtime.hpp>

#include "curl_request.hpp"
#include "sigpipe_shield.hpp"

/// Drives many exchanges at once over libcurl's multi interface, TLS included, in one thread: each sends, waits and tries
/// again on its own.
template <class Exchange>
class curl_multi_driver {
public:
    explicit curl_multi_driver(transport_settings settings = {}) : settings_(std::move(settings)) {}

    /// Returns when all exchanges are done.
    template <zenwire::runtime Runtime>
    void run(std::span<Exchange> exchanges, Runtime& runtime) {
        const sigpipe_shield shield;
        jobs_.clear();
        for (Exchange& each : exchanges) {
            jobs_.push_back({&each, clock::now(), nullptr});
        }
        while (go_on(runtime)) {
            curl_multi_poll(multi_.get(), nullptr, 0, time_to_poll(), nullptr);
            int count = 0;
            curl_multi_perform(multi_.get(), &count);
            while (CURLMsg const* const message = curl_multi_info_read(multi_.get(), &count)) {
                finish(message->easy_handle, message->data.result, runtime);
            }
        }
    }

private:
    using clock = std::chrono::steady_clock;

    struct job {
        Exchange* exchange;
        clock::time_point due;
        std::unique_ptr<curl_request> request;
    };

    /// Starts what is due; whether anything is left to do.
    template <class Runtime>
    bool go_on(Runtime& runtime) {
        bool busy = false;
        for (job& each : jobs_) {
            if (each.request == nullptr && each.due <= clock::now()) {
                note(each, each.exchange->next(runtime.now()));
            }
            if (each.request == nullptr && each.exchange->step().what == zenwire::exchange_step::kind::send) {
                each.request = std::make_unique<curl_request>(each.exchange->request(), settings_);
                if (!each.request->is_ready() ||
                    curl_multi_add_handle(multi_.get(), each.request->handle()) != CURLM_OK) {
                    each.request = nullptr;
                    note(each, each.exchange->send_failed(zenwire::transport_failure::not_sent, runtime.jitter()));
                }
            }
            busy = busy || each.exchange->step().what != zenwire::exchange_step::kind::done;
        }
        return busy;
    }

    template <class Runtime>
    void finish(CURL* handle, CURLcode code, Runtime& runtime) {
        const auto found = std::ranges::find_if(
            jobs_, [&](job const& each) { return each.request != nullptr && each.request->handle() == handle; });
        curl_multi_remove_handle(multi_.get(), handle);
        const auto answer = std::exchange(found->request, nullptr)->result(code);
        note(*found, answer ? found->exchange->receive(zenwire::response_adapter(*answer).view(), runtime.now(),
                                                       runtime.jitter())
                            : found->exchange->send_failed(answer.error(), runtime.jitter()));
    }

    static void note(job& job, zenwire::exchange_step step) {
        job.due = clock::now() + std::chrono::milliseconds(step.wait.count());
    }

    int time_to_poll() const {
        auto time = std::chrono::milliseconds(1000);
        for (job const& each : jobs_) {
            if (each.exchange->step().what == zenwire::exchange_step::kind::wait_for) {
                time = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(each.due - clock::now()),
                                  std::chrono::milliseconds(0), time);
            }
        }
        return static_cast<int>(time.count());
    }

    transport_settings settings_;
    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_{curl_multi_init(), &curl_multi_cleanup};
    std::vector<job> jobs_{};
};

#endif
