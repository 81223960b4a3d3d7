// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_AVAILABLE_RESOURCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_AVAILABLE_RESOURCES_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/arena.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/enumerations.hpp>

namespace ZENWIRE_NAMESPACE {

/// One instance type in one zone, and how it is sold there. Its texts and lists are views.
struct available_resource {
    std::string_view zone_id{};                                ///< the zone
    std::optional<zenwire::sell_status> sell_status{};         ///< whether it can be bought
    arena_list<internet_charge_type> internet_charge_types{};  ///< how its network may be billed
    std::string_view instance_type_id{};                       ///< the instance type
    std::optional<std::int64_t> maximum_bandwidth_out{};       ///< in Mbps
    std::optional<std::int64_t> default_bandwidth_out{};       ///< in Mbps
    /// the package that comes with an instance of this type, free of charge; no smaller one is sold
    std::optional<traffic_package_size> default_traffic_package_size{};
    std::optional<std::int64_t> quantity{};  ///< how many can be bought

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = available_resource;
        return member_list(member<&self::zone_id>{"zoneId"},
                           // "status" is its former name
                           member<&self::sell_status>{"sellStatus", reading::incidental, "status"},
                           member<&self::internet_charge_types>{"internetChargeTypes"},
                           member<&self::instance_type_id>{"instanceTypeId"},
                           member<&self::maximum_bandwidth_out>{"maximumBandwidthOut"},
                           member<&self::default_bandwidth_out>{"defaultBandwidthOut"},
                           member<&self::default_traffic_package_size>{"defaultTrafficPackageSize", reading::essential},
                           member<&self::quantity>{"qty"});
    }
};

/// `DescribeAvailableResources`: what can be bought where, and the default traffic package of each instance type. Filters
/// that are empty are left out. Send it as owning(action), or read it with read_response() and memory for the list.
/// Source: the data structure AvailableResource; the page of the action.
struct describe_available_resources {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeAvailableResources";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "bmc"; }

    zenwire::instance_charge_type instance_charge_type{};  ///< how the instances are billed; required
    std::string_view zone_id{};                            ///< one zone
    std::string_view instance_type_id{};                   ///< one instance type
    std::optional<zenwire::sell_status> sell_status{};     ///< only resources of this status

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        arena_list<available_resource> available_resources;  ///< in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::available_resources>{"availableResources"});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_available_resources;
        return member_list(member<&self::instance_charge_type>{"instanceChargeType"}, member<&self::zone_id>{"zoneId"},
                           member<&self::instance_type_id>{"instanceTypeId"}, member<&self::sell_status>{"sellStatus"});
    }
};

/// Checks that instance_charge_type is set, and that the service is bare metal, the only one with this action. Texts that are
/// not UTF-8 are found when the body is written.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_available_resources const& action,
                                                service const& service) noexcept {
    if (!describe_available_resources::is_offered_by(service)) {
        return detail::refuse_action("only bare metal has DescribeAvailableResources");
    }
    if (action.instance_charge_type.text().empty()) {
        return refuse(errc::invalid_parameter, blame::local, "instanceChargeType must be given", "instanceChargeType");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
