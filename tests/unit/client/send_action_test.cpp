// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/cancel_instance_bandwidth_downgrade.hpp>
#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/modify_instance_bandwidth.hpp>
#include <zenwire/action/raw_action.hpp>
#include <zenwire/client/send_action.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/verification.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::errc;
using zenwire::outcome;
using zenwire::transport_failure;

constexpr std::string_view success = R"({"requestId":"T1","response":{"requestId":"T1","orderNumber":"42"}})";
constexpr std::string_view limited = R"({"requestId":"T2","code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"})";

struct answer {
    int status = 200;
    std::string body{};
    std::vector<std::pair<std::string, std::string>> fields{};
};
using delivery = zenwire::expected<answer, zenwire::transport_error>;

/// A transport that plays what it was told and notes what it was given; at the end of the script it fails.
class scripted_transport {
public:
    explicit scripted_transport(std::vector<delivery> script) : script_(std::move(script)) {}

    delivery operator()(zenwire::request_view const& request) {
        timestamps.emplace_back(request.fields.value_of("x-zc-timestamp"));
        authorizations.emplace_back(request.fields.value_of("authorization"));
        bodies.emplace_back(request.body);
        return bodies.size() <= script_.size()
                   ? script_[bodies.size() - 1]
                   : delivery(zenwire::unexpect, transport_failure::unknown, "the script has ended");
    }

    std::vector<std::string> timestamps;
    std::vector<std::string> authorizations;
    std::vector<std::string> bodies;

private:
    std::vector<delivery> script_;
};

/// A clock that goes on while it sleeps and with each look at it.
struct test_runtime {
    zenwire::unix_seconds now() {
        time = zenwire::unix_seconds(time.count() + 1);
        return time;
    }
    void sleep_for(zenwire::milliseconds wait) {
        waits.push_back(wait.count());
        time = zenwire::unix_seconds(time.count() + wait.count() / 1000);
    }
    std::uint32_t jitter() { return chance; }

    zenwire::unix_seconds time = sample::time;
    std::uint32_t chance = 0;
    std::vector<std::int64_t> waits{};
};

delivery not_sent() { return delivery(zenwire::unexpect, transport_failure::not_sent, "connection refused"); }
delivery lost() { return delivery(zenwire::unexpect, transport_failure::unknown, "time-out"); }

struct job {
    explicit job(std::vector<delivery> script) : transport(std::move(script)) {}

    auto run(std::string_view terabytes = "100") {
        return zenwire::send_action(client, sample::action(terabytes), transport, runtime);
    }
    /// An action that only reads.
    auto look() {
        return zenwire::send_action(client, zenwire::describe_instance_internet_status{"instanceId"}, transport,
                                    runtime);
    }

    zenwire::access_key key = sample::key();
    zenwire::client<zenwire::access_key> client{zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key};
    scripted_transport transport;
    test_runtime runtime{};
};

}  // namespace

TEST_CASE("an action is sent once and its response comes back") {
    job work({answer{200, std::string(success)}});
    const auto result = work.run();
    REQUIRE(code_of(result) == errc{});
    CHECK(result->order_number.view() == "42");
    CHECK(work.transport.bodies == std::vector<std::string>{R"({"instanceId":"instanceId","trafficPackageSize":100})"});
    CHECK(work.runtime.waits.empty());
}

TEST_CASE("a rate limit of an action that reads is waited out with a fresh signature for each attempt") {
    job work({answer{429, std::string(limited)}, not_sent(), answer{429, "<html>", {{"Retry-After", "9"}}},
              answer{200, std::string(success)}});
    REQUIRE(code_of(work.look()) == errc{});
    CHECK(work.runtime.waits == std::vector<std::int64_t>{1000, 2000, 9000});
    REQUIRE(work.transport.timestamps.size() == 4);
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(work.transport.timestamps[i] > work.transport.timestamps[i - 1]);
        CHECK(work.transport.authorizations[i] != work.transport.authorizations[i - 1]);
        CHECK(work.transport.bodies[i] == work.transport.bodies[0]);
    }
}

TEST_CASE("after four attempts the last error is the result") {
    job work(std::vector<delivery>(10, answer{429, std::string(limited)}));
    work.runtime.chance = UINT32_MAX;
    const auto result = work.look();
    REQUIRE(code_of(result) == errc::rate_limited);
    CHECK(result.error().request_id.view() == "T2");
    CHECK(work.transport.bodies.size() == 4);
    CHECK(work.runtime.waits == std::vector<std::int64_t>{1250, 2250, 4250});
}

