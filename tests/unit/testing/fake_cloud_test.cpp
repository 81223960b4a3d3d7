// SPDX-License-Identifier: BSL-1.0
#include "prepared_cloud.hpp"

namespace {

using namespace fake_cloud_tests;

}  // namespace

TEST_CASE("a response carries its type, the time, and the request id twice") {
    prepared_cloud sut;
    const fake_response answer = answer_to(sut.cloud, R"({"instanceId":"932237369560662463","trafficPackageSize":2})");
    CHECK(answer.status == 200);
    CHECK(answer.body ==
          R"({"requestId":"T00000001-0000-4000-8000-000000000001",)"
          R"("response":{"requestId":"T00000001-0000-4000-8000-000000000001","orderNumber":"1000000000001"}})");
    REQUIRE(answer.fields.size() == 2);
    CHECK(answer.fields[0].name == "content-type");
    CHECK(answer.fields[0].value == "application/json");
    CHECK(answer.fields[1].name == "date");
    CHECK(answer.fields[1].value == "Tue, 10 Jan 2023 14:32:57 GMT");
    CHECK(zenwire::server_time(zenwire::response_adapter(answer).view()) == sample::time);
}

TEST_CASE("the text of an instance id is escaped in the response") {
    prepared_cloud sut;
    const result answer = read(answer_to(sut.cloud, R"({"instanceId":"a\"\\\n\u00e4","trafficPackageSize":2})"));
    CHECK(refusal_of(answer) == "404 INVALID_INSTANCE_NOT_FOUND");
    REQUIRE_FALSE(answer);
    CHECK(contains(answer.error().message, "a\"\\\n\xC3\xA4"));
}

TEST_CASE("an order whose answer was lost is placed, paid, and not sent again") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(10'000);
    sut.cloud.script({scripted_fault::kind::response_lost});
    const result answer = sut.send("2");
    CHECK(code_of(answer) == errc::outcome_unknown);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().outcome == outcome::unknown);
    CHECK(sut.cloud.requests_seen() == 1);
    CHECK(sut.cloud.orders().size() == 1);
    CHECK(sut.cloud.balance_cents() == 2'000);
}

TEST_CASE("a lost request leaves no trace, and is not sent again") {
    prepared_cloud sut;
    sut.cloud.script({scripted_fault::kind::request_lost});
    const result answer = sut.send("2");
    CHECK(code_of(answer) == errc::outcome_unknown);
    CHECK(sut.cloud.requests_seen() == 0);
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("a request that was not sent is sent again, freshly signed") {
    prepared_cloud sut;
    sut.cloud.script({scripted_fault::kind::not_sent});
    sut.cloud.script({scripted_fault::kind::not_sent});
    CHECK(sut.send("2").has_value());
    CHECK(sut.cloud.requests_seen() == 1);
    CHECK(sut.cloud.now() == zenwire::unix_seconds(sample::time.count() + 3));
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("a canned response stands for the cloud, which does nothing") {
    prepared_cloud sut;
    sut.cloud.script(scripted_fault::canned({429, "", {{"Retry-After", "7"}}}));
    sut.cloud.script({scripted_fault::kind::none});
    sut.cloud.script(scripted_fault::canned({503, "<html>", {}}));
    const result first = sut.send("2");
    REQUIRE_FALSE(first);
    CHECK(first.error().retry_after_seconds == 7U);
    CHECK(sut.cloud.orders().empty());
    CHECK(sut.send("2").has_value());
    CHECK(sut.cloud.requests_seen() == 2);
    CHECK(sut.cloud.orders().size() == 1);

    const result third = sut.send("3");
    CHECK(code_of(third) == errc::outcome_unknown);
    REQUIRE_FALSE(third);
    CHECK(third.error().http_status == 503);
    CHECK(sut.cloud.orders().size() == 1);
}

TEST_CASE("the same calls give the same answers") {
    const auto run = [] {
        prepared_cloud sut;
        std::string log;
        for (const std::string_view size : {"2", "0.01", "10.05", "1"}) {
            log += answer_to(sut.cloud,
                             R"({"instanceId":"932237369560662463","trafficPackageSize":)" + std::string(size) + "}")
                       .body;
        }
        return log;
    };
    const std::string first = run();
    CHECK(contains(first, "T00000004-"));
    CHECK(first == run());
}
