// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TIME_WATCH_HPP
#define ZENWIRE_TESTS_EXAMPLES_TIME_WATCH_HPP

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

/// Calls a function from a thread of its own once the time is over, unless it is gone by then: for stacks that bound only single
/// reads and writes.
class time_watch {
public:
    template <class Function>
    time_watch(std::chrono::milliseconds time, Function end)
        : thread_([this, time, end](std::stop_token const& gone) {
              std::unique_lock lock(mutex_);
              never_.wait_for(lock, gone, time, [] { return false; });
              if (!gone.stop_requested()) {
                  end();
              }
          }) {}

private:
    std::mutex mutex_{};
    std::condition_variable_any never_{};
    // the last member: it uses the others
    std::jthread thread_;
};

#endif
