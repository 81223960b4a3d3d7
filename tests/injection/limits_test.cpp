// SPDX-License-Identifier: BSL-1.0

/// @file
/// The library with the capacities of tiny_limits.hpp: each of them is met from both sides. What does not fit is refused or
/// flagged, and a job works with what fits.

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

#include "../unit/results.hpp"
#include "../unit/samples.hpp"

namespace {

using zenwire::errc;
namespace limits = zenwire::limits;

constexpr zenwire::service service = zenwire::services::bmc_2022_11_20;

static_assert(limits::request_id == 8, "this is the build with other capacities");

std::string text_of(std::size_t size) { return std::string(size, 'x'); }

template <class Action>
auto read(std::string_view response, int status = 200) {
    return zenwire::parse_response<Action>(service, {status, response, {}});
}

template <class Action>
auto read_members(std::string_view members) {
    return read<Action>(R"({"response":{)" + std::string(members) + "}}");
}

std::string quoted(std::size_t size) { return '"' + text_of(size) + '"'; }

}  // namespace

TEST_CASE("a job is done with capacities that are just enough") {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    cloud.add({.id = "932237369560662463", .name = "TEST"});
    const auto key = sample::key();
    const zenwire::client client(service, zenwire::endpoint(), key);
    auto job =
        zenwire::traffic_package_workflow<zenwire::access_key>::change(client, "932237369560662463", sample::size("2"));
    std::string saved;
    const auto verdict = zenwire::run_workflow(
        job, cloud, cloud,
        [&](std::span<char const> bytes, zenwire::save_mode) {
            saved.assign(bytes.begin(), bytes.end());
            return true;
        },
        [](auto const&) { return true; });
    CHECK(verdict.instance == zenwire::workflow_verdict::instance_kind::reached);
    INFO(verdict.failure.value_or(zenwire::error()).message.view());
    CHECK(verdict.failure.value_or(zenwire::error()).code == errc{});
    CHECK(zenwire::traffic_package_workflow<zenwire::access_key>::resume(client, saved).has_value());
}

TEST_CASE("a service whose name and version cannot be saved is refused before anything is sent") {
    zenwire::fake_cloud cloud;
    const auto key = sample::key();
    zenwire::service long_named = service;
    long_named.version = "2022-11-20-with-more";
    const zenwire::client client(long_named, zenwire::endpoint(), key);
    auto job = zenwire::traffic_package_workflow<zenwire::access_key>::change(client, "1", sample::size("2"));
    const auto verdict = zenwire::run_workflow(
        job, cloud, cloud, [](std::span<char const>, zenwire::save_mode) { return true; }, [](auto const&) { return true; });
    CHECK(verdict.order == zenwire::workflow_verdict::order_kind::none);
    CHECK(verdict.failure->code == errc::invalid_parameter);
    CHECK(cloud.requests_seen() == 0);
}

TEST_CASE("an access key id of the capacity is taken, a longer one refused") {
    const auto make = [](std::size_t size) {
        return code_of(
            zenwire::access_key::make(zenwire::access_key_id(text_of(size)), zenwire::access_key_password("password")));
    };
    CHECK(make(limits::access_key_id) == errc{});
    CHECK(make(limits::access_key_id + 1) == errc::invalid_credential);
}

TEST_CASE("a bearer token of the capacity is taken, a longer one refused") {
    const auto make = [](std::size_t size) {
        return code_of(zenwire::bearer_token::make(zenwire::token(text_of(size))));
    };
    CHECK(make(limits::bearer_token) == errc{});
    CHECK(make(limits::bearer_token + 1) == errc::invalid_credential);
}

TEST_CASE("an authority of the capacity is taken, a longer one refused") {
    CHECK(code_of(zenwire::endpoint::make(text_of(limits::authority))) == errc{});
    CHECK(code_of(zenwire::endpoint::make(text_of(limits::authority + 1))) == errc::invalid_endpoint);
}

TEST_CASE("a request client of the capacity is taken, a longer one refused") {
    const auto make = [](std::size_t size) {
        const std::string name = text_of(size);
        return code_of(zenwire::request_template<>::make(service, zenwire::endpoint(), {.request_client = name}));
    };
    CHECK(make(limits::request_client) == errc{});
    CHECK(make(limits::request_client + 1) == errc::invalid_parameter);
}

TEST_CASE("an instance id of the capacity is sent, a longer one refused") {
    const auto make = [](std::size_t size) {
        return code_of(
            zenwire::validate(zenwire::modify_instance_traffic_package{text_of(size), sample::size("2")}, service));
    };
    CHECK(make(limits::instance_id) == errc{});
    CHECK(make(limits::instance_id + 1) == errc::invalid_parameter);
}

TEST_CASE("constant fields that are longer than a head are refused") {
    const std::string version = text_of(limits::request_head);
    CHECK(code_of(zenwire::request_template<>::make({"bmc", "/", version}, zenwire::endpoint())) ==
          errc::buffer_too_small);
}

TEST_CASE("a head that has no room for the action is refused") {
    const std::string name = text_of(limits::request_head);
    const zenwire::raw_action action{name, "{}", zenwire::raw_action_effect::reads, {}};
    CHECK(code_of(zenwire::make_request(action, sample::endpoint(), sample::key(), sample::time)) ==
          errc::buffer_too_small);
}

