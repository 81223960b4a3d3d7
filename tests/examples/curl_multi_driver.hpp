// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CURL_MULTI_DRIVER_HPP
#define ZENWIRE_TESTS_EXAMPLES_CURL_MULTI_DRIVER_HPP

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include <zenwire/client/request_exchange.hpp>

#include "curl_request.hpp"
#include "sigpipe_shield.hpp"

/// Drives many exchanges at once over libcurl's multi interface, TLS included, in one thread: each sends, waits and tries
/// again on its own.
template <class Exchange>
class curl_multi_driver {
public:
    explicit curl_multi_driver(transport_settings settings = {}) : settings_(std::move(settings)) {}

    /// Returns when all exchanges are done. When the runtime throws, what was under way is unknown, and is not sent again.
    template <zenwire::runtime Runtime>
    void run(std::span<Exchange> exchanges, Runtime& runtime) {
        const sigpipe_shield shield;
        std::vector<job> jobs(exchanges.size());
        try {
            run(jobs, exchanges, runtime);
        } catch (...) {
            waiting_.clear();
            for (job const& each : jobs) {
                if (each.request != nullptr) {
                    each.exchange->send_failed(zenwire::transport_failure::unknown, 0);
                }
            }
            throw;
        }
    }

private:
    using clock = std::chrono::steady_clock;

    struct job {
        Exchange* exchange = nullptr;
        std::unique_ptr<curl_request> request{};
    };

    template <class Runtime>
    void run(std::vector<job>& jobs, std::span<Exchange> exchanges, Runtime& runtime) {
        under_way_ = jobs.size();
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            jobs[i].exchange = &exchanges[i];
            go_on(jobs[i], exchanges[i].next(runtime.now()), runtime);
        }
        while (under_way_ > 0) {
            int count = 0;
            curl_multi_poll(multi_.get(), nullptr, 0, time_to_poll(), nullptr);
            curl_multi_perform(multi_.get(), &count);
            while (CURLMsg const* const message = curl_multi_info_read(multi_.get(), &count)) {
                finish(message->easy_handle, message->data.result, runtime);
            }
            while (!waiting_.empty() && waiting_.begin()->first <= clock::now()) {
                job& due = *waiting_.extract(waiting_.begin()).mapped();
                go_on(due, due.exchange->next(runtime.now()), runtime);
            }
        }
    }

    /// Does what the step says: sends, waits, or is done.
    template <class Runtime>
    void go_on(job& one, zenwire::exchange_step step, Runtime& runtime) {
        while (step.what == zenwire::exchange_step::kind::send) {
            one.request = std::make_unique<curl_request>(one.exchange->request(), settings_);
            CURL* const handle = one.request->handle();
            if (one.request->is_ready() && curl_easy_setopt(handle, CURLOPT_PRIVATE, &one) == CURLE_OK &&
                curl_multi_add_handle(multi_.get(), handle) == CURLM_OK) {
                return;
            }
            step = one.exchange->send_failed(zenwire::transport_failure::not_sent, runtime.jitter());
        }
        if (step.what == zenwire::exchange_step::kind::wait_for) {
            waiting_.emplace(clock::now() + std::chrono::milliseconds(step.wait.count()), &one);
        } else {
            --under_way_;
        }
    }

    template <class Runtime>
    void finish(CURL* handle, CURLcode code, Runtime& runtime) {
        job* one = nullptr;
        curl_easy_getinfo(handle, CURLINFO_PRIVATE, &one);
        curl_multi_remove_handle(multi_.get(), handle);
        const auto answer = one->request->result(code);
        const zenwire::exchange_step step =
            answer ? one->exchange->receive(zenwire::response_adapter(*answer).view(), runtime.now(), runtime.jitter())
                   : one->exchange->send_failed(answer.error(), runtime.jitter());
        one->request = nullptr;
        go_on(*one, step, runtime);
    }

    int time_to_poll() const {
        const auto first = waiting_.empty() ? clock::time_point::max() : waiting_.begin()->first;
        const auto left = std::min<clock::duration>(first - clock::now(), std::chrono::seconds(1));
        return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
    }

    transport_settings settings_;
    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_{curl_multi_init(), &curl_multi_cleanup};
    std::multimap<clock::time_point, job*> waiting_{};
    std::size_t under_way_ = 0;
};

#endif
