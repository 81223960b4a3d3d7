// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_POLL_TASK_HPP
#define ZENWIRE_TESTS_EXAMPLES_POLL_TASK_HPP

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

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

#endif
