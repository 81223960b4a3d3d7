// SPDX-License-Identifier: BSL-1.0

/// @file
/// The job up to its order, and its ordinary ends. What looks, responses and clocks are worth: workflow_evidence_test.cpp,
/// workflow_time_test.cpp; what is stored: workflow_resume_test.cpp.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

namespace {

using namespace workflow_tests;

}  // namespace

TEST_CASE("an upgrade is looked at, priced, saved, ordered and watched until it is effective") {
    job sut;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::accepted);
    CHECK(verdict.order_number.view() == sut.cloud.orders().at(0).number);
    CHECK(verdict.ordered_at == unix_seconds(sut.time_of(modify, 1)));
    CHECK_FALSE(verdict.acceptable_until.has_value());
    CHECK(verdict.size_before == sample::size("1"));
    CHECK(verdict.looks == 1);
    CHECK(verdict.seen_until == unix_seconds(sut.time_of(look, 2)));
    CHECK_FALSE(verdict.failure.has_value());
    CHECK(sut.instance->size == sample::size("2"));
    CHECK(sut.sent == std::vector<std::string>{"DescribeInstances", "DescribeInstanceInternetStatus",
                                               "InquiryPriceInstanceTrafficPackage", std::string(modify),
                                               "DescribeInstanceInternetStatus"});
}

TEST_CASE("the bytes are saved before the order is sent, the first time as new ones, and again when it was accepted") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    CHECK(sut.orders_when_saved == std::vector<std::size_t>{0, 1});
    CHECK(sut.save_modes == std::vector{zenwire::save_mode::create, zenwire::save_mode::replace});
}

TEST_CASE("a downgrade ends as planned") {
    job sut;
    const workflow_verdict verdict = sut.run(sut.change("0.5"));
    CHECK(verdict.instance == instance_kind::planned);
    CHECK(verdict.order == order_kind::accepted);
    CHECK(sut.instance->planned_size == sample::size("0.5"));
}

TEST_CASE("an instance that has the size already, or has it planned, is not ordered for") {
    job there;
    const workflow_verdict reached = there.run(there.change("1"));
    CHECK(reached.instance == instance_kind::reached);
    CHECK(reached.order == order_kind::none);
    CHECK_FALSE(reached.failure.has_value());
    CHECK_FALSE(reached.ordered_at.has_value());
    CHECK(there.times_sent(modify) == 0);
    job planned;
    planned.instance->planned_size = sample::size("0.5");
    CHECK(planned.run(planned.change("0.5")).instance == instance_kind::planned);
    CHECK(planned.times_sent(modify) == 0);
}

TEST_CASE("an instance of the size with somebody's further change on top is reached, and that is said") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    const workflow_verdict verdict = sut.run(sut.change("1"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.is_changed_further);
    CHECK(verdict.failure->api_code == zenwire::api_code::operation_failed_instance_exist_plan_traffic_package);
    CHECK(contains(verdict.advice(), "will not keep the size"));
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("nothing is ordered when the bytes cannot be saved") {
    job sut;
    sut.saves = false;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.failure->code == errc::save_failed);
    CHECK(sut.save_modes == std::vector{zenwire::save_mode::create});
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("nothing is ordered when the caller does not confirm") {
    job sut;
    sut.agrees = false;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::not_confirmed);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a price above the limit is not paid, one that equals it is") {
    job dear;
    dear.options.price_limit = zenwire::decimal(79);
    const workflow_verdict verdict = dear.run(dear.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::price_above_limit);
    CHECK(dear.times_sent(modify) == 0);
    job fair;
    fair.options.price_limit = zenwire::decimal(80);
    CHECK(fair.run(fair.change("2")).instance == instance_kind::reached);
}

TEST_CASE("the first look at an accepted order comes after 10 s, further ones at least 5 s apart") {
    job sut;
    sut.cloud.settings().processing_seconds = 23;
    CHECK(sut.run(sut.change("2")).instance == instance_kind::reached);
    REQUIRE(sut.sent_at.size() == 8);
    CHECK(sut.sent_at[4] - sut.sent_at[3] == 10);
    CHECK(sut.sent_at[5] - sut.sent_at[4] == 5);
    CHECK(sut.sent_at[6] - sut.sent_at[5] == 5);
}

TEST_CASE("a planned downgrade is cancelled") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    const workflow_verdict verdict = sut.run(sut.cancel());
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::accepted);
    CHECK_FALSE(sut.instance->planned_size.has_value());
}

