// SPDX-License-Identifier: BSL-1.0

/// @file
/// What becomes of an order by what responses and looks are worth.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

namespace {

using namespace workflow_tests;
using zenwire::api_code;
using zenwire::fake_act;

constexpr api_code processing = api_code::operation_denied_instance_traffic_package_processing;
constexpr api_code planned = api_code::operation_failed_instance_exist_plan_traffic_package;

scripted_fault refused(api_code code) { return scripted_fault::canned(fake_responses::api_error(code)); }
scripted_fault too_poor() {
    return scripted_fault::canned(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE"));
}
fake_act put(std::string_view size) { return {fake_act::kind::put, std::string(instance_id), sample::size(size)}; }
fake_act ordered(std::string_view size) {
    return {fake_act::kind::order, std::string(instance_id), sample::size(size)};
}
scripted_fault shows(std::string_view now, std::string_view status, std::string_view next = "") {
    std::string text = R"("instanceId":"932237369560662463","trafficPackageSize":)" + std::string(now) +
                       R"(,"modifiedTrafficPackageStatus":")" + std::string(status) + '"';
    if (!next.empty()) {
        text += R"(,"modifiedTrafficPackageSize":)" + std::string(next);
    }
    return answer(text);
}

}  // namespace

TEST_CASE("an order whose response was lost is found, not sent again") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::response_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.failure->code == errc::outcome_unknown);
    CHECK(verdict.failure->cause == errc::transport_failed);
    CHECK(sut.cloud.order_requests().size() == 1);
    // no later than an accepted one
    CHECK(sut.sent_at.back() - sut.time_of(modify, 1) == 10);
}

TEST_CASE("an order that was lost is never sent again: looks for 15 minutes, then nobody knows") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.failure->code == errc::outcome_unknown);
    CHECK(verdict.failure->outcome == zenwire::outcome::unknown);
    CHECK_FALSE(verdict.failure->retryable());
    CHECK(verdict.ordered_at == unix_seconds(sut.time_of(modify, 1)));
    CHECK(verdict.acceptable_until == unix_seconds(sut.time_of(modify, 1) + 600));
    CHECK(verdict.seen_until == unix_seconds(sut.sent_at.back()));
    CHECK(verdict.looks == 181);
    CHECK(sut.sent_at.back() - sut.time_of(look, 2) == 900);
    CHECK(sut.cloud.order_requests().size() == 1);
}

TEST_CASE("an order with a bearer token may be accepted for ever") {
    job sut(sample::token());
    sut.fail(modify, {scripted_fault::kind::request_lost});
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.acceptable_until == workflow_verdict::never);
    CHECK(sut.cloud.order_requests().size() == 1);
}

TEST_CASE("an order that arrives late is found, and stays the only one") {
    for (const std::int64_t seconds : {5, 150, 300}) {
        CAPTURE(seconds);
        job sut;
        sut.fail(modify, scripted_fault::late(seconds));
        CHECK(sut.run(sut.change("2")).instance == instance_kind::reached);
        CHECK(sut.cloud.order_requests().size() == 1);
    }
}

TEST_CASE("a lost order that shows as a change under way is watched as an accepted one is, longer than one that does "
          "not show") {
    job sut;
    sut.cloud.settings().processing_seconds = 2000;
    sut.fail(modify, {scripted_fault::kind::response_lost});
    CHECK(sut.run(sut.change("2")).instance == instance_kind::reached);
    job endless;
    endless.cloud.settings().processing_seconds = 100'000;
    endless.fail(modify, {scripted_fault::kind::response_lost});
    const workflow_verdict verdict = endless.run(endless.change("2"));
    CHECK(verdict.instance == instance_kind::in_progress);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(endless.sent_at.back() - endless.time_of(look, 2) == 3600);
}

TEST_CASE("a lost order that shows as a plan ends the job as planned") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::response_lost});
    const workflow_verdict verdict = sut.run(sut.change("0.5"));
    CHECK(verdict.instance == instance_kind::planned);
    CHECK(verdict.order == order_kind::unknown);
}

