// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/fake_cloud.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/look_up_instance.hpp>
#include <zenwire/base/detail/hex.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/response.hpp>
#include <zenwire/protocol/signature.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::api_code;
using zenwire::errc;
using zenwire::fake_cloud;
using zenwire::fake_instance;
using zenwire::fake_response;
using zenwire::modify_instance_traffic_package;
using zenwire::outcome;
using zenwire::scripted_fault;
using result = zenwire::expected<modify_instance_traffic_package::response>;

constexpr std::string_view instance_id = "932237369560662463";

/// A cloud that knows the sample's key and token and one instance with a package of 1 TB, 0.5 TB to 10 TB.
struct prepared_cloud {
    prepared_cloud() {
        cloud.add(sample::key());
        cloud.add(sample::token());
        fake_instance made;
        made.id = instance_id;
        made.default_size = sample::size("0.5");
        made.maximum_size = sample::size("10");
        instance = &cloud.add(made);
    }

    template <class Credential>
    result send(std::string_view terabytes, Credential const& credential,
                zenwire::service const& service = zenwire::services::bmc_2022_11_20, zenwire::retry_policy retry = {}) {
        const zenwire::client client(service, zenwire::endpoint(), credential, {retry, {}});
        return zenwire::send_action(client, modify_instance_traffic_package{instance_id, sample::size(terabytes)},
                                    cloud, cloud);
    }
    result send(std::string_view terabytes) { return send(terabytes, sample::key()); }

    fake_cloud cloud;
    fake_instance* instance = nullptr;
};

/// The response to a request that is correctly signed but may have any action name and body.
fake_response answer_to(fake_cloud& cloud, std::string_view body,
                        std::string_view action_name = modify_instance_traffic_package::name,
                        zenwire::service const& service = zenwire::services::bmc_2022_11_20) {
    char head[zenwire::limits::request_head];
    const auto prepared = zenwire::request_template<>::make(service, zenwire::endpoint());
    const auto request = zenwire::sign_body(head, action_name, body, *prepared, sample::key(), cloud.now());
    return cloud(request->view()).value();
}

result read(fake_response const& answer) {
    return zenwire::parse_response<modify_instance_traffic_package>(zenwire::services::bmc_2022_11_20,
                                                                    zenwire::response_adapter(answer).view());
}

/// The error code and status that a result carries, as text: `404 INVALID_INSTANCE_NOT_FOUND`.
std::string refusal_of(result const& answer) {
    if (answer) {
        return "no error";
    }
    return std::to_string(answer.error().http_status) + " " + std::string(answer.error().api_code_text.view());
}

/// The response to `body` in the same form.
std::string refusal_of_body(std::string_view body) {
    prepared_cloud sut;
    const std::string refusal = refusal_of(read(answer_to(sut.cloud, body)));
    CHECK(sut.cloud.orders().empty());
    return refusal;
}

/// A request whose fields can be changed after it was signed.
struct tampered_request {
    explicit tampered_request(zenwire::request_view const& original) : view(original) {
        for (const zenwire::field each : original.fields) {
            fields.push_back(each);
        }
    }
    void set(std::string_view name, std::string_view value) {
        for (zenwire::field& each : fields) {
            if (each.name == name) {
                each.value = value;
            }
        }
    }
    void remove(std::string_view name) {
        std::erase_if(fields, [&](zenwire::field const& each) { return each.name == name; });
    }
    [[nodiscard]] zenwire::request_view const& request() {
        view.fields = zenwire::field_list(std::span<zenwire::field const>(fields));
        return view;
    }

    zenwire::request_view view;
    std::vector<zenwire::field> fields;
};

zenwire::signed_request signed_request(fake_cloud const& cloud, zenwire::access_key const& key = sample::key()) {
    return *zenwire::make_request(modify_instance_traffic_package{instance_id, sample::size("2")},
                                  zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key, cloud.now());
}

}  // namespace

