// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/time_text.hpp>

#include <cstdint>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/time.hpp>

#include "../../results.hpp"

using zenwire::unix_seconds;
using zenwire::detail::http_date_text;

static_assert([] {
    const http_date_text text(unix_seconds(784111777));
    return text.view() == "Sun, 06 Nov 1994 08:49:37 GMT";
}());

TEST_CASE("a date is written as HTTP prefers it") {
    CHECK(http_date_text(unix_seconds(0)).view() == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(951782400)).view() == "Tue, 29 Feb 2000 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(4107542400)).view() == "Mon, 01 Mar 2100 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(1673361177)).view() == "Tue, 10 Jan 2023 14:32:57 GMT");
    CHECK(http_date_text(unix_seconds(unix_seconds::last)).view() == "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST_CASE("times that HTTP cannot tell are written as the first and the last that it can") {
    CHECK(http_date_text(unix_seconds(-1)).view() == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(http_date_text(unix_seconds(INT64_MAX)).view() == "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST_CASE("every date that is written is read back as the same time") {
    constexpr std::int64_t step = 86400 * 3 + 3661;
    bool all_equal = true;
    for (std::int64_t time = 0; time <= unix_seconds::last; time += step) {
        all_equal =
            all_equal && zenwire::detail::parse_http_date(http_date_text(unix_seconds(time)).view()) == unix_seconds(time);
    }
    CHECK(all_equal);
}
