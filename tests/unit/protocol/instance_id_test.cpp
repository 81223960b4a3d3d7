// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/action.hpp>

#include <string>
#include <string_view>
#include <unordered_set>

#include <doctest/doctest.h>

#include "../results.hpp"

TEST_CASE("an instance id is non-empty UTF-8 without control characters that was not cut") {
    const std::string longest(zenwire::limits::instance_id, 'x');
    struct {
        std::string text;
        std::string_view why;  // empty: it is legal
    } const cases[] = {
        {"1234567890123456789", ""},
        {"实例1", ""},
        {"a \"quoted\" \\ name", ""},
        {"\xF0\x9F\x98\x80", ""},
        {longest, ""},
        {"", "empty"},
        {longest + "x", "too long"},
        {std::string(zenwire::limits::instance_id - 1, 'x') + "实", "too long"},
        {std::string(200, '\x80'), "too long"},
        {"1234\n", "control character"},
        {"1234\r", "control character"},
        {"12\t34", "control character"},
        {std::string("12\0"
                     "34",
                     5),
         "control character"},
        {"12\x7F", "control character"},
        {"\x1F", "control character"},
        {"\xFF", "UTF-8"},
        {"\xC0\x80", "UTF-8"},
        {"12\xE5\xAE", "UTF-8"},
        {"\xED\xA0\x80", "UTF-8"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto result = zenwire::detail::check_instance(each.text, zenwire::services::bmc_2026_02_01);
        REQUIRE(result.has_value() == each.why.empty());
        if (!result) {
            CHECK(result.error().code == zenwire::errc::invalid_parameter);
            CHECK(result.error().field == "instanceId");
            CHECK(contains(result.error().message, each.why));
        }
    }
}

TEST_CASE("every control character in an instance id is refused at every place") {
    for (int c = 0; c < 0x80; ++c) {
        for (const std::size_t place : {0U, 2U, 4U}) {
            std::string text = "12345";
            text[place] = static_cast<char>(c);
            CAPTURE(c);
            REQUIRE((zenwire::detail::find_flaw_of_id(text) == nullptr) == (c >= 0x20 && c != 0x7F));
        }
    }
}

TEST_CASE("ids are keys of unordered containers") {
    const std::unordered_set<zenwire::instance_id> ids{"one", "two", "one"};
    CHECK(ids.size() == 2);
    CHECK(ids.contains(zenwire::instance_id("two")));
    CHECK_FALSE(ids.contains(zenwire::instance_id("three")));
}
