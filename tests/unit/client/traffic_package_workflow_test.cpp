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
using kind = workflow_verdict::kind;

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
            [this](std::span<char const> bytes) {
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
    sut.fail(modify, {scripted_fault::kind::answer_lost});
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("an order that was lost is sent again only after its signature has expired") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    REQUIRE(sut.times_sent(modify) == 2);
    CHECK(sut.cloud.orders().size() == 1);
    // of the looks every 5 s, that at 310 s tells nothing yet, that at 315 s that it has expired, that at 320 s that it is absent
    CHECK(sut.cloud.orders()[0].placed_at.count() - sut.sent_at[3] == 320);
}

TEST_CASE("each further order waits until the signature of the one before has expired") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost}, 1);
    sut.fail(modify, {scripted_fault::kind::request_lost}, 2);
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    std::vector<std::int64_t> ordered_at;
    for (std::size_t i = 0; i < sut.sent.size(); ++i) {
        if (sut.sent[i] == modify) {
            ordered_at.push_back(sut.sent_at[i]);
        }
    }
    REQUIRE(ordered_at.size() == 3);
    CHECK(ordered_at[1] - ordered_at[0] > 310);
    CHECK(ordered_at[2] - ordered_at[1] > 310);
}

TEST_CASE("a job that goes on and finds no order sends it, once the signature of the process before has expired") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.options.most_orders = 1;
    CHECK(sut.run(sut.change("2")).what == kind::not_reached);
    const std::int64_t first = sut.sent_at[3];
    REQUIRE(sut.sent[3] == modify);
    sut.sent.clear();
    sut.sent_at.clear();
    sut.faults.clear();
    sut.cloud.set_now(zenwire::unix_seconds(first + 1));

    sut.options.most_orders = 2;
    auto machine = job<>::workflow::resume(sut.client, sut.saved, sut.options);
    REQUIRE(machine);
    CHECK(sut.run(std::move(*machine)).what == kind::reached);
    CHECK(sut.cloud.orders().size() == 1);
    CHECK(sut.cloud.orders().at(0).placed_at.count() - first > 310);
}

TEST_CASE("an order that arrives late is found, not sent again") {
    for (const std::int64_t seconds : {5, 150, 300}) {
        CAPTURE(seconds);
        job sut;
        sut.fail(modify, scripted_fault::late(seconds));
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
    sut.fail(modify, scripted_fault::masked(zenwire::fake_answers::api_error(refusal)));
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.sent.back() == "DescribeInstanceInternetStatus");
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("a copy of a refused order that is still being carried out is watched to its end") {
    job sut;
    sut.cloud.settings().processing_seconds = 23;
    sut.fail(modify, scripted_fault::masked(zenwire::fake_answers::api_error(refusal)));
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("an order that was refused and shows nowhere ends with the refusal") {
    job sut;
    sut.fail(modify, scripted_fault::canned(zenwire::fake_answers::api_error(refusal)));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == refusal);
    CHECK(sut.sent.back() == "DescribeInstanceInternetStatus");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("a lost order under a bearer token is never sent again, for nothing ends its validity") {
    job sut(sample::token());
    sut.fail(modify, {scripted_fault::kind::request_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("an instance that could not be looked at is unknown, and the failure says that nothing was ordered") {
    job sut;
    sut.fail("DescribeInstances", scripted_fault::canned(zenwire::fake_answers::challenge()));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
}

TEST_CASE("a look that meets the limit of requests is tried as often as the client tries anything") {
    job sut;
    for (std::size_t i = 1; i < 10; ++i) {
        sut.fail(find, scripted_fault::canned(zenwire::fake_answers::too_many_requests()), i);
    }
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->code == errc::rate_limited);
    CHECK(sut.times_sent(find) == 4);
    CHECK(sut.sent.size() == 4);
}

TEST_CASE("looks whose answers are lost leave no doubt that nothing was ordered") {
    job sut;
    for (std::size_t i = 1; i < 10; ++i) {
        sut.fail(find, {scripted_fault::kind::answer_lost}, i);
    }
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->code == errc::transport_failed);
    CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
}

TEST_CASE("three orders are sent at most where the caller does not say how many") {
    job sut;
    for (std::size_t i = 1; i < 10; ++i) {
        sut.fail(modify, {scripted_fault::kind::request_lost}, i);
    }
    CHECK(sut.run(sut.change("2")).what == kind::not_reached);
    CHECK(sut.times_sent(modify) == 3);
}

TEST_CASE("an accepted order is watched for an hour where the caller does not say how long") {
    job sut;
    sut.cloud.settings().processing_seconds = 100'000;
    CHECK(sut.run(sut.change("2")).what == kind::in_progress);
    CHECK(sut.sent_at.back() - sut.sent_at.at(4) == 3600);
}

TEST_CASE("a planned downgrade is cancelled") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    CHECK(sut.run(sut.cancel()).what == kind::reached);
    CHECK_FALSE(sut.instance->planned_size.has_value());
}

TEST_CASE("a job goes on from its saved bytes and finds the order of the process before") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::answer_lost});
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
        CHECK(code_of(zenwire::workflow_bytes::parse(damaged)) == errc::invalid_parameter);
    }
}

