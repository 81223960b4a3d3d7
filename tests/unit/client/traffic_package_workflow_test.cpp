// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/traffic_package_workflow.hpp>

#include <cstdint>
#include <string>
#include <string_view>
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
using kind = workflow_verdict::kind;

constexpr std::string_view instance_id = "932237369560662463";

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
            if (sent.back() == faulty_action) {
                cloud.script(fault);
                faulty_action = {};
            }
            return cloud(request);
        };
        return run(std::move(machine), transport);
    }

    template <class Transport>
    workflow_verdict run(workflow machine, Transport&& transport) {
        return zenwire::run_workflow(
            machine, transport, cloud,
            [this](std::span<char const> bytes) {
                orders_when_saved.push_back(cloud.orders().size());
                saved.assign(bytes.begin(), bytes.end());
                return saves;
            },
            [this](workflow const&) { return agrees; });
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
    std::string_view faulty_action{};
    scripted_fault fault{};
    bool saves = true;
    bool agrees = true;
    std::vector<std::string> sent;
    std::vector<std::int64_t> sent_at;
    std::vector<std::size_t> orders_when_saved;
    std::vector<char> saved;
};

constexpr std::string_view modify = "ModifyInstanceTrafficPackage";
constexpr auto refusal = zenwire::api_code::operation_denied_instance_traffic_package_processing;

}  // namespace

TEST_CASE("an upgrade is looked at, priced, saved, ordered and watched until it is effective") {
    job sut;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::reached);
    CHECK(verdict.order_number.view() == sut.cloud.orders().at(0).number);
    CHECK(sut.instance->size == sample::size("2"));
    CHECK(sut.sent == std::vector<std::string>{"DescribeInstances", "DescribeInstanceInternetStatus",
                                               "InquiryPriceInstanceTrafficPackage", std::string(modify),
                                               "DescribeInstanceInternetStatus"});
}

TEST_CASE("the bytes are saved before the order is sent, and again when it was accepted") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    CHECK(sut.orders_when_saved == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a downgrade ends as planned") {
    job sut;
    CHECK(sut.run(sut.change("0.5")).what == kind::planned);
    CHECK(sut.instance->planned_size == sample::size("0.5"));
}

