// SPDX-License-Identifier: BSL-1.0
#define FMT_HEADER_ONLY
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <zenwire/doctest.hpp>
#include <zenwire/format.hpp>
#include <zenwire/ostream.hpp>

#include <iomanip>
#include <sstream>
#include <string>
#include <string_view>

#if __has_include(<fmt/format.h>)
#include <fmt/format.h>
#endif

#include "values.hpp"

namespace {

// a secret prints nowhere
static_assert(!zenwire::printable<zenwire::access_key>);
static_assert(!zenwire::printable<zenwire::access_key_password>);
static_assert(!zenwire::printable<zenwire::bearer_token>);
static_assert(!zenwire::printable<zenwire::token>);
static_assert(!zenwire::printable<int>);
static_assert(!zenwire::printable<std::string_view>);

template <class Value>
concept goes_into_streams = requires(std::ostream& out, Value const& value) { out << value; };
static_assert(goes_into_streams<zenwire::error>);
static_assert(!goes_into_streams<zenwire::access_key_password>);
static_assert(!goes_into_streams<zenwire::token>);

}  // namespace

TEST_CASE("values go into streams") {
    for_each_printed([](auto const& value, std::string_view text) {
        std::ostringstream out;
        out << value;
        CHECK(out.str() == text);
    });
}

TEST_CASE("width and fill of the stream count") {
    std::ostringstream out;
    out << std::left << std::setw(12) << std::setfill('.') << zenwire::errc::api_error << '|';
    CHECK(out.str() == "api_error...|");
}

TEST_CASE("doctest shows values") {
    for_each_printed([](auto const& value, std::string_view text) {
        using namespace doctest;
        const String shown = toString(value);
        CHECK(std::string_view(shown.c_str(), shown.size()) == text);
    });
}

#if defined(__cpp_lib_format)
TEST_CASE("std::format formats values, with the options of texts") {
    for_each_printed([](auto const& value, std::string_view text) { CHECK(std::format("{}", value) == text); });
    CHECK(std::format("{:.>12}|", zenwire::errc::api_error) == "...api_error|");
}
#endif

#if __has_include(<fmt/format.h>)
TEST_CASE("{fmt} formats values, with the options of texts") {
    for_each_printed([](auto const& value, std::string_view text) { CHECK(fmt::format("{}", value) == text); });
    CHECK(fmt::format("{:.>12}|", zenwire::errc::api_error) == "...api_error|");
}
#endif
