// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_RESOURCE_HPP
#define ZENWIRE_TESTING_FAKE_RESOURCE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include <zenwire/base/config.hpp>
#include <zenwire/protocol/instance_charge_type.hpp>
#include <zenwire/protocol/internet_charge_type.hpp>
#include <zenwire/protocol/sell_status.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a fake_cloud sells in a zone.
struct fake_resource {
    /// where it is
    std::string zone_id = "HKG-A";
    /// the model
    std::string instance_type_id = "M7D";
    /// how it is billed
    zenwire::instance_charge_type charge_type = instance_charge_type::value_type::prepaid;
    /// whether it can be bought
    zenwire::sell_status sell_status = zenwire::sell_status::value_type::sell;
    /// how its network may be billed
    std::vector<internet_charge_type> internet_charge_types = {internet_charge_type::value_type::by_traffic_package};
    /// in Mbps
    std::int64_t maximum_bandwidth = 10'000;
    /// in Mbps
    std::int64_t default_bandwidth = 100;
    /// the smallest package of such an instance
    traffic_package_size default_size = *traffic_package_size::from_terabytes(5);
    /// how many there are
    std::int64_t quantity = 11;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
