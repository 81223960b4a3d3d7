// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_CHECK_PARAMETERS_HPP
#define ZENWIRE_PROTOCOL_DETAIL_CHECK_PARAMETERS_HPP

#include <cstdint>

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/protocol/service.hpp>

/// @file
/// Rules that several actions have for their parameters.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether it is a bandwidth that an instance may have: at least 1 Mbps. The largest one is the server's to know.
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> check_bandwidth(std::int64_t mbps, service const& service) noexcept {
    if (mbps < 1) {
        return refuse(errc::invalid_parameter, blame::local, "a bandwidth must be at least 1 Mbps",
                      service.bandwidth_field);
    }
    return {};
}

/// Whether the page is one that can be asked for.
/// @return errc::invalid_parameter
template <class Action>
[[nodiscard]] constexpr expected<void> check_page(Action const& action) noexcept {
    if (action.page_num && *action.page_num < 1) {
        return refuse(errc::invalid_parameter, blame::local, "pageNum must be at least 1", "pageNum");
    }
    if (action.page_size && (*action.page_size < 1 || *action.page_size > Action::largest_page)) {
        return refuse(errc::invalid_parameter, blame::local,
                      "pageSize must be at least 1, and within the limit of the action", "pageSize");
    }
    return {};
}

/// Whether the service is the one that has the account's money.
/// @return errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> check_ledger_service(service const& service) noexcept {
    return Action::is_offered_by(service) ? expected<void>()
                                          : refuse_action("only the billing service, services::zbc_2024_08_08, has it");
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
