// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_CANCEL_INSTANCE_BANDWIDTH_DOWNGRADE_HPP
#define ZENWIRE_ACTION_CANCEL_INSTANCE_BANDWIDTH_DOWNGRADE_HPP

#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// `CancelInstanceBandwidthDowngrade`: takes back a downgrade of the bandwidth that is planned for the next billing
/// cycle. When none is planned the API refuses with OPERATION_DENIED_DOWNGRADE_NOT_EXIST.
/// Source: the page of the action, bare metal instance and virtual machine.
struct cancel_instance_bandwidth_downgrade {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "CancelInstanceBandwidthDowngrade";
    /// It changes an order, so an attempt with an unknown outcome must not be repeated.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;

    /// The response has only a request id.
    using response = basic_response;

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&cancel_instance_bandwidth_downgrade::instance_id>{"instanceId"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(cancel_instance_bandwidth_downgrade const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
