// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/order_watch.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "../../samples.hpp"

namespace {

using zenwire::errc;
using zenwire::error;
using zenwire::milliseconds;
using zenwire::observed_package;
using zenwire::detail::job_clock;
using zenwire::detail::observation;
using zenwire::detail::observed_goal;
using zenwire::detail::order_fate;
using zenwire::detail::order_watch;
using zenwire::detail::watch_end;

constexpr milliseconds settle(60'000);

observed_goal goal() { return {false, sample::size("2"), {sample::size("1")}}; }
observed_package shows(std::string_view size) { return {sample::size(size)}; }

error refusal() {
    error failure = error::make(errc::api_error, zenwire::blame::remote, "no");
    failure.outcome = zenwire::outcome::not_executed;
    failure.http_status = 403;
    failure.api_code_text = "OPERATION_FAILED_INSUFFICIENT_BALANCE";
    return failure;
}

/// A clock at some time of the watch.
job_clock begun() {
    job_clock clock;
    clock.take_reading(sample::time, zenwire::unix_seconds(zenwire::unix_seconds::last));
    clock.begin_watch();
    return clock;
}
void pass(job_clock& clock, std::int64_t ms) {
    static_cast<void>(clock.wait(ms));
    clock.take_reading(zenwire::unix_seconds(clock.now().count() + ms / 1000), zenwire::unix_seconds(zenwire::unix_seconds::last));
}

}  // namespace

TEST_CASE("nothing is known of an order before it is handed out, and then only that it may have left") {
    order_watch watch;
    CHECK(watch.fate() == order_fate::none);
    watch.hand_out();
    CHECK(watch.fate() == order_fate::unknown);
    CHECK_FALSE(watch.failure().has_value());
}

TEST_CASE("a refusal is believed at the second of two unchanged looks that are far enough apart") {
    order_watch watch;
    CHECK(watch.take_failure(refusal()) == order_fate::refused);
    job_clock clock = begun();
    CHECK(watch.take_look(shows("1"), goal(), clock, settle) == watch_end::not_yet);
    CHECK(watch.next_wait(0, clock, {}, milliseconds(600'000)) == settle);
    pass(clock, 59'999);
    CHECK(watch.take_look(shows("1"), goal(), clock, settle) == watch_end::not_yet);
    pass(clock, 1);
    CHECK(watch.take_look(std::nullopt, goal(), clock, settle) == watch_end::not_yet);
    CHECK(watch.take_look(shows("1"), goal(), clock, settle) == watch_end::refused);
}

TEST_CASE("an unchanged instance speaks for a refusal only, and what ends a job ends it whatever is known of the order") {
    using change = observed_package::change_state;
    const auto changing = [](change state, std::string_view to) {
        return observed_package{sample::size("1"), state, sample::size(to)};
    };
    // looks that end the watch: planned, reached, reached and more, foreign
    const observed_package last[] = {changing(change::planned, "2"), shows("2"),
                                     {sample::size("2"), change::planned, sample::size("1")}, shows("3")};
    for (const order_fate known :
         {order_fate::none, order_fate::unknown, order_fate::refused, order_fate::accepted}) {
        order_watch begun_watch;
        if (known == order_fate::unknown) {
            begun_watch.hand_out();
        } else if (known == order_fate::refused) {
            static_cast<void>(begun_watch.take_failure(refusal()));
        } else if (known == order_fate::accepted) {
            begun_watch.note_acceptance();
        }
        job_clock clock = begun();
        order_watch watch = begun_watch;
        CHECK(watch.take_look(std::nullopt, goal(), clock, settle) == watch_end::not_yet);
        CHECK(watch.take_look(shows("1"), goal(), clock, settle) == watch_end::not_yet);
        pass(clock, settle.count());
        CHECK(watch.take_look(shows("1"), goal(), clock, settle) ==
              (known == order_fate::refused ? watch_end::refused : watch_end::not_yet));
        CHECK(watch.take_look(changing(change::processing, "2"), goal(), clock, settle) == watch_end::not_yet);
        CHECK(watch.fate() == (known == order_fate::refused ? order_fate::unknown : known));
        for (observed_package const& each : last) {
            order_watch other = begun_watch;
            CHECK(other.take_look(each, goal(), clock, settle) == watch_end::concluded);
        }
        // the downgrade that was to be cancelled came first
        CHECK(begun_watch.take_look(shows("0.5"), {true, {}, changing(change::planned, "0.5")}, clock, settle) == watch_end::concluded);
    }
}

TEST_CASE("a new charge makes a refusal unknown, and nothing else of the ledger does") {
    for (const auto& [seen, contradicts] :
         {std::pair{zenwire::ledger_evidence::kind::new_charge, true}, std::pair{zenwire::ledger_evidence::kind::new_transaction, false},
          std::pair{zenwire::ledger_evidence::kind::nothing_new, false}}) {
        order_watch watch;
        static_cast<void>(watch.take_failure(refusal()));
        CHECK_FALSE(watch.contradict(std::nullopt));
        CHECK(watch.contradict(zenwire::ledger_evidence{seen, 1, {}}) == contradicts);
        CHECK(watch.is_refused() == !contradicts);
    }
    order_watch accepted;
    accepted.note_acceptance();
    CHECK_FALSE(accepted.contradict(zenwire::ledger_evidence{zenwire::ledger_evidence::kind::new_charge, 1, {}}));
}

TEST_CASE("what was seen before an order says nothing of it, unless it was never sent") {
    const auto looked = [] {
        order_watch watch;
        watch.take_look_before(observation::unchanged);
        watch.hand_out();
        return watch;
    };
    order_watch accepted = looked();
    CHECK(accepted.last_observation() == observation::unchanged);
    accepted.note_acceptance();
    CHECK(accepted.last_observation() == observation::unclear);
    order_watch refused = looked();
    static_cast<void>(refused.take_failure(refusal()));
    CHECK(refused.last_observation() == observation::unclear);
    order_watch lost = looked();
    error failure = error::make(errc::outcome_unknown, zenwire::blame::transport, "no response");
    failure.outcome = zenwire::outcome::unknown;
    static_cast<void>(lost.take_failure(failure));
    CHECK(lost.last_observation() == observation::unclear);
    order_watch never_sent = looked();
    failure = error::make(errc::not_sent, zenwire::blame::transport, "no connection");
    failure.outcome = zenwire::outcome::not_executed;
    static_cast<void>(never_sent.take_failure(failure));
    CHECK(never_sent.last_observation() == observation::unchanged);
}

TEST_CASE("what was never sent is no order") {
    order_watch watch;
    watch.hand_out();
    error failure = error::make(errc::not_sent, zenwire::blame::transport, "no connection");
    failure.outcome = zenwire::outcome::not_executed;
    CHECK(watch.take_failure(failure) == order_fate::none);
    CHECK_FALSE(watch.failure().has_value());
}

TEST_CASE("a watch lasts as long as its order deserves") {
    order_watch unknown;
    unknown.hand_out();
    order_watch accepted;
    accepted.note_acceptance();
    job_clock clock = begun();
    pass(clock, 899'999);
    CHECK(unknown.next_wait(0, clock, {}, milliseconds(5000)) == milliseconds(1));
    CHECK(unknown.next_wait(700'000, clock, {}, milliseconds(5000)) == milliseconds(1));
    pass(clock, 1);
    CHECK_FALSE(unknown.next_wait(0, clock, {}, milliseconds(5000)).has_value());
    CHECK(accepted.next_wait(700'000, clock, {}, milliseconds(5000)) == milliseconds(700'000));
}

TEST_CASE("the last look comes when the watch ends, also when looks are far apart") {
    order_watch unknown;
    unknown.hand_out();
    const job_clock clock = begun();
    CHECK(unknown.next_wait(0, clock, {}, milliseconds(3'600'000)) == milliseconds(900'000));
    CHECK(unknown.next_wait(5000, clock, {}, milliseconds(3'600'000)) == milliseconds(900'000));
}

TEST_CASE("once a refusal is given up, nothing has to settle, and looks are as far apart as usual") {
    order_watch watch;
    static_cast<void>(watch.take_failure(refusal()));
    job_clock clock = begun();
    CHECK(watch.take_look(shows("1"), goal(), clock, settle) == watch_end::not_yet);
    CHECK(watch.next_wait(0, clock, {}, milliseconds(600'000)) == settle);
    const observed_package changing{sample::size("1"), observed_package::change_state::processing, sample::size("2")};
    CHECK(watch.take_look(changing, goal(), clock, settle) == watch_end::not_yet);
    CHECK(watch.next_wait(0, clock, {}, milliseconds(600'000)) == milliseconds(600'000));
}
