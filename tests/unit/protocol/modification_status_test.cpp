// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/modification_status.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::modification_status;

static_assert(modification_status::parse("WaitToEnable") == modification_status::value_type::wait_to_enable);

}  // namespace

TEST_CASE("each documented modification status is known, is itself again, and is no other") {
    constexpr std::string_view words[] = {"Processing", "Enable", "WaitToEnable"};
    for (const std::string_view word : words) {
        CAPTURE(word);
        const auto read = modification_status::parse(word);
        CHECK(read.value() != modification_status::value_type::unknown);
        CHECK(modification_status(read.value()).text() == word);
        for (const std::string_view other : words) {
            CHECK((read == modification_status::parse(other)) == (word == other));
        }
    }
}

TEST_CASE("other spellings of a modification status are read as the documented one") {
    CHECK(modification_status::parse("Process") == modification_status::parse("Processing"));
    CHECK(modification_status::parse("Process").text() == "Processing");
    CHECK(modification_status::parse("CHANGING") == modification_status::parse("Processing"));
    CHECK(modification_status::parse("CHANGING").text() == "Processing");
}

TEST_CASE("a modification status that the library does not know is kept, also one of another letter case") {
    for (const std::string_view word : {"waittoenable", "WaitToEnableX", "Other"}) {
        CAPTURE(word);
        CHECK(modification_status::parse(word).value() == modification_status::value_type::unknown);
        CHECK(modification_status::parse(word).text() == word);
    }
}
