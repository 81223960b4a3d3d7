// SPDX-License-Identifier: BSL-1.0
#include "stack_bench.hpp"

#include <csignal>
#include <ctime>
#include <fstream>
#include <iostream>

#include <sys/resource.h>

namespace stack_bench {

namespace {

long long nanoseconds_of(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

/// In KiB.
long long memory(std::string_view what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what)) {
            return std::stoll(line.substr(what.size() + 1));
        }
    }
    return 0;
}

void take_all_descriptors() {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

/// The processor's and the clock's time for one exchange.
struct cost {
    long long processor = 0;
    long long clock = 0;
};

cost measure(sender const& send, std::size_t count, std::size_t times) {
    const long long processor = nanoseconds_of(CLOCK_PROCESS_CPUTIME_ID);
    const long long clock = nanoseconds_of(CLOCK_MONOTONIC);
    for (std::size_t i = 0; i < times; ++i) {
        if (const std::size_t right = send(count); right != count) {
            std::cerr << count - right << " of " << count << " exchanges failed\n";
            std::exit(1);
        }
    }
    const auto divisor = static_cast<long long>(count * times);
    return {(nanoseconds_of(CLOCK_PROCESS_CPUTIME_ID) - processor) / divisor,
            (nanoseconds_of(CLOCK_MONOTONIC) - clock) / divisor};
}

}  // namespace

int run(int argument_count, char** arguments, std::vector<stack> const& stacks) {
    if (argument_count < 8) {
        std::cerr << "usage: STACK (one_by_one | at_once) COUNT TIMES ROUNDS ENDPOINT CA_FILE [with | without]\n";
        return 2;
    }
    const std::string_view mode = argument_count > 8 ? arguments[8] : "both";
    const bool at_once = std::string_view(arguments[2]) == "at_once";
    const std::size_t count = std::stoul(arguments[3]);
    const std::size_t times = std::stoul(arguments[4]);
    std::signal(SIGPIPE, SIG_IGN);
    take_all_descriptors();
    transport_settings settings;
    settings.ca_file = arguments[7];
    settings.timeout = std::chrono::minutes(10);  // ten thousand handshakes take their time
    zenwire::system_runtime runtime;
    const auto key = zenwire::access_key::make(zenwire::access_key_id("0D9UtpyKYcHxms5v"),
                                               zenwire::access_key_password("Gu5t9xGARNpq86cd98joQYCN3"));
    const auto endpoint = zenwire::endpoint::make(arguments[6]);
    const client_type client(zenwire::services::bmc_2026_02_01, endpoint.value(), key.value());
    const action_type action{"932237369560662463", zenwire::traffic_package_size::parse("0.15").value()};
    const auto ready = zenwire::make_request(action, zenwire::services::bmc_2026_02_01, endpoint.value(), key.value(), runtime.now());
    const zenwire::request_view ready_request = ready.value().view();
    const job what{client, action, ready_request, settings, runtime};
    for (stack const& each : stacks) {
        if (each.name == arguments[1]) {
            const long long before = memory("VmRSS:");
            const auto [with, without] = at_once ? each.at_once(what) : each.one_by_one(what);
            std::size_t left = std::stoul(arguments[5]);
            if (left > 4) {
                measure(with, count, times);  // warm up
                measure(without, count, times);
            }
            for (; left > 0; --left) {
                const bool begins = left % 2 == 0;
                cost of_with = begins && mode != "without" ? measure(with, count, times) : cost();
                const cost of_without = mode != "with" ? measure(without, count, times) : cost();
                of_with = !begins && mode != "without" ? measure(with, count, times) : of_with;
                std::cout << of_with.processor << " " << of_without.processor << " " << of_with.clock << "\n";
            }
            std::cout << (memory("VmHWM:") - before) * 1024 << "\n";
            return 0;
        }
    }
    std::cerr << "no such stack\n";
    return 2;
}

}  // namespace stack_bench