TEST_CASE("where no downgrade is planned there is nothing to cancel") {
    job sut;
    CHECK(sut.run(sut.cancel()).instance == instance_kind::reached);
    CHECK(sut.sent == std::vector<std::string>{std::string(find), std::string(look)});
}

TEST_CASE("a downgrade that is carried out already cannot be cancelled: it is watched, and came first") {
    job sut;
    sut.instance->running_change = {sample::size("0.5"), unix_seconds(sut.cloud.now().count() + 23)};
    const workflow_verdict verdict = sut.run(sut.cancel());
    CHECK(verdict.instance == instance_kind::conflict);
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->api_code == zenwire::api_code::operation_denied_downgrade_not_exist);
    CHECK(sut.times_sent(cancel_downgrade) == 0);
}

TEST_CASE("a size that the service does not sell, and an instance without id, end a job before anything is sent") {
    job sut;
    const workflow_verdict odd = sut.run(sut.change("0.07"));
    CHECK(odd.order == order_kind::none);
    CHECK(odd.failure->code == errc::invalid_parameter);
    const workflow_verdict nameless =
        sut.run(job<>::workflow::cancel_downgrade(sut.client, zenwire::instance_id(), sut.options));
    CHECK(nameless.order == order_kind::none);
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
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::invalid_parameter);
    CHECK(sut.sent.empty());
}

TEST_CASE("calls that do not fit the step change nothing") {
    job sut;
    auto machine = sut.change("2");
    const unix_seconds now = sut.cloud.now();
    const auto ignores = [&](auto&& call) {
        const workflow_step before = machine.step();
        return call() == before && machine.step() == before;
    };
    const auto receive = [&] { return machine.receive({200, "{}", {}}, now); };
    const auto send_failed = [&] { return machine.send_failed(zenwire::transport_failure::not_sent, now); };
    const auto confirm = [&] { return machine.confirm(true, now); };
    const auto saved = [&] { return machine.saved(now); };
    const auto save_failed = [&] { return machine.save_failed(); };
    const auto next = [&] { return machine.next(now); };

    CHECK(machine.request().fields.empty());
    CHECK(machine.take_request().fields.empty());
    CHECK((ignores(receive) && ignores(send_failed) && ignores(confirm) && ignores(saved) && ignores(save_failed)));
    workflow_step step = machine.next(now);
    while (step.what == workflow_step::kind::send) {
        CHECK((ignores(next) && ignores(confirm) && ignores(saved) && ignores(save_failed)));
        const auto answer = sut.cloud(machine.take_request());
        step = machine.receive(zenwire::response_adapter(*answer).view(), now);
    }
    REQUIRE(step.what == workflow_step::kind::confirm);
    CHECK(machine.take_request().fields.empty());
    CHECK((ignores(next) && ignores(receive) && ignores(send_failed) && ignores(saved) && ignores(save_failed)));
    REQUIRE(machine.confirm(true, now).what == workflow_step::kind::save);
    CHECK((ignores(next) && ignores(receive) && ignores(send_failed) && ignores(confirm)));
    REQUIRE(machine.save_failed().what == workflow_step::kind::done);
    CHECK((ignores(next) && ignores(receive) && ignores(send_failed) && ignores(confirm) && ignores(saved) &&
           ignores(save_failed)));
}

TEST_CASE("a request is handed out once, whatever is called meanwhile, and may be shown as often as one likes") {
    job sut;
    auto machine = sut.change("2");
    const unix_seconds now = sut.cloud.now();
    workflow_step step = machine.next(now);
    int orders = 0;
    while (step.what != workflow_step::kind::done && orders == 0) {
        if (step.what == workflow_step::kind::confirm) {
            step = machine.confirm(true, now);
        } else if (step.what == workflow_step::kind::save) {
            CHECK_FALSE(machine.may_have_ordered());
            step = machine.saved(now);
            CHECK_FALSE(machine.may_have_ordered());
        } else {
            CHECK_FALSE(machine.request().body.empty());
            const zenwire::request_view taken = machine.take_request();
            CHECK(taken.body == machine.request().body);
            CHECK(machine.take_request().fields.empty());
            CHECK(machine.next(now) == step);
            CHECK(machine.take_request().fields.empty());
            CHECK(taken.body == machine.request().body);
            orders += taken.fields.value_of("x-zc-action") == modify ? 1 : 0;
            CHECK(machine.may_have_ordered() == (orders == 1));
            CHECK((machine.verdict().order == order_kind::unknown) == (orders == 1));
            step = machine.receive(zenwire::response_adapter(*sut.cloud(taken)).view(), now);
        }
    }
    CHECK(orders == 1);
}

