// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_SERVICE_HPP
#define ZENWIRE_PROTOCOL_SERVICE_HPP

#include <string_view>

#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// A service of the API in one version. The views refer to constants. Each action says which services have it.
struct service {
    std::string_view name;     ///< `x-zc-service`
    std::string_view path;     ///< the path of its requests
    std::string_view version;  ///< `x-zc-version`
    /// sizes of traffic packages are multiples of it; zero where the documentation states no such rule
    traffic_package_size traffic_package_step{};
    /// the wire name of the parameter for a bandwidth in Mbps
    std::string_view bandwidth_field = "bandwidthOutMbps";
    bool has_instances = name != "zbc";  ///< whether it has instances; the billing service has none

    /// Whether all members are equal.
    [[nodiscard]] friend constexpr bool operator==(service const&, service const&) noexcept = default;
};

namespace detail {

/// The refusal of an action that the service does not have.
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr expected<void> refuse_action(
    std::string_view why) noexcept {
    return refuse(errc::unsupported_action, blame::local, why);
}

}  // namespace detail

/// The services of the API's documentation.
namespace services {

/// Bare metal. Sizes in steps of 0.05 TB.
inline constexpr service bmc_2022_11_20{"bmc", "/api/v2/bmc", "2022-11-20", *traffic_package_size::parse("0.05")};
/// Bare metal, the current version.
inline constexpr service bmc_2026_02_01{"bmc", "/api/v2/bmc", "2026-02-01", *traffic_package_size::parse("0.05")};
/// Virtual machines. The documentation states no step for sizes.
inline constexpr service vm_2023_03_13{"vm", "/api/v2/vm", "2023-03-13", {}, "internetMaxBandwidthOut"};
/// Virtual machines, the current version.
inline constexpr service vm_2026_04_01{"vm", "/api/v2/vm", "2026-04-01", {}, "internetMaxBandwidthOut"};
/// Zenlayer's billing service: the account's balance, transactions and bills. All its actions only read.
inline constexpr service zbc_2024_08_08{"zbc", "/api/v2/zbc", "2024-08-08", {}, {}};

}  // namespace services

namespace detail {

/// The refusal of a size that is no multiple of the service's step, with the two nearest legal sizes in the message.
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr expected<void> refuse_traffic_package_size(
    traffic_package_size size, service const& service) noexcept {
    const traffic_package_size step = service.traffic_package_step;
    const traffic_package_size below = size.rounded_down_to(step);
    // may be longer than limits::message: then the error cuts it, and says so
    char message[256]{};
    buffer_writer out(message);
    out.append(traffic_package_size::field_name).append(" "sv);
    size.write_to(out);
    out.append(" is not a multiple of "sv);
    step.write_to(out);
    out.append(" TB, which "sv).append(service.name).append(" wants; the nearest legal values are "sv);
    below.write_to(out);
    if (const auto above = traffic_package_size::from_units(below.units() + step.units()); above) {
        out.append(" and "sv);
        above->write_to(out);
    }
    return refuse(errc::invalid_parameter, blame::local, out.written(), traffic_package_size::field_name);
}

/// Whether the service sells traffic packages of that size, as far as the documentation says. The smallest and the largest size
/// of an instance are known to the server only.
/// @return errc::invalid_parameter with the two nearest legal sizes in `message`
[[nodiscard]] constexpr expected<void> check_traffic_package_size(traffic_package_size size,
                                                                  service const& service) noexcept {
    if (size.is_multiple_of(service.traffic_package_step)) {
        return {};
    }
    return refuse_traffic_package_size(size, service);
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
