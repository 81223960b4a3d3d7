// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_INSTANCE_HPP
#define ZENWIRE_TESTING_FAKE_INSTANCE_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/instance_charge_type.hpp>
#include <zenwire/protocol/instance_status.hpp>
#include <zenwire/protocol/internet_charge_type.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// A change of a traffic package that is under way.
struct fake_change {
    /// the size that it leads to
    traffic_package_size target;
    /// when the target becomes the size
    unix_seconds done_at;
};

/// A change of a bandwidth that is under way.
struct fake_bandwidth_change {
    /// the bandwidth that it leads to, in Mbps
    std::int64_t target;
    /// when the target becomes the bandwidth
    unix_seconds done_at;
};

/// A tag of a fake_instance.
struct fake_tag {
    /// 1 to 128 characters
    std::string key;
    /// 1 to 128 characters
    std::string value;
};

/// An instance in a fake_cloud. As it is made it runs, is prepaid, and is billed by a traffic package of 1 TB.
struct fake_instance {
    /// its id, one of its kind within a service
    std::string id{};
    /// the name of the service that it belongs to: `bmc` or `vm`
    std::string service = "bmc";
    /// its status
    instance_status status = instance_status::value_type::running;
    /// how it is billed
    instance_charge_type charge_type = instance_charge_type::value_type::prepaid;
    /// how its network is billed
    zenwire::internet_charge_type internet_charge_type = zenwire::internet_charge_type::value_type::by_traffic_package;
    /// The current package; nothing where the instance has none.
    std::optional<traffic_package_size> size = *traffic_package_size::from_terabytes(1);
    /// No package is smaller.
    traffic_package_size default_size{};
    /// No package is larger. The documents give no figure.
    traffic_package_size maximum_size = *traffic_package_size::from_terabytes(1000);
    /// The change that is under way.
    std::optional<fake_change> running_change{};
    /// The size that a downgrade leads to in the next billing cycle.
    std::optional<traffic_package_size> planned_size{};
    /// The size that the last change led to; nothing before the first one, and after a plan was taken back.
    std::optional<traffic_package_size> modified_size{};
    /// Whether packages of this instance are sold: asked by the price list only.
    bool is_for_sale = true;

    /// the name that its owner gave it
    std::string name = "TEST";
    /// its host name
    std::string hostname = "M7D-HKG-A-01";
    /// where it is
    std::string zone_id = "HKG-A";
    /// its model
    std::string instance_type_id = "M7D";
    /// its image
    std::string image_id = "imageId";
    /// the group that it belongs to
    std::string resource_group_id = "resourceGroupId";
    /// in Mbps
    std::int64_t bandwidth = 100;
    /// in Mbps: what is free
    std::int64_t default_bandwidth = 100;
    /// in Mbps: no bandwidth is larger
    std::int64_t maximum_bandwidth = 10'000;
    /// The change of the bandwidth that is under way.
    std::optional<fake_bandwidth_change> running_bandwidth{};
    /// The bandwidth that a downgrade leads to in the next billing cycle.
    std::optional<std::int64_t> planned_bandwidth{};
    /// The bandwidth that the last change led to; nothing before the first one, and after a plan was taken back.
    std::optional<std::int64_t> modified_bandwidth{};
    /// the subnets that it is in
    std::vector<std::string> subnet_ids{};
    /// its public addresses, IPv4; the first is the primary one
    std::vector<std::string> public_ip_addresses{};
    /// its private addresses, IPv4
    std::vector<std::string> private_ip_addresses{};
    /// its tags
    std::vector<fake_tag> tags{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
