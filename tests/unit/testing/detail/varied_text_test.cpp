// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/varied_text.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../../results.hpp"

using zenwire::response_variant;
using zenwire::detail::vary;

TEST_CASE("every number that is a value comes in quotes and no digit in a text does") {
    CHECK(vary(R"({"a1":-1.5e+3,"b":[0,1E-2],"c":"1","d\"2":"\\","e":3})", response_variant::numbers_as_strings) ==
          R"({"a1":"-1.5e+3","b":["0","1E-2"],"c":"1","d\"2":"\\","e":"3"})");
    CHECK(vary("-7", response_variant::numbers_as_strings) == "\"-7");
    CHECK(vary("\"a\\", response_variant::numbers_as_strings) == "\"a\\");
    CHECK(vary(R"({"a":true,"b":null})", response_variant::numbers_as_strings) == R"({"a":true,"b":null})");
}

TEST_CASE("every object gets one more member, and no brace in a text is taken for one") {
    const std::string more = R"("unknownMember":{"list":[1,null,"text"]})";
    CHECK(vary(R"({"a":{},"b\"{":"{"})", response_variant::unknown_members) ==
          "{" + more + R"(,"a":{)" + more + R"(},"b\"{":"{"})");
    CHECK(vary("[]", response_variant::unknown_members) == "[]");
    CHECK(vary("{", response_variant::unknown_members) == "{" + more + ",");
    CHECK(vary("\"a\\", response_variant::unknown_members) == "\"a\\");
}

TEST_CASE("spellings of older documents replace those of today") {
    CHECK(vary(R"({"a":"Processing","b":"OPERATION_FAILED_INSTANCE_X","c":"Processing"})",
               response_variant::old_spellings) == R"({"a":"CHANGING","b":"OPERATION_FILED_INSTANCE_X","c":"CHANGING"})");
}
