// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_MODIFY_INSTANCE_BANDWIDTH_HPP
#define ZENWIRE_ACTION_MODIFY_INSTANCE_BANDWIDTH_HPP

#include <cstdint>

#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// `ModifyInstanceBandwidth`: changes the bandwidth of a running instance.
///
/// With InternetChargeType `ByBandwidth` and a prepaid instance an upgrade is charged and effective at once, and a downgrade
/// takes effect with the next billing cycle; up to its default bandwidth it costs nothing.
/// Source: the page of the action, bare metal instance and virtual machine.
struct modify_instance_bandwidth {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "ModifyInstanceBandwidth";
    /// It may place a paid order.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new bandwidth in Mbps, at least 1.
    std::int64_t bandwidth_out_mbps = 0;

    /// The response.
    struct response : basic_response {
        /// The number of the order; empty when there is nothing to pay.
        inline_string<limits::order_number> order_number;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::order_number>{"orderNumber"});
        }
    };

    /// The wire names; that of the bandwidth depends on the service.
    [[nodiscard]] static constexpr auto members(service const& service) noexcept {
        return member_list(member<&modify_instance_bandwidth::instance_id>{"instanceId"},
                           member<&modify_instance_bandwidth::bandwidth_out_mbps>{service.bandwidth_field});
    }
};

/// Checks the parameters.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(modify_instance_bandwidth const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service).and_then([&] {
        return detail::check_bandwidth(action.bandwidth_out_mbps, service);
    });
}

}  // namespace ZENWIRE_NAMESPACE

#endif
