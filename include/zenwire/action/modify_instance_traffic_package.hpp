// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_MODIFY_INSTANCE_TRAFFIC_PACKAGE_HPP
#define ZENWIRE_ACTION_MODIFY_INSTANCE_TRAFFIC_PACKAGE_HPP

#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// `ModifyInstanceTrafficPackage`: changes the size of an instance's traffic package. **May place a paid order.**
///
/// Documented conditions: the instance is RUNNING or STOPPED, is billed by traffic package, has one, and has no change
/// under way or planned. For a prepaid instance an upgrade is charged and effective at once; a downgrade becomes an
/// order for the next billing cycle.
/// Source: the page of the action, bare metal instance and virtual machine.
struct modify_instance_traffic_package {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "ModifyInstanceTrafficPackage";
    /// It orders, so an attempt with an unknown outcome must not be repeated.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new size; for bare metal a multiple of 0.05 TB. Zero is legal.
    traffic_package_size size;

    /// The response.
    struct response : basic_response {
        /// The number of the order that the change made; empty when the API sent none: nothing had to be paid, or the
        /// change is under way already.
        inline_string<limits::order_number> order_number;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::order_number>{"orderNumber"});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&modify_instance_traffic_package::instance_id>{"instanceId"},
                           member<&modify_instance_traffic_package::size>{traffic_package_size::field_name});
    }
};

/// Checks the parameters against the rules of the service, without asking it.
/// @return errc::invalid_parameter, with the wire name of the parameter in `field` and, for a size between two legal ones,
///         both of them in `message`; errc::unsupported_action for a service without instances
[[nodiscard]] constexpr expected<void> validate(modify_instance_traffic_package const& action,
                                                service const& service) noexcept {
    if (refusal const* const flaw = detail::find_flaw_of_instance(action.instance_id, service); flaw != nullptr) {
        return refuse(*flaw);
    }
    return detail::check_traffic_package_size(action.size, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
