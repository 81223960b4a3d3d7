// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/time.hpp>

#include <doctest/doctest.h>

TEST_CASE("a time is written as the documents write it") {
    char memory[64];
    zenwire::buffer_writer out(memory);
    zenwire::utc_time(zenwire::unix_seconds(1689058236)).write_to(out);
    CHECK(out.written() == "2023-07-11T06:50:36Z");
}

TEST_CASE("the first and the last time have four digits of the year, too") {
    char memory[64];
    zenwire::buffer_writer out(memory);
    zenwire::utc_time().write_to(out);
    zenwire::utc_time(zenwire::unix_seconds(zenwire::unix_seconds::last)).write_to(out);
    zenwire::utc_time(zenwire::unix_seconds(946'684'800)).write_to(out);
    CHECK(out.written() == "1970-01-01T00:00:00Z9999-12-31T23:59:59Z2000-01-01T00:00:00Z");
}
