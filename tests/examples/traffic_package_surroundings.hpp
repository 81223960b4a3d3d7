// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_SURROUNDINGS_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_SURROUNDINGS_HPP

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <zenwire/system_runtime.hpp>
#include <zenwire/zenwire.hpp>

#include "http_answer.hpp"
#include "interruption.hpp"
#include "traffic_package_screen.hpp"

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
    /// for all that is no result
    std::ostream& progress;
    /// where results go
    screen out{};
    /// where `progress` goes
    screen talk{};

    /// Tells people something; a line each.
    void say(std::string_view text) const { progress << fitted(text, talk) << std::endl; }

    /// Asks for a line. What comes next begins a line of its own, also when nobody typed the end of this one on the terminal.
    [[nodiscard]] std::string ask(std::string_view question) const {
        progress << question << std::flush;
        std::string line = interruption::read_line();
        const bool is_ended = line.ends_with('\n');
        if (!is_ended || ::isatty(STDIN_FILENO) != 1) {
            progress << std::endl;
        }
        line.resize(line.size() - (is_ended ? 1 : 0));
        return line;
    }
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

/// A time in minutes and seconds: 1:05.
inline std::string minutes_text(std::int64_t seconds) {
    const std::string rest = std::to_string(seconds % 60);
    return std::to_string(seconds / 60) + (rest.size() == 1 ? ":0" : ":") + rest;
}

/// Waits; on a terminal one line shows meanwhile how long it lasted, and how long it may last, and is wiped afterwards.
/// @param began when the whole of the waiting began
/// @param end when it is given up; nothing when that is left to Ctrl-C
inline void wait_visibly(surroundings const& around, zenwire::milliseconds time, std::string_view what,
                         zenwire::unix_seconds began, std::optional<zenwire::unix_seconds> end) {
    if (!around.talk.is_terminal || !around.state_folder) {
        around.sleep(time);
        return;
    }
    constexpr std::int64_t piece = 1000;
    for (std::int64_t rest = time.count(); rest > 0 && !interruption::is_wanted(); rest -= piece) {
        const std::int64_t now = around.now().count();
        const auto since = [](std::int64_t seconds) { return minutes_text(std::max<std::int64_t>(seconds, 0)); };
        const std::string line = std::string(what) + ", " + since(now - began.count()) + " gone, " +
                                 (end ? "at most " + since(end->count() - now) + " left" : "Ctrl-C ends it");
        around.progress << "\r\x1b[K" << line.substr(0, around.talk.width - 1) << std::flush;
        around.sleep(zenwire::milliseconds(std::min(rest, piece)));
    }
    around.progress << "\r\x1b[K" << std::flush;
}

/// Sleeps in pieces, so that Ctrl-C is seen.
inline void sleep_until_interrupted(zenwire::milliseconds time) {
    constexpr std::int64_t piece = 100;
    for (std::int64_t rest = time.count(); rest > 0 && !interruption::is_wanted(); rest -= piece) {
        zenwire::system_runtime().sleep_for(zenwire::milliseconds(std::min(rest, piece)));
    }
}

#endif
