// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ENUMERATIONS_HPP
#define ZENWIRE_PROTOCOL_ENUMERATIONS_HPP

#include <string_view>

#include <zenwire/base/open_enum.hpp>

/// @file
/// The enumerations of the API, whose values are words: `instance_status::running`. An unknown word is kept as it is.

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// A row for a word that services spell in different ways.
template <class Enum>
struct dialect_row {
    Enum value;
    std::string_view text;
    /// the name of the only service that spells it like this; empty for all services
    std::string_view dialect;
};

}  // namespace detail

/// @cond
/// The known words of each enumeration, and their spellings; where a value has several, the first is the documented one. The aliases
/// below are what to name.
///
/// The enumerations are unscoped, so that open_enum inherits the enumerators; with `using enum` GCC 12 has an internal error. They
/// stand in the namespace of the library, not in detail, so that argument-dependent lookup finds operator<<, to_string() and
/// toString() for them.
struct api_words {
    struct instance_status {
        enum value : unsigned char {
            unknown,
            pending,
            creating,
            create_failed,
            installing,
            install_failed,
            running,
            stopped,
            booting,
            stopping,
            recycle,  ///< in the recycle bin
            recycling,
            deploying,  ///< virtual machines, as the following
            rebuilding,
            reboot,
            releasing,
            imaging,
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::running, "RUNNING"},
            {value::stopped, "STOPPED"},
            {value::pending, "PENDING"},
            {value::creating, "CREATING"},
            {value::create_failed, "CREATE_FAILED"},
            {value::installing, "INSTALLING"},
            {value::install_failed, "INSTALL_FAILED"},
            {value::booting, "BOOTING"},
            {value::stopping, "STOPPING"},
            {value::recycle, "RECYCLE"},
            {value::recycling, "RECYCLING"},
            {value::deploying, "DEPLOYING"},
            {value::rebuilding, "REBUILDING"},
            {value::reboot, "REBOOT"},
            {value::releasing, "RELEASING"},
            {value::imaging, "IMAGING"},
        };
    };

    struct sell_status {
        enum value : unsigned char {
            unknown,
            sell,           ///< more than ten in stock
            sell_shortage,  ///< few in stock
            sold_out,
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::sell, "SELL"},
            {value::sell_shortage, "SELL_SHORTAGE"},
            {value::sold_out, "SOLD_OUT"},
        };
    };

    struct modification_status {
        enum value : unsigned char {
            unknown,
            processing,      ///< being changed
            enable,          ///< effective
            wait_to_enable,  ///< takes effect in the next billing cycle
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::processing, "Processing"},
            // spellings of older documentation and tools
            {value::processing, "Process"},
            {value::processing, "CHANGING"},
            {value::enable, "Enable"},
            {value::wait_to_enable, "WaitToEnable"},
        };
    };

    struct instance_charge_type {
        enum value : unsigned char {
            unknown,
            prepaid,   ///< a subscription by the month
            postpaid,  ///< pay as you go
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::prepaid, "PREPAID"},
            {value::postpaid, "POSTPAID"},
        };
    };

    struct internet_charge_type {
        enum value : unsigned char {
            unknown,
            by_bandwidth,              ///< a flat rate for a bandwidth
            by_traffic_package,        ///< a traffic package that was bought
            by_instance_bandwidth_95,  ///< 95th percentile of the instance
            by_cluster_bandwidth_95,   ///< 95th percentile of a city's bandwidth cluster
            bandwidth_cluster,         ///< 95th percentile of a cluster, with a commitment
        };
        static constexpr detail::dialect_row<value> table[] = {
            {value::by_bandwidth, "ByBandwidth", {}},
            {value::by_traffic_package, "ByTrafficPackage", {}},
            {value::by_instance_bandwidth_95, "ByInstanceBandwidth95", {}},
            {value::by_cluster_bandwidth_95, "ByClusterBandwidth95", {}},
            {value::bandwidth_cluster, "ByBandwidthCluster", {}},
            {value::bandwidth_cluster, "BandwidthCluster", "vm"},
        };
    };
};
/// @endcond

/// What an instance is doing. `unknown`, `pending`, `creating`, `create_failed`, `installing`, `install_failed`,
/// `running`, `stopped`, `booting`, `stopping`, `recycle`, `recycling`, `deploying`, `rebuilding`, `reboot`,
/// `releasing`, `imaging`. Source: the API's data structures, InstanceStatus, of both services.
using instance_status = open_enum<api_words::instance_status>;

/// Whether a resource can be bought. `unknown`, `sell`, `sell_shortage`, `sold_out`. Source: the API's data
/// structures, AvailableResource.
using sell_status = open_enum<api_words::sell_status>;

/// How far a change of bandwidth or traffic package is. `unknown`, `processing`, `enable`, `wait_to_enable`. Source:
/// the page of DescribeInstanceInternetStatus.
using modification_status = open_enum<api_words::modification_status>;

/// How an instance is paid. `unknown`, `prepaid`, `postpaid`. Source: the API's data structures,
/// InstanceChargeType.
using instance_charge_type = open_enum<api_words::instance_charge_type>;

/// How the network traffic of an instance is billed. `unknown`, `by_bandwidth`, `by_traffic_package`,
/// `by_instance_bandwidth_95`, `by_cluster_bandwidth_95`, `bandwidth_cluster`. Source: the API's data
/// structures, InternetChargeType.
using internet_charge_type = open_enum<api_words::internet_charge_type>;

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
