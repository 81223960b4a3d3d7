// SPDX-License-Identifier: BSL-1.0
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <zenwire/system_error.hpp>

#include <string>
#include <system_error>

TEST_CASE("a code of the library is a std::error_code of the category zenwire, with the code's name as its message") {
    const std::error_code code = zenwire::errc::rate_limited;
    CHECK(code.category() == zenwire::error_category());
    CHECK(code.category().name() == std::string("zenwire"));
    CHECK(code.message() == "rate_limited");
}

TEST_CASE("a std::error_code compares with codes of the library") {
    const std::error_code code = zenwire::errc::api_error;
    CHECK(code == zenwire::errc::api_error);
    CHECK(code != zenwire::errc::rate_limited);
    CHECK(code != std::error_code(code.value(), std::generic_category()));
}

TEST_CASE("no code of the library is what std::error_code takes for success") {
    CHECK(std::error_code(zenwire::errc::invalid_parameter));
}

TEST_CASE("where the standard has a condition of the same meaning, a code is equivalent to it") {
    CHECK(std::error_code(zenwire::errc::invalid_parameter) == std::errc::invalid_argument);
    CHECK(std::error_code(zenwire::errc::buffer_too_small) == std::errc::no_buffer_space);
    CHECK(std::error_code(zenwire::errc::out_of_memory) == std::errc::not_enough_memory);
    // an order that was not heard of again is not a time-out like any other
    CHECK(std::error_code(zenwire::errc::transport_failed) != std::errc::timed_out);
}

TEST_CASE("a value that is no code has a message, too") {
    CHECK(zenwire::error_category().message(0) == "unknown error");
    CHECK(zenwire::error_category().message(255) == "unknown error");
}
