// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POLL_TASK_HPP
#define ZENWIRE_TESTS_EXAMPLES_POLL_TASK_HPP

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>

/// A coroutine that returns a Result to who awaits it, or to run(). It begins when it is awaited. What a co_await needs is
/// named before it: GCC 12 may end temporary objects of such a statement twice.
template <class Result>
class poll_task {
public:
    struct promise_type {
        poll_task get_return_object() { return poll_task(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct go_back {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<> await_suspend(handle ended) noexcept {
                    return ended.promise().waiting ? ended.promise().waiting : std::noop_coroutine();
                }
                void await_resume() noexcept {}
            };
            return go_back{};
        }
        void return_value(Result value) { result.emplace(std::move(value)); }
        void unhandled_exception() { thrown = std::current_exception(); }

        std::coroutine_handle<> waiting{};
        std::optional<Result> result{};
        std::exception_ptr thrown{};
    };
    using handle = std::coroutine_handle<promise_type>;

    poll_task(poll_task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    poll_task& operator=(poll_task&&) = delete;
    ~poll_task() {
        if (handle_) {
            handle_.destroy();
        }
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) noexcept {
        handle_.promise().waiting = waiting;
        return handle_;
    }
    Result await_resume() { return take(); }

    void start() { handle_.resume(); }
    [[nodiscard]] bool is_done() const { return handle_.done(); }
    Result take() {
        if (handle_.promise().thrown) {
            std::rethrow_exception(handle_.promise().thrown);
        }
        return std::move(*handle_.promise().result);
    }

private:
    explicit poll_task(handle of) : handle_(of) {}
    handle handle_;
};

/// Resumes coroutines whose sockets are ready, or whose time is over: poll() and nothing else.
class poll_loop {
public:
    using clock = std::chrono::steady_clock;

    /// To be awaited: whether the socket is ready for `event` (POLLIN, POLLOUT) before the deadline.
    auto ready(int socket, short event, clock::time_point deadline) {
        struct awaiter {
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
            std::vector<wait*> due;
            for (std::size_t i = 0; i < sockets.size(); ++i) {
                waits_[i]->is_ready = count > 0 && sockets[i].revents != 0;
                if (waits_[i]->is_ready || waits_[i]->deadline <= clock::now()) {
                    due.push_back(waits_[i]);
                }
            }
            std::erase_if(waits_, [&](wait* each) { return std::ranges::find(due, each) != due.end(); });
            for (wait* const each : due) {
                each->waiting.resume();
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
};

#endif
