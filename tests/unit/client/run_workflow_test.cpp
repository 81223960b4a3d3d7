// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/run_workflow.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using instance_kind = zenwire::workflow_verdict::instance_kind;
using order_kind = zenwire::workflow_verdict::order_kind;
using workflow = zenwire::traffic_package_workflow<zenwire::access_key>;
using texts = std::vector<std::string>;

constexpr std::string_view instance_id = "932237369560662463";

/// The clock of a cloud, which notes every wait.
struct noting_runtime {
    zenwire::fake_cloud& cloud;
    texts& log;

    [[nodiscard]] zenwire::unix_seconds now() const { return cloud.now(); }
    void sleep_for(zenwire::milliseconds time) {
        log.emplace_back("wait");
        cloud.sleep_for(time);
    }
    [[nodiscard]] std::uint32_t jitter() const { return 0; }
};

/// A job for 2 TB on a cloud with one instance of 1 TB. All that the driver calls is noted, in order.
struct noted_job {
    noted_job() {
        cloud.add(sample::key());
        cloud.add({.id = std::string(instance_id)});
    }

    zenwire::workflow_verdict run() {
        workflow machine = workflow::change(client, instance_id, sample::size("2"));
        return run(machine);
    }
    zenwire::workflow_verdict run(workflow& machine) {
        return zenwire::run_workflow(
            machine,
            [this](zenwire::request_view const& request) {
                log.emplace_back(request.fields.value_of("x-zc-action"));
                return cloud(request);
            },
            noting_runtime{cloud, log},
            [this](std::span<char const> bytes, zenwire::save_mode) {
                log.emplace_back(bytes.empty() ? "save nothing" : "save");
                return saves;
            },
            [this](workflow const& shown) {
                log.emplace_back("confirm");
                shown_prediction = shown.prediction().what;
                return agrees;
            });
    }

    zenwire::access_key key = sample::key();
    zenwire::client<zenwire::access_key> client{zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key};
    zenwire::fake_cloud cloud;
    bool saves = true;
    bool agrees = true;
    texts log;
    zenwire::traffic_package_prediction::kind shown_prediction{};
};

const texts until_confirm{"DescribeInstances", "DescribeInstanceInternetStatus", "InquiryPriceInstanceTrafficPackage",
                          "confirm"};

/// The log, without the waits.
texts without_waits(texts const& log) {
    texts rest;
    for (std::string const& each : log) {
        if (each != "wait") {
            rest.push_back(each);
        }
    }
    return rest;
}

texts operator+(texts first, texts const& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

}  // namespace

TEST_CASE("each step of a job is carried out in the order that the machine asks for") {
    noted_job sut;
    CHECK(sut.run().instance == instance_kind::reached);
    CHECK(without_waits(sut.log) ==
          until_confirm + texts{"save", "ModifyInstanceTrafficPackage", "save", "DescribeInstanceInternetStatus"});
    CHECK(sut.log.size() > without_waits(sut.log).size());
    CHECK(sut.shown_prediction == zenwire::traffic_package_prediction::kind::paid_upgrade);
}

