// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_LIST_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_LIST_ACTIONS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/action/actions.hpp>
#include <zenwire/testing/detail/fake_call.hpp>

/// @file
/// Carries out the actions that list instances, and what can be bought.

namespace ZENWIRE_NAMESPACE::detail {

/// As fits(); a filter with a `*` at its end also fits texts that begin like it.
[[nodiscard]] inline bool fits_begin(std::optional<std::string> const& wanted, std::string_view text) noexcept {
    return wanted && wanted->ends_with('*') ? text.starts_with(std::string_view(*wanted).substr(0, wanted->size() - 1))
                                            : fits(wanted, text);
}

/// Whether the filter is missing or empty, or has one of the texts.
[[nodiscard]] inline bool fits_any(std::optional<received_list<std::string>> const& wanted,
                                   std::vector<std::string> const& texts) {
    return !wanted || wanted->empty() || std::ranges::find_first_of(texts, *wanted) != texts.end();
}

[[nodiscard]] inline bool fits_tags(std::optional<received_list<std::string>> const& keys,
                                    std::optional<received_list<received_tag>> const& tags,
                                    std::vector<fake_tag> const& present) {
    const auto has_key = [&](std::string const& key) {
        return std::ranges::find(present, key, &fake_tag::key) != present.end();
    };
    const auto has_tag = [&](received_tag const& wanted) {
        return std::ranges::any_of(
            present, [&](fake_tag const& each) { return each.key == wanted.key && each.value == wanted.value; });
    };
    return (!keys || std::ranges::all_of(*keys, has_key)) && (!tags || std::ranges::all_of(*tags, has_tag));
}

/// Whether an instance fits all filters of a DescribeInstances.
/// @tparam Action describe_instances or describe_vm_instances
template <class Action>
[[nodiscard]] bool fits_all(received_action<Action> const& filter, fake_instance const& instance) {
    auto const& subnet = filter.template get<&Action::subnet_id>();
    bool fits_own = false;
    // the filters that only one of the services has; no fake instance has a key or a security group
    if constexpr (requires { &Action::hostname; }) {
        fits_own = fits(filter.template get<&Action::instance_type_id>(), instance.instance_type_id) &&
                   fits_begin(filter.template get<&Action::hostname>(), instance.hostname);
    } else {
        fits_own = fits(filter.template get<&Action::instance_type>(), instance.instance_type_id) &&
                   fits(filter.template get<&Action::key_id>(), "") &&
                   fits(filter.template get<&Action::security_group_id>(), "");
    }
    return fits_own && fits_any(filter.template get<&Action::instance_ids>(), {instance.id}) &&
           fits(filter.template get<&Action::zone_id>(), instance.zone_id) &&
           fits(filter.template get<&Action::resource_group_id>(), instance.resource_group_id) &&
           fits(filter.template get<&Action::image_id>(), instance.image_id) &&
           fits(filter.template get<&Action::internet_charge_type>(), instance.internet_charge_type) &&
           fits(filter.template get<&Action::instance_status>(), instance.status) &&
           (!subnet || subnet->empty() ||
            std::ranges::find(instance.subnet_ids, *subnet) != instance.subnet_ids.end()) &&
           fits_begin(filter.template get<&Action::instance_name>(), instance.name) &&
           fits_any(filter.template get<&Action::public_ip_addresses>(), instance.public_ip_addresses) &&
           fits_any(filter.template get<&Action::private_ip_addresses>(), instance.private_ip_addresses) &&
           fits_tags(filter.template get<&Action::tag_keys>(), filter.template get<&Action::tags>(), instance.tags);
}

inline void fill(arena_list<std::string_view>& list, std::vector<std::string> const& texts, arena& memory) {
    for (std::string const& each : texts) {
        added_to(list, memory) = each;
    }
}

template <class Info>
void fill_common(Info& info, fake_instance const& instance, arena& memory) {
    info.instance_id = instance.id;
    info.zone_id = instance.zone_id;
    info.instance_name = instance.name;
    info.image_id = instance.image_id;
    info.instance_charge_type = instance.charge_type;
    info.internet_charge_type = instance.internet_charge_type;
    info.traffic_package_size = instance.size;
    info.resource_group_id = instance.resource_group_id;
    info.instance_status = instance.status;
    info.create_time = "2023-01-01T00:00:00Z";
    info.image_name = "Ubuntu18.04-x86_64";
    info.resource_group_name = "Default Resource Group";
    info.nic = network_interfaces{"wan0", "lan0"};
    const bool is_prepaid = instance.charge_type == instance_charge_type::prepaid;
    info.auto_renew = is_prepaid;
    if (is_prepaid) {
        info.period = 1;
        info.expired_time = "2033-01-01T00:00:00Z";
    }
    info.tags.emplace();
    fill(info.public_ip_addresses, instance.public_ip_addresses, memory);
    fill(info.private_ip_addresses, instance.private_ip_addresses, memory);
    for (fake_tag const& each : instance.tags) {
        added_to(info.tags->tags, memory) = {each.key, each.value};
    }
}

inline void fill(instance_info& info, fake_instance const& instance, arena& memory) {
    fill_common(info, instance, memory);
    info.hostname = instance.hostname;
    info.instance_type_id = instance.instance_type_id;
    zenwire::instance_type& type = info.instance_type.emplace();
    type.instance_type_id = instance.instance_type_id;
    type.description = "2 * Silver 4110, 64GB, 2 * 480GB";
    type.cpu_core_count = 2;
    type.cpu_detail = "Silver 4110";
    type.cpu_cores = 16;
    type.cpu_threads = 32;
    type.base_frequency = "2.1 GHz";
    type.memory_size = 64;
    type.maximum_bandwidth = instance.maximum_bandwidth;
    type.support_subnet = true;
    type.is_high_availability = false;
    type.disk_info = disk_info{960, "2 * 480GB"};
    info.raid_config.emplace();
    info.enable_gateway_mode = false;
    info.bandwidth_out_mbps = instance.bandwidth;
    if (!instance.public_ip_addresses.empty()) {
        info.primary_public_ip_address = instance.public_ip_addresses.front();
    }
    fill(info.subnet_ids, instance.subnet_ids, memory);
}

inline void fill(vm_instance_info& info, fake_instance const& instance, arena& memory) {
    fill_common(info, instance, memory);
    info.instance_type = instance.instance_type_id;
    info.cpu_count = 2;
    info.memory = 4;
    info.system_disk = vm_system_disk{"systemDiskId", 40, "Basic NVMe SSD"};
    info.internet_max_bandwidth_out = instance.bandwidth;
    if (!instance.subnet_ids.empty()) {
        info.subnet_id = instance.subnet_ids.front();
    }
}

/// DescribeInstances of both services.
template <class Action>
    requires requires { typename Action::instance; }
[[nodiscard]] typename Action::response execute(fake_call& call, received_action<Action> const& parameters) {
    const auto has_at_most = [](auto const& list, std::size_t most) { return !list || list->size() <= most; };
    call.refuse_unless(has_at_most(parameters.template get<&Action::instance_ids>(), Action::max_instance_ids) &&
                           has_at_most(parameters.template get<&Action::tag_keys>(), Action::max_tags) &&
                           has_at_most(parameters.template get<&Action::tags>(), Action::max_tags),
                       api_code::invalid_parameter_exceed_length);
    const fake_page page = call.page_of<Action>(parameters);
    typename Action::response response;
    std::int64_t count = 0;
    for (fake_instance const& each : call.center.instances()) {
        if (each.service == call.service.name && fits_all(parameters, each) && page.has(count++)) {
            typename Action::instance& info = added_to(response.data_set, call.memory);
            fill(info, each, call.memory);
            info.traffic_package_size = call.center.seen(each, call.center.settings.list_lag_seconds).size;
        }
    }
    response.total_count = count;
    return response;
}

[[nodiscard]] inline describe_available_resources::response execute(
    fake_call& call, received_action<describe_available_resources> const& parameters) {
    using action = describe_available_resources;
    const auto is = [](auto const& wanted, auto const& value) { return !wanted || *wanted == value; };
    action::response response;
    for (fake_resource const& each : call.center.resources) {
        if (!is(parameters.get<&action::instance_charge_type>(), each.charge_type) ||
            !fits(parameters.get<&action::zone_id>(), each.zone_id) ||
            !fits(parameters.get<&action::instance_type_id>(), each.instance_type_id) ||
            !is(parameters.get<&action::sell_status>(), each.sell_status)) {
            continue;
        }
        available_resource& row = added_to(response.available_resources, call.memory);
        row.zone_id = each.zone_id;
        row.sell_status = each.sell_status;
        for (internet_charge_type const& type : each.internet_charge_types) {
            added_to(row.internet_charge_types, call.memory) = type;
        }
        row.instance_type_id = each.instance_type_id;
        row.maximum_bandwidth_out = each.maximum_bandwidth;
        row.default_bandwidth_out = each.default_bandwidth;
        row.default_traffic_package_size = each.default_size;
        row.quantity = each.quantity;
    }
    return response;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
