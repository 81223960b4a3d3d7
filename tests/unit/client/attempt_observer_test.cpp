// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/send_action.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/owning.hpp>
#include <zenwire/action/raw_action.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../samples.hpp"

namespace {

using zenwire::fake_cloud;
using zenwire::scripted_fault;
using report = zenwire::attempt_report;

/// What an observer was told, with copies of what its views show.
struct told {
    std::uint32_t number;
    int http_status;
    std::string request_id;
    std::optional<zenwire::errc> code;
    std::optional<std::int64_t> wait;
};

struct watched_cloud {
    watched_cloud() { cloud.add(key); }

    template <class Action>
    auto send(Action const& action) {
        const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
        return zenwire::send_action(client, action, cloud, cloud, [this](report const& each) {
            seen.push_back({each.number, each.http_status, std::string(each.request_id),
                            each.failure != nullptr ? std::optional(each.failure->code) : std::nullopt,
                            each.wait ? std::optional(each.wait->count()) : std::nullopt});
        });
    }

    zenwire::access_key key = fake_cloud::known_key();
    fake_cloud cloud = fake_cloud::with_one_instance();
    std::vector<told> seen{};
};

const zenwire::describe_instance_internet_status question{fake_cloud::known_instance_id};

}  // namespace

TEST_CASE("an observer is told of each attempt: its number, status, request id, and how long the next one waits") {
    watched_cloud watched;
    watched.cloud.script({.what = scripted_fault::kind::not_sent});
    watched.cloud.script(scripted_fault::canned(zenwire::fake_responses::too_many_requests(3)));

    const auto result = watched.send(question);

    REQUIRE(result.has_value());
    REQUIRE(watched.seen.size() == 3);
    CHECK(watched.seen[0].number == 1);
    CHECK(watched.seen[0].http_status == 0);
    CHECK(watched.seen[0].request_id.empty());
    CHECK(watched.seen[0].code == zenwire::errc::not_sent);
    CHECK(watched.seen[0].wait.has_value());
    CHECK(watched.seen[1].number == 2);
    CHECK(watched.seen[1].http_status == 429);
    CHECK_FALSE(watched.seen[1].request_id.empty());
    CHECK(watched.seen[1].code == zenwire::errc::rate_limited);
    CHECK(watched.seen[1].wait.value_or(0) >= 3000);
    CHECK(watched.seen[2].number == 3);
    CHECK(watched.seen[2].http_status == 200);
    CHECK(watched.seen[2].request_id == result->request_id);
    CHECK_FALSE(watched.seen[2].code.has_value());
    CHECK_FALSE(watched.seen[2].wait.has_value());
}

TEST_CASE("an observer is told that no attempt follows the last failure") {
    watched_cloud watched;
    watched.cloud.script({.what = scripted_fault::kind::response_lost});

    const auto result =
        watched.send(zenwire::modify_instance_traffic_package{fake_cloud::known_instance_id, sample::size("2")});

    REQUIRE_FALSE(result.has_value());
    REQUIRE(watched.seen.size() == 1);
    CHECK(watched.seen[0].code == zenwire::errc::outcome_unknown);
    CHECK_FALSE(watched.seen[0].wait.has_value());
}

TEST_CASE("an observer is not called for what is refused before anything is sent") {
    watched_cloud watched;

    const auto result = watched.send(zenwire::modify_instance_traffic_package{"", sample::size("2")});

    CHECK_FALSE(result.has_value());
    CHECK(watched.seen.empty());
}

TEST_CASE("an observer is told the request id of a raw action, too") {
    watched_cloud watched;
    char text[1000];

    const auto result = watched.send(
        zenwire::raw_action{"DescribeInstanceInternetStatus", R"({"instanceId":"932237369560662463"})",
                            zenwire::raw_action_effect::reads, text});

    REQUIRE(result.has_value());
    REQUIRE(watched.seen.size() == 1);
    CHECK(watched.seen[0].request_id == result->request_id);
}

TEST_CASE("an observer is told the request id of a response that owns its memory, too") {
    watched_cloud watched;

    const auto result = watched.send(zenwire::owning{zenwire::describe_instances{}});

    REQUIRE(result.has_value());
    REQUIRE(watched.seen.size() == 1);
    CHECK(watched.seen[0].request_id == (*result)->request_id);
}

TEST_CASE("whoever drives an exchange reads the same of its last attempt") {
    const zenwire::access_key key = fake_cloud::known_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    zenwire::request_exchange exchange(client, question);
    CHECK(exchange.last_attempt().number == 0);

    exchange.next(sample::time);
    const zenwire::exchange_step step = exchange.send_failed(zenwire::transport_failure::not_sent);

    const report last = exchange.last_attempt();
    CHECK(last.number == 1);
    CHECK(last.wait == step.wait);
    REQUIRE(last.failure != nullptr);
    CHECK(last.failure->code == zenwire::errc::not_sent);
}
