// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_STACKS_STACK_BENCH_HPP
#define ZENWIRE_TESTS_BENCH_STACKS_STACK_BENCH_HPP

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/client/client.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

#include "../../examples/http_answer.hpp"

/// What zenwire costs over an HTTP stack: the same exchanges once with it, and once with a request that was made before and a
/// response that nobody reads. Both take turns in one run, and what counts is the processor's time of the whole process.
namespace stack_bench {

using action_type = zenwire::modify_instance_traffic_package;
using client_type = zenwire::client<zenwire::access_key>;

/// What is sent, and where to.
struct job {
    client_type const& client;
    action_type const& action;
    zenwire::request_view const& ready_request;
    transport_settings const& settings;
    zenwire::system_runtime& runtime;
};

/// Who sends: does one thing `count` times, one after the other or all at once, and says how often it went right.
using sender = std::function<std::size_t(std::size_t count)>;

struct stack {
    std::string_view name;
    /// Makes the two senders, with zenwire and without.
    std::function<std::pair<sender, sender>(job const&)> one_by_one{};
    std::function<std::pair<sender, sender>(job const&)> at_once{};
};

/// For a transport that blocks; `make(settings)` makes one.
template <class Make>
auto over(Make make) {
    return [make](job const& what) -> std::pair<sender, sender> {
        using transport_type = decltype(make(what.settings));
        const std::shared_ptr<transport_type> transport(new transport_type(make(what.settings)));
        return {[transport, &what](std::size_t count) {
                    std::size_t right = 0;
                    while (count-- > 0) {
                        right += send_action(what.client, what.action, *transport, what.runtime) ? 1U : 0U;
                    }
                    return right;
                },
                [transport, &what](std::size_t count) {
                    std::size_t right = 0;
                    while (count-- > 0) {
                        const http_result result = (*transport)(what.ready_request);
                        right += result && result->status == 200 ? 1U : 0U;
                    }
                    return right;
                }};
    };
}

/// The program: `STACK (one_by_one | at_once) COUNT TIMES ROUNDS ENDPOINT CA_FILE [with | without]`. Sends COUNT exchanges
/// TIMES times in each round, with zenwire and without in turn, or only one of both; prints a line for each round: the nanoseconds of the
/// processor for an exchange with and without, and those of the clock for one with; and last, by how many bytes the process
/// grew at most.
int run(int argument_count, char** arguments, std::vector<stack> const& stacks);

}  // namespace stack_bench

#endif
