// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_OBSERVED_PACKAGE_HPP
#define ZENWIRE_CLIENT_OBSERVED_PACKAGE_HPP

#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a look showed of a traffic package, with nothing left open.
struct observed_package {
    /// Whether the package is being changed.
    enum class change_state : unsigned char {
        idle,        ///< no change
        processing,  ///< it is being changed to `next`
        planned,     ///< it will be changed to `next` with the next billing cycle
    };
    /// The size in force.
    traffic_package_size size{};
    /// Whether it is being changed.
    change_state change = change_state::idle;
    /// What it is being changed to; a size unless it is idle.
    std::optional<traffic_package_size> next{};

    /// Whether both looks showed the same.
    [[nodiscard]] friend constexpr bool operator==(observed_package const&, observed_package const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<observed_package::change_state> detail::enum_names<observed_package::change_state>[] = {
    {observed_package::change_state::idle, "idle"},
    {observed_package::change_state::processing, "processing"},
    {observed_package::change_state::planned, "planned"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
