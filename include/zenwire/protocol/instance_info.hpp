// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_INFO_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_INFO_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/arena.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// The data of an instance. All of these types are views; what their texts and lists refer to is said where they are returned.
/// When the API leaves a member out, or sends null, a text is empty, and an optional holds nothing.
/// Source: the API's data structures, InstanceInfo and InstanceType, with the members of both versions. By
/// has_member() in testing/detail/fake_json.hpp the fake cloud knows which of them the first versions lack.

namespace ZENWIRE_NAMESPACE {

/// Disks of one size.
struct disk {
    std::optional<std::int64_t> disk_size{};   ///< in GB
    std::optional<std::int64_t> disk_count{};  ///< how many of them

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&disk::disk_size>{"diskSize"}, member<&disk::disk_count>{"diskCount"});
    }
};

/// The disks of an instance type.
struct disk_info {
    std::optional<std::int64_t> total_disk_size{};  ///< in GB
    std::string_view disk_description{};            ///< for people
    arena_list<disk> disks{};                       ///< one element for each size of disks

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&disk_info::total_disk_size>{"totalDiskSize"},
                           member<&disk_info::disk_description>{"diskDescription"}, member<&disk_info::disks>{"disks"});
    }
};

/// What hardware an instance has.
struct instance_type {
    arena_list<std::string_view> image_ids{};      ///< the images that can be installed on it; only in lists of types
    std::string_view instance_type_id{};           ///< its id, for example `M7D`
    std::string_view description{};                ///< for people
    std::optional<std::int64_t> cpu_core_count{};  ///< cores of all processors
    std::string_view cpu_detail{};                 ///< the processors, for people
    std::optional<std::int64_t> cpu_cores{};       ///< cores of all processors
    std::optional<std::int64_t> cpu_threads{};     ///< threads of all processors
    std::string_view base_frequency{};             ///< `3.80GHz`
    std::optional<std::int64_t> memory_size{};     ///< in GB
    std::optional<std::int64_t> maximum_bandwidth{};  ///< in Mbps
    arena_list<std::int64_t> support_raids{};         ///< the RAID levels that it can have
    std::optional<bool> support_subnet{};             ///< whether it can be in a subnet
    std::optional<bool> is_high_availability{};       ///< whether its network is redundant
    std::optional<zenwire::disk_info> disk_info{};    ///< its disks
    std::string_view vpu_vendor{};                    ///< the manufacturer of its video processors; since 2026
    std::string_view vpu_card{};                      ///< their model; since 2026
    std::optional<std::int64_t> vpu_count{};          ///< how many of them; since 2026

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
    std::optional<std::int64_t> raid_type{};   ///< 0, 1, 5 or 10
    arena_list<std::int64_t> disk_sequence{};  ///< the slots of its disks

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&custom_raid::raid_type>{"raidType"},
                           member<&custom_raid::disk_sequence>{"diskSequence"});
    }
};

/// The RAID of an instance: one for all disks, or several.
struct raid_config {
    std::optional<std::int64_t> raid_type{};  ///< 0, 1, 5 or 10
    arena_list<custom_raid> custom_raids{};   ///< one for each group of disks

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&raid_config::raid_type>{"raidType"},
                           member<&raid_config::custom_raids>{"customRaids"});
    }
};

/// A partition.
struct partition {
    std::string_view path{};             ///< where it is mounted
    std::string_view type{};             ///< its file system
    std::optional<std::int64_t> size{};  ///< in GB

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&partition::path>{"fsPath"}, member<&partition::type>{"fsType"},
                           member<&partition::size>{"size"});
    }
};

/// The names of an instance's network interfaces.
struct network_interfaces {
    std::string_view wan_name{};  ///< of the public network
    std::string_view lan_name{};  ///< of the private network

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&network_interfaces::wan_name>{"wanName"},
                           member<&network_interfaces::lan_name>{"lanName"});
    }
};

/// A tag: a key and a value, each of 1 to 128 characters.
struct tag {
    std::string_view key{};    ///< 1 to 128 characters
    std::string_view value{};  ///< 1 to 128 characters

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&tag::key>{"key"}, member<&tag::value>{"value"});
    }
};

/// The tags of an instance, in an object of their own.
struct tag_list {
    arena_list<tag> tags{};  ///< the tags

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept { return member_list(member<&tag_list::tags>{"tags"}); }
};

/// An instance.
struct instance_info {
    std::string_view instance_id{};                                       ///< its id
    std::string_view zone_id{};                                           ///< where it is
    std::string_view instance_name{};                                     ///< the name that its owner gave it
    std::string_view hostname{};                                          ///< its host name
    std::string_view instance_type_id{};                                  ///< its model
    std::optional<zenwire::instance_type> instance_type{};                ///< its hardware
    std::string_view image_id{};                                          ///< the image that it was installed with
    std::string_view image_name{};                                        ///< the name of that image
    std::string_view ipxe_url{};                                          ///< where it boots from, if by network
    std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
    std::optional<std::int64_t> bandwidth_out_mbps{};                     ///< 0: no limit up to the maximum of the type
    /// A value does not mean that the instance is billed by traffic package.
    std::optional<zenwire::traffic_package_size> traffic_package_size{};
    std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
    std::optional<std::int64_t> period{};                                 ///< in months; prepaid only
    std::string_view primary_public_ip_address{};                         ///< its first public address
    std::string_view primary_public_ipv6_address{};                       ///< its first public IPv6 address; since 2026
    arena_list<std::string_view> public_ip_addresses{};                   ///< all its public addresses, IPv4
    arena_list<std::string_view> private_ip_addresses{};                  ///< all its private addresses, IPv4
    arena_list<std::string_view> ipv6_addresses{};                        ///< all its addresses of IPv6
    arena_list<std::string_view> subnet_ids{};                            ///< the subnets that it is in
    std::string_view create_time{};                                       ///< `2023-01-01T00:00:00Z`
    std::string_view expired_time{};                                      ///< empty for postpaid
    std::string_view resource_group_id{};                                 ///< the group that it belongs to
    std::string_view resource_group_name{};                               ///< the name of that group
    std::optional<zenwire::instance_status> instance_status{};            ///< its status
    std::optional<zenwire::raid_config> raid_config{};                    ///< its RAID
    arena_list<partition> partitions{};                                   ///< its partitions
    std::optional<network_interfaces> nic{};                              ///< the names of its network interfaces
    std::optional<bool> auto_renew{};           ///< false when a prepaid subscription was cancelled
    std::string_view key_id{};                  ///< the SSH key that it was installed with
    std::optional<tag_list> tags{};             ///< its tags
    std::optional<bool> enable_gateway_mode{};  ///< whether it is a gateway of its subnet

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
