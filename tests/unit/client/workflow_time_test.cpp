// SPDX-License-Identifier: BSL-1.0

/// @file
/// Deadlines, watches, waits that the server asks for, and clocks that are wrong.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

namespace {

using namespace workflow_tests;
using zenwire::api_code;

constexpr std::int64_t year = 31'536'000;

}  // namespace

TEST_CASE("a deadline that passes while an action is to be tried again ends a job without an order") {
    for (const std::string_view action : {find, look, inquire}) {
        CAPTURE(action);
        job sut;
        sut.options.deadline = unix_seconds(sut.cloud.now().count() + 1);
        sut.fail(action, scripted_fault::canned(fake_responses::too_many_requests()));
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure->code == errc::deadline_passed);
        CHECK(verdict.failure->outcome == zenwire::outcome::not_executed);
        CHECK(sut.times_sent(modify) == 0);
    }
    job unsent;
    unsent.options.deadline = unix_seconds(unsent.cloud.now().count() + 1);
    unsent.fail(modify, {scripted_fault::kind::not_sent});
    CHECK(unsent.run(unsent.change("2")).failure->code == errc::deadline_passed);
    CHECK(unsent.times_sent(modify) == 1);
}

TEST_CASE("a deadline in milliseconds is no deadline: a job with one orders nothing") {
    for (const std::int64_t count : {sample::time.count() * 1000, unix_seconds::last + 1, INT64_MAX}) {
        job sut;
        sut.options.deadline = unix_seconds(count);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.failure->code == errc::invalid_parameter);
        CHECK(sut.sent.empty());
    }
}

