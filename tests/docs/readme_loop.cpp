// SPDX-License-Identifier: BSL-1.0
//
// Drives what README.md shows of an event loop, by a loop over the fake cloud: an order that could not be sent the first time.
#include <cstddef>
#include <functional>
#include <iostream>
#include <vector>

#include <zenwire/testing.hpp>

#include ZENWIRE_TEST_BLOCK

namespace {

struct loop_over_the_fake {
    zenwire::fake_cloud cloud = zenwire::fake_cloud::with_one_instance();
    std::vector<std::function<void()>> later{};
    bool succeeded = false;
    unsigned waits = 0;

    [[nodiscard]] zenwire::unix_seconds now() const { return cloud.now(); }
    template <class Then>
    void send(zenwire::request_view const& request, Then then) {
        later.emplace_back([this, request, then] { then(cloud(request)); });
    }
    template <class Then>
    void call_after(zenwire::milliseconds time, Then then) {
        ++waits;
        later.emplace_back([this, time, then] {
            cloud.sleep_for(time);
            then();
        });
    }
    template <class Result>
    void done(Result const& result) {
        succeeded = result.has_value();
    }
    void run() {
        for (std::size_t i = 0; i < later.size(); ++i) {
            const auto next = later[i];
            next();
        }
    }
};

}  // namespace

int main() {
    loop_over_the_fake loop;
    loop.cloud.script({.what = zenwire::scripted_fault::kind::not_sent});
    const auto key = zenwire::fake_cloud::known_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    const zenwire::modify_instance_traffic_package action{zenwire::fake_cloud::known_instance_id,
                                                          *zenwire::traffic_package_size::parse("2")};
    order_in_flight<loop_over_the_fake> order{loop, {client, action}};
    order.go_on(order.exchange.next(loop.now()));
    loop.run();
    std::cout << loop.succeeded << ' ' << loop.waits << ' ' << loop.cloud.orders().size() << '\n';
    return loop.succeeded && loop.waits == 1 && loop.cloud.orders().size() == 1 ? 0 : 1;
}