TEST_CASE("an instance that has the size already is not ordered for") {
    job sut;
    CHECK(sut.run(sut.change("1")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("nothing is ordered when the bytes cannot be saved") {
    job sut;
    sut.saves = false;
    CHECK(sut.run(sut.change("2")).what == kind::not_reached);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("nothing is ordered when the caller does not confirm") {
    job sut;
    sut.agrees = false;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::declined);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a price above the limit is not paid, one that equals it is") {
    job dear;
    dear.options.price_limit = zenwire::decimal(79);
    CHECK(dear.run(dear.change("2")).what == kind::not_reached);
    CHECK(dear.times_sent(modify) == 0);
    job fair;
    fair.options.price_limit = zenwire::decimal(80);
    CHECK(fair.run(fair.change("2")).what == kind::reached);
}

TEST_CASE("the first look at an accepted order comes after 10 s, further ones at least 5 s apart") {
    job sut;
    sut.cloud.settings().processing_seconds = 23;
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    REQUIRE(sut.sent_at.size() == 8);
    CHECK(sut.sent_at[4] - sut.sent_at[3] == 10);
    CHECK(sut.sent_at[5] - sut.sent_at[4] == 5);
    CHECK(sut.sent_at[6] - sut.sent_at[5] == 5);
}

TEST_CASE("an order whose answer was lost is found, not sent again") {
    job sut;
    sut.faulty_action = modify;
    sut.fault = {scripted_fault::kind::answer_lost};
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("an order that was lost is sent again only after its signature has expired") {
    job sut;
    sut.faulty_action = modify;
    sut.fault = {scripted_fault::kind::request_lost};
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    REQUIRE(sut.times_sent(modify) == 2);
    CHECK(sut.cloud.orders().size() == 1);
    CHECK(sut.cloud.orders()[0].placed_at.count() - sut.sent_at[3] > 310);
}

TEST_CASE("an order that arrives late is found, not sent again") {
    for (const std::int64_t seconds : {5, 150, 300}) {
        CAPTURE(seconds);
        job sut;
        sut.faulty_action = modify;
        sut.fault = scripted_fault::late(seconds);
        CHECK(sut.run(sut.change("2")).what == kind::reached);
        CHECK(sut.times_sent(modify) == 1);
        CHECK(sut.cloud.orders().size() == 1);
    }
}

TEST_CASE("a look that was sent before the signature expired proves nothing, however late its answer comes") {
    job sut;
    sut.options.most_orders = 1;
    std::int64_t ordered_at = 0;
    std::int64_t slow_looks = 0;
    const auto transport = [&](zenwire::request_view const& request) {
        const std::int64_t now = sut.cloud.now().count();
        if (request.fields.value_of("x-zc-action") == modify) {
            ordered_at = now;
            sut.cloud.script(scripted_fault::late(299));
        } else if (ordered_at != 0 && now >= ordered_at + 295 && slow_looks == 0) {
            ++slow_looks;
            sut.cloud.script(scripted_fault::slow(30));
        }
        auto answer = sut.cloud(request);
        if (answer) {
            // dated by a gateway, when it passes the answer on
            answer->fields = {{"date", std::string(zenwire::http_date_text(sut.cloud.now()).view())}};
        }
        return answer;
    };
    CHECK(sut.run(sut.change("2"), transport).what == kind::reached);
    CHECK(slow_looks == 1);
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("after an order was refused there is one more look, since a copy of it may have been executed") {
    job sut;
    sut.faulty_action = modify;
    sut.fault = scripted_fault::masked(zenwire::fake_answers::api_error(refusal));
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.sent.back() == "DescribeInstanceInternetStatus");
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("a copy of a refused order that is still being carried out is watched to its end") {
    job sut;
    sut.cloud.settings().processing_seconds = 23;
    sut.faulty_action = modify;
    sut.fault = scripted_fault::masked(zenwire::fake_answers::api_error(refusal));
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("an order that was refused and shows nowhere ends with the refusal") {
    job sut;
    sut.faulty_action = modify;
    sut.fault = scripted_fault::canned(zenwire::fake_answers::api_error(refusal));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == refusal);
    CHECK(sut.sent.back() == "DescribeInstanceInternetStatus");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("a lost order under a bearer token is never sent again, for nothing ends its validity") {
    job sut(sample::token());
    sut.faulty_action = modify;
    sut.fault = {scripted_fault::kind::request_lost};
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("an instance that could not be looked at is unknown, and the failure says that nothing was ordered") {
    job sut;
    sut.faulty_action = "DescribeInstances";
    sut.fault = scripted_fault::canned(zenwire::fake_answers::challenge());
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
}

TEST_CASE("a planned downgrade is cancelled") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    CHECK(sut.run(sut.cancel()).what == kind::reached);
    CHECK_FALSE(sut.instance->planned_size.has_value());
}

TEST_CASE("a job goes on from its saved bytes and finds the order of the process before") {
    job sut;
    sut.faulty_action = modify;
    sut.fault = {scripted_fault::kind::answer_lost};
    auto first = sut.change("2");
    workflow_step step = first.next(sut.cloud.now());
    std::vector<char> bytes;
    for (bool is_ordered = false; !is_ordered;) {
        if (step.what == workflow_step::kind::confirm) {
            step = first.confirm(true, sut.cloud.now());
        } else if (step.what == workflow_step::kind::save) {
            bytes.assign(first.saved_bytes().begin(), first.saved_bytes().end());
            step = first.saved(sut.cloud.now());
        } else {
            is_ordered = first.request().fields.value_of("x-zc-action") == modify;
            const auto answer = sut.cloud(first.request());
            if (!is_ordered) {
                step = first.receive(zenwire::response_adapter(*answer).view(), sut.cloud.now());
            }
        }
    }
    auto second = zenwire::traffic_package_workflow<zenwire::access_key>::resume(sut.client, bytes);
    REQUIRE(second);
    CHECK(sut.run(std::move(*second)).what == kind::reached);
    CHECK(sut.times_sent(modify) == 0);
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("a job goes on only where it began: the same service at the same endpoint") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    using workflow = zenwire::traffic_package_workflow<zenwire::access_key>;
    const zenwire::access_key key = sample::key();
    const auto code_at = [&](zenwire::service const& service, std::string_view endpoint) {
        const zenwire::client client(service, *zenwire::endpoint::make(endpoint), key);
        return code_of(workflow::resume(client, sut.saved));
    };
    const auto prepared = sut.client.prepared();
    CHECK(code_at(prepared->service(), prepared->authority()) == errc{});
    CHECK(code_at(prepared->service(), "127.0.0.1:1") == errc::invalid_parameter);
    CHECK(code_at(zenwire::services::vm_2026_04_01, prepared->authority()) == errc::invalid_parameter);
}

TEST_CASE("saved bytes that were damaged anywhere are refused") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    for (std::size_t i = 0; i < sut.saved.size(); ++i) {
        std::vector<char> damaged = sut.saved;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        CHECK(code_of(zenwire::workflow_bytes::read(damaged)) == errc::invalid_parameter);
    }
}
