// SPDX-License-Identifier: BSL-1.0
#include "prepared_cloud.hpp"

namespace {

using namespace fake_cloud_tests;

}  // namespace

TEST_CASE("each state of an instance that forbids a change has its documented error") {
    struct row {
        std::string_view expected;
        void (*spoil)(fake_instance&);
        std::string_view target = "2";
    };
    const row rows[] = {
        {"404 INVALID_INSTANCE_NOT_FOUND", [](fake_instance& i) { i.id = "another"; }},
        {"404 INVALID_INSTANCE_NOT_FOUND", [](fake_instance& i) { i.service = "vm"; }},
        {"403 OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT",
         [](fake_instance& i) { i.status = zenwire::instance_status::installing; }},
        {"403 OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT",
         [](fake_instance& i) { i.status = zenwire::instance_status::parse("DREAMING"); }},
        {"403 OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT",
         [](fake_instance& i) { i.internet_charge_type = zenwire::internet_charge_type::by_bandwidth; }},
        {"403 OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE", [](fake_instance& i) { i.size.reset(); }},
        {"403 OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING",
         [](fake_instance& i) {
             i.running_change =
                 zenwire::fake_change{sample::size("3"), zenwire::unix_seconds(sample::time.count() + 1)};
         }},
        {"403 OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
         [](fake_instance& i) { i.planned_size = sample::size("0.5"); }},
        {"403 OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
         [](fake_instance& i) { i.planned_size = sample::size("0.5"); }, "0.75"},
        {"400 INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS", [](fake_instance&) {}, "0.45"},
        {"400 INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS", [](fake_instance&) {}, "0"},
        {"400 INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED", [](fake_instance&) {}, "10.05"},
    };
    for (row const& each : rows) {
        CAPTURE(each.expected);
        prepared_cloud sut;
        each.spoil(*sut.instance);
        const result answer = sut.send(each.target);
        CHECK(refusal_of(answer) == each.expected);
        REQUIRE_FALSE(answer);
        CHECK(code_of(answer) == errc::api_error);
        CHECK(answer.error().outcome == outcome::not_executed);
        CHECK_FALSE(answer.error().retryable());
        CHECK(answer.error().request_id.view() == "T00000001-0000-4000-8000-000000000001");
        CHECK(sut.cloud.orders().empty());
        CHECK(sut.cloud.requests_seen() == 1);
    }
}

TEST_CASE("the smallest and the largest size can be ordered") {
    prepared_cloud smallest;
    CHECK(smallest.send("0.5").has_value());
    prepared_cloud largest;
    CHECK(largest.send("10").has_value());
}

