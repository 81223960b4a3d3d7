// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_VM_INSTANCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_VM_INSTANCES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/protocol/price.hpp>

namespace ZENWIRE_NAMESPACE {

/// The system disk of a virtual machine.
struct vm_system_disk {
    std::string_view disk_id{};               ///< its id
    std::optional<std::int64_t> disk_size{};  ///< in GiB
    std::string_view disk_category{};         ///< its kind

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&vm_system_disk::disk_id>{"diskId"}, member<&vm_system_disk::disk_size>{"diskSize"},
                           member<&vm_system_disk::disk_category>{"diskCategory"});
    }
};

/// A further disk of a virtual machine.
struct vm_data_disk {
    std::string_view disk_id{};                 ///< its id
    std::string_view disk_name{};               ///< the name that its owner gave it
    std::optional<std::int64_t> disk_size{};    ///< in GiB
    std::optional<std::int64_t> disk_amount{};  ///< how many of them; since 2026
    std::optional<bool> portable{};             ///< whether it can be taken off and put into another machine
    std::string_view disk_category{};           ///< its kind
    arena_list<price> disk_price{};  ///< its price; a list, which takes less room than an optional; since 2026

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&vm_data_disk::disk_id>{"diskId"}, member<&vm_data_disk::disk_name>{"diskName"},
            member<&vm_data_disk::disk_size>{"diskSize"}, member<&vm_data_disk::disk_amount>{"diskAmount"},
            member<&vm_data_disk::portable>{"portable"}, member<&vm_data_disk::disk_category>{"diskCategory"},
            member<&vm_data_disk::disk_price>{"diskPrice"});
    }
};

/// A virtual machine. Like instance_info, all of it is views. Source: the data structures of vm, 2023-03-13 and 2026-04-01.
struct vm_instance_info {
    std::string_view instance_id{};                                       ///< its id
    std::string_view zone_id{};                                           ///< where it is
    std::string_view instance_name{};                                     ///< the name that its owner gave it
    std::string_view instance_type{};                                     ///< the id of its type
    std::optional<std::int64_t> cpu_count{};                              ///< its cores
    std::optional<std::int64_t> memory{};                                 ///< in GiB
    std::string_view image_id{};                                          ///< the image that it was installed with
    std::string_view image_name{};                                        ///< the name of that image
    std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
    std::optional<std::int64_t> internet_max_bandwidth_out{};             ///< in Mbps; 0: no limit
    std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
    std::optional<std::int64_t> period{};                                 ///< in months; prepaid only
    arena_list<std::string_view> public_ip_addresses{};                   ///< its public addresses, IPv4
    arena_list<std::string_view> private_ip_addresses{};                  ///< its private addresses, IPv4
    arena_list<std::string_view> public_ipv6_addresses{};                 ///< its public addresses, IPv6
    std::string_view subnet_id{};                                         ///< the subnet that it is in
    std::string_view create_time{};                                       ///< `2023-01-01T00:00:00Z`
    std::string_view expired_time{};                                      ///< empty for postpaid
    std::string_view resource_group_id{};                                 ///< the group that it belongs to
    std::string_view resource_group_name{};                               ///< the name of that group
    std::optional<zenwire::instance_status> instance_status{};            ///< its status
    /// Its package; a value does not mean that the instance is billed by traffic package.
    std::optional<zenwire::traffic_package_size> traffic_package_size{};
    arena_list<std::string_view> security_group_ids{};  ///< its security groups
    std::optional<vm_system_disk> system_disk{};        ///< its system disk
    arena_list<vm_data_disk> data_disks{};              ///< its further disks
    std::optional<bool> auto_renew{};                   ///< false when a prepaid subscription was cancelled
    std::string_view key_id{};                          ///< the SSH key that it was installed with
    std::optional<network_interfaces> nic{};            ///< the names of its network interfaces
    std::optional<tag_list> tags{};                     ///< its tags

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = vm_instance_info;
        return member_list(
            member<&self::instance_id>{"instanceId", reading::essential}, member<&self::zone_id>{"zoneId"},
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

/// `DescribeInstances` of the service vm: a page of the virtual machines that match all filters. Like describe_instances, but with
/// the parameters and the members that virtual machines have. Source: the page of the action, virtual machine instance.
struct describe_vm_instances {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most instances of a page.
    static constexpr std::int64_t max_page_size = describe_instances::max_page_size;
    /// The most ids of a filter.
    static constexpr std::size_t max_instance_ids = describe_instances::max_instance_ids;
    /// The most tags, and keys of tags, of a filter.
    static constexpr std::size_t max_tags = describe_instances::max_tags;
    /// The most characters of the key and of the value of a tag.
    static constexpr std::size_t max_tag_length = 64;
    /// The type of an element of a page.
    using instance = vm_instance_info;

    /// Whether the service has the action with this response.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "vm"; }

    std::span<std::string_view const> instance_ids{};  ///< at most max_instance_ids
    std::string_view zone_id{};                        ///< one zone
    std::string_view resource_group_id{};  ///< one resource group; if empty, all that the credential may see
    std::string_view instance_type{};      ///< one instance type
    /// only instances whose network is billed like this
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    std::string_view image_id{};                                ///< one image
    std::string_view subnet_id{};                               ///< one subnet
    std::optional<zenwire::instance_status> instance_status{};  ///< only instances of this status
    std::string_view instance_name{};                           ///< with a `*` at its end: names that begin like this
    std::string_view key_id{};             ///< only instances that were installed with this SSH key
    std::string_view security_group_id{};  ///< only instances in this security group
    /// only instances that have one of these addresses, IPv4
    std::span<std::string_view const> public_ip_addresses{};
    /// only instances that have one of these addresses, IPv4
    std::span<std::string_view const> private_ip_addresses{};
    std::span<std::string_view const> tag_keys{};  ///< at most max_tags, each of 1 to max_tag_length characters
    std::span<tag const> tags{};              ///< at most max_tags, keys and values of 1 to max_tag_length characters
    std::optional<std::int64_t> page_num{};   ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};  ///< 1 to max_page_size; the server's default is 20

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<std::int64_t> total_count;  ///< how many instances there are on all pages
        arena_list<vm_instance_info> data_set;    ///< the instances of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_vm_instances;
        return member_list(
            member<&self::instance_ids>{"instanceIds"}, member<&self::zone_id>{"zoneId"},
            member<&self::resource_group_id>{"resourceGroupId"}, member<&self::instance_type>{"instanceType"},
            member<&self::internet_charge_type>{"internetChargeType"}, member<&self::image_id>{"imageId"},
            member<&self::subnet_id>{"subnetId"}, member<&self::instance_status>{"instanceStatus"},
            member<&self::instance_name>{"instanceName"}, member<&self::key_id>{"keyId"},
            member<&self::security_group_id>{"securityGroupId"},
            member<&self::public_ip_addresses>{"publicIpAddresses"},
            member<&self::private_ip_addresses>{"privateIpAddresses"}, member<&self::tag_keys>{"tagKeys"},
            member<&self::tags>{"tags"}, member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"});
    }
};

/// Checks the filters: sizes of lists, pages and tags, and that the service is vm. Texts that are not UTF-8 are found when the
/// body is written.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_vm_instances const& action, service const& service) noexcept {
    return detail::check_instance_filters(action, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
