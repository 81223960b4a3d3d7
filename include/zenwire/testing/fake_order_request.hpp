// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_ORDER_REQUEST_HPP
#define ZENWIRE_TESTING_FAKE_ORDER_REQUEST_HPP

#include <optional>
#include <string>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// A request to a fake_cloud that orders something, a change of a package or bandwidth or its cancellation, and what became of it. Requests that were `not_sent` are none.
struct fake_order_request {
    /// What became of it.
    enum class fate : unsigned char {
        lost,        ///< it never arrives
        on_its_way,  ///< it has not arrived yet
        refused,     ///< it arrived, and the cloud refused it at once
        too_late,    ///< it arrived later than it was sent, when its signature had expired
        possible,  ///< it arrived later than it was sent and was refused; at another moment it would have been executed
        executed,  ///< it was executed: at least one copy of it
    };
    /// `x-zc-action`
    std::string action;
    /// when its owner sent it
    unix_seconds sent_at{};
    /// when it arrived first
    std::optional<unix_seconds> arrived_at{};
    /// What became of it.
    fate what = fate::lost;

    /// Whether somebody who pays must count it: it was executed, could have been, or still can be.
    [[nodiscard]] constexpr bool may_cost() const noexcept {
        return what == fate::executed || what == fate::possible || what == fate::on_its_way;
    }
};

template <>
inline constexpr detail::enum_row<fake_order_request::fate> detail::enum_names<fake_order_request::fate>[] = {
    {fake_order_request::fate::lost, "lost"},         {fake_order_request::fate::on_its_way, "on_its_way"},
    {fake_order_request::fate::refused, "refused"},   {fake_order_request::fate::too_late, "too_late"},
    {fake_order_request::fate::possible, "possible"}, {fake_order_request::fate::executed, "executed"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
