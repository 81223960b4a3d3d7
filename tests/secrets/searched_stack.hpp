// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_SECRETS_SEARCHED_STACK_HPP
#define ZENWIRE_TESTS_SECRETS_SEARCHED_STACK_HPP

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <ucontext.h>

#include <zenwire/base/secure_zero.hpp>

/// A stack of its own for a function, which stays as the function left it, so that somebody who runs on another stack can
/// search all of it.
class searched_stack {
public:
    /// Runs `function()` on this stack, which is all zeros before.
    template <class Function>
    void run(Function const& function) {
        std::memset(memory_, 0, sizeof(memory_));
        forget_last_search();
        task_ = [](void const* subject) { (*static_cast<Function const*>(subject))(); };
        subject_ = &function;
        ucontext_t there;
        if (getcontext(&there) != 0) {
            std::abort();
        }
        there.uc_stack.ss_sp = memory_;
        there.uc_stack.ss_size = sizeof(memory_);
        there.uc_link = &here_;
        running = this;
        makecontext(&there, enter, 0);
        if (swapcontext(&here_, &there) != 0) {
            std::abort();
        }
    }

    /// All that was left behind.
    [[nodiscard]] std::string_view left() const { return {memory_, sizeof(memory_)}; }

private:
    /// A function that is bound when it is called for the first time saves all registers on the stack, with what the search
    /// before had in them.
    static void forget_last_search() {
        zenwire::detail::secure_zero_traces<1>();
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx512f")) {
            forget_upper_registers();
        }
#endif
    }

#if defined(__x86_64__)
    /// The C library compares and copies with the registers from 16 on.
    __attribute__((target("avx512f"), noinline)) static void forget_upper_registers() {
        __asm__ __volatile__("vzeroall\n\tvpxord %%zmm16, %%zmm16, %%zmm16\n\tvpxord %%zmm17, %%zmm17, %%zmm17\n\t"
                             "vpxord %%zmm18, %%zmm18, %%zmm18\n\tvpxord %%zmm19, %%zmm19, %%zmm19\n\t"
                             "vpxord %%zmm20, %%zmm20, %%zmm20\n\tvpxord %%zmm21, %%zmm21, %%zmm21\n\t"
                             "vpxord %%zmm22, %%zmm22, %%zmm22\n\tvpxord %%zmm23, %%zmm23, %%zmm23\n\t"
                             "vpxord %%zmm24, %%zmm24, %%zmm24\n\tvpxord %%zmm25, %%zmm25, %%zmm25\n\t"
                             "vpxord %%zmm26, %%zmm26, %%zmm26\n\tvpxord %%zmm27, %%zmm27, %%zmm27\n\t"
                             "vpxord %%zmm28, %%zmm28, %%zmm28\n\tvpxord %%zmm29, %%zmm29, %%zmm29\n\t"
                             "vpxord %%zmm30, %%zmm30, %%zmm30\n\tvpxord %%zmm31, %%zmm31, %%zmm31" ::
                                 : "memory");
    }
#endif

    static void enter() { running->task_(running->subject_); }

    static inline searched_stack* running = nullptr;

    void (*task_)(void const*) = nullptr;
    void const* subject_ = nullptr;
    ucontext_t here_{};
    alignas(64) char memory_[std::size_t{128} * 1024];
};

#endif
