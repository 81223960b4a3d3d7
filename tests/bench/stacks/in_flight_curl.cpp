// SPDX-License-Identifier: BSL-1.0
#include "../../examples/curl_multi_driver.hpp"
#include "in_flight.hpp"

namespace {

/// What curl_multi_driver wants of an exchange, for a request that was made before and a response that nobody reads.
class ready_exchange {
public:
    explicit ready_exchange(zenwire::request_view const& request) : request_(&request) {}

    static zenwire::exchange_step next(zenwire::unix_seconds) { return {zenwire::exchange_step::kind::send, {}}; }
    [[nodiscard]] zenwire::request_view const& request() const { return *request_; }
    zenwire::exchange_step receive(zenwire::response_view const& response, zenwire::unix_seconds, std::uint32_t) {
        is_right_ = response.status == 200;
        return {zenwire::exchange_step::kind::done, {}};
    }
    static zenwire::exchange_step send_failed(zenwire::transport_error const&, std::uint32_t) {
        return {zenwire::exchange_step::kind::done, {}};
    }
    [[nodiscard]] bool is_right() const { return is_right_; }

private:
    zenwire::request_view const* request_;
    bool is_right_ = false;
};

}  // namespace

std::pair<stack_bench::sender, stack_bench::sender> stack_bench::curl_multi_at_once(job const& what) {
    using exchange = zenwire::request_exchange<action_type, zenwire::access_key>;
    return {[&what](std::size_t count) {
                std::vector<exchange> exchanges;
                exchanges.reserve(count);
                for (std::size_t i = 0; i < count; ++i) {
                    exchanges.emplace_back(what.client, what.action);
                }
                curl_multi_driver<exchange>(what.settings).run(exchanges, what.runtime);
                return static_cast<std::size_t>(
                    std::ranges::count_if(exchanges, [](exchange& each) { return each.result().has_value(); }));
            },
            [&what](std::size_t count) {
                std::vector<ready_exchange> exchanges(count, ready_exchange(what.ready_request));
                curl_multi_driver<ready_exchange>(what.settings).run(exchanges, what.runtime);
                return static_cast<std::size_t>(
                    std::ranges::count_if(exchanges, [](ready_exchange const& each) { return each.is_right(); }));
            }};
}
