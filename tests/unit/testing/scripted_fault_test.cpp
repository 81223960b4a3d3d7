// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/faults.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/response.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::api_code;
using zenwire::fake_cloud;
using zenwire::fake_response;
using zenwire::scripted_fault;
namespace answers = zenwire::fake_responses;

zenwire::error error_of(fake_response const& answer) {
    const auto result = zenwire::parse_response<zenwire::describe_instance_internet_status>(
        zenwire::services::bmc_2022_11_20, zenwire::response_adapter(answer).view());
    REQUIRE_FALSE(result.has_value());
    return result.error();
}

/// A cloud with the instance `i`, and requests for it.
struct prepared {
    prepared() {
        cloud.add(sample::key());
        cloud.add({.id = "i"});
    }
    auto look(scripted_fault fault) {
        cloud.script(std::move(fault));
        const auto request =
            zenwire::make_request(zenwire::describe_instance_internet_status{"i"}, zenwire::services::bmc_2022_11_20,
                                  zenwire::endpoint(), sample::key(), cloud.now());
        return cloud(request->view());
    }

    fake_cloud cloud;
};

}  // namespace

TEST_CASE("a response with an error of the API is read as that error, with its documented status") {
    for (const api_code code : {api_code::internal_server_error, api_code::invalid_instance_not_found,
                                api_code::operation_denied_instance_traffic_package_processing}) {
        const zenwire::error error = error_of(answers::api_error(code));
        CHECK(error.code == zenwire::errc::api_error);
        CHECK(error.api_code == code);
        CHECK(error.http_status == zenwire::description_of(code).http_status);
        CHECK_FALSE(error.message.empty());
        CHECK_FALSE(error.request_id.empty());
    }
}

TEST_CASE("a code whose status the documents do not tell comes as a refusal") {
    CHECK(answers::api_error(api_code::invalid_operation_timeout).status == 403);
}

TEST_CASE("too many requests are a rate limit, with the wait that was asked for") {
    const zenwire::error bare = error_of(answers::too_many_requests());
    CHECK(bare.code == zenwire::errc::rate_limited);
    CHECK_FALSE(bare.retry_after_seconds.has_value());
    CHECK(error_of(answers::too_many_requests(7)).retry_after_seconds == 7U);
}

TEST_CASE("what comes from something before the cloud is no response of the API") {
    CHECK(error_of(answers::html(502)).code == zenwire::errc::malformed_response);
    CHECK(error_of(answers::challenge()).code == zenwire::errc::security_challenge);
    CHECK(error_of(answers::redirect(307)).http_status == 307);
    CHECK(error_of(answers::redirect(307)).outcome == zenwire::outcome::not_executed);
}

TEST_CASE("a request that is lost or not sent never arrives, and the transport says what it knows") {
    prepared sut;
    const auto refused = sut.look({scripted_fault::kind::not_sent});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().failure == zenwire::transport_failure::not_sent);
    const auto lost = sut.look({scripted_fault::kind::request_lost});
    REQUIRE_FALSE(lost);
    CHECK(lost.error().failure == zenwire::transport_failure::unknown);
    CHECK(sut.cloud.requests_seen() == 0);
}

TEST_CASE("a request whose answer is lost arrives, and a late one arrives later") {
    prepared sut;
    const auto lost = sut.look({scripted_fault::kind::response_lost});
    REQUIRE_FALSE(lost);
    CHECK(lost.error().failure == zenwire::transport_failure::unknown);
    CHECK(sut.cloud.requests_seen() == 1);
    CHECK_FALSE(sut.look(scripted_fault::late(5)));
    CHECK(sut.cloud.requests_on_their_way() == 1);
    CHECK(sut.cloud.requests_seen() == 1);
    sut.cloud.sleep_for(zenwire::milliseconds(5000));
    CHECK(sut.cloud.requests_on_their_way() == 0);
    CHECK(sut.cloud.requests_seen() == 2);
}

TEST_CASE("requests that are late arrive in the order of their times") {
    prepared sut;
    CHECK_FALSE(sut.look(scripted_fault::late(9)));
    CHECK_FALSE(sut.look(scripted_fault::late(3)));
    CHECK_FALSE(sut.look(scripted_fault::late(6)));
    for (const std::size_t left : {2U, 1U, 0U}) {
        sut.cloud.sleep_for(zenwire::milliseconds(3000));
        CHECK(sut.cloud.requests_on_their_way() == left);
    }
}

TEST_CASE("a request that arrives twice is answered once") {
    prepared sut;
    CHECK(sut.look(scripted_fault::twice(5)));
    CHECK(sut.cloud.requests_seen() == 1);
    sut.cloud.sleep_for(zenwire::milliseconds(5000));
    CHECK(sut.cloud.requests_seen() == 2);
}

