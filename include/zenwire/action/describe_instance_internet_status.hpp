// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_INSTANCE_INTERNET_STATUS_HPP
#define ZENWIRE_ACTION_DESCRIBE_INSTANCE_INTERNET_STATUS_HPP

#include <cstdint>
#include <optional>

#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/enumerations.hpp>

namespace ZENWIRE_NAMESPACE {

/// `DescribeInstanceInternetStatus`: bandwidth and traffic package of an instance, and how far their changes have come.
/// Source: the page of the action, bare metal instance and virtual machine.
struct describe_instance_internet_status {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstanceInternetStatus";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    zenwire::instance_id instance_id;  ///< not empty, at most limits::instance_id bytes of UTF-8, no control characters

    /// The response. Members that the API leaves out or sends as null are empty.
    struct response : basic_response {
        zenwire::instance_id instance_id;  ///< the instance
        /// Its name; cut and flagged when it is longer than limits::instance_name bytes.
        inline_string<limits::instance_name> instance_name;
        std::optional<std::int64_t> internet_max_bandwidth_out;  ///< in Mbps
        /// the bandwidth that a change leads to, in Mbps
        std::optional<std::int64_t> modified_internet_max_bandwidth_out;
        std::optional<modification_status> modified_bandwidth_status;        ///< how far that change has come
        std::optional<traffic_package_size> size;                            ///< the package that it has now
        std::optional<traffic_package_size> modified_size;                   ///< the size that a change leads to
        std::optional<modification_status> modified_traffic_package_status;  ///< how far that change has come

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(
                member<&response::instance_id>{"instanceId", reading::essential},
                member<&response::instance_name>{"instanceName", reading::may_be_cut},
                member<&response::internet_max_bandwidth_out>{"internetMaxBandwidthOut"},
                member<&response::modified_internet_max_bandwidth_out>{"modifiedInternetMaxBandwidthOut"},
                member<&response::modified_bandwidth_status>{"modifiedBandwidthStatus"},
                member<&response::size>{traffic_package_size::field_name, reading::essential},
                member<&response::modified_size>{"modifiedTrafficPackageSize", reading::essential},
                member<&response::modified_traffic_package_status>{"modifiedTrafficPackageStatus", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&describe_instance_internet_status::instance_id>{"instanceId"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_instance_internet_status const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
