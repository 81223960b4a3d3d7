// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_SIGPIPE_SHIELD_HPP
#define ZENWIRE_TESTS_EXAMPLES_SIGPIPE_SHIELD_HPP

#include <csignal>

/// As long as it lives, no SIGPIPE reaches this thread: writing to a connection that the other side has closed fails, and
/// does not end the program. For stacks that write to sockets without MSG_NOSIGNAL, as OpenSSL does by itself. Leaves the
/// program's own handling of signals as it is.
class sigpipe_shield {
public:
    sigpipe_shield() {
        sigemptyset(&only_pipe_);
        sigaddset(&only_pipe_, SIGPIPE);
        was_pending_ = is_pending();
        pthread_sigmask(SIG_BLOCK, &only_pipe_, &before_);
    }
    sigpipe_shield(sigpipe_shield const&) = delete;
    sigpipe_shield& operator=(sigpipe_shield const&) = delete;
    ~sigpipe_shield() {
        if (is_pending() && !was_pending_) {
            int taken = 0;
            sigwait(&only_pipe_, &taken);
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    static bool is_pending() {
        sigset_t pending{};
        sigpending(&pending);
        return sigismember(&pending, SIGPIPE) == 1;
    }

    sigset_t only_pipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};

#endif