TEST_CASE("without consent nothing is saved and nothing is sent after the question") {
    noted_job sut;
    sut.agrees = false;
    CHECK(sut.run().order == order_kind::none);
    CHECK(without_waits(sut.log) == until_confirm);
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("when the bytes cannot be saved nothing is sent after that") {
    noted_job sut;
    sut.saves = false;
    CHECK(sut.run().order == order_kind::none);
    CHECK(without_waits(sut.log) == until_confirm + texts{"save"});
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("a failure of the transport is told to the machine, which asks again where that is safe") {
    noted_job sut;
    workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
    int failures = 1;
    const auto verdict = zenwire::run_workflow(
        machine,
        [&](zenwire::request_view const& request)
            -> zenwire::expected<zenwire::fake_response, zenwire::transport_error> {
            if (failures-- > 0) {
                return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent));
            }
            return sut.cloud(request);
        },
        noting_runtime{sut.cloud, sut.log}, [](std::span<char const>, zenwire::save_mode) { return true; },
        [](workflow const&) { return true; });
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("a job that is done is not driven on") {
    noted_job sut;
    workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
    const auto first = sut.run(machine);
    sut.log.clear();
    CHECK(sut.run(machine).instance == first.instance);
    CHECK(sut.log.empty());
}

namespace {

struct broken {};

}  // namespace

TEST_CASE("a store is told whether it has to create") {
    noted_job sut;
    std::vector<zenwire::save_mode> modes;
    workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
    static_cast<void>(zenwire::run_workflow(
        machine, sut.cloud, noting_runtime{sut.cloud, sut.log},
        [&](std::span<char const>, zenwire::save_mode mode) {
            modes.push_back(mode);
            return true;
        },
        [](workflow const&) { return true; }));
    CHECK(modes == std::vector{zenwire::save_mode::create, zenwire::save_mode::replace});
}

TEST_CASE("what throws anywhere goes through, and the same job called again goes on with at most one order") {
    // the N-th call of transport, clock, sleep, chance, store or question throws, before or after it did its work
    enum class part { transport, now, sleep, jitter, save, confirm };
    for (const part breaking : {part::transport, part::now, part::sleep, part::jitter, part::save, part::confirm}) {
        for (const bool after : {false, true}) {
            std::size_t failures = 0;
            std::size_t save_failures = 0;
            for (int n = 1;; ++n) {
                CAPTURE(static_cast<int>(breaking));
                CAPTURE(after);
                CAPTURE(n);
                noted_job sut;
                sut.cloud.settings().processing_seconds = 23;
                workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
                int calls = 0;
                const auto breaks = [&](part which, bool is_after) {
                    calls += which == breaking && is_after == after ? 1 : 0;
                    if (which == breaking && is_after == after && calls == n) {
                        throw broken();
                    }
                };
                struct runtime {
                    zenwire::fake_cloud& cloud;
                    decltype(breaks)& step;
                    zenwire::unix_seconds now() {
                        step(part::now, false);
                        step(part::now, true);
                        return cloud.now();
                    }
                    void sleep_for(zenwire::milliseconds time) {
                        step(part::sleep, false);
                        cloud.sleep_for(time);
                        step(part::sleep, true);
                    }
                    std::uint32_t jitter() {
                        step(part::jitter, false);
                        step(part::jitter, true);
                        return 0;
                    }
                } clock{sut.cloud, breaks};
                std::string stored;
                const auto run = [&] {
                    return zenwire::run_workflow(
                        machine,
                        [&](zenwire::request_view const& request) {
                            breaks(part::transport, false);
                            auto response = sut.cloud(request);
                            breaks(part::transport, true);
                            return response;
                        },
                        clock,
                        [&](std::span<char const> bytes, zenwire::save_mode mode) {
                            breaks(part::save, false);
                            if (mode == zenwire::save_mode::create && !stored.empty()) {
                                return false;
                            }
                            stored.assign(bytes.begin(), bytes.end());
                            breaks(part::save, true);
                            return true;
                        },
                        [&](workflow const&) {
                            breaks(part::confirm, false);
                            return true;
                        });
                };
                zenwire::workflow_verdict verdict;
                bool has_thrown = false;
                try {
                    verdict = run();
                } catch (broken const&) {
                    has_thrown = true;
                    verdict = run();
                }
                REQUIRE(sut.cloud.order_requests().size() <= 1);
                CHECK((verdict.order != order_kind::none || sut.cloud.order_requests().empty()));
                // no response was lost; of bytes that a store wrote before it threw nobody knows whose they are
                const bool is_in_the_way = verdict.failure && verdict.failure->code == zenwire::errc::save_failed;
                if (breaking != part::transport) {
                    CHECK((is_in_the_way || verdict.order == order_kind::accepted));
                    CHECK((is_in_the_way || verdict.instance == instance_kind::reached));
                    save_failures += is_in_the_way ? 1 : 0;
                }
                if (!has_thrown) {
                    break;
                }
                ++failures;
            }
            CHECK((failures >= 1 || (breaking == part::confirm && after)));
            CHECK(save_failures == (breaking == part::save && after ? 1 : 0));
        }
    }
}

TEST_CASE("a clock that throws when the bytes were stored ends no job: they are stored again, in their own place") {
    noted_job sut;
    workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
    struct runtime {
        zenwire::fake_cloud& cloud;
        bool throws = false;
        zenwire::unix_seconds now() {
            if (std::exchange(throws, false)) {
                throw broken();
            }
            return cloud.now();
        }
        void sleep_for(zenwire::milliseconds time) { cloud.sleep_for(time); }
        [[nodiscard]] std::uint32_t jitter() const { return 0; }
    } clock{sut.cloud};
    std::vector<zenwire::save_mode> modes;
    const auto run = [&] {
        return zenwire::run_workflow(
            machine, [&](zenwire::request_view const& request) { return sut.cloud(request); }, clock,
            [&](std::span<char const>, zenwire::save_mode mode) {
                clock.throws = modes.empty();
                modes.push_back(mode);
                return true;
            },
            [](workflow const&) { return true; });
    };
    CHECK_THROWS_AS(static_cast<void>(run()), broken);
    CHECK(sut.cloud.order_requests().empty());
    CHECK_FALSE(machine.may_have_ordered());
    // hours later look and price are too old to order on
    sut.cloud.sleep_for(zenwire::milliseconds(7'200'000));
    CHECK(run().instance == instance_kind::reached);
    CHECK(sut.cloud.order_requests().size() == 1);
    CHECK(modes.size() == 4);
    CHECK(modes[1] == zenwire::save_mode::replace);
}

TEST_CASE("a store that throws after it created the bytes ends its job with save_failed, and nothing is ordered") {
    noted_job sut;
    workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
    std::string stored;
    const auto run = [&] {
        return zenwire::run_workflow(
            machine, sut.cloud, noting_runtime{sut.cloud, sut.log},
            [&](std::span<char const> bytes, zenwire::save_mode mode) {
                if (mode == zenwire::save_mode::create && !stored.empty()) {
                    return false;
                }
                stored.assign(bytes.begin(), bytes.end());
                throw broken();
            },
            [](workflow const&) { return true; });
    };
    CHECK_THROWS_AS(static_cast<void>(run()), broken);
    const auto verdict = run();
    CHECK(verdict.order == order_kind::none);
    REQUIRE(verdict.failure.has_value());
    CHECK(verdict.failure->code == zenwire::errc::save_failed);
    CHECK(sut.cloud.order_requests().empty());
}

TEST_CASE("a transport that throws before or after sending the order leaves it unknown") {
    for (const bool is_sent : {false, true}) {
        noted_job sut;
        workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
        bool throws = true;
        const auto run = [&] {
            return zenwire::run_workflow(
                machine,
                [&](zenwire::request_view const& request) {
                    const bool is_order = request.fields.value_of("x-zc-action") == "ModifyInstanceTrafficPackage";
                    if (is_order && !is_sent && throws) {
                        throw broken();
                    }
                    auto response = sut.cloud(request);
                    if (is_order && throws) {
                        throw broken();
                    }
                    return response;
                },
                noting_runtime{sut.cloud, sut.log}, [](std::span<char const>, zenwire::save_mode) { return true; },
                [](workflow const&) { return true; });
        };
        CHECK_THROWS_AS(static_cast<void>(run()), broken);
        CHECK(machine.may_have_ordered());
        CHECK(machine.step().what == zenwire::workflow_step::kind::wait_for);
        throws = false;
        const zenwire::workflow_verdict verdict = run();
        CHECK(verdict.order == order_kind::unknown);
        CHECK(verdict.instance == (is_sent ? instance_kind::reached : instance_kind::unchanged));
        CHECK(sut.cloud.order_requests().size() == (is_sent ? 1U : 0U));
    }
}

TEST_CASE("a request that somebody took before is not sent, and counts as sent") {
    noted_job sut;
    workflow machine = workflow::change(sut.client, instance_id, sample::size("2"));
    REQUIRE(machine.next(sut.cloud.now()).what == zenwire::workflow_step::kind::send);
    static_cast<void>(machine.take_request());
    CHECK(sut.run(machine).instance == instance_kind::reached);
    // the first look was taken before, and is tried again after a wait
    CHECK(sut.log.front() == "wait");
}
