// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: whatever comes of its requests, a job that is driven by run_workflow() hands out at most one order that may have arrived,
/// tells nothing of an order that did not leave, and comes to an end; and a question that only reads succeeds by no other status than
/// 200.
///
/// The first byte chooses the size; the rest are the lines of a zenwire::fuzzed_transport.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <zenwire/testing/fuzzed_transport.hpp>
#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

namespace {

constexpr std::string_view sizes[] = {"0.15", "0.05", "0.1", "0", "1000000"};
constexpr std::size_t most_requests = 100'000;

using transport_result = zenwire::expected<zenwire::fake_response, zenwire::transport_error>;

void check_job(zenwire::fuzzed_transport network, std::string_view size, zenwire::client<zenwire::access_key> const& client) {
    std::size_t orders_that_may_have_left = 0;
    auto job = zenwire::traffic_package_workflow<zenwire::access_key>::change(client, zenwire::instance_id("i"),
                                                                          *zenwire::traffic_package_size::parse(size));
    const auto watched = [&](zenwire::request_view const& request) -> transport_result {
        require(network.requests_seen() < most_requests, "a job comes to an end");
        const bool is_order =
            request.fields.value_of("x-zc-action") == zenwire::modify_instance_traffic_package::name;
        transport_result result = network(request);
        const bool is_surely_not_sent = !result && result.error().failure == zenwire::transport_failure::not_sent;
        orders_that_may_have_left += is_order && !is_surely_not_sent ? 1 : 0;
        return result;
    };
    const auto verdict = zenwire::run_workflow(
        job, watched, network, [](std::span<char const>, zenwire::save_mode) { return true; }, [](auto const&) { return true; });
    require(orders_that_may_have_left <= 1, "at most one order may have left");
    require(orders_that_may_have_left != 0 || verdict.order == zenwire::workflow_verdict::order_kind::none,
            "nothing is said of an order that did not leave");
}

void check_question(zenwire::fuzzed_transport network, zenwire::client<zenwire::access_key> const& client) {
    zenwire::attempt_report last;
    const auto result = zenwire::send_action(client, zenwire::describe_instance_internet_status{"i"}, network, network,
                                             [&](zenwire::attempt_report const& report) {
                                                 require(report.number == last.number + 1, "attempts are counted");
                                                 last.number = report.number;
                                                 last.http_status = report.http_status;
                                                 last.wait = report.wait;
                                             });
    require(last.number == network.requests_seen(), "each attempt is told of");
    require(!last.wait, "nothing follows the last attempt");
    require(!result || last.http_status == 200, "a success has status 200");
    require(result || result.error().http_status == last.http_status, "the last attempt is the one that the result is of");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    static const auto key =
        zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    static const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key);
    const zenwire::fuzzed_transport network(data + 1, size - 1);
    check_job(network, sizes[data[0] % std::size(sizes)], client);
    check_question(network, client);
    return 0;
}
