// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_LEDGER_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_LEDGER_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/testing/fake_records.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Hundredths of the currency, as an amount of money.
[[nodiscard]] inline std::optional<decimal> amount_of(std::int64_t cents) {
    std::string digits =
        std::to_string(cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents));
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    digits.insert(digits.size() - 2, ".");
    return decimal::parse_nearest((cents < 0 ? "-" : "") + digits);
}

/// The money of an account: what there is is what was booked. It begins with nothing, and no limit.
class fake_ledger {
public:
    /// What the account can pay with; nothing is no limit.
    [[nodiscard]] std::optional<std::int64_t> limit() const noexcept {
        return is_limited_ ? std::optional(balance_) : std::nullopt;
    }
    /// The difference is booked.
    void set_limit(std::optional<std::int64_t> cents, unix_seconds now) {
        is_limited_ = cents.has_value();
        if (cents && *cents != balance_) {
            fake_booking difference;
            difference.cents = *cents - balance_;
            difference.at = now;
            book(std::move(difference));
        }
    }
    /// The sum of all that was booked, also where there is no limit.
    [[nodiscard]] std::int64_t balance() const noexcept { return balance_; }
    [[nodiscard]] bool can_pay(std::int64_t cents) const noexcept {
        return !is_limited_ || cents <= 0 || balance_ >= cents;
    }

    void book(fake_booking booking) {
        balance_ += booking.cents;
        booking.balance_cents = balance_;
        bookings_.push_back(std::move(booking));
    }
    /// In order.
    [[nodiscard]] std::vector<fake_booking> const& bookings() const noexcept { return bookings_; }

    /// The number of the next order: 13 digits.
    [[nodiscard]] std::string next_order_number() { return std::to_string(++last_order_number_); }

private:
    std::vector<fake_booking> bookings_;
    std::int64_t balance_ = 0;
    bool is_limited_ = false;
    std::uint64_t last_order_number_ = 1'000'000'000'000;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
