// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/traffic_package_workflow.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/client/run_workflow.hpp>
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/testing/http_date_text.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::errc;
using zenwire::fake_cloud;
using zenwire::scripted_fault;
using zenwire::workflow_step;
using zenwire::workflow_verdict;
using instance_kind = workflow_verdict::instance_kind;
using order_kind = workflow_verdict::order_kind;

constexpr std::string_view instance_id = "932237369560662463";

/// What goes wrong with the request of that number for an action.
struct planned_fault {
    std::string_view action;
    std::size_t number;
    scripted_fault fault;
};

/// A job on a cloud with one instance of 1 TB; every request is noted with its time, and every saved text is kept.
template <class Credential = zenwire::access_key>
struct job {
    using workflow = zenwire::traffic_package_workflow<Credential>;

    explicit job(Credential given = sample::key())
        : credential(std::move(given)), client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), credential) {
        cloud.add(sample::key());
        cloud.add(sample::token());
        zenwire::fake_instance made;
        made.id = instance_id;
        instance = &cloud.add(made);
    }

    workflow change(std::string_view terabytes) {
        return workflow::change(client, instance_id, sample::size(terabytes), options);
    }
    workflow cancel() { return workflow::cancel_downgrade(client, instance_id, options); }

    workflow_verdict run(workflow machine) {
        const auto transport = [this](zenwire::request_view const& request) {
            sent.emplace_back(request.fields.value_of("x-zc-action"));
            sent_at.push_back(cloud.now().count());
            const auto fault = std::find_if(faults.begin(), faults.end(), [&](planned_fault const& each) {
                return each.action == sent.back() && each.number == times_sent(each.action);
            });
            if (fault != faults.end()) {
                cloud.script(fault->fault);
            }
            return cloud(request);
        };
        return run(std::move(machine), transport);
    }

    template <class Transport>
    workflow_verdict run(workflow machine, Transport&& transport) {
        return zenwire::run_workflow(
            machine, transport, cloud,
            [this](std::span<char const> bytes, zenwire::save_mode mode) {
                save_modes.push_back(mode);
                orders_when_saved.push_back(cloud.orders().size());
                saved.assign(bytes.begin(), bytes.end());
                return saves;
            },
            [this](workflow const&) { return agrees; });
    }

    /// Plans what goes wrong with the request of that number, from 1, for an action.
    void fail(std::string_view action, scripted_fault fault, std::size_t number = 1) {
        faults.push_back({action, number, std::move(fault)});
    }

    [[nodiscard]] std::size_t times_sent(std::string_view action) const {
        std::size_t count = 0;
        for (std::string const& each : sent) {
            count += each == action ? 1U : 0U;
        }
        return count;
    }

    Credential credential;
    zenwire::client<Credential> client;
    fake_cloud cloud;
    zenwire::fake_instance* instance = nullptr;
    zenwire::workflow_options options;
    std::vector<planned_fault> faults;
    bool saves = true;
    bool agrees = true;
    std::vector<std::string> sent;
    std::vector<std::int64_t> sent_at;
    std::vector<std::size_t> orders_when_saved;
    std::vector<zenwire::save_mode> save_modes;
    std::vector<char> saved;
};

constexpr std::string_view find = "DescribeInstances";
constexpr std::string_view look = "DescribeInstanceInternetStatus";
constexpr std::string_view inquire = "InquiryPriceInstanceTrafficPackage";
constexpr std::string_view modify = "ModifyInstanceTrafficPackage";
constexpr auto refusal = zenwire::api_code::operation_denied_instance_traffic_package_processing;

/// An answer with this text as its `response`, from a server that tells no time.
scripted_fault answer(std::string_view response) {
    return scripted_fault::canned(
        {200, R"({"requestId":"T","response":{"requestId":"T",)" + std::string(response) + "}}"});
}
/// What a look shows of an instance of 1 TB.
scripted_fault sight(std::string_view status, std::string_view more = "") {
    return answer(R"("instanceId":"932237369560662463","trafficPackageSize":1,"modifiedTrafficPackageStatus":")" +
                  std::string(status) + '"' + std::string(more));
}

}  // namespace

TEST_CASE("an upgrade is looked at, priced, saved, ordered and watched until it is effective") {
    job sut;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::accepted);
    CHECK(verdict.order_number.view() == sut.cloud.orders().at(0).number);
    CHECK(verdict.size_before == sample::size("1"));
    CHECK_FALSE(verdict.failure.has_value());
    CHECK(sut.instance->size == sample::size("2"));
    CHECK(sut.sent == std::vector<std::string>{"DescribeInstances", "DescribeInstanceInternetStatus",
                                               "InquiryPriceInstanceTrafficPackage", std::string(modify),
                                               "DescribeInstanceInternetStatus"});
}

TEST_CASE("an order whose answer was lost is found, not sent again") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::answer_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("an order that was lost is not sent again: the verdict is that nobody knows") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("a look that says Enable and names another planned size proves nothing: nothing is ordered on it") {
    job sut;
    sut.agrees = true;
    for (std::size_t i = 1; i < 4; ++i) {
        sut.fail(look, sight("Enable", R"(,"modifiedTrafficPackageSize":3)"), i);
    }
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::unclear_state);
    CHECK(sut.times_sent(look) == 3);
    CHECK(sut.times_sent(modify) == 0);
}
