// SPDX-License-Identifier: BSL-1.0

/// @file
/// What went wrong with the machine that could order twice, one case each, and others of the same kinds. In all of them at most one
/// order is handed out, and nothing is said of it that the cloud contradicts.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

namespace {

using namespace workflow_tests;
using zenwire::fake_act;

fake_act put(std::string_view size) { return {fake_act::kind::put, std::string(instance_id), sample::size(size)}; }
fake_act ordered(std::string_view size) {
    return {fake_act::kind::order, std::string(instance_id), sample::size(size)};
}

/// The job is at its end; whatever was on its way has arrived.
void check(job<>& sut, workflow_verdict const& verdict, instance_kind instance, order_kind order) {
    const std::size_t executed = sut.cloud.orders().size();
    sut.cloud.sleep_for(zenwire::milliseconds(2'000'000));
    CHECK(sut.cloud.order_requests().size() <= 1);
    CHECK(sut.cloud.orders_that_may_cost() <= 1);
    CHECK((order != order_kind::none || executed == 0));
    CHECK((order != order_kind::refused || executed == 0));
    CHECK(verdict.instance == instance);
    CHECK(verdict.order == order);
    CHECK((!verdict.failure || !verdict.failure->retryable()));
}

}  // namespace

TEST_CASE(
    "row 1: the order was executed, its response lost, and a colleague changed the instance before the first look") {
    struct {
        fake_act act;
        instance_kind instance;
    } const cases[] = {
        {put("3"), instance_kind::conflict},      {put("1"), instance_kind::unchanged},
        {put("0.5"), instance_kind::conflict},    {ordered("3"), instance_kind::reached},  // on top of the target
        {ordered("0.5"), instance_kind::reached},
    };
    for (auto const& each : cases) {
        job sut;
        sut.cloud.settings().processing_seconds = 0;
        sut.fail(modify, {scripted_fault::kind::response_lost});
        sut.fail(look, scripted_fault::acted(each.act), 2);
        if (each.act.what == fake_act::kind::order) {
            // a change that is still under way at the look
            sut.before_send = [&](std::string_view action, std::size_t number) {
                sut.cloud.settings().processing_seconds = action == look && number == 2 ? 600 : 0;
            };
        }
        check(sut, sut.run(sut.change("2")), each.instance, order_kind::unknown);
    }
}

TEST_CASE("row 2: looks are about another instance, or say nothing") {
    for (scripted_fault const& fault :
         {scripted_fault{scripted_fault::kind::foreign}, scripted_fault{scripted_fault::kind::empty}}) {
        job lost;
        lost.fail(modify, {scripted_fault::kind::request_lost});
        lost.fail_from(look, fault, 2);
        check(lost, lost.run(lost.change("2")), instance_kind::not_seen, order_kind::unknown);
        job before;
        before.fail_from(look, fault);
        check(before, before.run(before.change("2")), instance_kind::not_seen, order_kind::none);
        job cancelling;
        cancelling.instance->planned_size = sample::size("0.5");
        cancelling.fail(cancel_downgrade, {scripted_fault::kind::request_lost});
        cancelling.fail_from(look, fault, 2);
        check(cancelling, cancelling.run(cancelling.cancel()), instance_kind::not_seen, order_kind::unknown);
        CHECK(cancelling.instance->planned_size.has_value());
    }
}

TEST_CASE("row 3: the order is late, and the dates of looks are wrong") {
    for (const std::int64_t late : {100, 200, 299}) {
        for (const std::int64_t wrong : {-86'400, -3600, 400, 3600, 86'400}) {
            job sut;
            sut.fail(modify, scripted_fault::late(late));
            sut.fail_from(look, scripted_fault::misdated(wrong), 2);
            const workflow_verdict verdict = sut.run(sut.change("2"));
            check(sut, verdict, instance_kind::reached, order_kind::unknown);
            CHECK(*verdict.acceptable_until > unix_seconds(sut.time_of(modify, 1) + 300));
        }
    }
}

TEST_CASE("row 4: the transport throws after sending, and the caller runs the job again") {
    for (const bool is_sent : {false, true}) {
        job sut;
        auto machine = sut.change("2");
        struct broken {};
        bool throws = true;
        const auto breaks = [&](std::string_view action, std::size_t) {
            if (action == modify && throws) {
                throws = false;
                throw broken();
            }
        };
        (is_sent ? sut.after_send : sut.before_send) = breaks;
        CHECK_THROWS_AS(static_cast<void>(sut.drive(machine)), broken);
        check(sut, sut.drive(machine), is_sent ? instance_kind::reached : instance_kind::unchanged,
              order_kind::unknown);
        CHECK(sut.times_sent(modify) == 1);
    }
}