TEST_CASE("a size that the service does not sell, and an instance without id, end a job before anything is sent") {
    job sut;
    const workflow_verdict odd = sut.run(sut.change("0.07"));
    CHECK(odd.what == kind::not_reached);
    CHECK(odd.failure->code == errc::invalid_parameter);
    const workflow_verdict nameless =
        sut.run(job<>::workflow::cancel_downgrade(sut.client, zenwire::instance_id(), sut.options));
    CHECK(nameless.what == kind::not_reached);
    CHECK(nameless.failure->code == errc::invalid_parameter);
    CHECK(sut.sent.empty());
}

TEST_CASE("a job at a service whose name is too long to be saved ends before anything is sent") {
    job sut;
    const std::string name(zenwire::limits::word, 'x');
    zenwire::service service = zenwire::services::bmc_2022_11_20;
    service.name = name;
    const zenwire::client client(service, zenwire::endpoint(), sut.credential);
    const workflow_verdict verdict = sut.run(job<>::workflow::change(client, instance_id, sample::size("2")));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::invalid_parameter);
    CHECK(sut.sent.empty());
}

TEST_CASE("a client whose options HTTP cannot carry ends a job with that error, and resumes none") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    sut.sent.clear();
    zenwire::client_options options;
    options.request.request_client = "a\nb";
    const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), sut.credential, options);
    REQUIRE_FALSE(client.prepared());
    const workflow_verdict verdict = sut.run(job<>::workflow::change(client, instance_id, sample::size("2")));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == client.prepared().error().code);
    CHECK(code_of(job<>::workflow::resume(client, sut.saved)) == errc::invalid_parameter);
    CHECK(sut.sent.empty());
}

TEST_CASE("calls that do not fit the step change nothing") {
    job sut;
    auto machine = sut.change("2");
    const zenwire::unix_seconds now = sut.cloud.now();
    const auto ignores = [&](auto&& call) {
        const workflow_step before = machine.step();
        const std::uint32_t orders = machine.orders();
        return call() == before && machine.step() == before && machine.orders() == orders;
    };
    const auto receive = [&] { return machine.receive({200, "{}", {}}, now); };
    const auto send_failed = [&] { return machine.send_failed(zenwire::transport_failure::not_sent, now); };
    const auto confirm = [&] { return machine.confirm(true, now); };
    const auto saved = [&] { return machine.saved(now); };
    const auto save_failed = [&] { return machine.save_failed(); };
    const auto next = [&] { return machine.next(now); };

    CHECK(machine.request().fields.empty());
    CHECK((ignores(receive) && ignores(send_failed) && ignores(confirm) && ignores(saved) && ignores(save_failed)));
    workflow_step step = machine.next(now);
    while (step.what == workflow_step::kind::send) {
        CHECK((ignores(next) && ignores(confirm) && ignores(saved) && ignores(save_failed)));
        const auto answer = sut.cloud(machine.request());
        step = machine.receive(zenwire::response_adapter(*answer).view(), now);
    }
    REQUIRE(step.what == workflow_step::kind::confirm);
    CHECK((ignores(next) && ignores(receive) && ignores(send_failed) && ignores(saved) && ignores(save_failed)));
    REQUIRE(machine.confirm(true, now).what == workflow_step::kind::save);
    CHECK((ignores(next) && ignores(receive) && ignores(send_failed) && ignores(confirm)));
    REQUIRE(machine.save_failed().what == workflow_step::kind::done);
    CHECK((ignores(next) && ignores(receive) && ignores(send_failed) && ignores(confirm) && ignores(saved) &&
           ignores(save_failed)));
}