TEST_CASE("errors come in the order in which the cloud checks") {
    prepared_cloud sut;
    fake_instance& instance = *sut.instance;
    instance.status = zenwire::instance_status::creating;
    instance.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
    instance.size.reset();
    instance.running_change =
        zenwire::fake_change{sample::size("3"), zenwire::unix_seconds(zenwire::unix_seconds::last)};
    instance.planned_size = sample::size("0.5");
    const auto refusal = [&](std::string_view size) {
        return refusal_of(read(answer_to(sut.cloud, R"({"instanceId":"932237369560662463","trafficPackageSize":)" +
                                                        std::string(size) + "}")));
    };
    CHECK(refusal("-1") == "400 INVALID_PARAMETER_LESS_MINIMUM");
    CHECK(refusal("0.07") == "403 OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT");
    instance.status = zenwire::instance_status::running;
    CHECK(refusal("0.07") == "403 OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT");
    instance.internet_charge_type = zenwire::internet_charge_type::by_traffic_package;
    CHECK(refusal("0.07") == "403 OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE");
    instance.size = sample::size("1");
    CHECK(refusal("0.07") == "403 OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING");
    instance.running_change.reset();
    CHECK(refusal("0.07") == "403 OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE");
    instance.planned_size.reset();
    CHECK(refusal("0.07") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR");
    CHECK(refusal("0.05") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("a second change waits until the first one is done") {
    prepared_cloud sut;
    REQUIRE(sut.send("2"));
    CHECK(refusal_of(sut.send("3")) == "403 OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING");
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    const result second = sut.send("3");
    REQUIRE(second);
    CHECK(second->order_number.view() == "1000000000002");
}

TEST_CASE("a body that is not what the action wants has the documented common error") {
    CHECK(refusal_of_body("{}") == "400 MISSING_PARAMETER");
    CHECK(refusal_of_body(R"({"instanceId":"932237369560662463"})") == "400 MISSING_PARAMETER");
    CHECK(refusal_of_body(R"({"trafficPackageSize":2})") == "400 MISSING_PARAMETER");
    CHECK(refusal_of_body(R"({"instanceId":null,"trafficPackageSize":2})") == "400 MISSING_PARAMETER");
    CHECK(refusal_of_body(R"({"instanceId":"932237369560662463","trafficPackageSize":"2"})") ==
          "400 INVALID_PARAMETER_TYPE");
    CHECK(refusal_of_body(R"({"instanceId":"932237369560662463","trafficPackageSize":true})") ==
          "400 INVALID_PARAMETER_TYPE");
    CHECK(refusal_of_body(R"({"instanceId":"932237369560662463","trafficPackageSize":[2]})") ==
          "400 INVALID_PARAMETER_TYPE");
    CHECK(refusal_of_body(R"({"instanceId":932237369560662463,"trafficPackageSize":2})") ==
          "400 INVALID_PARAMETER_TYPE");
    CHECK(refusal_of_body("[]") == "400 INVALID_PARAMETER_TYPE");
    CHECK(refusal_of_body("") == "400 INVALID_PARAMETER_VALUE");
    CHECK(refusal_of_body(R"({"instanceId":)") == "400 INVALID_PARAMETER_VALUE");
    CHECK(refusal_of_body(R"({"instanceId":"a","instanceId":"a","trafficPackageSize":2})") ==
          "400 INVALID_PARAMETER_VALUE");
    CHECK(refusal_of_body(R"({"x":)" + std::string(50, '[') + std::string(50, ']') + "}") ==
          "400 INVALID_PARAMETER_VALUE");
    CHECK(refusal_of_body(R"({"instanceId":")" + std::string(200, 'a') + R"(","trafficPackageSize":2})") ==
          "400 INVALID_PARAMETER_EXCEED_LENGTH");
    CHECK(refusal_of_body(R"({"instanceId":"","trafficPackageSize":2})") == "400 INVALID_PARAMETER_LESS_LENGTH");
}

TEST_CASE("half of a surrogate pair is JSON, and a character that no instance id has") {
    for (const std::string_view id : {R"(\ud800)", R"(\uDFFF)", R"(a\ud83d)", R"(\ud83d\ud83d\ude00)", R"(\\\ud800)",
                                      R"(\ud83dA)", R"(\ud83d\u0041)"}) {
        CAPTURE(id);
        CHECK(refusal_of_body(R"({"instanceId":")" + std::string(id) + R"(","trafficPackageSize":2})") ==
              "404 INVALID_INSTANCE_NOT_FOUND");
    }
    prepared_cloud sut;
    sut.instance->id = "\xF0\x9F\x98\x80";
    CHECK(read(answer_to(sut.cloud, R"({"instanceId":"\ud83d\ude00","trafficPackageSize":2})")));
    sut.instance->id = R"(\ud800)";
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    CHECK(read(answer_to(sut.cloud, R"({"instanceId":"\\ud800","trafficPackageSize":3})")));
    CHECK(refusal_of_body(R"({"instanceId":"\ud8)") == "400 INVALID_PARAMETER_VALUE");
    CHECK(refusal_of_body(R"({"instanceId":"\ud8zz"})") == "400 INVALID_PARAMETER_VALUE");
}

TEST_CASE("the name of the parameter at fault is in the message") {
    prepared_cloud sut;
    const result answer = read(answer_to(sut.cloud, R"({"instanceId":"932237369560662463"})"));
    REQUIRE_FALSE(answer);
    CHECK(contains(answer.error().message, "trafficPackageSize"));
}

TEST_CASE("a size is taken exactly as it was sent") {
    const auto refusal = [](std::string_view size) {
        return refusal_of_body(R"({"instanceId":"932237369560662463","trafficPackageSize":)" + std::string(size) + "}");
    };
    CHECK(refusal("-0.05") == "400 INVALID_PARAMETER_LESS_MINIMUM");
    CHECK(refusal("-1e-300") == "400 INVALID_PARAMETER_LESS_MINIMUM");
    CHECK(refusal("1.07") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR");
    CHECK(refusal("1.1500000000000001") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR");
    CHECK(refusal("1.0000001") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR");
    CHECK(refusal("1.00000000000000000001") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR");
    CHECK(refusal("100000000000") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED");
    CHECK(refusal("-0") == "400 INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS");

    prepared_cloud sut;
    REQUIRE(read(answer_to(sut.cloud, R"({"instanceId":"932237369560662463","trafficPackageSize":1.50E0})")));
    CHECK(sut.cloud.orders().at(0).size == sample::size("1.5"));
}

TEST_CASE("a virtual machine has a path and versions of its own, and no step") {
    prepared_cloud sut;
    sut.instance->service = "vm";
    CHECK(refusal_of(sut.send("2")) == "404 INVALID_INSTANCE_NOT_FOUND");
    CHECK(sut.send("2.07", sample::key(), zenwire::services::vm_2023_03_13).has_value());
    CHECK(sut.cloud.orders().at(0).size == sample::size("2.07"));
}

TEST_CASE("all documented versions are answered") {
    for (zenwire::service const& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01}) {
        prepared_cloud sut;
        CHECK(sut.send("2", sample::key(), service).has_value());
    }
    prepared_cloud sut;
    sut.instance->service = "vm";
    CHECK(sut.send("2", sample::key(), zenwire::services::vm_2026_04_01).has_value());
}

TEST_CASE("an unknown action, version, or a version of the other service is not authorised") {
    prepared_cloud sut;
    const zenwire::service future{"bmc", "/api/v2/bmc", "2099-01-01"};
    const zenwire::service mixed{"bmc", "/api/v2/bmc", "2023-03-13"};
    constexpr std::string_view body = R"({"instanceId":"932237369560662463","trafficPackageSize":2})";
    CHECK(refusal_of(read(answer_to(sut.cloud, body, "MakeCoffee"))) == "401 AUTHFAILURE_UNAUTHORIZED_OPERATION");
    CHECK(refusal_of(read(answer_to(sut.cloud, body, "modifyinstancetrafficpackage"))) ==
          "401 AUTHFAILURE_UNAUTHORIZED_OPERATION");
    CHECK(refusal_of(read(answer_to(sut.cloud, body, modify_instance_traffic_package::name, future))) ==
          "401 AUTHFAILURE_UNAUTHORIZED_OPERATION");
    CHECK(refusal_of(read(answer_to(sut.cloud, body, modify_instance_traffic_package::name, mixed))) ==
          "401 AUTHFAILURE_UNAUTHORIZED_OPERATION");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("another path or method gets a response that is not the API's") {
    prepared_cloud sut;
    const zenwire::service elsewhere{"bmc", "/api/v1/bmc", "2022-11-20"};
    const fake_response not_found = answer_to(sut.cloud, "{}", modify_instance_traffic_package::name, elsewhere);
    CHECK(not_found.status == 404);
    CHECK(code_of(read(not_found)) == errc::malformed_response);

    const zenwire::signed_request request = signed_request(sut.cloud);
    zenwire::request_view view = request.view();
    view.method = "GET";
    const fake_response not_allowed = sut.cloud(view).value();
    CHECK(not_allowed.status == 405);
    CHECK(read(not_allowed).error().outcome == outcome::unknown);
    CHECK(sut.cloud.orders().empty());
}
