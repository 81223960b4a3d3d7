// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_VM_INSTANCE_INFO_HPP
#define ZENWIRE_PROTOCOL_VM_INSTANCE_INFO_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/arena_list.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// The data of a virtual machine, which the API tells in another shape than that of bare metal. All of these are views, as
/// instance_info. Source: the data structures of the service vm, 2023-03-13 and 2026-04-01.

namespace ZENWIRE_NAMESPACE {

/// The disk of a virtual machine that its system is on.
struct vm_system_disk {
    /// its id
    std::string_view disk_id{};
    std::optional<std::int64_t> disk_size{};  ///< in GiB
    /// its kind
    std::string_view disk_category{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&vm_system_disk::disk_id>{"diskId"}, member<&vm_system_disk::disk_size>{"diskSize"},
                           member<&vm_system_disk::disk_category>{"diskCategory"});
    }
};

/// A further disk of a virtual machine.
struct vm_data_disk {
    /// its id
    std::string_view disk_id{};
    /// the name that its owner gave it
    std::string_view disk_name{};
    std::optional<std::int64_t> disk_size{};  ///< in GiB
    /// how many of them
    std::optional<std::int64_t> disk_amount{};
    /// whether it can be taken off and put into another machine
    std::optional<bool> portable{};
    /// its kind
    std::string_view disk_category{};
    /// its price, one or none; since 2026
    arena_list<price> disk_price{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&vm_data_disk::disk_id>{"diskId"}, member<&vm_data_disk::disk_name>{"diskName"},
            member<&vm_data_disk::disk_size>{"diskSize"}, member<&vm_data_disk::disk_amount>{"diskAmount"},
            member<&vm_data_disk::portable>{"portable"}, member<&vm_data_disk::disk_category>{"diskCategory"},
            member<&vm_data_disk::disk_price>{"diskPrice"});
    }
};

/// A virtual machine.
struct vm_instance_info {
    /// its id
    std::string_view instance_id{};
    /// where it is
    std::string_view zone_id{};
    /// the name that its owner gave it
    std::string_view instance_name{};
    /// the id of its model
    std::string_view instance_type{};
    /// its cores
    std::optional<std::int64_t> cpu_count{};
    std::optional<std::int64_t> memory{};  ///< in GiB
    /// the image that it was installed with
    std::string_view image_id{};
    /// the name of that image
    std::string_view image_name{};
    /// how it is billed
    std::optional<zenwire::instance_charge_type> instance_charge_type{};
    /// in Mbps; 0: no limit
    std::optional<std::int64_t> internet_max_bandwidth_out{};
    /// how its network is billed
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    std::optional<std::int64_t> period{};  ///< in months; prepaid only
    /// all its public addresses, IPv4
    arena_list<std::string_view> public_ip_addresses{};
    /// all its private addresses, IPv4
    arena_list<std::string_view> private_ip_addresses{};
    /// all its public addresses of IPv6
    arena_list<std::string_view> public_ipv6_addresses{};
    /// the subnet that it is in
    std::string_view subnet_id{};
    std::string_view create_time{};   ///< `2023-01-01T00:00:00Z`
    std::string_view expired_time{};  ///< empty for postpaid
    /// the group that it belongs to
    std::string_view resource_group_id{};
    /// the name of that group
    std::string_view resource_group_name{};
    /// its status
    std::optional<zenwire::instance_status> instance_status{};
    /// That it is there does not prove that the instance is billed by it.
    std::optional<zenwire::traffic_package_size> traffic_package_size{};
    /// its security groups
    arena_list<std::string_view> security_group_ids{};
    /// the disk of its system
    std::optional<vm_system_disk> system_disk{};
    /// its further disks
    arena_list<vm_data_disk> data_disks{};
    /// false when a prepaid subscription was cancelled
    std::optional<bool> auto_renew{};
    /// the SSH key that it was installed with
    std::string_view key_id{};
    /// the names of its network interfaces
    std::optional<network_interfaces> nic{};
    /// its tags
    std::optional<tag_list> tags{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = vm_instance_info;
        return member_list(
            member<&self::instance_id>{instance_id_field, reading::essential}, member<&self::zone_id>{"zoneId"},
            member<&self::instance_name>{"instanceName"}, member<&self::instance_type>{"instanceType"},
            member<&self::cpu_count>{"cpuCount"}, member<&self::memory>{"memory"}, member<&self::image_id>{"imageId"},
            member<&self::image_name>{"imageName"}, member<&self::instance_charge_type>{"instanceChargeType"},
            member<&self::internet_max_bandwidth_out>{"internetMaxBandwidthOut"},
            member<&self::internet_charge_type>{"internetChargeType"}, member<&self::period>{"period"},
            member<&self::public_ip_addresses>{"publicIpAddresses"},
            member<&self::private_ip_addresses>{"privateIpAddresses"},
            member<&self::public_ipv6_addresses>{"publicIpv6Addresses"}, member<&self::subnet_id>{"subnetId"},
            member<&self::create_time>{"createTime"}, member<&self::expired_time>{"expiredTime"},
            member<&self::resource_group_id>{"resourceGroupId"},
            member<&self::resource_group_name>{"resourceGroupName"}, member<&self::instance_status>{"instanceStatus"},
            member<&self::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential},
            member<&self::security_group_ids>{"securityGroupIds"}, member<&self::system_disk>{"systemDisk"},
            member<&self::data_disks>{"dataDisks"}, member<&self::auto_renew>{"autoRenew"},
            member<&self::key_id>{"keyId"}, member<&self::nic>{"nic"}, member<&self::tags>{"tags"});
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