TEST_CASE("an instance that the API does not know is not reached, for its reason") {
    job sut;
    const workflow_verdict verdict =
        sut.run(job<>::workflow::change(sut.client, "another", sample::size("2"), sut.options));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == zenwire::api_code::invalid_instance_not_found);
}

TEST_CASE("an answer about another instance is no answer") {
    job sut;
    sut.fail(find, answer(R"("dataSet":[{"instanceId":"another","instanceStatus":"RUNNING"}])"));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->code == errc::malformed_response);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a job whose instance cannot be inspected is unknown, and nothing was ordered") {
    job sut;
    sut.fail(look, scripted_fault::canned(zenwire::fake_answers::challenge()));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("what the documents say will be refused is not ordered") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::would_be_refused);
    CHECK(verdict.failure->api_code == zenwire::api_code::operation_failed_instance_exist_plan_traffic_package);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a change under way whose target is not told may be the one that is wanted: the job ends without an order") {
    job sut;
    sut.fail(look, sight("Processing"));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
    CHECK(verdict.failure->api_code == zenwire::api_code::operation_denied_instance_traffic_package_processing);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a change to the target that somebody else ordered is watched to its end, without an order") {
    job sut;
    sut.instance->running_change = {sample::size("2"), zenwire::unix_seconds(sut.cloud.now().count() + 23)};
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::reached);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("an instance without a package is not ordered for") {
    job sut;
    sut.instance->size.reset();
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == zenwire::api_code::operation_failed_instance_not_exist_traffic_package);
}

TEST_CASE("without a price nothing is ordered") {
    job sut;
    sut.instance->is_for_sale = false;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == zenwire::api_code::invalid_instance_type_zone_no_sell);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a price that is unknown, or is two prices, is above every limit") {
    struct {
        std::string_view prices;
        kind what;
    } const cases[] = {
        {"", kind::not_reached},
        {R"({"unitPrice":1})", kind::not_reached},
        {R"({"discountPrice":1},{"discountPrice":1})", kind::not_reached},
        {R"({"originalPrice":101,"discountPrice":100},{"unitPrice":1})", kind::reached},
        {R"({"originalPrice":100})", kind::reached},
        {R"({"originalPrice":101})", kind::not_reached},
    };
    for (auto const& each : cases) {
        CAPTURE(each.prices);
        job sut;
        sut.options.price_limit = zenwire::decimal(100);
        sut.fail(inquire, answer(R"("trafficPackagePrice":[)" + std::string(each.prices) + "]"));
        CHECK(sut.run(sut.change("2")).what == each.what);
        CHECK(sut.times_sent(modify) == (each.what == kind::reached ? 1 : 0));
    }
}

TEST_CASE("a deadline that passes while an action is to be tried again ends a job without an order") {
    struct {
        std::string_view action;
        kind what;
    } const cases[] = {{find, kind::unknown}, {look, kind::unknown}, {inquire, kind::not_reached}};
    for (auto const& each : cases) {
        CAPTURE(each.action);
        job sut;
        sut.options.deadline = zenwire::unix_seconds(sut.cloud.now().count() + 1);
        sut.fail(each.action, scripted_fault::canned(zenwire::fake_answers::too_many_requests()));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.what == each.what);
        CHECK(verdict.failure->code == errc::deadline_passed);
        CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
        CHECK(sut.cloud.orders().empty());
    }
}

