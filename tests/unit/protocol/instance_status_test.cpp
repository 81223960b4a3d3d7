// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/instance_status.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::instance_status;

static_assert(instance_status::parse("RUNNING") == instance_status::value_type::running);

}  // namespace

TEST_CASE("each documented instance status is known, is itself again, and is no other") {
    constexpr std::string_view words[] = {
        "PENDING",  "CREATING", "CREATE_FAILED", "INSTALLING", "INSTALL_FAILED", "RUNNING", "STOPPED",   "BOOTING",
        "STOPPING", "RECYCLE",  "RECYCLING",     "DEPLOYING",  "REBUILDING",     "REBOOT",  "RELEASING", "IMAGING"};
    for (const std::string_view word : words) {
        CAPTURE(word);
        const auto read = instance_status::parse(word);
        CHECK(read.value() != instance_status::value_type::unknown);
        CHECK(instance_status(read.value()).text() == word);
        for (const std::string_view other : words) {
            CHECK((read == instance_status::parse(other)) == (word == other));
        }
    }
}

TEST_CASE("an instance status that the library does not know is kept, also one of another letter case") {
    for (const std::string_view word : {"running", "RUNNINGX", "Other"}) {
        CAPTURE(word);
        CHECK(instance_status::parse(word).value() == instance_status::value_type::unknown);
        CHECK(instance_status::parse(word).text() == word);
    }
}
