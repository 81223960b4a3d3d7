// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_ABORTS_HPP
#define ZENWIRE_TESTS_UNIT_ABORTS_HPP

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

/// Writes down what was run, where that is measured; null elsewhere.
extern "C" __attribute__((weak)) void __gcov_dump();

/// Whether `action` ends the program as contract_violation() does. It runs in a child process: the test goes on.
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
