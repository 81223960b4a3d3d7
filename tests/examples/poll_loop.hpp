// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POLL_LOOP_HPP
#define ZENWIRE_TESTS_EXAMPLES_POLL_LOOP_HPP

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <vector>

#include <poll.h>

/// Resumes coroutines whose sockets are ready, or whose time is over: poll() and nothing else. A coroutine that waits may be
/// destroyed, also by one that runs; the loop must outlive it.
class poll_loop {
public:
    using clock = std::chrono::steady_clock;

    /// To be awaited: whether the socket is ready for `event` (POLLIN, POLLOUT) before the deadline.
    auto ready(int socket, short event, clock::time_point deadline) {
        struct awaiter {
            ~awaiter() {
                std::erase(loop->waits_, &one);
                std::erase(loop->due_, &one);
            }
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> waiting) {
                one.waiting = waiting;
                loop->waits_.push_back(&one);
            }
            bool await_resume() const noexcept { return one.is_ready; }
            poll_loop* loop;
            wait one;
        };
        return awaiter{this, {socket, event, deadline, {}, false}};
    }

    /// Until nobody waits any more.
    void run() {
        while (!waits_.empty()) {
            std::vector<pollfd> sockets;
            auto first = clock::time_point::max();
            for (wait const* each : waits_) {
                sockets.push_back({each->socket, each->event, 0});
                first = std::min(first, each->deadline);
            }
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - clock::now()).count();
            const int count = ::poll(sockets.data(), sockets.size(), static_cast<int>(std::clamp<long>(left, 0, 60'000)));
            for (std::size_t i = 0; i < sockets.size(); ++i) {
                waits_[i]->is_ready = count > 0 && sockets[i].revents != 0;
                if (waits_[i]->is_ready || waits_[i]->deadline <= clock::now()) {
                    due_.push_back(waits_[i]);
                }
            }
            std::erase_if(waits_, [&](wait* each) { return std::ranges::find(due_, each) != due_.end(); });
            while (!due_.empty()) {
                wait* const first_due = due_.front();
                due_.erase(due_.begin());
                first_due->waiting.resume();
            }
        }
    }

private:
    struct wait {
        int socket;
        short event;
        clock::time_point deadline;
        std::coroutine_handle<> waiting;
        bool is_ready;
    };

    std::vector<wait*> waits_{};
    std::vector<wait*> due_{};
};

#endif
