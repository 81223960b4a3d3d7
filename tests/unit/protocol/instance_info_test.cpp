// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/instance_info.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/detail/json_reader.hpp>
#include <zenwire/protocol/detail/write_json.hpp>

#include "../results.hpp"

namespace {

using zenwire::detail::json_fault;

/// Every member of both versions, in the order of the member lists.
constexpr std::string_view everything =
    R"({"instanceId":"i","zoneId":"HKG-A","instanceName":"n","hostname":"h","instanceTypeId":"M7D",)"
    R"("instanceType":{"imageIds":["a","b"],"instanceTypeId":"M7D","description":"d","cpuCoreCount":1,"cpuDetail":"c",)"
    R"("cpuCores":2,"cpuThreads":3,"baseFrequency":"f","memorySize":4,"maximumBandwidth":5,"supportRaids":[0,1],)"
    R"("supportSubnet":true,"isHA":false,"diskInfo":{"totalDiskSize":6,"diskDescription":"dd",)"
    R"("disks":[{"diskSize":7,"diskCount":8}]},"vpuVendor":"v","vpuCard":"w","vpuCount":9},)"
    R"("imageId":"im","imageName":"in","ipxeUrl":"u","keyId":"k","instanceChargeType":"PREPAID","bandwidthOutMbps":10,)"
    R"("trafficPackageSize":1.5,"internetChargeType":"ByTrafficPackage","period":11,"primaryPublicIpAddress":"1.1.1.1",)"
    R"("primaryPublicIPv6Address":"::1","publicIpAddresses":["1.1.1.1"],"privateIpAddresses":["10.0.0.1"],)"
    R"("ipv6Addresses":["::1"],"subnetIds":["s"],"createTime":"2023-01-01T00:00:00Z",)"
    R"("expiredTime":"2024-01-01T00:00:00Z","resourceGroupId":"g","resourceGroupName":"gn","instanceStatus":"RUNNING",)"
    R"("partitions":[{"fsPath":"/","fsType":"ext2","size":12}],)"
    R"("raidConfig":{"raidType":5,"customRaids":[{"raidType":1,"diskSequence":[12,13]}]},)"
    R"("nic":{"wanName":"wan0","lanName":"lan0"},"autoRenew":true,"tags":{"tags":[{"key":"k","value":"v"}]},)"
    R"("enableGatewayMode":false})";

}  // namespace

TEST_CASE("every documented member is read, and written under the same name") {
    std::vector<std::byte> block(4096);
    zenwire::arena memory(block);
    zenwire::instance_info instance;
    REQUIRE(zenwire::detail::read_json(everything, instance, &memory).fault == json_fault::none);
    REQUIRE_FALSE(memory.exhausted());

    std::vector<char> text(4096);
    zenwire::buffer_writer out(text);
    zenwire::detail::json_writer json(out);
    zenwire::detail::write_json(json, instance, zenwire::services::bmc_2026_02_01);
    CHECK(out.written() == everything);
}

TEST_CASE("members have the values of their names") {
    std::vector<std::byte> block(4096);
    zenwire::arena memory(block);
    zenwire::instance_info instance;
    REQUIRE(zenwire::detail::read_json(everything, instance, &memory).fault == json_fault::none);
    CHECK(instance.instance_id == "i");
    CHECK(instance.instance_charge_type == zenwire::instance_charge_type::prepaid);
    CHECK(instance.internet_charge_type == zenwire::internet_charge_type::by_traffic_package);
    CHECK(instance.instance_status == zenwire::instance_status::running);
    CHECK(instance.traffic_package_size == zenwire::traffic_package_size::parse("1.5"));
    CHECK(instance.bandwidth_out_mbps == 10);
    CHECK(instance.instance_type->is_high_availability == false);
    CHECK(instance.instance_type->disk_info->disks.front().disk_count == 8);
    CHECK(instance.raid_config->custom_raids.front().disk_sequence.size() == 2);
    CHECK(instance.partitions.front().path == "/");
    CHECK(instance.nic->lan_name == "lan0");
    CHECK(instance.tags->tags.front().value == "v");
    CHECK(instance.enable_gateway_mode == false);
}

TEST_CASE("what a postpaid instance does not have is nothing") {
    zenwire::instance_info instance;
    REQUIRE(zenwire::detail::read_json(R"({"instanceId":"i","period":null,"expiredTime":null,"raidConfig":{"raidType":null}})",
                               instance)
                .fault == json_fault::none);
    CHECK_FALSE(instance.period.has_value());
    CHECK(instance.expired_time.empty());
    CHECK(instance.raid_config.has_value());
    CHECK_FALSE(instance.raid_config->raid_type.has_value());
    CHECK_FALSE(instance.traffic_package_size.has_value());
    CHECK_FALSE(instance.tags.has_value());
}

TEST_CASE("an instance without memory for its lists has none of their elements, and the memory says so") {
    zenwire::arena memory((std::span<std::byte>()));
    zenwire::instance_info instance;
    CHECK(zenwire::detail::read_json(everything, instance, &memory).fault == json_fault::none);
    CHECK(memory.exhausted());
    CHECK(instance.instance_id == "i");
    CHECK(instance.subnet_ids.empty());
}
