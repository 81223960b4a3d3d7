// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_TRAFFIC_PACKAGE_HPP
#define ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_TRAFFIC_PACKAGE_HPP

#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/price.hpp>

namespace ZENWIRE_NAMESPACE {

/// `InquiryPriceInstanceTrafficPackage`: what changing the traffic package of an instance to a size would cost. Only for
/// instances that are billed by traffic package. Orders nothing.
/// Source: the page of the action, bare metal instance and virtual machine.
struct inquiry_price_instance_traffic_package {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "InquiryPriceInstanceTrafficPackage";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new size; for bare metal a multiple of 0.05 TB. Zero is legal and is sent.
    traffic_package_size size;

    /// The response.
    struct response : basic_response {
        /// The price of the package, and often a second one for use beyond it; empty when the API named none.
        price_list prices;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::prices>{"trafficPackagePrice", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&inquiry_price_instance_traffic_package::instance_id>{"instanceId"},
                           member<&inquiry_price_instance_traffic_package::size>{traffic_package_size::field_name});
    }
};

/// Checks the parameters against the rules of the service.
/// @return errc::invalid_parameter, errc::unsupported_action, as for modify_instance_traffic_package
[[nodiscard]] constexpr expected<void> validate(inquiry_price_instance_traffic_package const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service).and_then([&] {
        return detail::check_traffic_package_size(action.size, service);
    });
}

}  // namespace ZENWIRE_NAMESPACE

#endif
