// SPDX-License-Identifier: BSL-1.0
#include "../../examples/uv_action.hpp"
#include "../../examples/uv_transport.hpp"
#include "stack_bench.hpp"

namespace {

using namespace stack_bench;

/// `start(loop, done)` begins one exchange, and calls `done(is_right)` in the end.
template <class Start>
std::size_t run_at_once(std::size_t count, Start start) {
    uv_loop_t loop{};
    uv_loop_init(&loop);
    std::size_t right = 0;
    while (count-- > 0) {
        start(loop, [&right](bool is_right) { right += is_right ? 1U : 0U; });
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return right;
}

std::pair<sender, sender> uv_at_once(job const& what) {
    using action = uv_action<action_type, zenwire::access_key, zenwire::system_runtime>;
    const tls_context trusted = make_tls_context(what.settings);
    return {[trusted, &what](std::size_t count) {
                return run_at_once(count, [&](uv_loop_t& loop, auto done) {
                    action::send(loop, what.client, what.action, what.runtime, what.settings, trusted,
                                 [done](action::result const& result) { done(result.has_value()); });
                });
            },
            [trusted, &what](std::size_t count) {
                return run_at_once(count, [&](uv_loop_t& loop, auto done) {
                    uv_request::send(loop, what.ready_request, what.settings, trusted,
                                     [done](http_result const& result) { done(result && result->status == 200); });
                });
            }};
}

}  // namespace

int main(int count, char** arguments) {
    return run(count, arguments,
               {{"uv", over([](transport_settings const& settings) { return uv_transport(settings); }), &uv_at_once}});
}
