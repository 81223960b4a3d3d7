// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_LIST_ACTIONS_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_LIST_ACTIONS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/action/describe_available_resources.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/describe_vm_instances.hpp>
#include <zenwire/base/arena.hpp>
#include <zenwire/base/arena_list.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/vm_instance_info.hpp>
#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/fake_page.hpp>
#include <zenwire/testing/detail/fake_refusal.hpp>
#include <zenwire/testing/detail/instance_filter.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/fake_records.hpp>

/// @file
/// What a fake cloud does for the actions that list what there is, and what can be bought.

namespace ZENWIRE_NAMESPACE::detail {

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

template <class Action>
[[nodiscard]] fake_outcome<typename Action::response> list_instances(fake_data_center& center,
                                                                     received_action<Action> const& parameters,
                                                                     service const& service, arena& memory) {
    using action = Action;
    const auto too_many = [](auto const& list, std::size_t most) { return list && list->size() > most; };
    if (too_many(parameters.template get<&action::instance_ids>(), action::max_instance_ids) ||
        too_many(parameters.template get<&action::tag_keys>(), action::max_tags) ||
        too_many(parameters.template get<&action::tags>(), action::max_tags)) {
        return refuse(api_code::invalid_parameter_exceed_length);
    }
    const auto page = fake_page::of(parameters.template get<&action::page_num>(),
                                    parameters.template get<&action::page_size>(), action::largest_page);
    if (!page) {
        return failure_of(page);
    }
    const instance_filter<Action> filter(parameters);
    typename action::response response;
    std::int64_t count = 0;
    for (fake_instance const& each : center.instances()) {
        if (each.service == service.name && filter.fits(each)) {
            if (page->has(count)) {
                typename action::instance& info = added_to(response.data_set, memory);
                fill(info, each, memory);
                info.traffic_package_size = center.seen(each, center.settings().list_lag_seconds).size;
            }
            ++count;
        }
    }
    response.total_count = count;
    return response;
}

[[nodiscard]] inline fake_outcome<describe_instances::response> execute(
    fake_data_center& center, received_action<describe_instances> const& parameters, service const& service,
    arena& memory) {
    return list_instances(center, parameters, service, memory);
}

[[nodiscard]] inline fake_outcome<describe_vm_instances::response> execute(
    fake_data_center& center, received_action<describe_vm_instances> const& parameters, service const& service,
    arena& memory) {
    return list_instances(center, parameters, service, memory);
}

[[nodiscard]] inline fake_outcome<describe_available_resources::response> execute(
    fake_data_center& center, received_action<describe_available_resources> const& parameters, service const&,
    arena& memory) {
    using action = describe_available_resources;
    const auto fits = [](auto const& wanted, auto const& value) { return !wanted || *wanted == value; };
    action::response response;
    for (fake_resource const& each : center.resources()) {
        if (!fits(parameters.get<&action::instance_charge_type>(), each.charge_type) ||
            !fits(parameters.get<&action::zone_id>(), each.zone_id) ||
            !fits(parameters.get<&action::instance_type_id>(), each.instance_type_id) ||
            !fits(parameters.get<&action::sell_status>(), each.sell_status)) {
            continue;
        }
        available_resource& row = added_to(response.available_resources, memory);
        row.zone_id = each.zone_id;
        row.sell_status = each.sell_status;
        for (internet_charge_type const& type : each.internet_charge_types) {
            added_to(row.internet_charge_types, memory) = type;
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
