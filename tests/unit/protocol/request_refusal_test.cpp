// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/request.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "../results.hpp"
#include "../samples.hpp"

/// @file
/// What makes no request.

namespace {

constexpr auto bmc = zenwire::services::bmc_2022_11_20;

/// An action that the program learns the name of.
struct named_action {
    static constexpr bool reads_only = true;
    using response = zenwire::basic_response;

    std::string_view name;

    static constexpr zenwire::member_list<> members() noexcept { return {}; }
};

constexpr zenwire::expected<void> validate(named_action const&, zenwire::service const&) noexcept { return {}; }

}  // namespace

TEST_CASE("a service that a header cannot carry is refused when it is prepared") {
    const std::string long_path = "/" + std::string(2000, 'p');
    struct {
        zenwire::service service;
        zenwire::errc code;
    } const cases[] = {
        {{"bmc\r\nx: y", "/api/v2/bmc", "2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", "/api/v2/bmc", "2022-11-20\n"}, zenwire::errc::invalid_field},
        {{"bmc", "/api/v2/bmc", " 2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", "/api v2", "2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", "/api\r\nx: y", "2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", "/api/\xE5", "2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", "api/v2/bmc", "2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", "", "2022-11-20"}, zenwire::errc::invalid_field},
        {{"bmc", long_path, "2022-11-20"}, zenwire::errc::buffer_too_small},
    };
    for (auto const& each : cases) {
        CAPTURE(each.service.path);
        CHECK(code_of(zenwire::request_template<>::make(each.service, zenwire::endpoint())) == each.code);
    }
}

TEST_CASE("an action against the rules makes no request") {
    const auto request = zenwire::make_request(sample::action("0.07"), sample::endpoint(), sample::key(), sample::time);
    REQUIRE(code_of(request) == zenwire::errc::invalid_parameter);
    CHECK(request.error().field == "trafficPackageSize");
}

TEST_CASE("an action name that a header cannot carry is refused") {
    using namespace std::string_view_literals;
    for (const std::string_view name :
         {""sv, "Describe\r\nx: y"sv, "Describe\n"sv, " Describe"sv, "Describe It"sv, "D\xC3\xA9"sv, "D\0"sv}) {
        char head[1024];
        CAPTURE(name);
        CHECK(code_of(zenwire::sign_body(head, name, "{}", sample::endpoint(), sample::key(), sample::time)) ==
              zenwire::errc::invalid_field);
    }
}

TEST_CASE("a credential that was moved from signs nothing") {
    auto key = sample::key();
    const auto other_key = std::move(key);
    auto token = sample::token();
    const auto other_token = std::move(token);
    const auto prepared = sample::endpoint();
    CHECK(code_of(zenwire::make_request(sample::action(), prepared, key, sample::time)) ==
          zenwire::errc::invalid_credential);
    CHECK(code_of(zenwire::make_request(sample::action(), prepared, token, sample::time)) ==
          zenwire::errc::invalid_credential);
    CHECK(zenwire::make_request(sample::action(), prepared, other_key, sample::time).has_value());
    CHECK(zenwire::make_request(sample::action(), prepared, other_token, sample::time).has_value());
}

TEST_CASE("an action whose name is known at run time only makes no request under a name that a header cannot carry") {
    const auto prepared = sample::endpoint();
    for (const std::string_view name : {"", "Describe\r\nx: y", "Describe It"}) {
        const named_action action{name};
        CHECK(code_of(zenwire::make_request(action, prepared, sample::key(), sample::time)) ==
              zenwire::errc::invalid_field);
    }
    const auto request = zenwire::make_request(named_action{"Describe"}, prepared, sample::key(), sample::time);
    REQUIRE(request.has_value());
    CHECK(request->view().fields.value_of("x-zc-action") == "Describe");
}

TEST_CASE("a head is not written under a name that a header cannot carry") {
    char head[1024]{};
    const auto layout = zenwire::sign_body(head, "Describe\n", "{}", sample::endpoint(), sample::key(), sample::time);
    CHECK(code_of(layout) == zenwire::errc::invalid_field);
    CHECK(std::all_of(std::begin(head), std::end(head), [](char c) { return c == '\0'; }));
}

TEST_CASE("a single request tells what its endpoint cannot be prepared for") {
    zenwire::request_options options;
    options.request_client = "a\nb";
    CHECK(code_of(zenwire::make_request(sample::action(), bmc, zenwire::endpoint(), sample::key(), sample::time,
                                        options)) == code_of(zenwire::request_template<>::make(bmc, {}, options)));
    CHECK_FALSE(zenwire::request_template<>::make(bmc, {}, options).has_value());
}

TEST_CASE("an action against the rules makes no request in the caller's memory either") {
    char memory[2048]{};
    CHECK(code_of(zenwire::make_request_in(memory, sample::action("0.07"), sample::endpoint(), sample::key(),
                                           sample::time)) == zenwire::errc::invalid_parameter);
    CHECK(std::all_of(std::begin(memory), std::end(memory), [](char c) { return c == '\0'; }));
}
