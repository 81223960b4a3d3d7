// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_BANDWIDTH_HPP
#define ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_BANDWIDTH_HPP

#include <cstdint>

#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/price.hpp>

namespace ZENWIRE_NAMESPACE {

/// `InquiryPriceInstanceBandwidth`: what changing the bandwidth of an instance would cost. Only for instances that are billed
/// `ByBandwidth`; the API names a price only for more than the default bandwidth. Orders nothing.
/// Source: the page of the action, bare metal instance and virtual machine.
struct inquiry_price_instance_bandwidth {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "InquiryPriceInstanceBandwidth";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new bandwidth in Mbps, at least 1.
    std::int64_t bandwidth_out_mbps = 0;

    /// The response.
    struct response : basic_response {
        /// The prices. The API sends a list of prices, or a single price in its place.
        price_list prices;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::prices>{"bandwidthPrice", reading::essential});
        }
    };

    /// The wire names; that of the bandwidth depends on the service.
    [[nodiscard]] static constexpr auto members(service const& service) noexcept {
        return member_list(member<&inquiry_price_instance_bandwidth::instance_id>{"instanceId"},
                           member<&inquiry_price_instance_bandwidth::bandwidth_out_mbps>{service.bandwidth_field});
    }
};

/// Checks the parameters.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(inquiry_price_instance_bandwidth const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service).and_then([&] {
        return detail::check_bandwidth(action.bandwidth_out_mbps, service);
    });
}

}  // namespace ZENWIRE_NAMESPACE

#endif