TEST_CASE("a job that was moved from is done, at whatever step, and orders nothing") {
    job sut;
    auto machine = sut.change("2");
    const unix_seconds now = sut.cloud.now();
    workflow_step step = machine.next(now);
    while (step.what != workflow_step::kind::confirm) {
        step = machine.receive(zenwire::response_adapter(*sut.cloud(machine.take_request())).view(), now);
    }
    auto moved = std::move(machine);
    CHECK(machine.confirm(true, now).what == workflow_step::kind::done);
    CHECK(moved.confirm(true, now).what == workflow_step::kind::save);
    auto saving = std::move(moved);
    CHECK(moved.saved(now).what == workflow_step::kind::done);
    CHECK(saving.saved(now).what == workflow_step::kind::send);
    auto sending = std::move(saving);
    CHECK(saving.take_request().fields.empty());
    CHECK(sending.take_request().fields.value_of("x-zc-action") == modify);
}

TEST_CASE("what DescribeInstances alone forbids is said first, without a second look") {
    struct {
        zenwire::api_code code;
        void (*prepare)(zenwire::fake_instance&);
    } const cases[] = {
        {zenwire::api_code::operation_denied_instance_status_not_support,
         [](zenwire::fake_instance& it) { it.status = zenwire::instance_status::installing; }},
        {zenwire::api_code::operation_denied_internet_charge_type_not_support,
         [](zenwire::fake_instance& it) {
             it.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
         }},
        {zenwire::api_code::operation_failed_instance_not_exist_traffic_package,
         [](zenwire::fake_instance& it) { it.size.reset(); }},
    };
    for (auto const& each : cases) {
        job sut;
        each.prepare(*sut.instance);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure->code == errc::would_be_refused);
        CHECK(verdict.failure->api_code == each.code);
        CHECK(sut.sent == std::vector<std::string>{std::string(find)});
    }
}

TEST_CASE("what the documents say will be refused is not ordered") {
    job plan;
    plan.instance->planned_size = sample::size("0.5");
    job busy;
    busy.instance->running_change = {sample::size("3"), unix_seconds(busy.cloud.now().count() + 23)};
    for (job<>* const sut : {&plan, &busy}) {
        const workflow_verdict verdict = sut->run(sut->change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.instance == instance_kind::unchanged);
        CHECK(verdict.failure->code == errc::would_be_refused);
        CHECK(sut->times_sent(modify) == 0);
    }
}

TEST_CASE("a change to the target that somebody else ordered is watched to its end, without an order") {
    job sut;
    sut.cloud.settings().processing_seconds = 2000;
    sut.instance->running_change = {sample::size("2"), unix_seconds(sut.cloud.now().count() + 2000)};
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::none);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("an instance that the API does not know is asked for three times, and then it is not found") {
    job sut;
    const workflow_verdict verdict =
        sut.run(job<>::workflow::change(sut.client, "another", sample::size("2"), sut.options));
    CHECK(verdict.instance == instance_kind::not_seen);
    CHECK(verdict.order == order_kind::none);
    CHECK_FALSE(verdict.size_before.has_value());
    CHECK(verdict.failure->api_code == zenwire::api_code::invalid_instance_not_found);
    CHECK(sut.times_sent(find) == 3);
    CHECK(sut.slept == 2 * sut.options.look_interval.count());
}

TEST_CASE("looks that do not tell what they have to are repeated, and the third one ends the job without an order") {
    const struct {
        std::string_view action;
        scripted_fault fault;
    } cases[] = {
        {find, answer(R"("dataSet":[{"instanceId":"another","instanceStatus":"RUNNING"}])")},
        {find, answer("")},
        {look, answer("")},
        {look, answer(R"("instanceId":"another","trafficPackageSize":1)")},
        {look, answer(R"("instanceId":"932237369560662463")")},
        {look, sight("Processing")},
        {look, sight("Repaired")},
        {look, sight("Enable", R"(,"modifiedTrafficPackageSize":3)")},
        {look, sight("Enable", R"(,"modifiedTrafficPackageSize":2)")},
        {inquire, answer("")},
        {inquire, answer(R"("trafficPackagePrice":[])")},
    };
    for (auto const& each : cases) {
        for (const std::size_t unclear : {2U, 3U}) {
            CAPTURE(each.action);
            CAPTURE(each.fault.response.body);
            CAPTURE(unclear);
            job sut;
            for (std::size_t i = 1; i <= unclear; ++i) {
                sut.fail(each.action, each.fault, i);
            }
            const workflow_verdict verdict = sut.run(sut.change("2"));
            CHECK(sut.times_sent(each.action) >= 3);
            CHECK(sut.times_sent(modify) == (unclear == 2 ? 1 : 0));
            CHECK(verdict.order == (unclear == 2 ? order_kind::accepted : order_kind::none));
            CHECK(verdict.failure.has_value() == (unclear == 3));
        }
    }
}

