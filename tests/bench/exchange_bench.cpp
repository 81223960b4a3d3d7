// SPDX-License-Identifier: BSL-1.0
#include <zenwire/zenwire.hpp>

#include "row.hpp"
#include "sample.hpp"

void bench::add_exchange_rows() {
    static const zenwire::client client(sample::service, sample::endpoint, sample::key);
    const auto make_request = [] {
        return zenwire::make_request(sample::action, *client.prepared(), sample::key, sample::now);
    };
    const auto parse_response = [] {
        return zenwire::parse_response<sample::action_type>(sample::service, {200, sample::success, {}});
    };
    bench::row("one exchange, without the network", "make_request and parse_response", [=] {
        auto request = make_request();
        benchmark::DoNotOptimize(request);
        return parse_response();
    });
    bench::row("one exchange, without the network", "request_exchange", [] {
        zenwire::request_exchange exchange(client, sample::action);
        exchange.next(sample::now);
        auto request = exchange.request();
        benchmark::DoNotOptimize(request);
        exchange.receive({200, sample::success, {}}, sample::now);
        return exchange.result().has_value();
    });
}