TEST_CASE("a deadline that passed before the first look, or before the order, ends a job without one") {
    job early;
    early.options.deadline = early.cloud.now();
    CHECK(early.run(early.change("2")).what == kind::unknown);
    CHECK(early.sent.empty());

    job slow;
    slow.options.deadline = zenwire::unix_seconds(slow.cloud.now().count() + 100);
    slow.fail(inquire, scripted_fault::slow(100));
    const workflow_verdict verdict = slow.run(slow.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::deadline_passed);
    CHECK(slow.times_sent(modify) == 0);
}

TEST_CASE("a deadline that passes after an order was lost leaves its outcome unknown") {
    job sut;
    sut.options.deadline = zenwire::unix_seconds(sut.cloud.now().count() + 100);
    sut.fail(modify, {scripted_fault::kind::request_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->code == errc::deadline_passed);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
}

TEST_CASE("a deadline that passes while an accepted order is watched tells what was seen last") {
    struct {
        std::string_view status;
        std::string_view more;
        kind what;
    } const cases[] = {{"Processing", R"(,"modifiedTrafficPackageSize":2)", kind::in_progress},
                       {"Enable", "", kind::unknown}};
    for (auto const& each : cases) {
        CAPTURE(each.status);
        job sut;
        sut.options.deadline = zenwire::unix_seconds(sut.cloud.now().count() + 12);
        sut.fail(look, sight(each.status, each.more), 2);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.what == each.what);
        CHECK(sut.times_sent(look) == 2);
    }
}

TEST_CASE("an accepted order that never shows is unknown after the longest watch, one under way is in progress") {
    for (const bool shows : {false, true}) {
        CAPTURE(shows);
        job sut;
        sut.options.longest_watch = zenwire::milliseconds(30'000);
        sut.cloud.settings().processing_seconds = 1000;
        for (std::size_t i = 2; !shows && i < 20; ++i) {
            sut.fail(look, sight("Enable"), i);
        }
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.what == (shows ? kind::in_progress : kind::unknown));
        if (!shows) {
            CHECK(verdict.failure->code == errc::deadline_passed);
        }
        // looks at 10, 15, ... 40 s after the order, of which the first begins the watch
        CHECK(sut.times_sent(look) == 1 + 7);
    }
}

