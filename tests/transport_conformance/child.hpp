// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_CHILD_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_CHILD_HPP

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace transport_conformance {

// So long a child that nobody stops, after a crash of the runner say, may live.
inline constexpr unsigned longest_life = 600;

/// Another process that does something and tells about it.
class child {
public:
    /// `work` gets the end of a pipe to write to, and that of one that can be read when the process is to end.
    template <class Work>
    explicit child(Work work) {
        int out[2];
        int in[2];
        if (::pipe2(&out[0], O_CLOEXEC) != 0 || ::pipe2(&in[0], O_CLOEXEC) != 0) {
            return;
        }
        process_ = ::fork();
        if (process_ == 0) {
            ::close(out[0]);
            ::close(in[1]);
            ::alarm(longest_life);
            work(out[1], in[0]);
            ::_exit(0);
        }
        ::close(out[1]);
        ::close(in[0]);
        ::fcntl(out[0], F_SETFL, O_NONBLOCK);
        told_ = out[0];
        stopper_ = in[1];
    }
    child(child const&) = delete;
    child& operator=(child const&) = delete;
    ~child() {
        if (!has_ended()) {
            end_now();
        }
        ::close(told_);
        ::close(stopper_);
    }

    /// Takes what it told; whether it has ended.
    bool has_ended() {
        char bytes[65536];
        for (ssize_t count = 0; (count = ::read(told_, &bytes[0], sizeof(bytes))) > 0;) {
            text_.append(&bytes[0], static_cast<std::size_t>(count));
        }
        has_ended_ = has_ended_ || process_ < 0 || ::waitpid(process_, &status_, WNOHANG) != 0;
        return has_ended_;
    }

    void end_now() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, &status_, 0);
        has_ended_ = true;
    }

    /// By a byte: that the pipe ends is not seen as long as another child has inherited it.
    void stop() {
        if (stopper_ >= 0 && !is_stopped_) {
            is_stopped_ = ::write(stopper_, "", 1) == 1;
        }
    }

    /// Once more after it has ended, so that nothing of it is left in the pipe.
    std::string const& text() {
        has_ended();
        return text_;
    }

    [[nodiscard]] std::string abrupt_end() const {
        if (WIFSIGNALED(status_)) {
            return std::string("the program was ended by ").append(::strsignal(WTERMSIG(status_)));
        }
        return WIFEXITED(status_) && WEXITSTATUS(status_) == 0
                   ? std::string()
                   : "the program ended with " + std::to_string(WEXITSTATUS(status_));
    }

private:
    pid_t process_ = -1;
    int told_ = -1;
    int stopper_ = -1;
    int status_ = 0;
    bool has_ended_ = false;
    bool is_stopped_ = false;
    std::string text_{};
};

inline void write_all(int to, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(to, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return;
        }
        text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
}

}  // namespace transport_conformance

#endif
