// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_SURROUNDINGS_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_SURROUNDINGS_HPP

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include <zenwire/system_runtime.hpp>
#include <zenwire/zenwire.hpp>

#include "http_answer.hpp"
#include "interruption.hpp"

/// What the program traffic_package works with, whatever cloud it is.
struct surroundings {
    std::function<http_result(zenwire::request_view const&)> send;
    std::function<zenwire::unix_seconds()> now;
    /// ends early when interrupted
    std::function<void(zenwire::milliseconds)> sleep;
    zenwire::service service;
    zenwire::endpoint endpoint;
    /// where jobs are kept; nothing on the cloud in memory, which does not outlive the process
    std::optional<std::string> state_folder{};
    std::ostream& progress;
};

/// A runtime over the surroundings.
class surrounding_runtime {
public:
    explicit surrounding_runtime(surroundings const& around) : around_(around) {}

    [[nodiscard]] zenwire::unix_seconds now() const { return around_.now(); }
    void sleep_for(zenwire::milliseconds time) const { around_.sleep(time); }
    [[nodiscard]] std::uint32_t jitter() { return chance_.jitter(); }

private:
    surroundings const& around_;
    zenwire::system_runtime chance_{};
};

/// Sleeps in pieces, so that Ctrl-C is seen.
inline void sleep_until_interrupted(zenwire::milliseconds time) {
    constexpr std::int64_t piece = 100;
    for (std::int64_t rest = time.count(); rest > 0 && !interruption::is_wanted(); rest -= piece) {
        zenwire::system_runtime().sleep_for(zenwire::milliseconds(std::min(rest, piece)));
    }
}

#endif
