// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_vm_instances.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/stream.hpp>
#include <zenwire/action/owning.hpp>
#include <zenwire/client/instance_pager.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using action = zenwire::describe_vm_instances;
constexpr zenwire::service vm = zenwire::services::vm_2026_04_01;

static_assert(action::name == "DescribeInstances");
static_assert(action::reads_only);

std::string_view field_of_refusal(action const& filter) {
    const auto valid = zenwire::validate(filter, vm);
    return valid ? std::string_view() : valid.error().field;
}

constexpr std::string_view page =
    R"({"requestId":"T1","response":{"totalCount":2,"dataSet":[
        {"instanceId":"i-1","instanceType":"z2a.cpu.4","cpuCount":4,"systemDisk":{"diskId":"d-0","diskSize":50}},
        {"instanceId":"i-2","instanceType":"z2a.cpu.8","dataDisks":[{"diskId":"d-1","diskPrice":{"discountPrice":9.5}}]}
       ]}})";

}  // namespace

TEST_CASE("the filters of virtual machines go out under their own names") {
    char memory[1024];
    const std::string_view ids[] = {"i-1"};
    const zenwire::tag tags[] = {{"k", "v"}};
    const action all{.instance_ids = ids,
                     .zone_id = "SEL-A",
                     .resource_group_id = "rg",
                     .instance_type = "z2a.cpu.4",
                     .internet_charge_type = zenwire::internet_charge_type::by_traffic_package,
                     .image_id = "img",
                     .subnet_id = "s-1",
                     .instance_status = zenwire::instance_status::imaging,
                     .instance_name = "web*",
                     .key_id = "key-1",
                     .security_group_id = "sg-1",
                     .public_ip_addresses = ids,
                     .private_ip_addresses = ids,
                     .tag_keys = ids,
                     .tags = tags,
                     .page_num = 1,
                     .page_size = 20};
    CHECK(
        *zenwire::write_body(memory, all, zenwire::services::vm_2023_03_13) ==
        R"({"instanceIds":["i-1"],"zoneId":"SEL-A","resourceGroupId":"rg","instanceType":"z2a.cpu.4",)"
        R"("internetChargeType":"ByTrafficPackage","imageId":"img","subnetId":"s-1","instanceStatus":"IMAGING",)"
        R"("instanceName":"web*","keyId":"key-1","securityGroupId":"sg-1","publicIpAddresses":["i-1"],)"
        R"("privateIpAddresses":["i-1"],"tagKeys":["i-1"],"tags":[{"key":"k","value":"v"}],"pageNum":1,"pageSize":20})");
    CHECK(*zenwire::write_body(memory, action{}, vm) == "{}");
}

TEST_CASE("filters of virtual machines that break a rule are refused by name, tags at 65 characters") {
    const std::vector<std::string_view> ids(101, "i");
    const std::string longest(64, 't');
    const std::string too_long(65, 't');
    const auto with_tag = [](std::string_view key, std::string_view value) {
        const zenwire::tag tags[] = {{key, value}};
        return std::string(field_of_refusal({.tags = tags}));
    };
    const std::string_view keys[] = {too_long};
    CHECK(field_of_refusal({}).empty());
    CHECK(field_of_refusal({.instance_ids = ids}) == "instanceIds");
    CHECK(field_of_refusal({.page_num = 0}) == "pageNum");
    CHECK(field_of_refusal({.page_size = 1001}) == "pageSize");
    CHECK(field_of_refusal({.tag_keys = keys}) == "tagKeys");
    CHECK(with_tag(longest, longest).empty());
    CHECK(with_tag(too_long, "v") == "tags");
    CHECK(with_tag("k", too_long) == "tags");
    CHECK(with_tag("", "v") == "tags");
}

TEST_CASE("bare metal has another DescribeInstances, which is said before anything is sent") {
    for (zenwire::service const& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01}) {
        const auto refused = zenwire::validate(action{}, service);
        REQUIRE(code_of(refused) == zenwire::errc::unsupported_action);
        CHECK(refused.error().message.view().find("describe_instances") != std::string_view::npos);
    }
}

TEST_CASE("a page of virtual machines is read one by one, and by a response that owns it") {
    std::vector<std::byte> scratch(4096);
    std::string ids;
    const auto summary = zenwire::for_each_instance<action>(
        {200, page, {}}, std::span(scratch),
        [&](zenwire::vm_instance_info const& each) {
            ids += std::string(each.instance_id) + each.instance_type.data()[8];
        },
        [&](std::string_view, zenwire::error const&) { ids += "?"; });
    REQUIRE(summary);
    CHECK(ids == "i-14i-28");
    CHECK(summary->count == 2);
    CHECK(summary->total_count == 2);

    const auto owned = zenwire::parse_response(zenwire::owning{action{}}, vm, {200, page, {}});
    REQUIRE(owned);
    CHECK((*owned)->data_set.front().system_disk->disk_size == 50);
    auto second = (*owned)->data_set.begin();
    ++second;
    REQUIRE(second->data_disks.size() == 1);
    CHECK(second->data_disks.front().disk_price.front().discount_price == zenwire::decimal::parse("9.5"));
}

TEST_CASE("all virtual machines of a cloud are walked, and none of its bare metal") {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    for (int i = 0; i < 7; ++i) {
        cloud.add({.id = "vm-" + std::to_string(i), .service = "vm", .instance_type_id = "z2a.cpu.4"});
    }
    cloud.add({.id = "bmc"});
    const zenwire::access_key key = sample::key();
    const zenwire::client client(vm, zenwire::endpoint(), key);
    std::string ids;
    const auto walk = zenwire::walk_instances(client, action{}, cloud, cloud,
                                              [&](zenwire::vm_instance_info const& each) {
                                                  ids += std::string(each.instance_id.substr(3));
                                                  CHECK(each.instance_type == "z2a.cpu.4");
                                                  CHECK(each.internet_max_bandwidth_out == 100);
                                              },
                                              {.page_size = 3});
    REQUIRE(walk);
    CHECK(ids == "0123456");
    CHECK(walk->is_complete);
    const auto found = zenwire::send_action(client, zenwire::owning{action{.instance_type = "none"}}, cloud, cloud);
    REQUIRE(found);
    CHECK((*found)->total_count == 0);
}

TEST_CASE("the fake cloud answers DescribeInstances in the shape of the service") {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    cloud.add({.id = "i-1", .service = "vm"});
    cloud.add({.id = "i-1", .service = "bmc"});
    const zenwire::access_key key = sample::key();
    const auto body_of = [&](zenwire::service const& service) {
        const auto endpoint = zenwire::request_template<>::make(service, zenwire::endpoint(), {});
        char head[1024];
        const auto request = zenwire::sign_body(head, "DescribeInstances", "{}", *endpoint, key, cloud.now());
        return cloud(request->view())->body;
    };
    const std::string of_vm = body_of(vm);
    const std::string of_bmc = body_of(zenwire::services::bmc_2022_11_20);
    CHECK(of_vm.find(R"("instanceType":"M7D")") != std::string::npos);
    CHECK(of_vm.find("bandwidthOutMbps") == std::string::npos);
    CHECK(of_bmc.find(R"("instanceTypeId":"M7D")") != std::string::npos);
    CHECK(of_bmc.find("internetMaxBandwidthOut") == std::string::npos);
}
