// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INTERNET_CHARGE_TYPE_HPP
#define ZENWIRE_PROTOCOL_INTERNET_CHARGE_TYPE_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/open_enumeration.hpp>

namespace ZENWIRE_NAMESPACE {

struct internet_charge_type_words {
    enum class value : unsigned char {
        unknown,
        by_bandwidth,              ///< a flat rate for a bandwidth
        by_traffic_package,        ///< a traffic package that was bought
        by_instance_bandwidth_95,  ///< 95th percentile of the instance
        by_cluster_bandwidth_95,   ///< 95th percentile of a city's bandwidth cluster
        bandwidth_cluster,         ///< 95th percentile of a cluster, with a commitment
    };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {
        {value::by_bandwidth, "ByBandwidth"},
        {value::by_traffic_package, "ByTrafficPackage"},
        {value::by_instance_bandwidth_95, "ByInstanceBandwidth95"},
        {value::by_cluster_bandwidth_95, "ByClusterBandwidth95"},
        // bare metal; virtual machines leave the By away
        {value::bandwidth_cluster, "ByBandwidthCluster"},
        {value::bandwidth_cluster, "BandwidthCluster"},
    };
};

/// How the network traffic of an instance is billed. Source: the documents' data structures, InternetChargeType.
using internet_charge_type = open_enumeration<internet_charge_type_words>;

}  // namespace ZENWIRE_NAMESPACE

#endif