TEST_CASE("looks that fail while an order is watched do not end the job before the longest watch") {
    job sut;
    sut.options.longest_watch = zenwire::milliseconds(30'000);
    sut.fail(look, scripted_fault::canned(zenwire::fake_answers::challenge()), 2);
    CHECK(sut.run(sut.change("2")).what == kind::reached);

    job blind;
    blind.options.longest_watch = zenwire::milliseconds(30'000);
    for (std::size_t i = 2; i < 20; ++i) {
        blind.fail(look, scripted_fault::canned(zenwire::fake_answers::challenge()), i);
    }
    const workflow_verdict verdict = blind.run(blind.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
}

TEST_CASE("an order that is refused for the rate of requests is not sent again") {
    for (const std::uint32_t most : {1U, 2U}) {
        CAPTURE(most);
        job sut;
        sut.options.most_orders = most;
        sut.fail(modify, scripted_fault::canned(zenwire::fake_answers::too_many_requests()));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.what == kind::not_reached);
        CHECK(sut.times_sent(modify) == 1);
        CHECK(verdict.failure->code == errc::rate_limited);
    }
}

TEST_CASE("options that allow no order end a job before one") {
    job sut;
    sut.options.most_orders = 0;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::declined);
    CHECK(sut.orders_when_saved.empty());
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("an order whose absence was proven is not sent again when the options allow no further one") {
    job sut;
    sut.options.most_orders = 1;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::transport_failed);
    CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("without the server's time a lost order is given up only after a further lifetime of its signature") {
    job sut;
    sut.options.most_orders = 1;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    for (std::size_t i = 2; i < 400; ++i) {
        sut.fail(look, sight("Enable"), i);
    }
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    // of the looks every 5 s, that behind 2 * 310 s tells that it has expired, and the next one that it is absent
    CHECK(sut.sent_at.back() - sut.sent_at[3] == 2 * 310 + 10);
}

TEST_CASE("a lost order is not given up by a look that does not tell what is under way") {
    job sut;
    sut.options.longest_watch = zenwire::milliseconds(700'000);
    sut.fail(modify, {scripted_fault::kind::request_lost});
    for (std::size_t i = 2; i < 400; ++i) {
        sut.fail(look, sight("Repaired"), i);
    }
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("a lost order that shows as a change under way is watched, as a plan it ends the job") {
    job slow;
    slow.cloud.settings().processing_seconds = 23;
    slow.fail(modify, {scripted_fault::kind::answer_lost});
    CHECK(slow.run(slow.change("2")).what == kind::reached);
    CHECK(slow.times_sent(modify) == 1);

    job planned;
    planned.fail(modify, {scripted_fault::kind::answer_lost});
    CHECK(planned.run(planned.change("0.5")).what == kind::planned);
    CHECK(planned.times_sent(modify) == 1);
}

TEST_CASE("a lost order that is under way after its signature has expired is watched, not taken for absent") {
    job sut;
    sut.cloud.settings().processing_seconds = 1000;
    sut.fail(modify, scripted_fault::late(300));
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
    CHECK(sut.times_sent(find) == 1);
}

TEST_CASE("the watch of a further order is as long as that of the first one") {
    job sut;
    sut.options.longest_watch = zenwire::milliseconds(600'000);
    sut.cloud.settings().processing_seconds = 500;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    CHECK(sut.run(sut.change("2")).what == kind::reached);
}

TEST_CASE("the longest watch is not over one second before its end") {
    job sut;
    sut.options.longest_watch = zenwire::milliseconds(2'000'000);
    sut.options.look_interval = zenwire::milliseconds(1'999'000);
    sut.cloud.settings().processing_seconds = 1'000'000;
    CHECK(sut.run(sut.change("2")).what == kind::in_progress);
    CHECK(sut.times_sent(look) == 1 + 3);
}

TEST_CASE("the options are, where the caller says nothing, those of their documentation") {
    constexpr zenwire::workflow_options options;
    CHECK(options.deadline.count() == zenwire::unix_seconds::last);
    CHECK_FALSE(options.price_limit.has_value());
    CHECK(options.most_orders == 3);
    CHECK(options.longest_watch.count() == 3'600'000);
    CHECK(options.first_look.count() == 10'000);
    CHECK(options.look_interval.count() == 5'000);
}

TEST_CASE("after a refusal, a look that the API refuses too ends the job with the first") {
    job sut;
    sut.fail(modify, scripted_fault::canned(zenwire::fake_answers::api_error(refusal)));
    sut.fail(look,
             scripted_fault::canned(zenwire::fake_answers::api_error(zenwire::api_code::invalid_instance_not_found)),
             2);
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == refusal);
    CHECK(sut.times_sent(look) == 2);
}

TEST_CASE("after a refusal, looks that tell nothing are repeated until one does") {
    job sut;
    sut.fail(modify, scripted_fault::masked(zenwire::fake_answers::api_error(refusal)));
    sut.fail(look, scripted_fault::canned(zenwire::fake_answers::challenge()), 2);
    sut.fail(look, sight("Repaired"), 3);
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("a copy of a refused order that was executed as a plan ends the job as planned") {
    job sut;
    sut.fail(modify, scripted_fault::masked(zenwire::fake_answers::api_error(refusal)));
    CHECK(sut.run(sut.change("0.5")).what == kind::planned);
    CHECK(sut.times_sent(modify) == 1);
    CHECK(sut.times_sent(look) == 2);
}

TEST_CASE("bytes that took longer than 60 s to store are saved again, with a new time for the signature") {
    for (const std::int64_t late : {61, -1}) {
        CAPTURE(late);
        job sut;
        auto machine = sut.change("2");
        zenwire::unix_seconds now = sut.cloud.now();
        workflow_step step = machine.next(now);
        while (step.what == workflow_step::kind::send) {
            const auto answer = sut.cloud(machine.request());
            step = machine.receive(zenwire::response_adapter(*answer).view(), now);
        }
        REQUIRE(machine.confirm(true, now).what == workflow_step::kind::save);
        const auto first = zenwire::workflow_bytes::parse(machine.saved_bytes());
        now = zenwire::unix_seconds(now.count() + late);
        CHECK(machine.saved(now).what == workflow_step::kind::save);
        CHECK(machine.orders() == 1);
        const auto second = zenwire::workflow_bytes::parse(machine.saved_bytes());
        CHECK(first->signed_at == sut.cloud.now());
        CHECK(second->signed_at == now);
        // exactly 60 s are not too long
        now = zenwire::unix_seconds(now.count() + 60);
        CHECK(machine.saved(now).what == workflow_step::kind::send);
        CHECK(machine.request().fields.value_of("x-zc-timestamp") == std::to_string(second->signed_at.count()));
    }
}

TEST_CASE("a job ends when storing takes too long ten times, and when the deadline passes meanwhile") {
    const auto saves_until_the_end = [](job<>& sut) {
        int saves = 0;
        auto machine = sut.change("2");
        const workflow_verdict verdict = zenwire::run_workflow(
            machine, sut.cloud, sut.cloud,
            [&](std::span<char const>) {
                ++saves;
                sut.cloud.sleep_for(zenwire::milliseconds(61'000));
                return true;
            },
            [](auto const&) { return true; });
        CHECK(verdict.what == kind::not_reached);
        CHECK(verdict.failure->code ==
              (sut.options.deadline.count() == zenwire::unix_seconds::last ? errc::declined : errc::deadline_passed));
        CHECK(sut.cloud.orders().empty());
        return saves;
    };
    job slow;
    CHECK(saves_until_the_end(slow) == 10);
    job late;
    late.options.deadline = zenwire::unix_seconds(late.cloud.now().count() + 100);
    CHECK(saves_until_the_end(late) == 2);
}

TEST_CASE("an accepted order is watched although its number could not be stored") {
    job sut;
    auto machine = sut.change("2");
    int saves = 0;
    const workflow_verdict verdict = zenwire::run_workflow(
        machine, sut.cloud, sut.cloud, [&](std::span<char const>) { return ++saves == 1; },
        [](auto const&) { return true; });
    CHECK(saves == 2);
    CHECK(verdict.what == kind::reached);
    CHECK(verdict.order_number.view() == sut.cloud.orders().at(0).number);
}

TEST_CASE("a job whose order was accepted goes on with watching, and knows the order's number") {
    job sut;
    const workflow_verdict first = sut.run(sut.change("2"));
    sut.sent.clear();
    auto machine = job<>::workflow::resume(sut.client, sut.saved);
    REQUIRE(machine);
    const workflow_verdict second = sut.run(std::move(*machine));
    CHECK(second.what == kind::reached);
    CHECK(second.order_number == first.order_number);
    CHECK(sut.sent == std::vector<std::string>{std::string(look)});
}

TEST_CASE("a job whose order was accepted goes on without another order, although the order never shows") {
    job sut;
    REQUIRE(sut.run(sut.change("2")).what == kind::reached);
    sut.sent.clear();
    for (std::size_t i = 1; i < 250; ++i) {
        sut.fail(look, sight("Enable"), i);
    }
    // longer than it would take to find out that an order which may have been lost is absent
    sut.options.longest_watch = zenwire::milliseconds(1'000'000);
    auto machine = job<>::workflow::resume(sut.client, sut.saved, sut.options);
    REQUIRE(machine);
    CHECK(sut.run(std::move(*machine)).what == kind::unknown);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("where no downgrade is planned there is nothing to cancel") {
    job sut;
    CHECK(sut.run(sut.cancel()).what == kind::reached);
    CHECK(sut.sent == std::vector<std::string>{std::string(find), std::string(look)});
}

TEST_CASE("a downgrade that is carried out already cannot be cancelled: the change is watched") {
    job sut;
    sut.instance->running_change = {sample::size("0.5"), zenwire::unix_seconds(sut.cloud.now().count() + 23)};
    CHECK(sut.run(sut.cancel()).what == kind::reached);
    CHECK(sut.times_sent("CancelInstanceTrafficPackageDowngrade") == 0);
}

TEST_CASE("a downgrade that is still carried out after the longest watch is in progress, not cancelled") {
    job sut;
    sut.options.longest_watch = zenwire::milliseconds(30'000);
    sut.instance->running_change = {sample::size("0.5"), zenwire::unix_seconds(sut.cloud.now().count() + 1000)};
    CHECK(sut.run(sut.cancel()).what == kind::in_progress);
}

TEST_CASE("a downgrade that came before its cancellation is not reached") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    sut.fail("CancelInstanceTrafficPackageDowngrade", {scripted_fault::kind::request_lost});
    sut.fail(
        look,
        answer(R"("instanceId":"932237369560662463","trafficPackageSize":0.5,"modifiedTrafficPackageStatus":"Enable")"),
        2);
    const workflow_verdict verdict = sut.run(sut.cancel());
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->code == errc::would_be_refused);
    CHECK(verdict.failure->api_code == zenwire::api_code::operation_denied_downgrade_not_exist);
    CHECK(verdict.failure->api_code_text == "OPERATION_DENIED_DOWNGRADE_NOT_EXIST");
}

TEST_CASE("a cancellation that is refused ends with the refusal while the plan stands") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    sut.fail("CancelInstanceTrafficPackageDowngrade",
             scripted_fault::canned(zenwire::fake_answers::api_error(refusal)));
    const workflow_verdict verdict = sut.run(sut.cancel());
    CHECK(verdict.what == kind::not_reached);
    CHECK(verdict.failure->api_code == refusal);
    CHECK(sut.instance->planned_size == sample::size("0.5"));
}

TEST_CASE("a status word that is not known leaves open whether a plan was cancelled") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    sut.options.longest_watch = zenwire::milliseconds(30'000);
    for (std::size_t i = 2; i < 20; ++i) {
        sut.fail(look, sight("Repaired"), i);
    }
    CHECK(sut.run(sut.cancel()).what == kind::unknown);
}

TEST_CASE("before the first look nothing is known, and a job without an answer has no number") {
    job sut;
    const auto machine = sut.change("2");
    CHECK(machine.step().what == workflow_step::kind::wait_for);
    CHECK(machine.verdict().what == kind::unknown);
    CHECK(machine.verdict().order_number.empty());
    CHECK_FALSE(machine.state().size.has_value());
    CHECK(machine.prices().empty());
    CHECK(machine.orders() == 0);
}

TEST_CASE("after a refusal, a look that fails in the server is repeated until the instance shows the truth") {
    job sut;
    sut.fail(modify, scripted_fault::masked(zenwire::fake_answers::api_error(refusal)));
    // all attempts of that look
    for (std::size_t i = 2; i < 6; ++i) {
        sut.fail(look,
                 scripted_fault::canned(zenwire::fake_answers::api_error(zenwire::api_code::internal_server_error)), i);
    }
    CHECK(sut.run(sut.change("2")).what == kind::reached);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("a cancelled downgrade is reached where a look shows no plan any more, and no size either") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    sut.fail(find, answer(R"("dataSet":[{"instanceId":"932237369560662463"}])"));
    sut.fail(look, answer(R"("instanceId":"932237369560662463","modifiedTrafficPackageStatus":"WaitToEnable")"));
    sut.fail(look, answer(R"("instanceId":"932237369560662463","modifiedTrafficPackageStatus":"Enable")"), 2);
    CHECK(sut.run(sut.cancel()).what == kind::reached);
    CHECK(sut.times_sent("CancelInstanceTrafficPackageDowngrade") == 1);
}

TEST_CASE("steps of a job are equal when their kinds and their waits are") {
    const auto wait = [](std::int64_t milliseconds) {
        return workflow_step{workflow_step::kind::wait_for, zenwire::milliseconds(milliseconds)};
    };
    CHECK(wait(1) == wait(1));
    CHECK(wait(1) != wait(2));
    CHECK(wait(0) != workflow_step{workflow_step::kind::save});
}
