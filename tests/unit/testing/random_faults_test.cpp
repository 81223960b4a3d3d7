// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/faults.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <doctest/doctest.h>


namespace {

using zenwire::random_faults;
using zenwire::scripted_fault;

/// All that is said of a fault, as one text.
std::string text_of(scripted_fault const& fault) {
    std::string text = std::to_string(static_cast<int>(fault.what)) + ' ' + std::to_string(fault.seconds) + ' ' +
                       std::to_string(fault.size) + ' ' + std::to_string(static_cast<int>(fault.variant)) + ' ' +
                       std::to_string(fault.response.status) + fault.response.body;
    for (zenwire::fake_field const& each : fault.response.fields) {
        text += '\n' + each.name + ": " + each.value;
    }
    return text;
}

}  // namespace

TEST_CASE("the same seed gives the same faults and another one others") {
    random_faults first(1, 100);
    random_faults same(1, 100);
    random_faults other(2, 100);
    int different = 0;
    for (int i = 0; i < 100; ++i) {
        const std::string fault = text_of(first.next());
        CHECK(text_of(same.next()) == fault);
        different += text_of(other.next()) == fault ? 0 : 1;
    }
    CHECK(different > 50);
}

TEST_CASE("so many requests of a hundred meet a fault as were asked for") {
    for (const unsigned percent : {0U, 30U, 100U}) {
        CAPTURE(percent);
        random_faults faults(7, percent);
        int count = 0;
        for (int i = 0; i < 10'000; ++i) {
            count += faults.next().what == scripted_fault::kind::none ? 0 : 1;
        }
        CHECK(count >= static_cast<int>(percent) * 95);
        CHECK(count <= static_cast<int>(percent) * 105);
    }
}

TEST_CASE("every kind of fault comes, and responses of gateways, limits, challenges and redirects") {
    random_faults faults(3, 100);
    std::set<scripted_fault::kind> kinds;
    std::set<zenwire::response_variant> variants;
    std::set<int> canned;
    std::set<int> masked;
    bool has_retry_after = false;
    for (int i = 0; i < 10'000; ++i) {
        const scripted_fault fault = faults.next();
        kinds.insert(fault.what);
        const bool is_time_of_other_kind =
            fault.what == scripted_fault::kind::misdated || fault.what == scripted_fault::kind::lagging;
        CHECK((fault.seconds >= 0 || fault.what == scripted_fault::kind::misdated));
        CHECK((fault.seconds <= 400 || is_time_of_other_kind));
        CHECK(fault.size < 200);
        if (fault.what == scripted_fault::kind::varied) {
            variants.insert(fault.variant);
        } else if (fault.what == scripted_fault::kind::canned) {
            canned.insert(fault.response.status);
        } else if (fault.what == scripted_fault::kind::masked) {
            masked.insert(fault.response.status);
        }
        for (zenwire::fake_field const& each : fault.response.fields) {
            has_retry_after = has_retry_after || each.name == "retry-after";
        }
    }
    CHECK(kinds.size() == 16);
    CHECK(kinds.count(scripted_fault::kind::none) == 0);
    CHECK(variants.size() == 3);
    CHECK(canned == std::set<int>{200, 302, 307, 403, 429, 451, 500, 502, 503});
    CHECK(masked == std::set<int>{200, 403, 429, 500, 502, 503});
    CHECK(has_retry_after);
}

TEST_CASE("delays, cuts and waits of random faults reach their bounds and keep them") {
    random_faults faults(4, 100);
    std::int64_t longest = 0;
    std::int64_t shortest = 1;
    std::size_t largest = 0;
    int longest_wait = 0;
    int shortest_wait = 1;
    for (int i = 0; i < 50'000; ++i) {
        const scripted_fault fault = faults.next();
        if (fault.what == scripted_fault::kind::late || fault.what == scripted_fault::kind::twice ||
            fault.what == scripted_fault::kind::slow) {
            longest = std::max(longest, fault.seconds);
            shortest = std::min(shortest, fault.seconds);
        }
        largest = std::max(largest, fault.size);
        for (zenwire::fake_field const& each : fault.response.fields) {
            if (each.name == "retry-after") {
                longest_wait = std::max(longest_wait, std::stoi(each.value));
                shortest_wait = std::min(shortest_wait, std::stoi(each.value));
            }
        }
    }
    CHECK(longest == 400);
    CHECK(shortest == 0);
    CHECK(largest == 199);
    CHECK(longest_wait == 90);
    CHECK(shortest_wait == 0);
}

