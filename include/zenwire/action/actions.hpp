// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_ACTIONS_HPP
#define ZENWIRE_ACTION_ACTIONS_HPP

/// @file
/// All actions. This is the only list of them: the fake cloud and the tests use it, too.

#include <zenwire/action/cancel_instance_bandwidth_downgrade.hpp>
#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_available_resources.hpp>
#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/describe_instance_traffic.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/action/describe_vm_instances.hpp>
#include <zenwire/action/inquiry_price_instance_bandwidth.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/modify_instance_bandwidth.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

template <class... Actions>
struct action_list {};

using all_actions = action_list<  //
    cancel_instance_bandwidth_downgrade, cancel_instance_traffic_package_downgrade, describe_available_resources,
    describe_bill_detail, describe_customer_balance, describe_instance_internet_status, describe_instance_traffic,
    describe_instances, describe_transaction_history, describe_vm_instances, inquiry_price_instance_bandwidth,
    inquiry_price_instance_traffic_package, modify_instance_bandwidth, modify_instance_traffic_package>;

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
