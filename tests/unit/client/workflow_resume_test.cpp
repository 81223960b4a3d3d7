// SPDX-License-Identifier: BSL-1.0

/// @file
/// What is stored of a job, and how it goes on from that.

#include <zenwire/client/traffic_package_workflow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

namespace {

using namespace workflow_tests;
using state = zenwire::workflow_record::order_state;

/// Ends the process: nothing is called any more.
struct killed {};

/// Runs a job to the point that `where` throws at.
template <class Job, class Machine>
void run_until_killed(Job& sut, Machine machine) {
    CHECK_THROWS_AS(static_cast<void>(sut.run(std::move(machine))), killed);
    sut.sent.clear();
    sut.sent_at.clear();
    sut.on_save = [] {};
    sut.before_send = [](std::string_view, std::size_t) {};
    sut.after_send = [](std::string_view, std::size_t) {};
    sut.faults.clear();
}

}  // namespace

TEST_CASE("a refusal that a look spoke against is not believed by a job that is resumed, either") {
    for (const bool is_written : {true, false}) {
        job sut;
        sut.fail(modify, scripted_fault::canned(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE")));
        sut.fail(look, sight("Processing", R"(,"modifiedTrafficPackageSize":2)"), 2);
        sut.options.longest_watch = zenwire::milliseconds(100'000);
        // the third time the bytes are stored is when the refusal is not believed any more
        sut.on_save = [&] { sut.saves = is_written || sut.save_modes.size() != 3; };
        CHECK(sut.run(sut.change("2")).order == order_kind::unknown);
        CHECK(sut.slept <= 100'000);
        CHECK(sut.save_modes.size() == 3);
        CHECK(sut.cloud.order_requests().size() == 1);
        CHECK(sut.run(sut.resume()).order == (is_written ? order_kind::unknown : order_kind::refused));
        CHECK(sut.cloud.order_requests().size() == 1);
    }
}

TEST_CASE(
    "before the hand-out a record says whose job it is, what was there, what was agreed, and that the order is taken") {
    job sut;
    sut.options.price_limit = zenwire::decimal(100);
    sut.on_save = [&] { sut.cloud.sleep_for(zenwire::milliseconds(7'000)); };
    sut.after_send = [](std::string_view action, std::size_t) {
        if (action == modify) {
            throw killed();
        }
    };
    const std::int64_t begin = sut.cloud.now().count();
    run_until_killed(sut, sut.change("2"));
    const zenwire::workflow_record record = sut.record();
    CHECK(record.what == zenwire::workflow_record::goal::change);
    CHECK(record.service == "bmc 2022-11-20");
    CHECK(record.endpoint == "https://console.zenlayer.com");
    CHECK(record.account == zenwire::fingerprint_of(sut.credential));
    CHECK(record.instance_id == instance_id);
    CHECK(record.target == sample::size("2"));
    CHECK(record.before == zenwire::observed_package{sample::size("1")});
    CHECK(record.looked_at == unix_seconds(begin));
    CHECK(record.looked_at_by_server == unix_seconds(begin));
    CHECK(record.confirmed_price == zenwire::decimal(80));
    CHECK_FALSE(record.clock_offset.has_value());
    CHECK(record.options == sut.options);
    CHECK(record.began_at == unix_seconds(begin));
    CHECK(record.signed_at == unix_seconds(begin));
    CHECK(record.is_signed);
    CHECK(record.order == state::taken);
}

TEST_CASE("after the response a record says what it was") {
    job accepted;
    static_cast<void>(accepted.run(accepted.change("2")));
    CHECK(accepted.record().order == state::accepted);
    CHECK(accepted.record().order_number.view() == accepted.cloud.orders().at(0).number);
    job refused;
    refused.fail(modify, scripted_fault::canned(fake_responses::too_many_requests(600)));
    static_cast<void>(refused.run(refused.change("2")));
    CHECK(refused.record().order == state::refused);
    CHECK(refused.record().refusal_code == "REQUEST_LIMIT_EXCEEDED");
    CHECK(refused.record().refusal_status == 429);
    CHECK(refused.record().refusal_wait_seconds == 600U);
    job token(sample::token());
    static_cast<void>(token.run(token.change("2")));
    CHECK_FALSE(token.record().is_signed);
}

TEST_CASE("the time by the server's clock is missing where it was not told") {
    job sut;
    sut.cloud.settings().sends_date = false;
    static_cast<void>(sut.run(sut.change("2")));
    CHECK_FALSE(sut.record().looked_at_by_server.has_value());
}

TEST_CASE("a job whose process ended with the order under way finds it, and orders nothing") {
    for (const bool was_sent : {true, false}) {
        CAPTURE(was_sent);
        job sut;
        const auto kill = [](std::string_view action, std::size_t) {
            if (action == modify) {
                throw killed();
            }
        };
        (was_sent ? sut.after_send : sut.before_send) = kill;
        run_until_killed(sut, sut.change("2"));
        auto machine = sut.resume();
        CHECK(machine.may_have_ordered());
        CHECK(machine.verdict().order == order_kind::unknown);
        const workflow_verdict verdict = sut.drive(machine);
        CHECK(verdict.instance == (was_sent ? instance_kind::reached : instance_kind::unchanged));
        CHECK(verdict.order == order_kind::unknown);
        CHECK(verdict.failure->code == errc::outcome_unknown);
        CHECK(verdict.size_before == sample::size("1"));
        CHECK(verdict.ordered_at == sut.record().signed_at);
        CHECK(verdict.acceptable_until == unix_seconds(sut.record().signed_at.count() + 600));
        CHECK(sut.times_sent(modify) == 0);
        CHECK(sut.times_sent(find) == 0);
    }
}

TEST_CASE("a job that was killed right after its bytes were saved is told as unknown") {
    job sut;
    sut.on_save = [&] {
        if (sut.save_modes.size() == 1) {
            const auto bytes = zenwire::workflow_bytes([&] {
                zenwire::workflow_record record;
                record.instance_id = instance_id;
                return record;
            }());
            sut.saved.assign(bytes.view().begin(), bytes.view().end());
        }
    };
    auto machine = sut.change("2");
    workflow_step step = machine.next(sut.cloud.now());
    while (step.what != workflow_step::kind::save) {
        step = step.what == workflow_step::kind::confirm
                   ? machine.confirm(true, sut.cloud.now())
                   : machine.receive(zenwire::response_adapter(*sut.cloud(machine.take_request())).view(),
                                     sut.cloud.now());
    }
    sut.saved.assign(machine.saved_bytes().begin(), machine.saved_bytes().end());
    const workflow_verdict verdict = sut.run(sut.resume());
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.acceptable_until.has_value());
}

TEST_CASE("a job whose order was accepted goes on with watching, and knows the order's number") {
    job sut;
    const workflow_verdict first = sut.run(sut.change("2"));
    sut.sent.clear();
    const workflow_verdict second = sut.run(sut.resume());
    CHECK(second.instance == instance_kind::reached);
    CHECK(second.order == order_kind::accepted);
    CHECK(second.order_number == first.order_number);
    CHECK_FALSE(second.failure.has_value());
    CHECK(sut.sent == std::vector<std::string>{std::string(look)});
}

TEST_CASE("a job whose order was accepted is watched as long as one should be, although the order never shows") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    sut.sent.clear();
    sut.sent_at.clear();
    sut.fail_from(look, sight("Enable"), 1);
    const workflow_verdict verdict = sut.run(sut.resume());
    CHECK(verdict.order == order_kind::accepted);
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(sut.sent_at.back() - sut.sent_at.front() == 3600);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a job whose order was refused goes on with looking whether that is true") {
    job sut;
    sut.fail(modify, scripted_fault::canned(fake_responses::refusal(403, "OPERATION_FAILED_INSUFFICIENT_BALANCE")));
    sut.before_send = [](std::string_view action, std::size_t number) {
        if (action == look && number == 2) {
            throw killed();
        }
    };
    run_until_killed(sut, sut.change("2"));
    const workflow_verdict verdict = sut.run(sut.resume());
    CHECK(verdict.order == order_kind::refused);
    CHECK(verdict.failure->api_code_text == "OPERATION_FAILED_INSUFFICIENT_BALANCE");
    CHECK(verdict.failure->http_status == 403);
    CHECK(sut.sent_at.back() - sut.sent_at.front() == 60);
    CHECK(sut.times_sent(modify) == 0);
}

TEST_CASE("a refusal whose reason shows is believed by a resumed job, too") {
    job sut;
    sut.fail(modify, scripted_fault::canned(fake_responses::api_error(
                         zenwire::api_code::operation_denied_instance_traffic_package_processing)));
    sut.before_send = [](std::string_view action, std::size_t number) {
        if (action == look && number == 2) {
            throw killed();
        }
    };
    run_until_killed(sut, sut.change("2"));
    sut.fail(look, sight("Processing", R"(,"modifiedTrafficPackageSize":3)"), 1);
    CHECK(sut.run(sut.resume()).order == order_kind::refused);
    CHECK(sut.times_sent(look) == 1);
}

TEST_CASE("a resumed job replaces its own bytes") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    CHECK(sut.resume().how_to_save() == zenwire::save_mode::replace);
    CHECK(sut.change("2").how_to_save() == zenwire::save_mode::create);
}

TEST_CASE("a job goes on only with the same service at the same endpoint and with the same credential") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    using zenwire::resume_check;
    const auto code_with = [&](zenwire::service const& service, std::string_view endpoint, auto const& credential,
                               resume_check check = resume_check::all) {
        const zenwire::client client(service, *zenwire::endpoint::make(endpoint), credential);
        using workflow = zenwire::traffic_package_workflow<std::remove_cvref_t<decltype(credential)>>;
        return code_of(workflow::resume(client, sut.saved, {}, check));
    };
    const auto& bmc = zenwire::services::bmc_2022_11_20;
    const std::string_view usual = "console.zenlayer.com";
    const zenwire::access_key key = sample::key();
    const auto other_key =
        *zenwire::access_key::make(zenwire::access_key_id("another"), zenwire::access_key_password("password"));
    const auto same_id =
        *zenwire::access_key::make(zenwire::access_key_id(sample::id), zenwire::access_key_password("new"));

    CHECK(code_with(bmc, usual, key) == errc{});
    CHECK(code_with(bmc, "https://Console.Zenlayer.com:443/", key) == errc{});
    CHECK(code_with(bmc, usual, same_id) == errc{});
    CHECK(code_with(zenwire::services::bmc_2026_02_01, usual, key) == errc{});

    CHECK(code_with(zenwire::services::vm_2026_04_01, usual, key) == errc::another_service);
    CHECK(code_with(bmc, "127.0.0.1:1", key) == errc::another_endpoint);
    CHECK(code_with(bmc, "http://console.zenlayer.com", key) == errc::another_endpoint);
    CHECK(code_with(bmc, "console.zenlayer.com:80", key) == errc::another_endpoint);
    CHECK(code_with(bmc, usual, other_key) == errc::another_account);
    CHECK(code_with(bmc, usual, sample::token()) == errc::another_account);

    CHECK(code_with(bmc, "127.0.0.1:1", other_key, resume_check::service_only) == errc{});
    CHECK(code_with(zenwire::services::vm_2026_04_01, usual, key, resume_check::service_only) == errc::another_service);
}

TEST_CASE("saved bytes that were damaged anywhere are refused") {
    job sut;
    static_cast<void>(sut.run(sut.change("2")));
    for (std::size_t i = 0; i < sut.saved.size(); ++i) {
        std::vector<char> damaged = sut.saved;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        CHECK_FALSE(zenwire::workflow_bytes::parse(damaged).has_value());
    }
    CHECK(code_of(job<>::workflow::resume(sut.client, std::vector<char>{'x'})) == errc::job_record_damaged);
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
    CHECK(verdict.order == order_kind::none);
    CHECK(verdict.failure->code == client.prepared().error().code);
    CHECK(code_of(job<>::workflow::resume(client, sut.saved)) == client.prepared().error().code);
    CHECK(sut.sent.empty());
}

TEST_CASE("the options of a resumed job are its own, or stricter ones") {
    zenwire::workflow_options own;
    own.deadline = unix_seconds(1000);
    own.price_limit = zenwire::decimal(10);
    own.settle = zenwire::milliseconds(50);
    own.longest_watch = zenwire::milliseconds(40);
    own.unknown_watch = zenwire::milliseconds(30);
    own.first_look = zenwire::milliseconds(20);
    own.look_interval = zenwire::milliseconds(10);
    own.max_attempts = 2;
    zenwire::workflow_options strict = own;
    strict.deadline = unix_seconds(999);
    strict.price_limit = zenwire::decimal(9);
    strict.settle = zenwire::milliseconds(51);
    strict.longest_watch = zenwire::milliseconds(39);
    strict.unknown_watch = zenwire::milliseconds(29);
    strict.first_look = zenwire::milliseconds(21);
    strict.look_interval = zenwire::milliseconds(11);
    strict.max_attempts = 1;
    CHECK(zenwire::detail::stricter(own, strict) == strict);
    CHECK(zenwire::detail::stricter(strict, own) == strict);
    zenwire::workflow_options unlimited = own;
    unlimited.price_limit.reset();
    CHECK(zenwire::detail::stricter(own, unlimited) == own);
    CHECK(zenwire::detail::stricter(unlimited, own) == own);
    CHECK(zenwire::detail::stricter(unlimited, unlimited) == unlimited);
}

TEST_CASE("a resumed job keeps its deadline, and looks once although that has passed") {
    job sut;
    sut.options.deadline = unix_seconds(sut.cloud.now().count() + 100);
    sut.fail(modify, {scripted_fault::kind::request_lost});
    sut.before_send = [](std::string_view action, std::size_t number) {
        if (action == look && number == 2) {
            throw killed();
        }
    };
    run_until_killed(sut, sut.change("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(1'000'000));
    sut.options = {};
    const workflow_verdict verdict = sut.run(sut.resume());
    CHECK(verdict.instance == instance_kind::unchanged);
    CHECK(verdict.order == order_kind::unknown);
    CHECK(verdict.looks == 1);
    CHECK(sut.slept == 0 + 10'000);
    CHECK(sut.times_sent(look) == 1);
}

TEST_CASE("a resumed job remembers a clock offset with which its order may be accepted for longer, and no other one") {
    for (const std::int64_t offset : {-5000, -300, -299, 200}) {
        CAPTURE(offset);
        job sut;
        zenwire::workflow_record record = sut.change("2").record();
        record.before.size = sample::size("1");
        record.signed_at = sut.cloud.now();
        record.clock_offset = offset;
        record.order = state::refused;  // not believed any more when the change shows: then the job is saved again
        record.refusal_status = 403;
        record.refusal_code = "OPERATION_FAILED";
        const zenwire::workflow_bytes bytes(record);
        sut.saved.assign(bytes.view().begin(), bytes.view().end());
        sut.fail(look, sight("Processing", R"(,"modifiedTrafficPackageSize":2)"));
        const workflow_verdict verdict = sut.run(sut.resume());
        CHECK(verdict.order == order_kind::unknown);
        const std::int64_t lifetime = 300 - std::min(offset, std::int64_t{-300});
        CHECK(verdict.acceptable_until == unix_seconds(record.signed_at.count() + lifetime));
        CHECK(sut.record().order == state::taken);
        CHECK(sut.record().acceptable_until() == verdict.acceptable_until);
    }
}

TEST_CASE("what cannot be resumed does not say that nothing was ordered") {
    job sut;
    zenwire::workflow_record record = sut.change("2").record();
    const auto outcome_of = [&](zenwire::service const& service, std::span<char const> bytes) {
        const zenwire::client client(service, zenwire::endpoint(), sut.credential);
        return job<>::workflow::resume(client, bytes).error().outcome;
    };
    const auto bytes = [&] { return zenwire::workflow_bytes(record); };
    CHECK(outcome_of(zenwire::services::vm_2023_03_13, bytes().view()) == zenwire::outcome::unknown);
    record.order = state::accepted;
    CHECK(outcome_of(zenwire::services::vm_2023_03_13, bytes().view()) == zenwire::outcome::executed);
    for (const std::string_view text : {"", "x", "zenwire job 3\n", "zenwire job 5\n", "zenwire job 6\n"}) {
        CHECK(outcome_of(zenwire::services::bmc_2022_11_20, text) == zenwire::outcome::unknown);
    }
}
