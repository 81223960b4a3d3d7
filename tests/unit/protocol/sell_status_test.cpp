// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/sell_status.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::sell_status;

static_assert(sell_status::parse("SOLD_OUT") == sell_status::value_type::sold_out);

}  // namespace

TEST_CASE("each documented sell status is known, is itself again, and is no other") {
    constexpr std::string_view words[] = {"SELL", "SELL_SHORTAGE", "SOLD_OUT"};
    for (const std::string_view word : words) {
        CAPTURE(word);
        const auto read = sell_status::parse(word);
        CHECK(read.value() != sell_status::value_type::unknown);
        CHECK(sell_status(read.value()).text() == word);
        for (const std::string_view other : words) {
            CHECK((read == sell_status::parse(other)) == (word == other));
        }
    }
}

TEST_CASE("a sell status that the library does not know is kept, also one of another letter case") {
    for (const std::string_view word : {"sold_out", "SOLD_OUTX", "Other"}) {
        CAPTURE(word);
        CHECK(sell_status::parse(word).value() == sell_status::value_type::unknown);
        CHECK(sell_status::parse(word).text() == word);
    }
}