TEST_CASE("random faults come as often as each other, late requests and refusals before the cloud more often") {
    random_faults faults(6, 100, random_faults::range::network);
    std::map<scripted_fault::kind, int> counts;
    std::map<int, int> masked;
    constexpr int share = 1'000;
    for (int i = 0; i < 16 * share; ++i) {
        const scripted_fault fault = faults.next();
        ++counts[fault.what];
        if (fault.what == scripted_fault::kind::masked) {
            ++masked[fault.response.status];
        }
    }
    using kind = scripted_fault::kind;
    for (auto const& each : {std::pair(kind::not_sent, 1),
                             {kind::request_lost, 1},
                             {kind::response_lost, 1},
                             {kind::late, 2},
                             {kind::twice, 1},
                             {kind::cut, 1},
                             {kind::slow, 1},
                             {kind::varied, 1},
                             {kind::masked, 1},
                             {kind::canned, 6}}) {
        const kind what = each.first;
        CAPTURE(what);
        CHECK(counts[what] > each.second * share - 150);
        CHECK(counts[what] < each.second * share + 250);
    }
    for (const int status : {200, 500, 502, 503}) {
        CAPTURE(status);
        CHECK(masked[status] > share / 5 - 60);
    }
}

TEST_CASE("what only a dishonest cloud does comes as often as the rest, and not from an honest one") {
    constexpr int share = 1'000;
    using kind = scripted_fault::kind;
    std::map<kind, int> dishonest;
    std::map<kind, int> honest;
    random_faults everything(6, 100);
    random_faults network(6, 100, random_faults::range::network);
    for (int i = 0; i < 23 * share; ++i) {
        ++dishonest[everything.next().what];
        ++honest[network.next().what];
    }
    for (const kind what : {kind::acted, kind::lagging, kind::misdated, kind::undated, kind::foreign, kind::empty}) {
        CAPTURE(what);
        CHECK(dishonest[what] > share - 150);
        CHECK(dishonest[what] < share + 150);
        CHECK(honest[what] == 0);
    }
    // one share hides what was done behind a fault of the server, one behind a refusal
    CHECK(dishonest[kind::masked] > 2 * share - 200);
}

TEST_CASE("wrong dates are a day off at most, late looks two hours, and others do everything with every size") {
    random_faults faults(8, 100);
    std::int64_t furthest_ahead = 0;
    std::int64_t furthest_behind = 0;
    std::int64_t longest_lag = 0;
    std::set<zenwire::fake_act::kind> acts;
    std::set<std::int64_t> sizes;
    std::set<int> refusals;
    for (int i = 0; i < 100'000; ++i) {
        const scripted_fault fault = faults.next();
        if (fault.what == scripted_fault::kind::misdated) {
            furthest_ahead = std::max(furthest_ahead, fault.seconds);
            furthest_behind = std::min(furthest_behind, fault.seconds);
        } else if (fault.what == scripted_fault::kind::lagging) {
            longest_lag = std::max(longest_lag, fault.seconds);
        } else if (fault.what == scripted_fault::kind::acted) {
            acts.insert(fault.act.what);
            sizes.insert(fault.act.size.units());
        } else if (fault.what == scripted_fault::kind::masked && fault.response.status < 500) {
            refusals.insert(fault.response.status);
        }
    }
    CHECK(furthest_ahead > 86'000);
    CHECK(furthest_ahead <= 86'400);
    CHECK(furthest_behind < -86'000);
    CHECK(furthest_behind >= -86'400);
    CHECK(longest_lag > 7'100);
    CHECK(longest_lag <= 7'200);
    CHECK(acts.size() == 3);
    CHECK(sizes.size() > 780);
    CHECK(*sizes.begin() == 0);
    CHECK(*sizes.rbegin() == 40 * zenwire::traffic_package_size::units_per_terabyte);
    CHECK(refusals == std::set<int>{200, 403, 429});
}

TEST_CASE("three of ten requests meet a fault where the caller does not say how many") {
    random_faults said(9, 30);
    random_faults unsaid(9);
    for (int i = 0; i < 1000; ++i) {
        CHECK(text_of(unsaid.next()) == text_of(said.next()));
    }
}

TEST_CASE("random numbers keep their bounds and reach them") {
    zenwire::detail::random_sequence random(5);
    std::set<std::int64_t> numbers;
    for (int i = 0; i < 1000; ++i) {
        CHECK(random.below(3) < 3);
        numbers.insert(random.between(-2, 2));
        CHECK_FALSE(random.percent(0));
        CHECK(random.percent(100));
    }
    CHECK(numbers == std::set<std::int64_t>{-2, -1, 0, 1, 2});
}

TEST_CASE("random numbers are those of splitmix64") {
    // the first numbers of the reference implementation from the seed 1234567
    zenwire::detail::random_sequence random(1234567);
    CHECK(random.next() == 6457827717110365317U);
    CHECK(random.next() == 3203168211198807973U);
    CHECK(random.next() == 9817491932198370423U);
}
