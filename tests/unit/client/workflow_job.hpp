// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_CLIENT_WORKFLOW_JOB_HPP
#define ZENWIRE_TESTS_UNIT_CLIENT_WORKFLOW_JOB_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/client/run_workflow.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace zenwire {

inline doctest::String toString(workflow_verdict::instance_kind kind) {
    constexpr char const* names[] = {"not seen", "unchanged", "in progress", "planned", "reached", "conflict"};
    return names[static_cast<std::size_t>(kind)];
}
inline doctest::String toString(workflow_verdict::order_kind kind) {
    constexpr char const* names[] = {"none", "refused", "accepted", "unknown"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace zenwire

/// A job of traffic_package_workflow on a fake cloud, for the tests of the machine.
namespace workflow_tests {

using instance_kind = zenwire::workflow_verdict::instance_kind;
using order_kind = zenwire::workflow_verdict::order_kind;
using zenwire::errc;
using zenwire::scripted_fault;
using zenwire::unix_seconds;
using zenwire::workflow_step;
using zenwire::workflow_verdict;
namespace fake_responses = zenwire::fake_responses;

inline constexpr std::string_view instance_id = "932237369560662463";
inline constexpr std::string_view find = "DescribeInstances";
inline constexpr std::string_view look = "DescribeInstanceInternetStatus";
inline constexpr std::string_view inquire = "InquiryPriceInstanceTrafficPackage";
inline constexpr std::string_view modify = "ModifyInstanceTrafficPackage";
inline constexpr std::string_view cancel_downgrade = "CancelInstanceTrafficPackageDowngrade";

/// What goes wrong with the request of that number for an action.
struct planned_fault {
    std::string_view action;
    std::size_t first;
    std::size_t last;
    scripted_fault fault;
};

/// A response with this text as its `response`, from a server that tells no time.
inline scripted_fault answer(std::string_view response) {
    return scripted_fault::canned({200, R"({"requestId":"T","response":{"requestId":"T")" +
                                            std::string(response.empty() ? "" : ",") + std::string(response) + "}}"});
}
/// What a look shows of an instance of 1 TB.
inline scripted_fault sight(std::string_view status, std::string_view more = "") {
    return answer(R"("instanceId":"932237369560662463","trafficPackageSize":1,"modifiedTrafficPackageStatus":")" +
                  std::string(status) + '"' + std::string(more));
}

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
    /// Goes on from the bytes that were saved last.
    workflow resume() {
        auto resumed = workflow::resume(client, saved, options);
        REQUIRE(resumed.has_value());
        return *std::move(resumed);
    }

    workflow_verdict run(workflow machine) { return drive(machine); }
    workflow_verdict drive(workflow& machine) {
        return zenwire::run_workflow(
            machine, [this](zenwire::request_view const& request) { return send(request); }, *this,
            [this](std::span<char const> bytes, zenwire::save_mode mode) {
                orders_when_saved.push_back(cloud.order_requests().size());
                save_modes.push_back(mode);
                on_save();
                if (saves) {
                    saved.assign(bytes.begin(), bytes.end());
                }
                return saves;
            },
            [this](workflow const& asking) {
                prices_shown.push_back(asking.prices().empty() ? std::nullopt : asking.prices()[0].discount_price);
                on_confirm();
                return agrees;
            });
    }

    // What a runtime has; its clock is the cloud's, but for what the test does to it.
    unix_seconds now() {
        on_now();
        return clock ? clock() : cloud.now();
    }
    void sleep_for(zenwire::milliseconds time) {
        slept += time.count();
        on_sleep(time);
        cloud.sleep_for(time);
    }
    [[nodiscard]] std::uint32_t jitter() const { return 0; }

    zenwire::expected<zenwire::fake_response, zenwire::transport_error> send(zenwire::request_view const& request) {
        sent.emplace_back(request.fields.value_of("x-zc-action"));
        sent_at.push_back(cloud.now().count());
        timestamps.emplace_back(request.fields.value_of("x-zc-timestamp"));
        bodies.emplace_back(request.body);
        const std::size_t number = times_sent(sent.back());
        before_send(sent.back(), number);
        for (planned_fault const& each : faults) {
            if (each.action == sent.back() && each.first <= number && number <= each.last) {
                cloud.script(each.fault);
                break;
            }
        }
        auto response = cloud(request);
        after_send(sent.back(), number);
        return response;
    }

    /// Plans what goes wrong with the request of that number, from 1, for an action.
    void fail(std::string_view action, scripted_fault fault, std::size_t number = 1) {
        faults.push_back({action, number, number, std::move(fault)});
    }
    /// The same for all requests from that number on.
    void fail_from(std::string_view action, scripted_fault fault, std::size_t number = 1) {
        faults.push_back({action, number, SIZE_MAX, std::move(fault)});
    }

    [[nodiscard]] std::size_t times_sent(std::string_view action) const {
        return static_cast<std::size_t>(std::count(sent.begin(), sent.end(), action));
    }
    /// When the N-th request for an action was sent, from 1.
    [[nodiscard]] std::int64_t time_of(std::string_view action, std::size_t number) const {
        for (std::size_t i = 0; i < sent.size(); ++i) {
            number -= sent[i] == action ? 1U : 0U;
            if (number == 0) {
                return sent_at[i];
            }
        }
        FAIL("there was no such request");
        return 0;
    }
    [[nodiscard]] zenwire::workflow_record record() const {
        const auto read = zenwire::workflow_bytes::parse(saved);
        REQUIRE(read.has_value());
        return *read;
    }

    Credential credential;
    zenwire::client<Credential> client;
    zenwire::fake_cloud cloud;
    zenwire::fake_instance* instance = nullptr;
    zenwire::workflow_options options;
    std::vector<planned_fault> faults;
    std::function<unix_seconds()> clock;
    std::function<void(std::string_view, std::size_t)> before_send = [](std::string_view, std::size_t) {};
    std::function<void(std::string_view, std::size_t)> after_send = [](std::string_view, std::size_t) {};
    std::function<void()> on_now = [] {};
    std::function<void(zenwire::milliseconds)> on_sleep = [](zenwire::milliseconds) {};
    std::function<void()> on_save = [] {};
    std::function<void()> on_confirm = [] {};
    bool saves = true;
    bool agrees = true;
    std::int64_t slept = 0;
    std::vector<std::string> sent;
    std::vector<std::int64_t> sent_at;
    std::vector<std::string> timestamps;
    std::vector<std::string> bodies;
    std::vector<std::size_t> orders_when_saved;
    std::vector<zenwire::save_mode> save_modes;
    std::vector<std::optional<zenwire::decimal>> prices_shown;
    std::vector<char> saved;
};

}  // namespace workflow_tests

#endif
