// SPDX-License-Identifier: BSL-1.0

/// @file
/// The job up to its order, and its ordinary ends. What looks, responses and clocks are worth: workflow_evidence_test.cpp,
/// workflow_time_test.cpp; what is stored: workflow_resume_test.cpp.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

namespace {

using namespace workflow_tests;

}  // namespace

TEST_CASE("a caller who takes longer than 60 s to agree is asked about the price of now, when it rose") {
    struct {
        std::int64_t seconds;
        std::int64_t price_later;
        std::size_t questions;
    } const cases[] = {
        {60, 80'000'00, 1},  // not too long: the price is that of 60 s ago
        {61, 80'000'00, 2}, {61, 80'00, 1}, {61, 79'00, 1}, {6 * 3600, 80'000'00, 2}, {6 * 3600, 80'00, 1},
    };
    for (auto const& each : cases) {
        CAPTURE(each.seconds);
        CAPTURE(each.price_later);
        job sut;
        sut.on_confirm = [&] {
            if (sut.prices_shown.size() == 1) {
                sut.cloud.sleep_for(zenwire::milliseconds(each.seconds * 1000));
                sut.cloud.settings().price_cents_per_terabyte = each.price_later;
            }
        };
        auto machine = sut.change("2");
        CHECK(sut.drive(machine).instance == instance_kind::reached);
        CHECK(sut.prices_shown.size() == each.questions);
        CHECK(machine.questions() == each.questions);
        CHECK(sut.times_sent(inquire) == (each.seconds > 60 ? 2 : 1));
        CHECK(sut.times_sent(find) == (each.seconds > 60 ? 2 : 1));
    }
}

TEST_CASE("the limit is compared with the price of now, also when the caller agreed to another one") {
    job sut;
    sut.options.price_limit = zenwire::decimal(10'000);
    sut.on_confirm = [&] {
        sut.cloud.sleep_for(zenwire::milliseconds(6 * 3'600'000));
        sut.cloud.settings().price_cents_per_terabyte = 80'000'00;
    };
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::price_above_limit);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("an instance that was changed while the caller was asked is asked about anew") {
    job sut;
    sut.on_confirm = [&] {
        if (sut.prices_shown.size() == 1) {
            sut.cloud.sleep_for(zenwire::milliseconds(61'000));
            // at the same price
            sut.cloud.act({zenwire::fake_act::kind::put, std::string(instance_id), sample::size("0.5")});
            sut.fail(inquire, answer(R"("trafficPackagePrice":[{"originalPrice":80,"discountPrice":80}])"), 2);
        }
    };
    sut.fail(inquire, answer(R"("trafficPackagePrice":[{"originalPrice":80,"discountPrice":80}])"), 1);
    auto machine = sut.change("2");
    CHECK(sut.drive(machine).size_before == sample::size("0.5"));
    CHECK(machine.questions() == 2);
    CHECK(sut.times_sent(modify) == 1);
}

TEST_CASE("an instance that reached the size while the caller was asked is not ordered for") {
    job sut;
    sut.on_confirm = [&] {
        sut.cloud.sleep_for(zenwire::milliseconds(61'000));
        sut.cloud.act({zenwire::fake_act::kind::put, std::string(instance_id), sample::size("2")});
    };
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.instance == instance_kind::reached);
    CHECK(verdict.order == order_kind::none);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("bytes that took longer than 60 s to store are saved again, after another look at instance and price") {
    for (const std::int64_t late : {60, 61}) {
        CAPTURE(late);
        job sut;
        sut.on_save = [&] {
            if (sut.save_modes.size() == 1) {
                sut.cloud.sleep_for(zenwire::milliseconds(late * 1000));
            }
        };
        CHECK(sut.run(sut.change("2")).instance == instance_kind::reached);
        CHECK(sut.times_sent(find) == (late > 60 ? 2 : 1));
        CHECK(sut.times_sent(inquire) == (late > 60 ? 2 : 1));
        CHECK(sut.prices_shown.size() == 1);
        const bool is_late = late > 60;
        CHECK(sut.save_modes.size() == (is_late ? 3 : 2));
        // the order carries the time that was saved
        CHECK(sut.timestamps.at(sut.sent.size() - 2) == std::to_string(sut.record().signed_at.count()));
        CHECK(sut.time_of(modify, 1) - sut.record().signed_at.count() == (is_late ? 0 : 60));
    }
}

TEST_CASE("a job ends when storing takes too long ten times, and when the deadline passes meanwhile") {
    const auto saves_until_the_end = [](job<>& sut, errc why) {
        sut.on_save = [&] { sut.cloud.sleep_for(zenwire::milliseconds(61'000)); };
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure->code == why);
        CHECK(sut.times_sent(modify) == 0);
        return sut.save_modes.size();
    };
    job slow;
    CHECK(saves_until_the_end(slow, errc::save_failed) == 10);
    job late;
    late.options.deadline = unix_seconds(late.cloud.now().count() + 100);
    CHECK(saves_until_the_end(late, errc::deadline_passed) == 2);
}

TEST_CASE("an order that was not sent is tried again, in a job that is saved anew, as often as the options allow") {
    for (const std::uint32_t most : {0U, 1U, 3U}) {
        CAPTURE(most);
        job sut;
        sut.options.max_attempts = most;
        sut.fail_from(modify, {scripted_fault::kind::not_sent});
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.instance == instance_kind::unchanged);
        CHECK_FALSE(verdict.ordered_at.has_value());
        CHECK(verdict.failure->cause == errc::not_sent);
        CHECK_FALSE(verdict.failure->retryable());
        const std::size_t times = most == 0 ? 1 : most;
        CHECK(sut.times_sent(modify) == times);
        CHECK(sut.save_modes.size() == times);
        CHECK(sut.save_modes.back() == (times == 1 ? zenwire::save_mode::create : zenwire::save_mode::replace));
        CHECK(sut.prices_shown.size() == 1);
    }
    job late;
    late.fail(modify, {scripted_fault::kind::not_sent});
    CHECK(late.run(late.change("2")).order == order_kind::accepted);
    CHECK(late.timestamps.at(3) != late.timestamps.at(4));
    CHECK(late.record().signed_at == unix_seconds(late.time_of(modify, 2)));
}

TEST_CASE("an order that is tried again on a look of more than 60 s is looked at again first") {
    job sut;
    sut.fail(modify, {scripted_fault::kind::not_sent});
    sut.before_send = [&](std::string_view action, std::size_t number) {
        if (action == modify && number == 1) {
            sut.cloud.sleep_for(zenwire::milliseconds(61'000));
        }
    };
    CHECK(sut.run(sut.change("2")).order == order_kind::accepted);
    CHECK(sut.times_sent(find) == 2);
    CHECK(sut.times_sent(modify) == 2);
}
