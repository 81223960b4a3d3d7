// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_BOOKING_HPP
#define ZENWIRE_TESTING_FAKE_BOOKING_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// A movement of the money of a fake_cloud's account. What the billing service tells of balance, movements and bills is all told
/// from these.
struct fake_booking {
    /// the order that was paid; empty for what moved without one
    std::string order_number{};
    /// the instance
    std::string resource_id{};
    /// what it is a part of: the service in words
    std::string_view product{};
    /// what was bought
    std::string_view item{};
    /// the name of the instance
    std::string label{};
    /// where it is
    std::string location{};
    /// the group that it belongs to
    std::string resource_group_id{};
    /// in hundredths of the currency; negative: it was spent
    std::int64_t cents = 0;
    /// what was left after it
    std::int64_t balance_cents = 0;
    /// when
    unix_seconds at{};
    /// until when what was bought is paid
    unix_seconds ends_at{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