TEST_CASE(
    "looks that tell nothing neither prove nor refute: a lost order stays unknown, and what is seen later counts") {
    const scripted_fault unclear[] = {answer(""),
                                      answer(R"("instanceId":"another","trafficPackageSize":2)"),
                                      shows("1", "Repaired"),
                                      shows("2", "Repaired"),
                                      shows("2", "Enable", "3"),
                                      shows("1", "Processing"),
                                      scripted_fault::canned(fake_responses::challenge()),
                                      scripted_fault::canned(fake_responses::html(502))};
    for (scripted_fault const& each : unclear) {
        CAPTURE(each.response.body);
        job blind;
        blind.options.unknown_watch = zenwire::milliseconds(30'000);
        blind.fail(modify, {scripted_fault::kind::response_lost});
        blind.fail_from(look, each, 2);
        const workflow_verdict verdict = blind.run(blind.change("2"));
        CHECK(verdict.instance == instance_kind::not_seen);
        CHECK(verdict.order == order_kind::unknown);
        CHECK(verdict.looks == 0);
        CHECK_FALSE(verdict.seen_until.has_value());
        CHECK(verdict.failure->cause == errc::transport_failed);
        job seeing;
        seeing.fail(modify, {scripted_fault::kind::response_lost});
        seeing.fail(look, each, 2);
        CHECK(seeing.run(seeing.change("2")).instance == instance_kind::reached);
    }
}

TEST_CASE("a cancellation is not reached by a look that tells nothing") {
    for (scripted_fault const& each : {answer(""), answer(R"("instanceId":"another","trafficPackageSize":1)"),
                                       shows("1", "Repaired"), answer(R"("instanceId":"932237369560662463")")}) {
        job sut;
        sut.instance->planned_size = sample::size("0.5");
        sut.options.unknown_watch = zenwire::milliseconds(30'000);
        sut.fail(cancel_downgrade, {scripted_fault::kind::request_lost});
        sut.fail_from(look, each, 2);
        const workflow_verdict verdict = sut.run(sut.cancel());
        CHECK(verdict.instance == instance_kind::not_seen);
        CHECK(verdict.order == order_kind::unknown);
        CHECK(sut.instance->planned_size.has_value());
    }
}

TEST_CASE("somebody else's change ends the job, and the order stays what it was") {
    struct {
        scripted_fault fault;
        order_kind order;
        errc code;
    } const cases[] = {
        {{}, order_kind::accepted, errc::conflicting_change},
        {{scripted_fault::kind::response_lost}, order_kind::unknown, errc::outcome_unknown},
        {too_poor(), order_kind::unknown, errc::outcome_unknown},
    };
    for (auto const& each : cases) {
        job sut;
        sut.fail(modify, each.fault);
        sut.after_send = [&](std::string_view action, std::size_t) {
            if (action == modify) {
                sut.cloud.act(put("3"));
            }
        };
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CAPTURE(verdict.order);
        CHECK(verdict.instance == instance_kind::conflict);
        CHECK(verdict.order == each.order);
        CHECK(verdict.failure->code == each.code);
        CHECK_FALSE(verdict.failure->retryable());
        CHECK(sut.times_sent(look) == 2);
        CHECK(sut.cloud.order_requests().size() == 1);
    }
}

TEST_CASE("somebody's further change on top of the target is reached, and that is said") {
    job sut;
    sut.cloud.settings().processing_seconds = 0;
    sut.after_send = [&](std::string_view action, std::size_t) {
        if (action == modify) {
            sut.cloud.act(ordered("0.5"));
        }
    };
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.is_changed_further);
    CHECK(verdict.order == order_kind::accepted);
}

TEST_CASE("a refusal without a reason that shows is believed after two unchanged looks that are 60 s of waits apart") {
    for (scripted_fault const& refusal :
         {too_poor(), scripted_fault::canned(fake_responses::too_many_requests(600)),
          scripted_fault::canned(fake_responses::challenge()), scripted_fault::canned(fake_responses::html(451))}) {
        job sut;
        sut.fail(modify, refusal);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.instance == instance_kind::unchanged);
        CHECK(verdict.order == order_kind::refused);
        CHECK(verdict.failure->http_status == refusal.response.status);
        CHECK_FALSE(verdict.failure->retryable());
        CHECK_FALSE(verdict.acceptable_until.has_value());
        // the first look at once, the last one not later than needed
        CHECK(sut.time_of(look, 2) == sut.time_of(modify, 1));
        CHECK(sut.sent_at.back() - sut.time_of(modify, 1) == 60);
        CHECK(sut.cloud.order_requests().size() == 1);
    }
    job limited;
    limited.fail(modify, scripted_fault::canned(fake_responses::too_many_requests(600)));
    CHECK(limited.run(limited.change("2")).failure->retry_after_seconds == 600U);
}