TEST_CASE("the two looks before an order agree on the size where both give one") {
    const std::string with_size = R"("dataSet":[{"instanceId":"932237369560662463","instanceStatus":"RUNNING",)"
                                  R"("instanceChargeType":"PREPAID","internetChargeType":"ByTrafficPackage")";
    job differing;
    differing.fail_from(find, answer(with_size + R"(,"trafficPackageSize":1.5}])"));
    CHECK(differing.run(differing.change("2")).failure->code == errc::unclear_state);
    CHECK(differing.times_sent(modify) == 0);
    // a cancellation needs no package in the first look
    job silent;
    silent.instance->planned_size = sample::size("0.5");
    silent.fail(find, answer(with_size + "}]"));
    CHECK(silent.run(silent.cancel()).instance == instance_kind::reached);
    CHECK(silent.times_sent(cancel_downgrade) == 1);
}

TEST_CASE("a look before the order that fails ends the job, and the verdict says that nothing was ordered") {
    for (const std::string_view action : {find, look, inquire}) {
        CAPTURE(action);
        job sut;
        sut.fail(action, scripted_fault::canned(fake_responses::challenge()));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.instance == (action == inquire ? instance_kind::unchanged : instance_kind::not_seen));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure->code == errc::security_challenge);
        CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
        CHECK(sut.times_sent(modify) == 0);
    }
}

TEST_CASE(
    "a failure before the order says nothing of trying again: whether to begin another job is the caller's decision") {
    const scripted_fault faults[] = {scripted_fault::canned(fake_responses::too_many_requests()),
                                     {scripted_fault::kind::response_lost},
                                     {scripted_fault::kind::not_sent},
                                     scripted_fault::canned(fake_responses::html(502))};
    const errc causes[] = {errc::rate_limited, errc::transport_failed, errc::not_sent, errc::malformed_response};
    for (std::size_t i = 0; i < std::size(faults); ++i) {
        job sut;
        sut.fail_from(find, faults[i]);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CAPTURE(i);
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure->cause == causes[i]);
        CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
        CHECK_FALSE(verdict.failure->retryable());
        CHECK_FALSE(verdict.failure->reads_only);
        // as often as the client tries anything
        CHECK(sut.times_sent(find) == 4);
    }
}

TEST_CASE("without a price nothing is ordered") {
    job sut;
    sut.instance->is_for_sale = false;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->api_code == zenwire::api_code::invalid_instance_type_zone_no_sell);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a price that is unknown, or is two prices, is above every limit") {
    struct {
        std::string_view prices;
        bool is_paid;
    } const cases[] = {
        {R"({"unitPrice":1})", false},
        {R"({"discountPrice":1},{"discountPrice":1})", false},
        {R"({"originalPrice":101,"discountPrice":100},{"unitPrice":1})", true},
        {R"({"originalPrice":100})", true},
        {R"({"originalPrice":101})", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.prices);
        job sut;
        sut.options.price_limit = zenwire::decimal(100);
        sut.fail(inquire, answer(R"("trafficPackagePrice":[)" + std::string(each.prices) + "]"));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == (each.is_paid ? order_kind::accepted : order_kind::none));
        CHECK(sut.times_sent(modify) == (each.is_paid ? 1 : 0));
    }
}

TEST_CASE("before the first look nothing is known, and a job without a response has no number") {
    job sut;
    const auto machine = sut.change("2");
    CHECK(machine.step().what == workflow_step::kind::wait_for);
    CHECK(machine.verdict().instance == instance_kind::not_seen);
    CHECK(machine.verdict().order == order_kind::none);
    CHECK(machine.verdict().order_number.empty());
    CHECK_FALSE(machine.state().size.has_value());
    CHECK(machine.prices().empty());
    CHECK(machine.questions() == 0);
    CHECK_FALSE(machine.may_have_ordered());
}

