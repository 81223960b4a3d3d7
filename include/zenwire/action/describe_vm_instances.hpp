// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_VM_INSTANCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_VM_INSTANCES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/base/arena_list.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/vm_instance_info.hpp>

namespace ZENWIRE_NAMESPACE {

/// `DescribeInstances` of the service vm: a page of the virtual machines that fit all filters. As describe_instances, which
/// is that of bare metal, but with the parameters and the members that virtual machines have.
/// Source: the page of the action, virtual machine instance.
struct describe_vm_instances {
    /// `x-zc-action`
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most instances of a page.
    static constexpr std::int64_t largest_page = describe_instances::largest_page;
    /// The most ids of a filter.
    static constexpr std::size_t max_instance_ids = describe_instances::max_instance_ids;
    /// The most tags, and keys of tags, of a filter.
    static constexpr std::size_t max_tags = describe_instances::max_tags;
    /// The most characters of the key and of the value of a tag.
    static constexpr std::size_t longest_tag_text = 64;
    /// What a page has.
    using instance = vm_instance_info;

    /// Whether the service has the action in this shape.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "vm"; }

    std::span<std::string_view const> instance_ids{};  ///< at most 100
    /// one zone
    std::string_view zone_id{};
    /// one resource group; without it all that are visible
    std::string_view resource_group_id{};
    /// one model
    std::string_view instance_type{};
    /// those whose network is billed so
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    /// one image
    std::string_view image_id{};
    /// one subnet
    std::string_view subnet_id{};
    /// those of that status
    std::optional<zenwire::instance_status> instance_status{};
    std::string_view instance_name{};  ///< with a `*` at its end: names that begin so
    /// those that were installed with that SSH key
    std::string_view key_id{};
    /// those in that security group
    std::string_view security_group_id{};
    /// those that have one of them, IPv4
    std::span<std::string_view const> public_ip_addresses{};
    /// those that have one of them, IPv4
    std::span<std::string_view const> private_ip_addresses{};
    std::span<std::string_view const> tag_keys{};  ///< at most 20, each of 1 to 64 characters
    std::span<tag const> tags{};                   ///< at most 20, keys and values of 1 to 64 characters
    std::optional<std::int64_t> page_num{};        ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};       ///< 1 to 1000; the server's default is 20

    /// What the API answers. Texts and lists refer to the response's body and to the memory that was given to read it.
    struct response : basic_response {
        /// It is read with memory for the lists only.
        static constexpr bool has_lists = true;

        /// how many instances there are on all pages
        std::optional<std::int64_t> total_count;
        /// The instances of this page, in the server's order.
        arena_list<vm_instance_info> data_set;

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
