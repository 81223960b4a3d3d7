// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_INSTANCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_INSTANCES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/instance_info.hpp>

namespace ZENWIRE_NAMESPACE {

/// `DescribeInstances` of bare metal: a page of the instances that match all filters. Empty filters are left out of the request.
///
/// The texts and lists of the filters are views and must outlive the action and what owns it. Its response has a list: send it as
/// owning(action), or read it with for_each_instance(). An id that does not exist gives an empty list.
/// Source: the page of the action, bare metal instance.
struct describe_instances {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most instances of a page.
    static constexpr std::int64_t max_page_size = 1000;
    /// The most ids of a filter.
    static constexpr std::size_t max_instance_ids = 100;
    /// The most tags, and keys of tags, of a filter.
    static constexpr std::size_t max_tags = 20;
    /// The most characters of the key and of the value of a tag.
    static constexpr std::size_t max_tag_length = 128;
    /// The type of an element of a page.
    using instance = instance_info;

    /// Whether the service has the action with this response; virtual machines have describe_vm_instances.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "bmc"; }

    std::span<std::string_view const> instance_ids{};  ///< at most max_instance_ids
    std::string_view zone_id{};                        ///< one zone
    std::string_view resource_group_id{};  ///< one resource group; if empty, all that the credential may see
    std::string_view instance_type_id{};   ///< one instance type
    /// only instances whose network is billed like this
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    std::string_view image_id{};                                ///< one image
    std::string_view subnet_id{};                               ///< one subnet
    std::optional<zenwire::instance_status> instance_status{};  ///< only instances of this status
    std::string_view instance_name{};                           ///< with a `*` at its end: names that begin like this
    std::string_view hostname{};                                ///< with a `*` at its end: names that begin like this
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
        arena_list<instance_info> data_set;       ///< the instances of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_instances;
        return member_list(
            member<&self::instance_ids>{"instanceIds"}, member<&self::zone_id>{"zoneId"},
            member<&self::resource_group_id>{"resourceGroupId"}, member<&self::instance_type_id>{"instanceTypeId"},
            member<&self::internet_charge_type>{"internetChargeType"}, member<&self::image_id>{"imageId"},
            member<&self::subnet_id>{"subnetId"}, member<&self::instance_status>{"instanceStatus"},
            member<&self::instance_name>{"instanceName"}, member<&self::hostname>{"hostname"},
            member<&self::public_ip_addresses>{"publicIpAddresses"},
            member<&self::private_ip_addresses>{"privateIpAddresses"}, member<&self::tag_keys>{"tagKeys"},
            member<&self::tags>{"tags"}, member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"});
    }
};

namespace detail {

/// Checks the tags that a DescribeInstances asks for: how many there are, and how long.
/// @tparam Action describe_instances or describe_vm_instances
/// @return errc::invalid_parameter
template <class Action>
[[nodiscard]] constexpr expected<void> check_tag_filters(Action const& action) noexcept {
    const auto wrong = [](std::string_view field, std::string_view why) noexcept {
        return refuse(errc::invalid_parameter, blame::local, why, field);
    };
    const auto is_tag_text = [](std::string_view text) noexcept {
        return !text.empty() && utf8_character_count(text) <= Action::max_tag_length;
    };
    constexpr bool is_short = Action::max_tag_length == 64;
    static_assert(Action::max_tags == 20 && (is_short || Action::max_tag_length == 128), "the messages say so");
    if (action.tag_keys.size() > Action::max_tags) {
        return wrong("tagKeys", "tagKeys may have at most 20 elements");
    }
    if (action.tags.size() > Action::max_tags) {
        return wrong("tags", "tags may have at most 20 elements");
    }
    for (const std::string_view key : action.tag_keys) {
        if (!is_tag_text(key)) {
            return wrong("tagKeys", is_short ? "the key of a tag must have 1 to 64 characters"
                                             : "the key of a tag must have 1 to 128 characters");
        }
    }
    for (tag const& each : action.tags) {
        if (!is_tag_text(each.key) || !is_tag_text(each.value)) {
            return wrong("tags", is_short ? "the key and the value of a tag must have 1 to 64 characters each"
                                          : "the key and the value of a tag must have 1 to 128 characters each");
        }
    }
    return {};
}

/// Checks the filters of a DescribeInstances: that the service has it with this response, sizes of lists, pages and tags.
/// @tparam Action describe_instances or describe_vm_instances
/// @return errc::invalid_parameter, errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> check_instance_filters(Action const& action, service const& service) noexcept {
    if (!service.has_instances) {
        return refuse(service_has_no_instances);
    }
    if (!Action::is_offered_by(service)) {
        return refuse_action(
            std::is_same_v<Action, describe_instances>
                ? "DescribeInstances has this response only for bare metal: use describe_vm_instances"
                : "DescribeInstances has this response only for virtual machines: use describe_instances");
    }
    if (action.instance_ids.size() > Action::max_instance_ids) {
        return refuse(errc::invalid_parameter, blame::local, "instanceIds may have at most 100 elements",
                      "instanceIds");
    }
    if (const auto valid = check_page(action); !valid) {
        return valid;
    }
    return check_tag_filters(action);
}

}  // namespace detail

/// Checks the filters: sizes of lists, pages and tags, and that the service is bare metal. Texts that are not UTF-8 are found
/// when the body is written.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_instances const& action, service const& service) noexcept {
    return detail::check_instance_filters(action, service);
}

/// `DescribeInstances` for a single instance; the API has no action of this name. Reads only what matters for its
/// traffic package, owns all its texts, and needs no memory for lists.
struct look_up_instance {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// A list of one id.
    struct single_id {
        zenwire::instance_id id;  ///< the id

        /// Writes it as a list of one text.
        constexpr void write_json(detail::json_writer& json, service const&) const noexcept {
            json.begin_array();
            json.string(id.view());
            json.end_array();
        }
    };

    /// What is read of an instance.
    struct summary {
        zenwire::instance_id instance_id;                                     ///< the instance
        std::optional<zenwire::instance_status> instance_status{};            ///< its status
        std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
        std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
        /// its package; a value does not mean that the instance is billed by traffic package
        std::optional<zenwire::traffic_package_size> traffic_package_size{};

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return member_list(
                member<&summary::instance_id>{"instanceId", reading::essential},
                member<&summary::instance_status>{"instanceStatus"},
                member<&summary::internet_charge_type>{"internetChargeType"},
                member<&summary::instance_charge_type>{"instanceChargeType"},
                member<&summary::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential});
        }
    };

    single_id instance_ids;  ///< not empty, at most limits::instance_id bytes of UTF-8, no control characters

    /// The response; without an instance when none has that id.
    struct response : basic_response {
        inplace_vector<summary, 1> data_set;  ///< the instance; empty when none has that id

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&look_up_instance::instance_ids>{"instanceIds"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(look_up_instance const& action, service const& service) noexcept {
    return detail::check_instance(action.instance_ids.id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