TEST_CASE("a body of the capacity is signed, a longer one refused") {
    const auto sign = [](std::size_t size) {
        const std::string body = R"({"a":")" + text_of(size - 8) + R"("})";
        return code_of(zenwire::make_request(zenwire::raw_action{"Any", body, zenwire::raw_action_effect::reads, {}},
                                             sample::endpoint(), sample::key(), sample::time));
    };
    CHECK(sign(limits::request_body) == errc{});
    CHECK(sign(limits::request_body + 1) == errc::buffer_too_small);
}

TEST_CASE("a request id that is too long is cut, and says so") {
    const auto whole =
        read_members<zenwire::modify_instance_traffic_package>(R"("requestId":)" + quoted(limits::request_id));
    REQUIRE(whole);
    CHECK(whole->request_id == text_of(limits::request_id));
    const auto cut =
        read_members<zenwire::modify_instance_traffic_package>(R"("requestId":)" + quoted(limits::request_id + 1));
    REQUIRE(cut);
    CHECK(cut->request_id.truncated());
}

TEST_CASE("an order number that is too long is an error, not another number") {
    const auto read_number = [](std::size_t size) {
        return code_of(read_members<zenwire::modify_instance_traffic_package>(R"("orderNumber":)" + quoted(size)));
    };
    CHECK(read_number(limits::order_number) == errc{});
    CHECK(read_number(limits::order_number + 1) == errc::response_too_large);
}

TEST_CASE("more prices than there is room for are an error") {
    const auto read_prices = [](std::string_view list) {
        return code_of(read_members<zenwire::inquiry_price_instance_traffic_package>(R"("trafficPackagePrice":)" +
                                                                                     std::string(list)));
    };
    CHECK(read_prices(R"([{"discountPrice":1},{"discountPrice":2}])") == errc{});
    CHECK(read_prices(R"([{"discountPrice":1},{"discountPrice":2},{"discountPrice":3}])") == errc::response_too_large);
    CHECK(read_prices(R"([{"stepPrices":[{"unitPrice":1},{"unitPrice":2}]}])") == errc::response_too_large);
}

TEST_CASE("the name of an instance that is too long does not hide the instance") {
    const auto status = read_members<zenwire::describe_instance_internet_status>(
        R"("instanceId":"1","trafficPackageSize":2,"instanceName":)" + quoted(limits::instance_name + 1));
    REQUIRE(status);
    CHECK(status->instance_name.truncated());
}

TEST_CASE("an unknown word that is too long stays unknown") {
    const std::string text = text_of(limits::word + 1);
    const auto word = zenwire::modification_status::parse(text);
    CHECK(word.value() == zenwire::modification_status::unknown);
    CHECK(word.text().size() == limits::word);
}

TEST_CASE("a response of the capacity is read, a longer one refused unread") {
    std::string body = R"({"response":{}})";
    body.append(limits::response_body - body.size(), ' ');
    CHECK(code_of(read<zenwire::modify_instance_traffic_package>(body)) == errc{});
    body.push_back(' ');
    CHECK(code_of(read<zenwire::modify_instance_traffic_package>(body)) == errc::response_too_large);
}

TEST_CASE("a response of the depth is read, a deeper one refused") {
    const auto nested = [](std::size_t levels) {
        return code_of(read_members<zenwire::modify_instance_traffic_package>(R"("more":)" + std::string(levels, '[') +
                                                                              std::string(levels, ']')));
    };
    CHECK(nested(limits::response_depth - 2) == errc{});
    CHECK(nested(limits::response_depth - 1) == errc::response_too_deep);
}

TEST_CASE("the texts of an error are cut to their capacities, and say so") {
    const auto refused = read<zenwire::modify_instance_traffic_package>(
        R"({"requestId":)" + quoted(20) + R"(,"code":)" + quoted(40) + R"(,"message":)" + quoted(60) + "}", 400);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::api_error);
    CHECK(refused.error().api_code == zenwire::api_code::unlisted);
    CHECK(refused.error().request_id.truncated());
    CHECK(refused.error().api_code_text.truncated());
    CHECK(refused.error().message.truncated());
    const auto page = read<zenwire::modify_instance_traffic_package>("<html>page</html>", 502);
    REQUIRE_FALSE(page);
    CHECK(page.error().excerpt.truncated());
    CHECK(page.error().outcome == zenwire::outcome::unknown);
}

TEST_CASE("a listed code that is longer than its text's capacity is recognised") {
    const auto refused =
        read<zenwire::modify_instance_traffic_package>(R"({"code":"INVALID_INSTANCE_NOT_FOUND","message":"m"})", 404);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().api_code == zenwire::api_code::invalid_instance_not_found);
}

TEST_CASE("the refusal of a size is cut to the capacity of a message, and says so") {
    const auto refused = zenwire::detail::check_traffic_package_size(sample::size("0.07"), service);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.view() == "trafficPackageSi");
    CHECK(refused.error().message.truncated());
}

TEST_CASE("all fields that matter are seen, whatever their number") {
    zenwire::fake_response response;
    for (int i = 0; i < 20; ++i) {
        response.fields.push_back({"other", "x"});
        response.fields.push_back({"date", "Tue, 10 Jan 2023 14:32:57 GMT"});
    }
    response.fields.push_back({"retry-after", "7"});
    response.fields.push_back({"cf-mitigated", "challenge"});
    const zenwire::response_adapter adapter(response);
    CHECK(adapter.view().fields.size() == 3);
    CHECK(zenwire::retry_after_seconds(adapter.view()) == 7);
}
