// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_LEDGER_PAGE_HPP
#define ZENWIRE_PROTOCOL_DETAIL_LEDGER_PAGE_HPP

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the service is the one that has the account's money.
/// @return errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> validate_ledger_service(service const& service) noexcept {
    return Action::is_offered_by(service) ? expected<void>()
                                          : refuse_action("only the billing service, services::zbc_2024_08_08, has it");
}

/// The same, and that the page is one that can be asked for.
/// @return errc::invalid_parameter, errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> validate_ledger_page(Action const& action, service const& service) noexcept {
    if (action.page_num && *action.page_num < 1) {
        return refuse(errc::invalid_parameter, blame::local, "pageNum must be at least 1", "pageNum");
    }
    if (action.page_size && (*action.page_size < 1 || *action.page_size > Action::largest_page)) {
        return refuse(errc::invalid_parameter, blame::local,
                      "pageSize must be at least 1, and within the limit of the action", "pageSize");
    }
    return validate_ledger_service<Action>(service);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
