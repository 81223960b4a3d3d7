// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: whatever bodies a client sends to the fake cloud, each response is one of the API: 200 with a `response`, or 4xx with a
/// `code`, and the request id once or twice the same; the library reads what the cloud calls a success; and after each response the
/// books agree with the orders.
///
/// Each line is a request: its first byte chooses the action, the second one the service, the rest is the body.

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

namespace {

namespace json = boost::json;
using zenwire::service;

constexpr service services[] = {zenwire::services::bmc_2026_02_01, zenwire::services::vm_2026_04_01,
                                zenwire::services::zbc_2024_08_08, zenwire::services::bmc_2022_11_20,
                                zenwire::services::vm_2023_03_13};

zenwire::access_key const& key() {
    static const zenwire::access_key key =
        *zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    return key;
}

void furnish(zenwire::fake_cloud& cloud) {
    cloud.add(*zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password")));
    cloud.settings().processing_seconds = 0;
    cloud.set_balance_cents(1'000'000);
    for (const char* name : {"bmc", "vm"}) {
        cloud.add({.id = "p", .service = name});
        zenwire::fake_instance other;
        other.id = "b";
        other.service = name;
        other.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
        other.size.reset();
        other.bandwidth = 200;
        cloud.add(other);
    }
    cloud.add(zenwire::fake_resource());
}

template <class Action>
bool is_read(service const& of, zenwire::response_view const& response) {
    if constexpr (requires { Action::response::has_lists; }) {
        return zenwire::owned_response<typename Action::response>::parse(response, true).has_value();
    } else {
        return zenwire::parse_response<Action>(of, response).has_value();
    }
}

struct known_action {
    std::string_view name;
    bool (*is_offered)(service const&);
    bool (*is_read)(service const&, zenwire::response_view const&);
};

template <class... Actions>
constexpr auto actions_of(zenwire::detail::action_list<Actions...>) {
    return std::array{known_action{Actions::name, zenwire::detail::is_offered<Actions>, is_read<Actions>}...,
                      known_action{"DescribeZones", nullptr, nullptr}};
}
constexpr auto actions = actions_of(zenwire::detail::all_actions());

void check_answer(zenwire::fake_response const& answer, known_action const& action, service const& of) {
    boost::system::error_code broken;
    const json::value document = json::parse(answer.body, broken);
    require(!broken && document.is_object(), "a response is a JSON object");
    json::object const& top = document.as_object();
    json::value const* const id = top.if_contains("requestId");
    json::value const* const code = top.if_contains("code");
    json::value const* const response = top.if_contains("response");
    require(id != nullptr && id->is_string(), "a response has a request id");
    if (answer.status != 200) {
        require(answer.status >= 400 && answer.status < 500, "a refusal has the status of one");
        require(code != nullptr && code->is_string() && response == nullptr, "a refusal has a code and no response");
        return;
    }
    require(response != nullptr && response->is_object() && code == nullptr, "a success has a response and no code");
    json::value const* const inner = response->as_object().if_contains("requestId");
    require(inner != nullptr && *inner == *id, "both request ids are the same");
    require(action.is_read != nullptr, "an action that nobody knows is refused");
    // a list has the shape of its service
    require(!action.is_offered(of) || action.is_read(of, zenwire::response_adapter(answer).view()),
            "the library reads what the fake cloud writes");
}

void check_books(zenwire::fake_cloud const& cloud) {
    std::int64_t balance = 0;
    std::int64_t spent = 0;
    for (zenwire::fake_booking const& each : cloud.bookings()) {
        balance += each.cents;
        spent -= each.order_number.empty() ? 0 : each.cents;
        require(balance == each.balance_cents, "a movement leaves what it says");
    }
    std::int64_t ordered = 0;
    for (zenwire::fake_order const& each : cloud.orders()) {
        ordered += each.paid_cents;
    }
    require(cloud.balance_cents() == balance && balance >= 0, "the balance is the sum of the movements");
    require(spent == ordered, "what was spent was ordered");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    constexpr int max_requests = 8;
    fuzz_input input(data, size);
    zenwire::fake_cloud cloud;
    furnish(cloud);
    for (int i = 0; i < max_requests && !input.empty(); ++i) {
        known_action const& action = actions[static_cast<std::uint8_t>(input.byte() - 'a') % std::size(actions)];
        service const& of = services[static_cast<std::uint8_t>(input.byte() - 'a') % std::size(services)];
        const std::string_view body = input.line();
        char head[zenwire::limits::request_head];
        const auto endpoint = zenwire::request_template<>::make(of, zenwire::endpoint());
        const auto request = zenwire::sign_body(head, action.name, body, *endpoint, key(), cloud.now());
        require(request.has_value(), "any body can be signed");
        const auto answer = cloud(request->view());
        require(answer.has_value(), "the fake cloud answers");
        check_answer(*answer, action, of);
        check_books(cloud);
        cloud.sleep_for(zenwire::milliseconds(1000));
    }
    return 0;
}
