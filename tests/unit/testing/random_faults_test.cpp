// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/random_faults.hpp>

#include <set>
#include <string>

#include <doctest/doctest.h>

#include <zenwire/testing/random_sequence.hpp>

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

TEST_CASE("every kind of fault comes, and answers of gateways, limits, challenges and redirects") {
    random_faults faults(3, 100);
    std::set<scripted_fault::kind> kinds;
    std::set<zenwire::answer_variant> variants;
    std::set<int> canned;
    std::set<int> masked;
    bool has_retry_after = false;
    for (int i = 0; i < 10'000; ++i) {
        const scripted_fault fault = faults.next();
        kinds.insert(fault.what);
        CHECK(fault.seconds >= 0);
        CHECK(fault.seconds <= 400);
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
    CHECK(kinds.size() == 10);
    CHECK(kinds.count(scripted_fault::kind::none) == 0);
    CHECK(variants.size() == 3);
    CHECK(canned == std::set<int>{200, 302, 307, 403, 429, 451, 500, 502, 503});
    CHECK(masked == std::set<int>{200, 500, 502, 503});
    CHECK(has_retry_after);
}

TEST_CASE("random numbers keep their bounds and reach them") {
    zenwire::random_sequence random(5);
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
    zenwire::random_sequence random(1234567);
    CHECK(random.next() == 6457827717110365317U);
    CHECK(random.next() == 3203168211198807973U);
    CHECK(random.next() == 9817491932198370423U);
}