TEST_CASE(
    "a deadline that passed before the first look, at the question, or before the order, ends a job without one") {
    job early;
    early.options.deadline = early.cloud.now();
    CHECK(early.run(early.change("2")).failure->code == errc::deadline_passed);
    CHECK(early.sent.empty());

    job asked;
    asked.options.deadline = unix_seconds(asked.cloud.now().count() + 30);
    asked.on_confirm = [&] { asked.cloud.sleep_for(zenwire::milliseconds(30'000)); };
    CHECK(asked.run(asked.change("2")).failure->code == errc::deadline_passed);
    CHECK(asked.save_modes.empty());

    job saving;
    saving.options.deadline = unix_seconds(saving.cloud.now().count() + 30);
    saving.on_save = [&] { saving.cloud.sleep_for(zenwire::milliseconds(30'000)); };
    const workflow_verdict verdict = saving.run(saving.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::deadline_passed);
    CHECK(saving.times_sent(modify) == 0);
}

TEST_CASE("a deadline that passes after an order leaves it what it was, and tells what was seen last") {
    struct {
        scripted_fault order;
        scripted_fault sight;
        instance_kind instance;
        order_kind kind;
        errc code;
    } const cases[] = {
        {{},
         sight("Processing", R"(,"modifiedTrafficPackageSize":2)"),
         instance_kind::in_progress,
         order_kind::accepted,
         {}},
        {{}, sight("Enable"), instance_kind::unchanged, order_kind::accepted, errc::deadline_passed},
        {{}, answer(""), instance_kind::not_seen, order_kind::accepted, errc::deadline_passed},
        {{scripted_fault::kind::request_lost},
         sight("Enable"),
         instance_kind::unchanged,
         order_kind::unknown,
         errc::outcome_unknown},
    };
    for (auto const& each : cases) {
        job sut;
        sut.options.deadline = unix_seconds(sut.cloud.now().count() + 12);
        sut.fail(modify, each.order);
        sut.fail_from(look, each.sight, 2);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.instance == each.instance);
        CHECK(verdict.order == each.kind);
        CHECK(verdict.failure.value_or(zenwire::error()).code == each.code);
        CHECK(sut.times_sent(look) == 2);
        // and not later
        CHECK(sut.cloud.now() == sut.options.deadline);
    }
}

TEST_CASE("a watch is not over one second before its end") {
    job sut;
    sut.options.longest_watch = zenwire::milliseconds(2'000'000);
    sut.options.look_interval = zenwire::milliseconds(1'999'000);
    sut.cloud.settings().processing_seconds = 1'000'000;
    CHECK(sut.run(sut.change("2")).instance == instance_kind::in_progress);
    CHECK(sut.times_sent(look) == 1 + 3);
}

TEST_CASE("looks are at least a second apart, whatever the options say") {
    for (const std::int64_t interval : {-5, 0, 999}) {
        job sut;
        sut.options.look_interval = zenwire::milliseconds(interval);
        sut.options.first_look = zenwire::milliseconds(interval);
        sut.options.longest_watch = zenwire::milliseconds(10'000);
        sut.cloud.settings().processing_seconds = 1'000'000;
        CHECK(sut.run(sut.change("2")).instance == instance_kind::in_progress);
        CHECK(sut.times_sent(look) == 1 + 11);
    }
}

TEST_CASE("a clock that is set back, stands still or jumps ahead neither makes a watch run on nor ends it early") {
    for (const std::int64_t jump : {-year, year, std::int64_t{86'400}, std::int64_t{-3600}}) {
        for (const bool stands : {false, true}) {
            CAPTURE(jump);
            CAPTURE(stands);
            job sut;
            sut.cloud.settings().processing_seconds = 100'000;
            sut.options.longest_watch = zenwire::milliseconds(600'000);
            std::int64_t wrong_since = 0;
            // in the middle of the watch
            sut.after_send = [&](std::string_view action, std::size_t number) {
                wrong_since = action == look && number == 4 ? sut.cloud.now().count() : wrong_since;
            };
            sut.clock = [&] {
                const std::int64_t now = sut.cloud.now().count();
                return unix_seconds(wrong_since == 0 ? now : stands ? wrong_since + jump : now + jump);
            };
            const workflow_verdict verdict = sut.run(sut.change("2"));
            CHECK(verdict.order == order_kind::accepted);
            const std::int64_t watched = sut.cloud.now().count() - sut.time_of(look, 2);
            // a jump ahead may count for two minutes
            CHECK(watched >= 600 - 125);
            CHECK(watched <= 600 + 130);
        }
    }
}

TEST_CASE("a clock that stands still does not keep a job from its deadline") {
    job sut;
    sut.cloud.settings().processing_seconds = 100'000;
    const unix_seconds begin = sut.cloud.now();
    sut.clock = [&] { return begin; };
    sut.options.deadline = unix_seconds(begin.count() + 60);
    CHECK(sut.run(sut.change("2")).order == order_kind::accepted);
    CHECK(sut.cloud.now() == sut.options.deadline);
}

TEST_CASE("looks are signed by the server's time where it calls a signature expired, and the order never is") {
    job sut;
    bool is_wrong = false;
    sut.clock = [&] { return unix_seconds(sut.cloud.now().count() - (is_wrong ? year : 0)); };
    sut.after_send = [&](std::string_view action, std::size_t) { is_wrong = is_wrong || action == modify; };
    sut.fail(modify, {scripted_fault::kind::response_lost});
    sut.fail_from(look, sight("Enable"), 4);
    sut.options.unknown_watch = zenwire::milliseconds(30'000);
    sut.cloud.settings().processing_seconds = 1000;
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.instance == instance_kind::unchanged);
    // in the caller's clock, which is a year behind now
    CHECK(verdict.acceptable_until == unix_seconds(sut.time_of(modify, 1) + 300 - year));
}

TEST_CASE("a look that is tried again is signed by the server's time, too") {
    job sut;
    bool is_wrong = false;
    sut.clock = [&] { return unix_seconds(sut.cloud.now().count() - (is_wrong ? year : 0)); };
    sut.after_send = [&](std::string_view action, std::size_t) { is_wrong = is_wrong || action == modify; };
    sut.fail(look, scripted_fault::canned(fake_responses::html(502)), 3);
    CHECK(sut.run(sut.change("2")).instance == instance_kind::reached);
    // the first with the wrong time, the second one fails on its way, the third is its repetition
    CHECK(sut.times_sent(look) == 1 + 3);
    CHECK(sut.timestamps.back() == std::to_string(sut.sent_at.back()));
}

TEST_CASE("a clock that moves while a look is under way, or before the next one, is set by the server's time all the same") {
    for (const std::int64_t second_jump : {std::int64_t{-7200}, std::int64_t{1000}, -year, std::int64_t{-301}, year - 400}) {
        for (const bool is_under_way : {true, false}) {
            CAPTURE(second_jump);
            CAPTURE(is_under_way);
            job sut;
            std::int64_t wrong = 0;
            sut.clock = [&] { return unix_seconds(sut.cloud.now().count() + wrong); };
            const auto jump = [&] { wrong = sut.times_sent(look) == 2 ? 3600 + second_jump : wrong; };
            sut.after_send = [&](std::string_view action, std::size_t) {
                wrong = action == modify ? 3600 : wrong;
                is_under_way ? jump() : void();
            };
            sut.on_sleep = [&](zenwire::milliseconds) { jump(); };
            sut.fail(modify, {scripted_fault::kind::response_lost});
            const workflow_verdict verdict = sut.run(sut.change("2"));
            CHECK(verdict.instance == instance_kind::reached);
            CHECK(verdict.order == order_kind::unknown);
            // one look, or two of them, that the server called expired, and one by its own time
            CHECK(sut.times_sent(look) == 1 + (is_under_way ? 2 : 3));
            CHECK(sut.timestamps.back() == std::to_string(sut.sent_at.back()));
            CHECK(sut.cloud.order_requests().size() == 1);
        }
    }
}

TEST_CASE("a look that takes long to arrive, or whose response does, does not make an order seem to expire too early") {
    for (const std::int64_t seconds : {0, 1, 100, 290}) {
        for (const bool is_response : {false, true}) {
            CAPTURE(seconds);
            CAPTURE(is_response);
            job sut;
            bool is_wrong = false;
            sut.clock = [&] { return unix_seconds(sut.cloud.now().count() - (is_wrong ? 3600 : 0)); };
            const auto delay = [&](std::string_view action, std::size_t number, bool is_now) {
                sut.cloud.sleep_for(zenwire::milliseconds(is_now && action == look && number == 2 ? seconds * 1000 : 0));
            };
            sut.before_send = [&](std::string_view action, std::size_t number) { delay(action, number, !is_response); };
            sut.after_send = [&](std::string_view action, std::size_t number) {
                is_wrong = is_wrong || action == modify;
                delay(action, number, is_response);
            };
            sut.fail(modify, {scripted_fault::kind::response_lost});
            const workflow_verdict verdict = sut.run(sut.change("2"));
            CHECK(verdict.order == order_kind::unknown);
            CHECK(sut.times_sent(look) == 1 + 2);
            const std::int64_t truth = sut.time_of(modify, 1) + 300 - 3600;
            CHECK(*verdict.acceptable_until == unix_seconds(truth + (is_response ? seconds : 0)));
        }
    }
}

TEST_CASE("a date that no request can be signed for does not blind the looks") {
    for (const std::string_view date : {"Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:60 GMT",
                                        "Thu, 01 Jan 1970 00:00:00 GMT"}) {
        CAPTURE(date);
        job sut;
        auto expired = fake_responses::api_error(api_code::authfailure_signature_expired);
        expired.fields = {{"date", std::string(date)}};
        sut.fail(modify, {scripted_fault::kind::response_lost});
        sut.fail(look, scripted_fault::canned(expired), 2);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.instance == instance_kind::reached);
        CHECK(verdict.order == order_kind::unknown);
        // the one with that date, one signed for it, and one by the server's time
        CHECK(sut.times_sent(look) == 1 + 3);
        CHECK(sut.timestamps.back() == std::to_string(sut.sent_at.back()));
    }
}

TEST_CASE("a watch ends in its time, however often and fast the client tries its actions again") {
    zenwire::client_options patient;
    patient.retry.max_attempts = UINT32_MAX;
    patient.retry.max_backoff = zenwire::milliseconds(500);
    for (scripted_fault const& fault : {scripted_fault{scripted_fault::kind::request_lost},
                                        scripted_fault::canned(fake_responses::too_many_requests(60))}) {
        for (const bool stands_still : {false, true}) {
            job sut;
            const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), sut.credential, patient);
            sut.fail(modify, {scripted_fault::kind::request_lost});
            sut.fail_from(look, fault, 2);
            const unix_seconds begin = sut.cloud.now();
            sut.clock = [&] { return stands_still ? begin : sut.cloud.now(); };
            auto machine = job<>::workflow::change(client, instance_id, sample::size("2"), sut.options);
            const workflow_verdict verdict = sut.drive(machine);
            CHECK(verdict.order == order_kind::unknown);
            CHECK(verdict.instance == instance_kind::not_seen);
            CHECK(sut.slept <= 910'000);
            CHECK(sut.slept >= 850'000);
        }
    }
}

TEST_CASE("a clock that is set after the order, and a server that says so once, do not shorten the time that the order has") {
    job sut;
    bool is_set = false;
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.fail_from(look, {scripted_fault::kind::request_lost}, 3);
    sut.clock = [&] { return unix_seconds(sut.cloud.now().count() + (is_set ? 3600 : 0)); };
    sut.after_send = [&](std::string_view action, std::size_t) { is_set = is_set || action == modify; };
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::unknown);
    // by the caller's clock of now the server takes the signature until then
    CHECK(*verdict.acceptable_until >= unix_seconds(sut.time_of(modify, 1) + 300 + 3600));
}

TEST_CASE("what the dates of other responses say does not move the end of an order") {
    for (const std::int64_t seconds : {-86'400, -100, 100, 3600, 86'400}) {
        job sut;
        sut.cloud.settings().date_offset_seconds = seconds;
        sut.fail(modify, {scripted_fault::kind::request_lost});
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.acceptable_until == unix_seconds(sut.time_of(modify, 1) + 600));
    }
}

TEST_CASE(
    "a clock that the server does not accept ends a job before the question, and the failure says how wrong it is") {
    for (const std::int64_t wrong : {-year, std::int64_t{-301}, std::int64_t{301}, year}) {
        CAPTURE(wrong);
        job sut;
        sut.clock = [&] { return unix_seconds(sut.cloud.now().count() + wrong); };
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::none);
        CHECK(verdict.instance == instance_kind::unchanged);
        CHECK(verdict.failure->code == errc::invalid_timestamp);
        CHECK(verdict.failure->clock_offset_seconds == -wrong);
        CHECK(sut.prices_shown.empty());
        CHECK(sut.save_modes.empty());
    }
    // what needs no order is found all the same
    job there;
    there.clock = [&] { return unix_seconds(there.cloud.now().count() + year); };
    CHECK(there.run(there.change("1")).instance == instance_kind::reached);
}

TEST_CASE("a clock that the server stops to accept before the order is saved ends the job without one") {
    job sut;
    bool is_wrong = false;
    sut.clock = [&] { return unix_seconds(sut.cloud.now().count() + (is_wrong ? year : 0)); };
    sut.on_confirm = [&] { is_wrong = true; };
    const workflow_verdict verdict = sut.run(sut.change("2"));
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == errc::invalid_timestamp);
    CHECK(sut.save_modes.empty());
}

TEST_CASE("the wait that a response to a look asks for is kept, and ends with the watch or the deadline") {
    struct {
        std::int64_t watch_s;
        std::int64_t deadline_s;
        std::size_t looks;
        std::int64_t ends_after_s;
    } const cases[] = {
        {3600, 1'000'000, 7, 3610},  // looks at 10, 610, ...
        {300, 1'000'000, 1, 310},
        {3600, 100, 1, 100},
    };
    for (auto const& each : cases) {
        CAPTURE(each.watch_s);
        CAPTURE(each.deadline_s);
        job sut;
        sut.cloud.settings().processing_seconds = 1'000'000;
        sut.options.longest_watch = zenwire::milliseconds(each.watch_s * 1000);
        const std::int64_t begin = sut.cloud.now().count();
        sut.options.deadline = unix_seconds(begin + each.deadline_s);
        sut.fail_from(look, scripted_fault::canned(fake_responses::too_many_requests(600)), 2);
        const workflow_verdict verdict = sut.run(sut.change("2"));
        CHECK(verdict.order == order_kind::accepted);
        CHECK(verdict.instance == instance_kind::not_seen);
        CHECK(sut.times_sent(look) == 1 + each.looks);
        CHECK(sut.cloud.now().count() - begin == each.ends_after_s);
        for (std::size_t i = 3; i <= sut.times_sent(look); ++i) {
            CHECK(sut.time_of(look, i) - sut.time_of(look, i - 1) == 600);
        }
    }
}

TEST_CASE("after a wait that was asked for the watch goes on") {
    job sut;
    sut.fail(look, scripted_fault::canned(fake_responses::too_many_requests(600)), 2);
    CHECK(sut.run(sut.change("2")).instance == instance_kind::reached);
    CHECK(sut.time_of(look, 3) - sut.time_of(look, 2) == 600);
}

TEST_CASE("every reading of a clock at every call is allowed") {
    constexpr std::int64_t readings[] = {
        INT64_MIN,     INT64_MIN + 1, -1, 0, 1673361177, unix_seconds::last, unix_seconds::last + 1,
        INT64_MAX - 1, INT64_MAX};
    // the reading at one call is wrong, or from one call on
    for (const std::int64_t reading : readings) {
        for (const bool from_then_on : {false, true}) {
            for (int wrong_call = 1; wrong_call < 14; ++wrong_call) {
                for (scripted_fault const& fault : {scripted_fault(), scripted_fault{scripted_fault::kind::response_lost},
                                                    scripted_fault::canned(fake_responses::too_many_requests(600))}) {
                    CAPTURE(reading);
                    CAPTURE(from_then_on);
                    CAPTURE(wrong_call);
                    job sut;
                    sut.fail(modify, fault);
                    sut.options.unknown_watch = zenwire::milliseconds(60'000);
                    sut.options.longest_watch = zenwire::milliseconds(60'000);
                    int calls = 0;
                    sut.clock = [&] {
                        ++calls;
                        const bool is_wrong = from_then_on ? calls >= wrong_call : calls == wrong_call;
                        return is_wrong ? unix_seconds(reading) : sut.cloud.now();
                    };
                    const workflow_verdict verdict = sut.run(sut.change("2"));
                    CHECK(sut.cloud.order_requests().size() <= 1);
                    CHECK((verdict.order == order_kind::none) == sut.cloud.order_requests().empty());
                    CHECK(sut.slept <= 400'000);
                }
            }
        }
    }
}

TEST_CASE("a wait until a date is counted from any reading of the clock") {
    for (const std::int64_t reading : {INT64_MIN, std::int64_t{0}, INT64_MAX}) {
        const zenwire::field fields[] = {{"retry-after", "Tue, 10 Jan 2023 14:32:57 GMT"}};
        const zenwire::response_view response{429, "{}", zenwire::field_list(fields)};
        CHECK(zenwire::retry_after_seconds(response, unix_seconds(reading)) == (reading == INT64_MAX ? 0U : 86'400U));
    }
}
