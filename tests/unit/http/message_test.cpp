// SPDX-License-Identifier: BSL-1.0
#include <zenwire/http/message.hpp>

#include <array>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::field;
using zenwire::request_view;
using zenwire::response_view;

static_assert(std::is_trivially_copyable_v<request_view> && std::is_trivially_copyable_v<response_view>);
static_assert(request_view().method == "POST" && response_view().status == 0);

}  // namespace

TEST_CASE("a request is an empty POST over https unless more is said") {
    const request_view request;
    CHECK(request.method == "POST");
    CHECK(request.scheme == "https");
    CHECK(request.authority.empty());
    CHECK(request.target.empty());
    CHECK(request.fields.empty());
    CHECK(request.body.empty());
}

TEST_CASE("a response needs no more than a status and a body") {
    const response_view response = {200, "{}", {}};
    CHECK(response.status == 200);
    CHECK(response.body == "{}");
    CHECK(response.fields.value_of("retry-after").empty());
}

TEST_CASE("a message refers to the memory of whoever made it") {
    const std::string body = "{}";
    const std::array<field, 1> fields = {{{"Retry-After", "4"}}};
    const response_view response = {429, body, zenwire::field_list(fields)};
    const response_view copy = response;
    CHECK(copy.body.data() == body.data());
    CHECK(copy.fields.value_of("retry-after").data() == fields[0].value.data());
}
