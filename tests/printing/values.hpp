// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_PRINTING_VALUES_HPP
#define ZENWIRE_TESTS_PRINTING_VALUES_HPP

#include <string_view>

#include <zenwire/core.hpp>

/// Hands `check(value, text)` a value of every kind that prints, and the text that it prints as.
template <class Check>
void for_each_printed(Check&& check) {
    using zenwire::expected;
    using zenwire::traffic_package_size;
    const auto no_name = zenwire::error::make(zenwire::errc::invalid_parameter, zenwire::blame::local, "no name", "name");
    constexpr std::string_view no_name_line = "code=invalid_parameter blame=local outcome=not_executed retry=no field=\"name\" "
                                              "message=\"no name\" advice=\"correct it: nothing was sent\"";
    check(zenwire::errc::api_error, "api_error");
    check(static_cast<zenwire::errc>(200), "200");
    check(zenwire::outcome::unknown, "unknown");
    check(zenwire::endpoint::scheme::http, "http");
    check(zenwire::api_code::invalid_instance_not_found, "INVALID_INSTANCE_NOT_FOUND");
    check(zenwire::instance_status::running, "RUNNING");
    check(zenwire::instance_status::parse("RUNNING"), "RUNNING");
    check(zenwire::instance_status::parse("DANCING"), "DANCING");
    check(zenwire::instance_status(), "unknown");
    check(zenwire::instance_id("932237369560662463"), "932237369560662463");
    check(zenwire::instance_id(), "");
    check(*traffic_package_size::parse("0.15"), "0.15 TB");
    check(*traffic_package_size::parse("1000000000.000000"), "1000000000 TB");
    check(*traffic_package_size::parse("999999999.999999"), "999999999.999999 TB");
    check(*zenwire::decimal::parse("-12.5"), "-12.5");
    check(zenwire::milliseconds(250), "250 ms");
    check(zenwire::milliseconds(INT64_MIN), "-9223372036854775808 ms");
    check(zenwire::unix_seconds(1689058236), "2023-07-11T06:50:36Z");
    check(zenwire::unix_seconds(INT64_MIN), "-9223372036854775808 s since 1970");
    check(zenwire::utc_time(zenwire::unix_seconds(1689058236)), "2023-07-11T06:50:36Z");
    check(zenwire::endpoint(), "https://console.zenlayer.com");
    check(zenwire::error(no_name), no_name_line);
    check(no_name, no_name_line);
    check(traffic_package_size::parse("1.5"), "1.5 TB");
    check(expected<void>(), "success");
    check(expected<zenwire::describe_instances>(), "success");
    check(expected<zenwire::errc, zenwire::errc>(zenwire::unexpect, zenwire::errc::not_sent), "error: not_sent");
    check(expected<void>(zenwire::unexpected(no_name)), "error: " + std::string(no_name_line));
}

#endif
