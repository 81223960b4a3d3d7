// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_INFO_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_INFO_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/arena.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// The data of an instance. All of these types are views; what their texts and lists refer to is said where they are returned.
/// When the API leaves a member out, or sends null, a text is empty, and an optional holds nothing.
/// Source: the documents' data structures, InstanceInfo and InstanceType, with the members of both versions.

namespace ZENWIRE_NAMESPACE {

/// Disks of one size.
struct disk {
    std::optional<std::int64_t> disk_size{};  ///< in GB
    /// how many of them
    std::optional<std::int64_t> disk_count{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&disk::disk_size>{"diskSize"}, member<&disk::disk_count>{"diskCount"});
    }
};

/// The disks of an instance type.
struct disk_info {
    std::optional<std::int64_t> total_disk_size{};  ///< in GB
    /// for people
    std::string_view disk_description{};
    /// one element for each size of disks
    arena_list<disk> disks{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&disk_info::total_disk_size>{"totalDiskSize"},
                           member<&disk_info::disk_description>{"diskDescription"}, member<&disk_info::disks>{"disks"});
    }
};

/// What hardware an instance has.
struct instance_type {
    /// the images that can be installed on it; only in lists of types
    arena_list<std::string_view> image_ids{};
    /// its id, for example `M7D`
    std::string_view instance_type_id{};
    /// for people
    std::string_view description{};
    /// cores of all processors
    std::optional<std::int64_t> cpu_core_count{};
    /// the processors, for people
    std::string_view cpu_detail{};
    /// cores of all processors
    std::optional<std::int64_t> cpu_cores{};
    /// threads of all processors
    std::optional<std::int64_t> cpu_threads{};
    /// `3.80GHz`
    std::string_view base_frequency{};
    std::optional<std::int64_t> memory_size{};        ///< in GB
    std::optional<std::int64_t> maximum_bandwidth{};  ///< in Mbps
    /// the RAID levels that it can have
    arena_list<std::int64_t> support_raids{};
    /// whether it can be in a subnet
    std::optional<bool> support_subnet{};
    /// whether its network is redundant
    std::optional<bool> is_high_availability{};
    /// its disks
    std::optional<zenwire::disk_info> disk_info{};
    /// the manufacturer of its video processors; since 2026
    std::string_view vpu_vendor{};
    /// their model; since 2026
    std::string_view vpu_card{};
    /// how many of them; since 2026
    std::optional<std::int64_t> vpu_count{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&instance_type::image_ids>{"imageIds"}, member<&instance_type::instance_type_id>{"instanceTypeId"},
            member<&instance_type::description>{"description"}, member<&instance_type::cpu_core_count>{"cpuCoreCount"},
            member<&instance_type::cpu_detail>{"cpuDetail"}, member<&instance_type::cpu_cores>{"cpuCores"},
            member<&instance_type::cpu_threads>{"cpuThreads"}, member<&instance_type::base_frequency>{"baseFrequency"},
            member<&instance_type::memory_size>{"memorySize"},
            member<&instance_type::maximum_bandwidth>{"maximumBandwidth"},
            member<&instance_type::support_raids>{"supportRaids"},
            member<&instance_type::support_subnet>{"supportSubnet"},
            member<&instance_type::is_high_availability>{"isHA"}, member<&instance_type::disk_info>{"diskInfo"},
            member<&instance_type::vpu_vendor>{"vpuVendor"}, member<&instance_type::vpu_card>{"vpuCard"},
            member<&instance_type::vpu_count>{"vpuCount"});
    }
};

/// A RAID over chosen disks.
struct custom_raid {
    std::optional<std::int64_t> raid_type{};  ///< 0, 1, 5 or 10
    /// the slots of its disks
    arena_list<std::int64_t> disk_sequence{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&custom_raid::raid_type>{"raidType"},
                           member<&custom_raid::disk_sequence>{"diskSequence"});
    }
};

/// The RAID of an instance: one for all disks, or several.
struct raid_config {
    std::optional<std::int64_t> raid_type{};  ///< 0, 1, 5 or 10
    /// one for each group of disks
    arena_list<custom_raid> custom_raids{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&raid_config::raid_type>{"raidType"},
                           member<&raid_config::custom_raids>{"customRaids"});
    }
};

/// A partition.
struct partition {
    /// where it is mounted
    std::string_view path{};
    /// its file system
    std::string_view type{};
    std::optional<std::int64_t> size{};  ///< in GB

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&partition::path>{"fsPath"}, member<&partition::type>{"fsType"},
                           member<&partition::size>{"size"});
    }
};

/// The names of an instance's network interfaces.
struct network_interfaces {
    /// of the public network
    std::string_view wan_name{};
    /// of the private network
    std::string_view lan_name{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&network_interfaces::wan_name>{"wanName"},
                           member<&network_interfaces::lan_name>{"lanName"});
    }
};

