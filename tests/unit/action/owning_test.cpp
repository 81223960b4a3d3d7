// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/owning.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

#include <zenwire/action/describe_available_resources.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/describe_vm_instances.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using page = zenwire::owning<zenwire::describe_instances>;

static_assert(page::name == "DescribeInstances");
static_assert(page::reads_only);
static_assert(!std::is_copy_constructible_v<page::response>);

constexpr std::string_view answer =
    R"({"requestId":"T1","response":{"requestId":"T1","totalCount":7,"dataSet":[{"instanceId":"a\"b"},{"instanceId":"c"}]}})";

}  // namespace

TEST_CASE("it goes out as the action in it, and is checked like it") {
    char memory[64];
    const page owner{zenwire::describe_instances{.page_num = 2}};
    CHECK(*zenwire::write_body(memory, owner, zenwire::services::bmc_2022_11_20) == R"({"pageNum":2})");
    CHECK(code_of(zenwire::validate(page{zenwire::describe_instances{.page_num = 0}},
                                    zenwire::services::bmc_2022_11_20)) == zenwire::errc::invalid_parameter);
}

TEST_CASE("it goes out with the spelling of the service") {
    char memory[64];
    const zenwire::owning owner{zenwire::describe_vm_instances{
        .internet_charge_type = zenwire::internet_charge_type::bandwidth_cluster}};
    CHECK(*zenwire::write_body(memory, owner, zenwire::services::vm_2026_04_01) ==
          R"({"internetChargeType":"BandwidthCluster"})");
}

TEST_CASE("the response outlives the memory of the transport, and a move") {
    std::string body(answer);
    auto first = zenwire::parse_response(page{}, zenwire::services::bmc_2022_11_20, {200, body, {}});
    body.assign(body.size(), 'x');
    REQUIRE(first.has_value());
    const page::response second(*std::move(first));
    CHECK(second->total_count == 7);
    CHECK(second->request_id == "T1");
    REQUIRE(second->data_set.size() == 2);
    CHECK(second->data_set.front().instance_id == "a\"b");
}

TEST_CASE("an error is that of the action") {
    const auto result = zenwire::parse_response(page{}, zenwire::services::bmc_2022_11_20, {502, "<html>", {}});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().http_status == 502);
    CHECK(result.error().retryable());
}

TEST_CASE("lists are sent like any other action") {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    cloud.add({.id = "1"});
    cloud.add({.id = "2"});
    cloud.add(zenwire::fake_resource());
    const zenwire::access_key key = sample::key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    const auto instances =
        zenwire::send_action(client, zenwire::owning{zenwire::describe_instances{.page_size = 1}}, cloud, cloud);
    REQUIRE(instances.has_value());
    CHECK((*instances)->total_count == 2);
    CHECK((*instances)->data_set.front().instance_id == "1");
    const auto resources =
        zenwire::send_action(client,
                             zenwire::owning{zenwire::describe_available_resources{
                                 .instance_charge_type = zenwire::instance_charge_type::prepaid}},
                             cloud, cloud);
    REQUIRE(resources.has_value());
    CHECK((*resources)->available_resources.size() == 1);
}

TEST_CASE("a page of instances is a range in the server's order, and empty where no id fits") {
    const auto page = zenwire::parse_response(zenwire::owning{zenwire::describe_instances{}}, zenwire::services::bmc_2026_02_01,
                                              {200, R"({"response":{"dataSet":[{"instanceId":"a"},{"instanceId":"c"}]}})", {}});
    REQUIRE(page.has_value());
    std::string ids;
    for (zenwire::instance_info const& each : (*page)->data_set) {
        ids += std::string(each.instance_id) + ' ';
    }
    CHECK(ids == "a c ");

    const auto none = zenwire::parse_response(zenwire::owning{zenwire::describe_instances{}}, zenwire::services::bmc_2026_02_01,
                                              {200, R"({"response":{"totalCount":0,"dataSet":[]}})", {}});
    REQUIRE(none.has_value());
    CHECK((*none)->data_set.empty());
    CHECK((*none)->data_set.begin() == (*none)->data_set.end());
}
