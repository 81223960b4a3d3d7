// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_call.hpp>

#include <cstdint>

#include <doctest/doctest.h>

#include "../../results.hpp"

using zenwire::unix_seconds;
using zenwire::detail::http_date_text;

TEST_CASE("a date is written as HTTP prefers it") {
    CHECK(http_date_text(unix_seconds(784111777)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(http_date_text(unix_seconds(0)) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(951782400)) == "Tue, 29 Feb 2000 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(4107542400)) == "Mon, 01 Mar 2100 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(1673361177)) == "Tue, 10 Jan 2023 14:32:57 GMT");
    CHECK(http_date_text(unix_seconds(unix_seconds::last)) == "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST_CASE("times that HTTP cannot tell are written as the first and the last that it can") {
    CHECK(http_date_text(unix_seconds(-1)) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(INT64_MAX)) == "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST_CASE("every date that is written is read back as the same time") {
    constexpr std::int64_t step = 86400 * 3 + 3661;
    bool all_equal = true;
    for (std::int64_t time = 0; time <= unix_seconds::last; time += step) {
        all_equal =
            all_equal && zenwire::detail::parse_http_date(http_date_text(unix_seconds(time))) == unix_seconds(time);
    }
    CHECK(all_equal);
}