/// A tag: a key and a value, each of 1 to 128 characters.
struct tag {
    /// 1 to 128 characters
    std::string_view key{};
    /// 1 to 128 characters
    std::string_view value{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&tag::key>{"key"}, member<&tag::value>{"value"});
    }
};

/// The tags of an instance, in an object of their own.
struct tag_list {
    /// the tags
    arena_list<tag> tags{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept { return member_list(member<&tag_list::tags>{"tags"}); }
};

/// An instance.
struct instance_info {
    /// its id
    std::string_view instance_id{};
    /// where it is
    std::string_view zone_id{};
    /// the name that its owner gave it
    std::string_view instance_name{};
    /// its host name
    std::string_view hostname{};
    /// its model
    std::string_view instance_type_id{};
    /// its hardware
    std::optional<zenwire::instance_type> instance_type{};
    /// the image that it was installed with
    std::string_view image_id{};
    /// the name of that image
    std::string_view image_name{};
    /// where it boots from, if by network
    std::string_view ipxe_url{};
    /// how it is billed
    std::optional<zenwire::instance_charge_type> instance_charge_type{};
    /// 0: no limit up to the maximum of the type
    std::optional<std::int64_t> bandwidth_out_mbps{};
    /// Having a value does not prove that the instance is billed by it.
    std::optional<zenwire::traffic_package_size> traffic_package_size{};
    /// how its network is billed
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    std::optional<std::int64_t> period{};  ///< in months; prepaid only
    /// its first public address
    std::string_view primary_public_ip_address{};
    /// its first public IPv6 address; since 2026
    std::string_view primary_public_ipv6_address{};
    /// all its public addresses, IPv4
    arena_list<std::string_view> public_ip_addresses{};
    /// all its private addresses, IPv4
    arena_list<std::string_view> private_ip_addresses{};
    /// all its addresses of IPv6
    arena_list<std::string_view> ipv6_addresses{};
    /// the subnets that it is in
    arena_list<std::string_view> subnet_ids{};
    std::string_view create_time{};   ///< `2023-01-01T00:00:00Z`
    std::string_view expired_time{};  ///< empty for postpaid
    /// the group that it belongs to
    std::string_view resource_group_id{};
    /// the name of that group
    std::string_view resource_group_name{};
    /// its status
    std::optional<zenwire::instance_status> instance_status{};
    /// its RAID
    std::optional<zenwire::raid_config> raid_config{};
    /// its partitions
    arena_list<partition> partitions{};
    /// the names of its network interfaces
    std::optional<network_interfaces> nic{};
    /// false when a prepaid subscription was cancelled
    std::optional<bool> auto_renew{};
    /// the SSH key that it was installed with
    std::string_view key_id{};
    /// its tags
    std::optional<tag_list> tags{};
    /// whether it is a gateway of its subnet
    std::optional<bool> enable_gateway_mode{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&instance_info::instance_id>{"instanceId", reading::essential},
            member<&instance_info::zone_id>{"zoneId"}, member<&instance_info::instance_name>{"instanceName"},
            member<&instance_info::hostname>{"hostname"}, member<&instance_info::instance_type_id>{"instanceTypeId"},
            member<&instance_info::instance_type>{"instanceType"}, member<&instance_info::image_id>{"imageId"},
            member<&instance_info::image_name>{"imageName"}, member<&instance_info::ipxe_url>{"ipxeUrl"},
            member<&instance_info::key_id>{"keyId"}, member<&instance_info::instance_charge_type>{"instanceChargeType"},
            member<&instance_info::bandwidth_out_mbps>{"bandwidthOutMbps"},
            member<&instance_info::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential},
            member<&instance_info::internet_charge_type>{"internetChargeType"},
            member<&instance_info::period>{"period"},
            member<&instance_info::primary_public_ip_address>{"primaryPublicIpAddress"},
            member<&instance_info::primary_public_ipv6_address>{"primaryPublicIPv6Address"},
            member<&instance_info::public_ip_addresses>{"publicIpAddresses"},
            member<&instance_info::private_ip_addresses>{"privateIpAddresses"},
            member<&instance_info::ipv6_addresses>{"ipv6Addresses"}, member<&instance_info::subnet_ids>{"subnetIds"},
            member<&instance_info::create_time>{"createTime"}, member<&instance_info::expired_time>{"expiredTime"},
            member<&instance_info::resource_group_id>{"resourceGroupId"},
            member<&instance_info::resource_group_name>{"resourceGroupName"},
            member<&instance_info::instance_status>{"instanceStatus"}, member<&instance_info::partitions>{"partitions"},
            member<&instance_info::raid_config>{"raidConfig"}, member<&instance_info::nic>{"nic"},
            member<&instance_info::auto_renew>{"autoRenew"}, member<&instance_info::tags>{"tags"},
            member<&instance_info::enable_gateway_mode>{"enableGatewayMode"});
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