TEST_CASE("the last look before a refusal is believed comes when it is due, whatever the interval") {
    job sut;
    sut.options.look_interval = zenwire::milliseconds(7'000);
    sut.options.settle = zenwire::milliseconds(31'000);
    sut.fail(modify, too_poor());
    CHECK(sut.run(sut.change("2")).order == order_kind::refused);
    CHECK(sut.sent_at.back() - sut.time_of(modify, 1) == 31);
}

TEST_CASE("a refusal is not believed because a clock jumped between two looks") {
    job sut;
    sut.fail(modify, too_poor());
    std::int64_t jumped = 0;
    sut.clock = [&] { return unix_seconds(sut.cloud.now().count() + jumped); };
    sut.before_send = [&](std::string_view action, std::size_t number) {
        jumped = action == look && number > 2 ? 200 : jumped;
    };
    CHECK(sut.run(sut.change("2")).order == order_kind::refused);
    CHECK(sut.sent_at.back() - sut.time_of(modify, 1) == 60);
}

TEST_CASE("looks that tell nothing neither count for a refusal nor begin the count anew") {
    job sut;
    sut.fail(modify, too_poor());
    sut.fail(look, answer(""), 2);
    for (std::size_t i = 4; i < 14; ++i) {
        sut.fail(look, answer(""), i);
    }
    CHECK(sut.run(sut.change("2")).order == order_kind::refused);
    // the first unchanged look is the third one, 5 s after the order
    CHECK(sut.sent_at.back() - sut.time_of(modify, 1) == 65);

    job blind;
    blind.fail(modify, too_poor());
    blind.fail_from(look, answer(""), 3);
    const workflow_verdict verdict = blind.run(blind.change("2"));
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.failure->code == errc::outcome_unknown);
    CHECK(verdict.failure->cause == errc::api_error);
    CHECK(blind.sent_at.back() - blind.time_of(look, 2) == 900);
}

TEST_CASE("a refusal whose reason shows is believed at once: a change, a plan, no instance") {
    job busy;
    busy.fail(modify, refused(processing));
    busy.fail(look, shows("1", "Processing", "3"), 2);
    job with_plan;
    with_plan.fail(modify, refused(planned));
    with_plan.fail(look, shows("1", "WaitToEnable", "0.5"), 2);
    for (job<>* const sut : {&busy, &with_plan}) {
        const workflow_verdict verdict = sut->run(sut->change("2"));
        CHECK(verdict.order == order_kind::refused);
        CHECK(verdict.instance == instance_kind::conflict);
        CHECK(sut->times_sent(look) == 2);
        CHECK(sut->slept == 0);
    }
    job gone;
    gone.fail(modify, refused(api_code::invalid_instance_not_found));
    gone.fail(look, refused(api_code::invalid_instance_not_found), 2);
    const workflow_verdict verdict = gone.run(gone.change("2"));
    CHECK(verdict.order == order_kind::refused);
    CHECK(verdict.failure->api_code == api_code::invalid_instance_not_found);
    CHECK(gone.slept == 0);
}

TEST_CASE("a refusal whose reason should show and does not stays unknown") {
    for (const api_code code : {processing, planned, api_code::invalid_instance_not_found}) {
        job sut;
        sut.fail(modify, refused(code));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.instance == instance_kind::unchanged);
        CHECK(verdict.order == order_kind::unknown);
        CHECK(verdict.failure->api_code == code);
        CHECK(sut.sent_at.back() - sut.time_of(look, 2) == 900);
    }
    job cancelling;
    cancelling.instance->planned_size = sample::size("0.5");
    cancelling.fail(cancel_downgrade, refused(api_code::operation_denied_downgrade_not_exist));
    CHECK(cancelling.run(cancelling.cancel()).order == order_kind::unknown);
}