TEST_CASE("an order whose outcome is unknown is sent no second time") {
    for (const delivery& end :
         {lost(), delivery(answer{502, "<html>"}), delivery(answer{200, std::string(success.substr(0, 40))})}) {
        job work({not_sent(), end, answer{200, std::string(success)}});
        const auto result = work.run();
        REQUIRE(code_of(result) == errc::outcome_unknown);
        CHECK(result.error().outcome == outcome::unknown);
        CHECK(work.transport.bodies.size() == 2);
    }
}

TEST_CASE("an order that was answered is sent no second time, whatever the response, and any action that orders alike") {
    const auto times_sent = [](auto const& action, answer const& only) {
        job work({only, answer{200, std::string(success)}});
        const auto result = zenwire::send_action(work.client, action, work.transport, work.runtime);
        CHECK_FALSE(result.has_value());
        CHECK_FALSE(result.error().retryable());
        CHECK(work.runtime.waits.empty());
        return work.transport.bodies.size();
    };
    char memory[64];
    const zenwire::raw_action order{"CreateInstances", "{}", zenwire::raw_action_effect::orders, memory};
    for (auto const& each :
         {answer{429, std::string(limited)}, answer{503, std::string(limited)}, answer{429, "<html>"}, answer{408, ""},
          answer{302, ""}, answer{403, std::string(success)}, answer{503, ""}}) {
        CAPTURE(each.status);
        CHECK(times_sent(sample::action(), each) == 1);
        CHECK(times_sent(zenwire::modify_instance_bandwidth{"instanceId", 100}, each) == 1);
        CHECK(times_sent(zenwire::cancel_instance_traffic_package_downgrade{"instanceId"}, each) == 1);
        CHECK(times_sent(zenwire::cancel_instance_bandwidth_downgrade{"instanceId"}, each) == 1);
        CHECK(times_sent(order, each) == 1);
    }
}

TEST_CASE("a clock or a jitter that throws loses no response of an order") {
    struct failing_runtime : test_runtime {
        zenwire::unix_seconds now() { return readings++ == 0 ? test_runtime::now() : throw 1; }
        std::uint32_t jitter() { return transport->bodies.empty() ? 0 : throw 2; }
        scripted_transport const* transport = nullptr;
        int readings = 0;
    };
    for (const answer& each : {answer{200, std::string(success)}, answer{429, std::string(limited)}}) {
        job work({each});
        failing_runtime runtime;
        runtime.transport = &work.transport;
        const auto result = zenwire::send_action(work.client, sample::action(), work.transport, runtime);
        CHECK(result.has_value() == (each.status == 200));
        CHECK(work.transport.bodies.size() == 1);
    }
}

TEST_CASE("what breaks a rule never reaches the transport") {
    job work({answer{200, std::string(success)}});
    CHECK(code_of(work.run("0.07")) == errc::invalid_parameter);
    work.runtime.time = zenwire::unix_seconds(sample::time.count() * 1000);
    CHECK(code_of(work.run()) == errc::invalid_timestamp);
    CHECK(work.transport.bodies.empty());
    CHECK(work.runtime.waits.empty());
}

TEST_CASE("the fields of the response reach the error") {
    job work({answer{403, "<html>challenge</html>", {{"CF-Mitigated", "challenge"}}}});
    const auto challenged = work.run();
    CHECK(code_of(challenged) == errc::security_challenge);
    job late({answer{401, R"({"code":"AUTHFAILURE_SIGNATURE_EXPIRED"})", {{"date", "Tue, 10 Jan 2023 15:32:58 GMT"}}}});
    CHECK(late.run().error().clock_offset_seconds == 3600);
}

TEST_CASE("a lambda and temporaries will do as transport and runtime") {
    const auto token = sample::token();
    const zenwire::client client(zenwire::services::vm_2026_04_01, zenwire::endpoint(), token);
    std::string seen;
    const auto result = zenwire::send_action(
        client, sample::action("0.07"),
        [&](zenwire::request_view const& request) -> zenwire::expected<zenwire::response_view, transport_failure> {
            seen = request.fields.value_of("authorization");
            return zenwire::response_view{200, success, {}};
        },
        test_runtime());
    CHECK(code_of(result) == errc{});
    CHECK(seen == "Bearer " + std::string(sample::token_text));
}

TEST_CASE("the server's side accepts what was sent") {
    const auto key = sample::key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    test_runtime runtime;
    const auto result = zenwire::send_action(
        client, sample::action("0.15"),
        [&](zenwire::request_view const& request)
            -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
            return zenwire::response_view{
                zenwire::verify_request(request, key, runtime.time, zenwire::services::bmc_2026_02_01) ? 200 : 401,
                success,
                {}};
        },
        runtime);
    CHECK(code_of(result) == errc{});
}
