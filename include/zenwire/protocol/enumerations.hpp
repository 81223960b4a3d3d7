// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ENUMERATIONS_HPP
#define ZENWIRE_PROTOCOL_ENUMERATIONS_HPP

#include <zenwire/protocol/detail/words.hpp>

/// @file
/// The enumerations of the API, whose values are words: `instance_status::running`. An unknown word is kept as it is.

namespace ZENWIRE_NAMESPACE {

/// What an instance is doing. `unknown`, `pending`, `creating`, `create_failed`, `installing`, `install_failed`,
/// `running`, `stopped`, `booting`, `stopping`, `recycle`, `recycling`, `deploying`, `rebuilding`, `reboot`,
/// `releasing`, `imaging`. Source: the documents' data structures, InstanceStatus, of both services.
using instance_status = open_enum<instance_status_words>;

/// Whether a resource can be bought. `unknown`, `sell`, `sell_shortage`, `sold_out`. Source: the documents' data
/// structures, AvailableResource.
using sell_status = open_enum<sell_status_words>;

/// How far a change of bandwidth or traffic package is. `unknown`, `processing`, `enable`, `wait_to_enable`. Source:
/// the page of DescribeInstanceInternetStatus.
using modification_status = open_enum<modification_status_words>;

/// How an instance is paid. `unknown`, `prepaid`, `postpaid`. Source: the documents' data structures,
/// InstanceChargeType.
using instance_charge_type = open_enum<instance_charge_type_words>;

/// How the network traffic of an instance is billed. `unknown`, `by_bandwidth`, `by_traffic_package`,
/// `by_instance_bandwidth_95`, `by_cluster_bandwidth_95`, `bandwidth_cluster`. Source: the documents' data
/// structures, InternetChargeType.
using internet_charge_type = open_enum<internet_charge_type_words>;

template <>
inline constexpr auto& detail::enum_names<instance_status::value_type> = instance_status::table;

template <>
inline constexpr auto& detail::enum_names<sell_status::value_type> = sell_status::table;

template <>
inline constexpr auto& detail::enum_names<modification_status::value_type> = modification_status::table;

template <>
inline constexpr auto& detail::enum_names<instance_charge_type::value_type> = instance_charge_type::table;

template <>
inline constexpr auto& detail::enum_names<internet_charge_type::value_type> = internet_charge_type::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
