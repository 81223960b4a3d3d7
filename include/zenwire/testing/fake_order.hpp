// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_ORDER_HPP
#define ZENWIRE_TESTING_FAKE_ORDER_HPP

#include <cstdint>
#include <optional>
#include <string>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// An order that was placed in a fake_cloud.
struct fake_order {
    /// 13 digits
    std::string number;
    /// whose order it is
    std::string instance_id;
    /// the size that was ordered; none of an order for a bandwidth
    traffic_package_size size;
    /// what was taken from the balance, in hundredths of the currency; 0 for a downgrade
    std::int64_t paid_cents = 0;
    /// when it was placed
    unix_seconds placed_at{};
    /// a downgrade that was taken back before it took effect
    bool is_cancelled = false;
    /// the bandwidth that was ordered, in Mbps
    std::optional<std::int64_t> bandwidth{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
