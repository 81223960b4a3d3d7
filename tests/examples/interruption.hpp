// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_INTERRUPTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_INTERRUPTION_HPP

#include <csignal>
#include <initializer_list>
#include <string>

#include <sys/select.h>
#include <unistd.h>

/// Ctrl-C, SIGTERM and the end of the terminal, in a program that can place an order.
namespace interruption {

inline volatile std::sig_atomic_t count = 0;
inline constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};

/// The first signal ends the job at the next safe point, a second one the process.
extern "C" inline void zenwire_example_interrupted(int number) {
    count = count + 1;
    if (count > 1) {
        std::signal(number, SIG_DFL);
        ::raise(number);
    }
}

[[nodiscard]] inline bool is_wanted() { return count != 0; }

/// Catches the signals. A reader of our output that goes away is no reason to end: the job goes on.
inline void be_heard() {
    struct sigaction action = {};
    action.sa_handler = zenwire_example_interrupted;
    for (const int each : signals) {
        struct sigaction before = {};
        sigaction(each, nullptr, &before);
        if (each != SIGHUP || before.sa_handler != SIG_IGN) {  // as nohup wants it
            sigaction(each, &action, nullptr);
        }
    }
    std::signal(SIGPIPE, SIG_IGN);
}

/// A line from standard input, with its end unless the input ended first; empty when a signal came first. One that comes just before the wait begins
/// ends it, too.
inline std::string read_line() {
    sigset_t ours;
    sigset_t before;
    sigemptyset(&ours);
    for (const int each : signals) {
        sigaddset(&ours, each);
    }
    sigprocmask(SIG_BLOCK, &ours, &before);
    std::string line;
    for (char next = 0; !is_wanted(); line += next) {
        fd_set input;
        FD_ZERO(&input);
        FD_SET(STDIN_FILENO, &input);
        if (line.ends_with('\n') || ::pselect(STDIN_FILENO + 1, &input, nullptr, nullptr, nullptr, &before) < 0 ||
            ::read(STDIN_FILENO, &next, 1) != 1) {
            break;
        }
    }
    sigprocmask(SIG_SETMASK, &before, nullptr);
    return is_wanted() ? std::string() : line;
}

/// While it lives, signals wait, however many: from before an order is handed out until what came of it is
/// saved.
class deferral {
public:
    deferral() {
        sigset_t all;
        sigemptyset(&all);
        for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) {
            sigaddset(&all, each);
        }
        sigprocmask(SIG_BLOCK, &all, &before_);
    }
    deferral(deferral const&) = delete;
    deferral& operator=(deferral const&) = delete;
    ~deferral() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace interruption

#endif
