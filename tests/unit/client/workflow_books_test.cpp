// SPDX-License-Identifier: BSL-1.0

/// @file
/// What a job makes of the ledger of the fake cloud itself, whose books agree with its orders.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "ledger_job.hpp"

namespace {

using namespace workflow_tests;

/// A job at a cloud with a ledger of its own, where an old order is in the books.
struct booked_job : ledger_job {
    booked_job() {
        run(change("1.5"));
        cloud.sleep_for(zenwire::milliseconds(3'600'000));
    }
    workflow_verdict order_booked(std::string_view terabytes = "2") {
        auto machine = change(terabytes);
        return drive_with_ledger(machine);
    }
};

}  // namespace

TEST_CASE("an accepted order is found in the books by its number") {
    booked_job sut;
    const workflow_verdict verdict = sut.order_booked();
    CHECK(verdict.order == order_kind::accepted);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::receipt);
    CHECK(verdict.ledger->entry.order_sn == verdict.order_number.view());
    CHECK(verdict.ledger->entry.amount == zenwire::decimal(40));
}

TEST_CASE("an order that something between sent twice is told with its receipt and with the other charge") {
    booked_job twice;
    twice.cloud.settings().processing_seconds = 0;
    twice.fail(modify, scripted_fault::twice(1), 2);
    const workflow_verdict verdict = twice.order_booked();
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::accepted);
    CHECK(verdict.ledger->what == evidence::receipt);
    CHECK(verdict.ledger->other_charges == 1);
    CHECK_FALSE(contains(verdict.advice(), "nothing to do"));
    booked_job once;
    const workflow_verdict usual = once.order_booked();
    CHECK(usual.ledger->other_charges == 0);
    CHECK(usual.advice() == "nothing to do");
    // where the accepted order has no number, the charge is likely its own
    booked_job unnumbered;
    unnumbered.fail(modify, {scripted_fault::kind::empty}, 2);
    const workflow_verdict own = unnumbered.order_booked();
    CHECK(own.ledger->what == evidence::new_charge);
    CHECK(own.ledger->other_charges == 1);
    CHECK(own.advice() == "nothing to do");
}

TEST_CASE("an order whose response was lost is in the books, and one that was lost is not") {
    booked_job executed;
    executed.fail(modify, {scripted_fault::kind::response_lost}, 2);
    const workflow_verdict bought = executed.order_booked();
    CHECK(bought.order == order_kind::unknown);
    REQUIRE(bought.ledger.has_value());
    CHECK(bought.ledger->what == evidence::new_charge);
    booked_job lost;
    lost.fail(modify, {scripted_fault::kind::request_lost}, 2);
    const workflow_verdict nothing = lost.order_booked();
    CHECK(nothing.order == order_kind::unknown);
    REQUIRE(nothing.ledger.has_value());
    CHECK(nothing.ledger->what == evidence::nothing_new);
}

TEST_CASE("books that are late prove nothing, and a downgrade is not in them") {
    booked_job late;
    late.cloud.settings().ledger_lag_seconds = 100'000;
    late.fail(modify, {scripted_fault::kind::response_lost}, 2);
    CHECK(late.order_booked().ledger->what == evidence::nothing_new);
    booked_job down;
    const workflow_verdict verdict = down.order_booked("1");
    CHECK(verdict.instance == instance_kind::planned);
    CHECK(verdict.ledger->what == evidence::nothing_new);
}

TEST_CASE("an API that refuses what it executed, while its status lags, is not believed when the books have the charge") {
    const auto too_poor = fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE");
    for (const bool has_ledger : {false, true}) {
        booked_job sut;
        sut.has_ledger = has_ledger;
        sut.fail(modify, scripted_fault::masked(too_poor), 2);
        const std::size_t first = sut.times_sent(look) + 2;
        sut.fail_from(look, scripted_fault::lagging(100), first);
        const workflow_verdict verdict = sut.order_booked();
        CHECK(verdict.order == (has_ledger ? order_kind::unknown : order_kind::refused));
        CHECK(sut.cloud.order_requests().size() == 2);
    }
}

TEST_CASE("what others buy for the instance is told as bought, and is not taken for this order") {
    booked_job sut;
    sut.fail(modify, {scripted_fault::kind::request_lost}, 2);
    sut.fail(look,
             scripted_fault::acted({zenwire::fake_act::kind::order, std::string(instance_id), sample::size("3")}),
             sut.times_sent(look) + 2);
    const workflow_verdict verdict = sut.order_booked();
    CHECK(verdict.instance == instance_kind::conflict);
    CHECK(verdict.order == order_kind::unknown);
    REQUIRE(verdict.ledger.has_value());
    CHECK(verdict.ledger->what == evidence::new_charge);
}