TEST_CASE("the options are, where the caller says nothing, those of their documentation") {
    constexpr zenwire::workflow_options options;
    CHECK(options.deadline.count() == unix_seconds::last);
    CHECK_FALSE(options.price_limit.has_value());
    CHECK(options.settle.count() == 60'000);
    CHECK(options.longest_watch.count() == 3'600'000);
    CHECK(options.unknown_watch.count() == 900'000);
    CHECK(options.first_look.count() == 10'000);
    CHECK(options.look_interval.count() == 5'000);
    CHECK(options.max_attempts == 4);
}

TEST_CASE("steps of a job are equal when their kinds and their waits are") {
    const auto wait = [](std::int64_t milliseconds) {
        return workflow_step{workflow_step::kind::wait_for, zenwire::milliseconds(milliseconds)};
    };
    CHECK(wait(1) == wait(1));
    CHECK(wait(1) != wait(2));
    CHECK(wait(0) != workflow_step{workflow_step::kind::save});
}

TEST_CASE("each verdict comes with a line of advice") {
    for (int instance = 0; instance <= static_cast<int>(instance_kind::conflict); ++instance) {
        for (int order = 0; order <= static_cast<int>(order_kind::unknown); ++order) {
            workflow_verdict verdict;
            verdict.instance = static_cast<instance_kind>(instance);
            verdict.order = static_cast<order_kind>(order);
            CAPTURE(verdict.instance);
            CAPTURE(verdict.order);
            CHECK_FALSE(verdict.advice().empty());
            const bool needs_nothing = contains(verdict.advice(), "nothing to do");
            const bool is_there =
                verdict.instance == instance_kind::reached || verdict.instance == instance_kind::planned;
            CHECK(needs_nothing ==
                  (is_there && (verdict.order == order_kind::none || verdict.order == order_kind::accepted)));
            verdict.is_changed_further = true;
            CHECK_FALSE(contains(verdict.advice(), "nothing to do"));
        }
    }
}

TEST_CASE("a response that comes twice is not that of the next request: no order is accepted that was not sent") {
    job sut;
    auto machine = sut.change("2");
    const unix_seconds now = sut.cloud.now();
    workflow_step step = machine.next(now);
    std::optional<zenwire::fake_response> last;
    while (step.what == workflow_step::kind::send) {
        last = *sut.cloud(machine.take_request());
        step = machine.receive(zenwire::response_adapter(*last).view(), now);
        if (step.what == workflow_step::kind::send) {
            CHECK(machine.receive(zenwire::response_adapter(*last).view(), now) == step);
        }
    }
    REQUIRE(machine.confirm(true, now).what == workflow_step::kind::save);
    step = machine.saved(now);
    CHECK(machine.receive(zenwire::response_adapter(*last).view(), now) == step);
    CHECK_FALSE(machine.may_have_ordered());
    CHECK(machine.verdict().order == order_kind::none);
    CHECK(machine.take_request().fields.value_of("x-zc-action") == modify);
}

TEST_CASE("when the order would do something else than was confirmed, the caller is asked again at the same price") {
    job sut;
    auto machine = sut.change("2");
    std::vector<zenwire::traffic_package_prediction::kind> shown;
    sut.on_confirm = [&] {
        shown.push_back(machine.prediction().what);
        sut.agrees = shown.size() == 1;
    };
    sut.on_save = [&] {
        sut.cloud.sleep_for(zenwire::milliseconds(100'000));
        sut.instance->charge_type = zenwire::instance_charge_type::postpaid;
    };
    sut.fail_from(inquire, answer(R"("trafficPackagePrice":{"discountPrice":80})"));
    const workflow_verdict verdict = sut.drive(machine);
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::not_confirmed);
    CHECK(shown == std::vector{zenwire::traffic_package_prediction::kind::paid_upgrade,
                               zenwire::traffic_package_prediction::kind::not_documented});
    CHECK(sut.cloud.order_requests().empty());
}

TEST_CASE("a price that was rounded down to the limit is above it") {
    for (const std::string_view price : {"100.00000000000000000001", "\"100.00000000000000000001\"", "99.99", "100"}) {
        CAPTURE(price);
        job sut;
        sut.options.price_limit = zenwire::decimal(100);
        sut.fail(inquire, answer(R"("trafficPackagePrice":{"discountPrice":)" + std::string(price) + "}"));
        const bool is_above = price.size() > 5;
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == (is_above ? order_kind::none : order_kind::accepted));
        CHECK((verdict.failure && verdict.failure->code == errc::price_above_limit) == is_above);
    }
}
