// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/instance_charge_type.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::instance_charge_type;

static_assert(instance_charge_type::parse("PREPAID") == instance_charge_type::value_type::prepaid);

}  // namespace

TEST_CASE("each documented instance charge type is known, is itself again, and is no other") {
    constexpr std::string_view words[] = {"PREPAID", "POSTPAID"};
    for (const std::string_view word : words) {
        CAPTURE(word);
        const auto read = instance_charge_type::parse(word);
        CHECK(read.value() != instance_charge_type::value_type::unknown);
        CHECK(instance_charge_type(read.value()).text() == word);
        for (const std::string_view other : words) {
            CHECK((read == instance_charge_type::parse(other)) == (word == other));
        }
    }
}

TEST_CASE("an instance charge type that the library does not know is kept, also one of another letter case") {
    for (const std::string_view word : {"prepaid", "PREPAIDX", "Other"}) {
        CAPTURE(word);
        CHECK(instance_charge_type::parse(word).value() == instance_charge_type::value_type::unknown);
        CHECK(instance_charge_type::parse(word).text() == word);
    }
}