TEST_CASE("a cancellation that is refused because the downgrade came first is refused, and not unknown") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    sut.on_save = [&] {
        sut.instance->size = sample::size("0.5");
        sut.instance->planned_size.reset();
    };
    const workflow_verdict verdict = sut.run(sut.cancel());
    CHECK(verdict.instance == instance_kind::conflict);
    CHECK(verdict.order == order_kind::refused);
    CHECK(verdict.failure->api_code == api_code::operation_denied_downgrade_not_exist);
    CHECK_FALSE(verdict.acceptable_until.has_value());
}

TEST_CASE("an instance that cannot be found speaks only for a refusal that says so") {
    job sut;
    sut.fail(modify, scripted_fault::masked(fake_responses::refusal(403, "OPERATION_FAILED_NOT_IN_THE_MOOD")));
    sut.fail(look, scripted_fault::canned(fake_responses::refusal(404, "NO.SUCH.INSTANCE")), 2);
    sut.fail(look, refused(api_code::invalid_instance_not_found), 3);
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::unknown);

    job other_reason;
    other_reason.fail(modify, scripted_fault::masked(fake_responses::api_error(api_code::invalid_instance_not_found)));
    other_reason.fail(look, scripted_fault::canned(fake_responses::refusal(404, "NO.SUCH.INSTANCE")), 2);
    CHECK(other_reason.run(other_reason.change("2")).order == order_kind::unknown);
}

TEST_CASE("a limit under a 5xx may be a gateway's word of an order that it passed on") {
    job sut;
    sut.fail(modify, scripted_fault::canned(fake_responses::refusal(503, "REQUEST_LIMIT_EXCEEDED")));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(sut.sent_at.back() - sut.time_of(modify, 1) >= 900);
}

TEST_CASE("an order that was executed and called refused is found, and not called refused") {
    for (scripted_fault const& lie :
         {scripted_fault::masked(fake_responses::api_error(processing)),
          scripted_fault::masked(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE")),
          scripted_fault::masked(fake_responses::too_many_requests()),
          scripted_fault::masked(fake_responses::challenge())}) {
        for (const std::int64_t seconds : {0, 23}) {
            job sut;
            sut.cloud.settings().processing_seconds = seconds;
            sut.fail(modify, lie);
            const workflow_verdict verdict = sut.run(sut.change("2"));
            CHECK(verdict.instance == instance_kind::reached);
            CHECK(verdict.order == order_kind::unknown);
            CHECK(sut.cloud.order_requests().size() == 1);
        }
    }
    job plan;
    plan.fail(modify, scripted_fault::masked(fake_responses::api_error(planned)));
    CHECK(plan.run(plan.change("0.5")).order == order_kind::unknown);
}

TEST_CASE("a gateway's refusal is unknown, however often the instance looks unchanged") {
    const zenwire::fake_response answers[] = {
        fake_responses::html(403),         fake_responses::html(429),
        fake_responses::html(502),         fake_responses::redirect(302),
        fake_responses::html(404),         fake_responses::refusal(502, "OPERATION_FAILED_INSUFFICIENT_BALANCE"),
        {403, R"({"message":"no"})", {}}};
    for (zenwire::fake_response const& each : answers) {
        CAPTURE(each.status);
        job sut;
        sut.fail(modify, scripted_fault::canned(each));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.instance == instance_kind::unchanged);
        CHECK(verdict.order == order_kind::unknown);
        CHECK(verdict.failure->http_status == each.status);
        CHECK(sut.cloud.order_requests().size() == 1);
    }
}