TEST_CASE("row 5: the order was executed, and a gateway, or the API, says otherwise") {
    for (zenwire::fake_response const& says :
         {fake_responses::html(429), fake_responses::too_many_requests(), fake_responses::html(403), fake_responses::html(502),
          fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE"), fake_responses::redirect(307)}) {
        job sut;
        sut.fail(modify, scripted_fault::masked(says));
        check(sut, sut.run(sut.change("2")), instance_kind::reached, order_kind::unknown);
    }
}

TEST_CASE("row 6: the confirmation takes six hours, and the price rises a thousandfold") {
    for (const bool agrees_again : {false, true}) {
        job sut;
        sut.options.price_limit = zenwire::decimal(100'000);
        sut.on_confirm = [&] {
            sut.agrees = sut.prices_shown.size() == 1 || agrees_again;
            if (sut.prices_shown.size() == 1) {
                sut.cloud.sleep_for(zenwire::milliseconds(6 * 3'600'000));
                sut.cloud.settings().price_cents_per_terabyte *= 1000;
            }
        };
        check(sut, sut.run(sut.change("2")), agrees_again ? instance_kind::reached : instance_kind::unchanged,
              agrees_again ? order_kind::accepted : order_kind::none);
        CHECK(sut.prices_shown.size() == 2);
        CHECK(sut.prices_shown.at(1) == zenwire::decimal(80'000));
    }
}

TEST_CASE("row 7: the status lags behind, and the response was lost") {
    for (const std::int64_t lag : {400, 1200, 7200}) {
        job sut;
        sut.fail(modify, {scripted_fault::kind::response_lost});
        sut.cloud.settings().status_lag_seconds = lag;
        check(sut, sut.run(sut.change("2")), lag < 900 ? instance_kind::reached : instance_kind::unchanged,
              order_kind::unknown);
    }
}

TEST_CASE("row 8: the order is unknown, then all looks fail") {
    for (scripted_fault const& fault :
         {scripted_fault::canned(fake_responses::too_many_requests()), scripted_fault{scripted_fault::kind::response_lost},
          scripted_fault{scripted_fault::kind::not_sent}, scripted_fault::canned(fake_responses::html(502))}) {
        job sut;
        sut.fail(modify, {scripted_fault::kind::response_lost});
        sut.fail_from(look, fault, 2);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        check(sut, verdict, instance_kind::not_seen, order_kind::unknown);
        CHECK(verdict.failure->code == errc::outcome_unknown);
        CHECK(verdict.failure->cause == errc::transport_failed);
        CHECK_FALSE(verdict.failure->reads_only);
    }
}

TEST_CASE("row 9: the API said 200, and the effect is not seen until the deadline") {
    job sut;
    sut.options.deadline = unix_seconds(sut.cloud.now().count() + 60);
    sut.cloud.settings().status_lag_seconds = 7200;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    check(sut, verdict, instance_kind::unchanged, order_kind::accepted);
    CHECK(verdict.failure->outcome == zenwire::outcome::executed);
}

TEST_CASE("row 10: the clock is set back a year while the job watches") {
    job sut;
    sut.cloud.settings().processing_seconds = 1'000'000;
    bool is_back = false;
    sut.clock = [&] { return unix_seconds(sut.cloud.now().count() - (is_back ? 31'536'000 : 0)); };
    sut.before_send = [&](std::string_view action, std::size_t number) {
        is_back = is_back || (action == look && number == 3);
    };
    const std::int64_t begin = sut.cloud.now().count();
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(sut.cloud.now().count() - begin < 3700);
    check(sut, verdict, instance_kind::in_progress, order_kind::accepted);
}

TEST_CASE("row 11: looks are answered 429 with a wait of ten minutes") {
    job sut;
    sut.cloud.settings().processing_seconds = 2000;
    for (std::size_t i = 2; i < 4; ++i) {
        sut.fail(look, scripted_fault::canned(fake_responses::too_many_requests(600)), i);
    }
    check(sut, sut.run(sut.change("2")), instance_kind::reached, order_kind::accepted);
    CHECK(sut.time_of(look, 3) - sut.time_of(look, 2) == 600);
    CHECK(sut.time_of(look, 4) - sut.time_of(look, 3) == 600);
}

TEST_CASE("row 12: the clock stands at an end of its range") {
    for (const std::int64_t end : {INT64_MIN, INT64_MAX}) {
        job sut;
        sut.clock = [&] { return unix_seconds(end); };
        const workflow_verdict verdict = sut.run(sut.change("2"));
        check(sut, verdict, instance_kind::not_seen, order_kind::none);
        CHECK(verdict.failure->code == (end > 0 ? errc::deadline_passed : errc::invalid_timestamp));
    }
}
