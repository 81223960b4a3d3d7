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