TEST_CASE("an order that the API accepted is accepted, whatever the looks show afterwards") {
    for (scripted_fault const& each :
         {answer(""), shows("1", "Enable"), shows("1", "Repaired"), scripted_fault::canned(fake_responses::html(502)),
          refused(api_code::invalid_instance_not_found)}) {
        job sut;
        sut.options.longest_watch = zenwire::milliseconds(60'000);
        sut.fail_from(look, each, 2);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::accepted);
        CHECK(verdict.order_number.view() == sut.cloud.orders().at(0).number);
        CHECK(verdict.failure->code == errc::deadline_passed);
        CHECK(verdict.failure->outcome == zenwire::outcome::executed);
        CHECK_FALSE(verdict.failure->retryable());
        CHECK_FALSE(verdict.acceptable_until.has_value());
    }
}

TEST_CASE("an accepted order is watched for an hour where the caller does not say how long") {
    job sut;
    sut.cloud.settings().processing_seconds = 100'000;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::in_progress);
    CHECK_FALSE(verdict.failure.has_value());
    CHECK(sut.sent_at.back() - sut.time_of(look, 2) == 3600);
}

TEST_CASE("a downgrade that came before its cancellation is too late, and the cancellation stays what it was") {
    for (const bool is_lost : {true, false}) {
        job sut;
        sut.instance->planned_size = sample::size("0.5");
        if (is_lost) {
            sut.fail(cancel_downgrade, {scripted_fault::kind::request_lost});
        }
        sut.fail(look, shows("0.5", "Enable"), 2);
        const workflow_verdict verdict = sut.run(sut.cancel());
        CHECK(verdict.instance == instance_kind::conflict);
        CHECK(verdict.order == (is_lost ? order_kind::unknown : order_kind::accepted));
        CHECK(verdict.failure->code == (is_lost ? errc::outcome_unknown : errc::conflicting_change));
        CHECK(verdict.failure->cause == (is_lost ? errc::transport_failed : errc::conflicting_change));
        CHECK(verdict.failure->outcome == (is_lost ? zenwire::outcome::unknown : zenwire::outcome::executed));
    }
}

TEST_CASE("a cancellation that is refused is believed while the plan stands") {
    job sut;
    sut.instance->planned_size = sample::size("0.5");
    sut.fail(cancel_downgrade, scripted_fault::canned(fake_responses::refusal(403, "SOME_CODE")));
    const workflow_verdict verdict = sut.run(sut.cancel());
    CHECK(verdict.order == order_kind::refused);
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.failure->api_code_text == "SOME_CODE");
    CHECK(sut.instance->planned_size == sample::size("0.5"));
}

TEST_CASE("somebody else's change to the target that comes to nothing ends the job without an order") {
    job sut;
    sut.fail(look, shows("1", "Processing", "2"));
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::conflict);
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::conflicting_change);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a refusal that the instance contradicted once is unknown for good") {
    job sut;
    sut.fail(modify, too_poor());
    sut.fail(look, shows("1", "Processing", "2"), 3);
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.order == order_kind::unknown);
    // and is watched as what is under way
    CHECK(sut.sent_at.back() - sut.time_of(look, 2) == 3600);
}

TEST_CASE(
    "a plan that is gone before it was cancelled was taken back, came, or became something else, and nothing is ordered") {
    struct {
        std::string_view size;
        instance_kind instance;
    } const cases[] = {{"1", instance_kind::reached}, {"0.5", instance_kind::conflict}, {"3", instance_kind::conflict}};
    for (auto const& each : cases) {
        CAPTURE(each.size);
        job sut;
        sut.instance->planned_size = sample::size("0.5");
        sut.on_confirm = [&] {
            sut.cloud.sleep_for(zenwire::milliseconds(61'000));
            sut.cloud.act(put(each.size));
        };
        const workflow_verdict verdict = sut.run(sut.cancel());
        CHECK(verdict.instance == each.instance);
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure.has_value() == (each.instance == instance_kind::conflict));
        CHECK(sut.times_sent(cancel_downgrade) == 0);
    }
}
