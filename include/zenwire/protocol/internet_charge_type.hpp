// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INTERNET_CHARGE_TYPE_HPP
#define ZENWIRE_PROTOCOL_INTERNET_CHARGE_TYPE_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/open_enum.hpp>

namespace ZENWIRE_NAMESPACE {

/// The words of internet_charge_type.
struct internet_charge_type_words {
    /// The words that the library knows.
    enum class value : unsigned char {
        unknown,
        by_bandwidth,              ///< a flat rate for a bandwidth
        by_traffic_package,        ///< a traffic package that was bought
        by_instance_bandwidth_95,  ///< 95th percentile of the instance
        by_cluster_bandwidth_95,   ///< 95th percentile of a city's bandwidth cluster
        bandwidth_cluster,         ///< 95th percentile of a cluster, with a commitment
    };
    /// A word, and how it is written.
    struct row {
        /// the word
        enum value value;
        /// its spelling
        std::string_view text;
        /// the name of the service that alone spells it so; empty for what is not told apart
        std::string_view dialect;
    };
    /// All spellings; of several the first is the documented one.
    static constexpr row table[] = {
        {value::by_bandwidth, "ByBandwidth", {}},
        {value::by_traffic_package, "ByTrafficPackage", {}},
        {value::by_instance_bandwidth_95, "ByInstanceBandwidth95", {}},
        {value::by_cluster_bandwidth_95, "ByClusterBandwidth95", {}},
        {value::bandwidth_cluster, "ByBandwidthCluster", {}},
        {value::bandwidth_cluster, "BandwidthCluster", "vm"},
    };
};

/// How the network traffic of an instance is billed. Source: the documents' data structures, InternetChargeType.
using internet_charge_type = open_enum<internet_charge_type_words>;

template <>
inline constexpr auto& detail::enum_names<internet_charge_type_words::value> = internet_charge_type_words::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
