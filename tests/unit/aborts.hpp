// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_ABORTS_HPP
#define ZENWIRE_TESTS_UNIT_ABORTS_HPP

#include <doctest/doctest.h>

/// `aborts(action)`: whether `action` ends the program as contract_violation() does. The test goes on.

#if defined(_WIN32)

#include <csignal>

/// Where the test goes on.
inline void* after_abort[5];

/// Windows has no fork(): the handler of the signal leaves abort() by a jump. Not longjmp(), which unwinds the stack there and
/// stops at functions that are noexcept.
template <class Action>
__attribute__((noinline)) bool aborts(Action action) {
    const auto before = std::signal(SIGABRT, [](int) { __builtin_longjmp(after_abort, 1); });
    const bool aborted = __builtin_setjmp(after_abort) != 0;
    if (!aborted) {
        action();
    }
    std::signal(SIGABRT, before);
    return aborted;
}

#else

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

/// Writes down what was run, where that is measured; null elsewhere.
extern "C" __attribute__((weak)) void __gcov_dump();

/// By a child process.
template <class Action>
bool aborts(Action action) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        // in place of doctest's handler, which would report that the test crashed; abort() goes on when it returns
        std::signal(SIGABRT, [](int) {
            if (__gcov_dump != nullptr) {
                __gcov_dump();
            }
        });
        action();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

#endif

#endif