TEST_CASE("a response that is cut has as many bytes as were asked for, and no more than there are") {
    prepared sut;
    const std::string whole = sut.look({})->body;
    const auto cut = sut.look(scripted_fault::cut(10));
    CHECK(cut->body.size() == 10);
    CHECK(cut->missing_size == whole.size() - 10);
    CHECK(sut.look(scripted_fault::cut(100'000))->body.size() == whole.size());
    CHECK(sut.look(scripted_fault::cut(100'000))->missing_size == 0);
}

TEST_CASE("a slow answer takes its time") {
    prepared sut;
    const zenwire::unix_seconds before = sut.cloud.now();
    CHECK(sut.look(scripted_fault::slow(30)));
    CHECK(sut.cloud.now().count() == before.count() + 30);
}

TEST_CASE("a canned response stands for the cloud, a masked one hides what the cloud did") {
    prepared sut;
    CHECK(sut.look(scripted_fault::canned(answers::html(502)))->status == 502);
    CHECK(sut.look(scripted_fault::masked(answers::html(503)))->status == 503);
    CHECK(sut.cloud.requests_seen() == 2);
}

TEST_CASE("a response about another instance has its id, one that is empty says nothing, both are well-formed") {
    prepared sut;
    const auto read = [](fake_response const& answer) {
        return zenwire::parse_response<zenwire::describe_instance_internet_status>(
            zenwire::services::bmc_2022_11_20, zenwire::response_adapter(answer).view());
    };
    const auto foreign = read(*sut.look({scripted_fault::kind::foreign}));
    REQUIRE(foreign);
    CHECK(foreign->instance_id == zenwire::instance_id("another-instance"));
    CHECK(foreign->size.has_value());
    const auto empty = read(*sut.look({scripted_fault::kind::empty}));
    REQUIRE(empty);
    CHECK(empty->instance_id.empty());
    CHECK_FALSE(empty->size.has_value());
}

TEST_CASE("a date may be wrong in one response or in all, or missing") {
    prepared sut;
    const auto offset = [&](scripted_fault fault) -> std::optional<std::int64_t> {
        const auto answer = sut.look(std::move(fault));
        const auto date = zenwire::server_time(zenwire::response_adapter(*answer).view());
        return date ? std::optional(date->count() - sut.cloud.now().count()) : std::nullopt;
    };
    CHECK(offset(scripted_fault::misdated(3600)) == 3600);
    CHECK(offset(scripted_fault::misdated(-86400)) == -86400);
    CHECK(offset({}) == 0);
    CHECK(offset({scripted_fault::kind::undated}) == std::nullopt);
    sut.cloud.settings().date_offset_seconds = 7;
    CHECK(offset({}) == 7);
    sut.cloud.settings().sends_date = false;
    CHECK(offset({}) == std::nullopt);
}

TEST_CASE("a response that lags shows the instance as it was, the next one as it is") {
    prepared sut;
    const auto size = [&](scripted_fault fault) {
        const auto answer = sut.look(std::move(fault));
        const auto read = zenwire::parse_response<zenwire::describe_instance_internet_status>(
            zenwire::services::bmc_2022_11_20, zenwire::response_adapter(*answer).view());
        return read ? read->size : std::nullopt;
    };
    CHECK(size({}) == sample::size("1"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    sut.cloud.act({zenwire::fake_act::kind::put, "i", sample::size("3")});
    CHECK(size(scripted_fault::lagging(1)) == sample::size("1"));
    CHECK(size({}) == sample::size("3"));
    sut.cloud.sleep_for(zenwire::milliseconds(99'000));
    CHECK(size(scripted_fault::lagging(100)) == sample::size("1"));
    CHECK(size(scripted_fault::lagging(99)) == sample::size("3"));
}

TEST_CASE("somebody else acts before the request arrives") {
    prepared sut;
    CHECK(sut.look(scripted_fault::acted({zenwire::fake_act::kind::put, "i", sample::size("4")})));
    CHECK(sut.cloud.find("i")->size == sample::size("4"));
    CHECK(sut.cloud.order_requests().empty());
}

TEST_CASE("when the script is used up chance decides, if it was asked to") {
    prepared sut;
    CHECK(sut.look({}));
    sut.cloud.set_random_faults(zenwire::random_faults(1, 100));
    const std::string clean = sut.look({})->body;
    const zenwire::describe_instance_internet_status action{"i"};
    int faults = 0;
    for (int i = 0; i < 50; ++i) {
        const auto request = zenwire::make_request(action, zenwire::services::bmc_2022_11_20, zenwire::endpoint(),
                                                   sample::key(), sut.cloud.now());
        const auto answer = sut.cloud(request->view());
        faults += !answer || answer->status != 200 || answer->body.size() != clean.size() ? 1 : 0;
    }
    CHECK(faults > 25);
}

TEST_CASE("a canned success is read as the response that it was given") {
    const auto result = zenwire::parse_response<zenwire::describe_instance_internet_status>(
        zenwire::services::bmc_2022_11_20,
        zenwire::response_adapter(zenwire::fake_responses::success(R"({"instanceId":"i","trafficPackageSize":0.15})")).view());
    REQUIRE(result.has_value());
    CHECK(result->size == sample::size("0.15"));
    CHECK_FALSE(result->request_id.empty());
}

TEST_CASE("a text is as long as what is written, however long that is") {
    for (const std::size_t size : {0U, 1U, 1021U, 1022U, 1023U, 5000U}) {
        CAPTURE(size);
        const std::string text(size, 'x');
        CHECK(zenwire::detail::json_text([&](zenwire::detail::json_writer& json) noexcept { json.string(text); }) ==
              '"' + text + '"');
    }
}