TEST_CASE("an upgrade is charged, ordered and effective when its time has passed") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(100'000);
    const result answer = sut.send("2.15");
    REQUIRE(answer);
    CHECK(answer->order_number.view() == "1000000000001");
    CHECK(answer->request_id.view() == "T00000001-0000-4000-8000-000000000001");
    REQUIRE(sut.cloud.orders().size() == 1);
    CHECK(sut.cloud.orders()[0].number == answer->order_number.view());
    CHECK(sut.cloud.orders()[0].instance_id == instance_id);
    CHECK(sut.cloud.orders()[0].size == sample::size("2.15"));
    CHECK(sut.cloud.orders()[0].paid_cents == 9200);
    CHECK(sut.cloud.balance_cents() == 90'800);
    REQUIRE(sut.instance->running_change);
    CHECK(sut.instance->running_change->target == sample::size("2.15"));
    CHECK(sut.instance->size == sample::size("1"));

    sut.cloud.sleep_for(zenwire::milliseconds(9'999));
    CHECK(sut.instance->running_change.has_value());
    sut.cloud.sleep_for(zenwire::milliseconds(1));
    CHECK_FALSE(sut.instance->running_change.has_value());
    CHECK(sut.instance->size == sample::size("2.15"));
}

TEST_CASE("a processing time of zero makes an upgrade effective at once") {
    prepared_cloud sut;
    sut.cloud.settings().processing_seconds = 0;
    REQUIRE(sut.send("2"));
    CHECK_FALSE(sut.instance->running_change.has_value());
    CHECK(sut.instance->size == sample::size("2"));
}

TEST_CASE("a price is rounded up to a whole cent") {
    prepared_cloud sut;
    sut.cloud.settings().price_cents_per_terabyte = 1;
    REQUIRE(sut.send("1.05"));
    CHECK(sut.cloud.orders().at(0).paid_cents == 1);
}

TEST_CASE("a downgrade is ordered for the next cycle and costs nothing") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(0);
    const result answer = sut.send("0.5");
    REQUIRE(answer);
    CHECK(answer->order_number.view() == "1000000000001");
    CHECK(sut.instance->planned_size == sample::size("0.5"));
    CHECK(sut.instance->size == sample::size("1"));
    CHECK_FALSE(sut.instance->running_change.has_value());
    CHECK(sut.cloud.orders().at(0).paid_cents == 0);
    CHECK(sut.cloud.balance_cents() == 0);
}

TEST_CASE("an order that is repeated when its size is there costs the whole package, on a strict cloud") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(100'000);
    REQUIRE(sut.send("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    const result again = sut.send("2");
    REQUIRE(again);
    CHECK_FALSE(again->order_number.empty());
    CHECK(sut.cloud.orders().size() == 2);
    CHECK(sut.cloud.orders_that_may_cost() == 2);
    CHECK(sut.cloud.balance_cents() == 100'000 - 8'000 - 16'000);
}

TEST_CASE("each request for an order is noted, with what became of it") {
    using fate = zenwire::fake_order_request::fate;
    struct row {
        scripted_fault fault;
        fate at_once;
        fate later;
        bool may_cost;
    };
    const auto page = zenwire::fake_responses::html(403);
    for (row const& each : {row{{}, fate::executed, fate::executed, true},
                            {{scripted_fault::kind::response_lost}, fate::executed, fate::executed, true},
                            {scripted_fault::masked(page), fate::executed, fate::executed, true},
                            {scripted_fault::canned(page), fate::lost, fate::lost, false},
                            {{scripted_fault::kind::request_lost}, fate::lost, fate::lost, false},
                            {scripted_fault::late(300), fate::on_its_way, fate::executed, true},
                            {scripted_fault::late(301), fate::on_its_way, fate::too_late, false}}) {
        CAPTURE(each.fault.what);
        prepared_cloud sut;
        sut.cloud.script(each.fault);
        static_cast<void>(sut.send("2"));
        REQUIRE(sut.cloud.order_requests().size() == 1);
        CHECK(sut.cloud.order_requests()[0].what == each.at_once);
        sut.cloud.sleep_for(zenwire::milliseconds(400'000));
        CHECK(sut.cloud.order_requests()[0].what == each.later);
        CHECK(sut.cloud.orders_that_may_cost() == (each.may_cost ? 1 : 0));
    }
}

TEST_CASE("an order that was not sent is no request, and one that is refused at once costs nothing") {
    prepared_cloud sut;
    sut.cloud.script({scripted_fault::kind::not_sent});
    CHECK(sut.send("1000").has_value() == false);
    REQUIRE(sut.cloud.order_requests().size() == 1);
    CHECK(sut.cloud.order_requests()[0].what == zenwire::fake_order_request::fate::refused);
    CHECK(sut.cloud.orders_that_may_cost() == 0);
}

TEST_CASE(
    "an order that comes late and is refused counts all the same: at another moment it would have been executed") {
    prepared_cloud sut;
    sut.cloud.script(scripted_fault::late(60));
    CHECK_FALSE(sut.send("2"));
    sut.cloud.act({zenwire::fake_act::kind::order, std::string(instance_id), sample::size("0.5")});
    sut.cloud.sleep_for(zenwire::milliseconds(60'000));
    CHECK(sut.cloud.orders().empty());
    CHECK(sut.cloud.orders_that_may_cost() == 1);
}

TEST_CASE("two copies of one request are one request, executed or not") {
    using fate = zenwire::fake_order_request::fate;
    prepared_cloud sut;
    sut.cloud.script(scripted_fault::twice(60));
    REQUIRE(sut.send("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(400'000));
    CHECK(sut.cloud.order_requests().size() == 1);
    CHECK(sut.cloud.orders_that_may_cost() == 1);
    sut.cloud.act({zenwire::fake_act::kind::order, "", sample::size("0.5")});
    sut.cloud.script(scripted_fault::twice(60));
    CHECK_FALSE(sut.send("3"));
    CHECK(sut.cloud.order_requests()[1].what == fate::on_its_way);
    sut.cloud.act({zenwire::fake_act::kind::cancel});
    sut.cloud.sleep_for(zenwire::milliseconds(400'000));
    CHECK(sut.cloud.order_requests()[1].what == fate::executed);
}

TEST_CASE("somebody else's order follows the rules of the cloud, is paid, and is none of the client's") {
    prepared_cloud sut;
    using kind = zenwire::fake_act::kind;
    sut.cloud.set_balance_cents(8'000);
    sut.cloud.act({kind::order, std::string(instance_id), sample::size("2")});
    REQUIRE(sut.instance->running_change);
    CHECK(sut.cloud.balance_cents() == 0);
    CHECK(sut.cloud.orders().empty());
    CHECK(sut.cloud.order_requests().empty());
    // refused as anybody's: a change is under way, and later there is no money
    sut.cloud.act({kind::order, "", sample::size("0.5")});
    CHECK_FALSE(sut.instance->planned_size);
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    sut.cloud.act({kind::order, "", sample::size("3")});
    CHECK(sut.instance->size == sample::size("2"));
    CHECK_FALSE(sut.instance->running_change);
    sut.cloud.act({kind::order, "", sample::size("0.5")});
    CHECK(sut.instance->planned_size == sample::size("0.5"));
    sut.cloud.act({kind::cancel, "somebody else's instance"});
    CHECK(sut.instance->planned_size);
    sut.cloud.act({kind::cancel});
    CHECK_FALSE(sut.instance->planned_size);
    sut.cloud.act({kind::put, "", sample::size("1")});
    CHECK(sut.instance->size == sample::size("1"));
}

TEST_CASE("the history of an instance has each state once, from when it was seen first") {
    prepared_cloud sut;
    sut.cloud.settings().cycle_begin = sut.cloud.now().count();
    sut.cloud.settings().cycle_seconds = 1'000;
    REQUIRE(sut.send("2"));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    sut.cloud.sleep_for(zenwire::milliseconds(10'000));
    REQUIRE(sut.send("0.5"));
    sut.cloud.sleep_for(zenwire::milliseconds(980'000));
    auto const& history = sut.cloud.history(*sut.instance);
    REQUIRE(history.size() == 5);
    CHECK(history[0].size == sample::size("1"));
    CHECK(history[0].is_idle());
    CHECK(history[1].running_change->target == sample::size("2"));
    CHECK(history[2].size == sample::size("2"));
    CHECK(history[2].is_idle());
    CHECK(history[2].since.count() == history[1].since.count() + 10);
    CHECK(history[3].planned_size == sample::size("0.5"));
    CHECK(history[4].size == sample::size("0.5"));
    CHECK(history[4].since == sut.cloud.now());
}

TEST_CASE("the status and the list may be behind, each on its own") {
    for (const bool is_list : {false, true}) {
        CAPTURE(is_list);
        prepared_cloud sut;
        auto& settings = sut.cloud.settings();
        (is_list ? settings.list_lag_seconds : settings.status_lag_seconds) = 900;
        settings.processing_seconds = 0;
        REQUIRE(sut.send("2"));
        const auto sizes = [&] {
            const zenwire::access_key key = sample::key();
            const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key);
            const auto status = zenwire::send_action(client, zenwire::describe_instance_internet_status{instance_id},
                                                     sut.cloud, sut.cloud);
            const auto list =
                zenwire::send_action(client, zenwire::look_up_instance{{instance_id}}, sut.cloud, sut.cloud);
            return std::pair(status->size, list->data_set[0].traffic_package_size);
        };
        const auto before = sample::size("1");
        const auto after = sample::size("2");
        CHECK(sizes() == (is_list ? std::pair(std::optional(after), std::optional(before))
                                  : std::pair(std::optional(before), std::optional(after))));
        sut.cloud.sleep_for(zenwire::milliseconds(900'000));
        CHECK(sizes() == std::pair(std::optional(after), std::optional(after)));
    }
}

TEST_CASE("the current size as target succeeds without an order where the cloud is not strict") {
    prepared_cloud sut;
    sut.cloud.settings().is_strict = false;
    const result answer = sut.send("1");
    REQUIRE(answer);
    CHECK(answer->order_number.view() == "");
    CHECK(answer->request_id.view() == "T00000001-0000-4000-8000-000000000001");
    CHECK(sut.cloud.orders().empty());
    CHECK_FALSE(sut.instance->running_change.has_value());
}

TEST_CASE("a postpaid instance changes in both directions without an order") {
    for (const std::string_view target : {"2", "0.5"}) {
        CAPTURE(target);
        prepared_cloud sut;
        sut.cloud.set_balance_cents(0);
        sut.instance->charge_type = zenwire::instance_charge_type::postpaid;
        const result answer = sut.send(target);
        REQUIRE(answer);
        CHECK(answer->order_number.view() == "");
        CHECK(sut.cloud.orders().empty());
        sut.cloud.sleep_for(zenwire::milliseconds(10'000));
        CHECK(sut.instance->size == sample::size(target));
    }
}

TEST_CASE("a stopped instance can be changed") {
    prepared_cloud sut;
    sut.instance->status = zenwire::instance_status::stopped;
    CHECK(sut.send("2").has_value());
}

TEST_CASE("a balance that covers the price exactly suffices, one cent less does not") {
    prepared_cloud sut;
    sut.cloud.set_balance_cents(7'999);
    const result refused = sut.send("2");
    CHECK(refusal_of(refused) == "403 OPERATION_FAILED_INSUFFICIENT_BALANCE");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().api_code == api_code::unlisted);
    CHECK(refused.error().outcome == outcome::not_executed);
    CHECK(sut.cloud.balance_cents() == 7'999);
    CHECK(sut.cloud.orders().empty());
    CHECK_FALSE(sut.instance->running_change.has_value());

    sut.cloud.set_balance_cents(8'000);
    CHECK(sut.send("2").has_value());
    CHECK(sut.cloud.balance_cents() == 0);
}

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

TEST_CASE("a signature is refused when it is more than 300 s old or ahead") {
    for (const std::int64_t skew : {-301, 301}) {
        CAPTURE(skew);
        prepared_cloud sut;
        const zenwire::signed_request request = signed_request(sut.cloud);
        sut.cloud.set_now(zenwire::unix_seconds(sample::time.count() + skew));
        CHECK(refusal_of(read(sut.cloud(request.view()).value())) == "401 AUTHFAILURE_SIGNATURE_EXPIRED");
        CHECK(sut.cloud.orders().empty());
    }
    for (const std::int64_t skew : {-300, 300}) {
        CAPTURE(skew);
        prepared_cloud sut;
        const zenwire::signed_request request = signed_request(sut.cloud);
        sut.cloud.set_now(zenwire::unix_seconds(sample::time.count() + skew));
        CHECK(read(sut.cloud(request.view()).value()).has_value());
    }
}

TEST_CASE("a client with a wrong clock learns by how much") {
    struct slow_clock {
        [[nodiscard]] static zenwire::unix_seconds now() { return zenwire::unix_seconds(sample::time.count() - 1000); }
        static void sleep_for(zenwire::milliseconds) {}
        [[nodiscard]] static std::uint32_t jitter() { return 0; }
    };
    prepared_cloud sut;
    const zenwire::access_key key = sample::key();
    const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key);
    const result answer = zenwire::send_action(client, modify_instance_traffic_package{instance_id, sample::size("2")},
                                               sut.cloud, slow_clock());
    CHECK(refusal_of(answer) == "401 AUTHFAILURE_SIGNATURE_EXPIRED");
    REQUIRE_FALSE(answer);
    CHECK(answer.error().clock_offset_seconds == 1000);
}

TEST_CASE("a wrong password and an unknown key fail the signature") {
    prepared_cloud sut;
    CHECK(refusal_of(sut.send("2", sample::key("wrong"))) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    const auto stranger =
        zenwire::access_key::make(zenwire::access_key_id("stranger"), zenwire::access_key_password(sample::password));
    CHECK(refusal_of(sut.send("2", *stranger)) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("each of several keys is verified under its own password") {
    prepared_cloud sut;
    const auto second = [] {
        return *zenwire::access_key::make(zenwire::access_key_id("second"),
                                          zenwire::access_key_password("its password"));
    };
    sut.cloud.add(second());
    CHECK(sut.send("1", second()).has_value());
    CHECK(sut.send("1").has_value());
}

TEST_CASE("a request that was changed on its way fails the signature") {
    prepared_cloud sut;
    const zenwire::signed_request original = signed_request(sut.cloud);
    tampered_request other_body(original.view());
    other_body.view.body = R"({"instanceId":"932237369560662463","trafficPackageSize":9})";
    CHECK(refusal_of(read(sut.cloud(other_body.request()).value())) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    tampered_request other_host(original.view());
    other_host.set("host", "elsewhere.example");
    CHECK(refusal_of(read(sut.cloud(other_host.request()).value())) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("signed values with capitals are accepted as they were sent only where the settings say so") {
    for (const bool accepts : {false, true}) {
        CAPTURE(accepts);
        prepared_cloud sut;
        sut.cloud.settings().accepts_letters_as_sent = accepts;
        const zenwire::signed_request original = signed_request(sut.cloud);
        // over `LOCALHOST:1` as it is, which is what the SDKs do
        std::string canonical = "POST\n/\n\ncontent-type:application/json\nhost:LOCALHOST:1\n\ncontent-type;host\n";
        canonical += zenwire::detail::hex_text(zenwire::sha256_of(original.view().body)).view();
        const zenwire::access_key key = sample::key();
        const zenwire::string_to_sign text(sut.cloud.now(), zenwire::sha256_of(canonical));
        const std::string as_sent = "ZC2-HMAC-SHA256 Credential=" + std::string(sample::id) +
                                    ", SignedHeaders=content-type;host, Signature=" +
                                    std::string(zenwire::detail::hex_text(key.mac(text.view())).view());
        tampered_request request(original.view());
        request.set("host", "LOCALHOST:1");
        request.set("content-type", "application/json");
        request.set("authorization", as_sent);
        const result answer = read(sut.cloud(request.request()).value());
        CHECK(answer.has_value() == accepts);
        if (!answer) {
            CHECK(refusal_of(answer) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
            CHECK(contains(answer.error().message, "lower case"));
        }
        request.set("host", "OTHERHOST:1");
        CHECK(contains(read(sut.cloud(request.request()).value()).error().message, "the signature is another one"));
    }
}

TEST_CASE("an authorization out of form is refused before time and signature") {
    prepared_cloud sut;
    const zenwire::signed_request original = signed_request(sut.cloud);
    sut.cloud.set_now(zenwire::unix_seconds(sample::time.count() + 10'000));
    for (const std::string_view missing : {"authorization", "x-zc-timestamp", "x-zc-signature-method"}) {
        CAPTURE(missing);
        tampered_request request(original.view());
        request.remove(missing);
        CHECK(refusal_of(read(sut.cloud(request.request()).value())) == "401 AUTHFAILURE_INVALID_AUTHORIZATION");
    }
    tampered_request basic(original.view());
    basic.set("authorization", "Basic dXNlcjpwYXNzd29yZA==");
    CHECK(refusal_of(read(sut.cloud(basic.request()).value())) == "401 AUTHFAILURE_INVALID_AUTHORIZATION");
}

TEST_CASE("a signed header that is missing is an authorization out of form") {
    prepared_cloud sut;
    const zenwire::signed_request original = signed_request(sut.cloud);
    tampered_request request(original.view());
    request.remove("content-type");
    CHECK(refusal_of(read(sut.cloud(request.request()).value())) == "401 AUTHFAILURE_INVALID_AUTHORIZATION");
}

TEST_CASE("authorization is checked before the action and its parameters") {
    prepared_cloud sut;
    char head[zenwire::limits::request_head];
    const auto request =
        zenwire::sign_body(head, "MakeCoffee", "no JSON", sample::endpoint(), sample::key("wrong"), sut.cloud.now());
    REQUIRE(request);
    CHECK(refusal_of(read(sut.cloud(request->view()).value())) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
}

TEST_CASE("a bearer token is accepted when it is known") {
    prepared_cloud sut;
    CHECK(sut.send("2", sample::token()).has_value());
    const auto unknown = zenwire::bearer_token::make(zenwire::token("another"));
    CHECK(refusal_of(sut.send("2", *unknown)) == "401 AUTHFAILURE_UNAUTHORIZED_OPERATION");
    CHECK(sut.cloud.orders().size() == 1);
}

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
