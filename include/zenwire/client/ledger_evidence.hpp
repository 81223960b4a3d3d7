// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_LEDGER_EVIDENCE_HPP
#define ZENWIRE_CLIENT_LEDGER_EVIDENCE_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>

namespace ZENWIRE_NAMESPACE {

/// An entry of the ledger, as it was read. Texts of the server, cut where they are long.
struct ledger_entry {
    /// The order that it belongs to.
    inline_string<limits::order_number> order_sn{};
    /// What it is about.
    inline_string<limits::excerpt> description{};
    /// When it was booked, as the ledger writes it.
    inline_string<limits::word> booked_at{};
    /// How much; of a movement with the sign that the ledger gives it. The documents name no currency.
    std::optional<decimal> amount{};
};

/// What the ledger showed after an order. It may be late: an entry that is not seen proves nothing, and a new one proves that
/// something was bought, by this order or by another one.
struct ledger_evidence {
    /// The kinds of evidence, the weaker ones first.
    enum class kind : unsigned char {
        nothing_new,   ///< no entry that was not there before: that proves nothing
        new_movement,  ///< the account's money moved, for an order that the ledger did not have before; for what is not told
        new_charge,    ///< the instance's bill has an order that it did not have before: something was bought for it
        receipt,       ///< the bill, or a movement, of the order that was accepted, by its number
    };
    /// Which one it is.
    kind what = kind::nothing_new;
    /// How many entries of that kind there were.
    std::uint32_t count = 0;
    /// The first of them; empty for nothing_new.
    ledger_entry entry{};
};

template <>
inline constexpr detail::enum_row<ledger_evidence::kind> detail::enum_names<ledger_evidence::kind>[] = {
    {ledger_evidence::kind::nothing_new, "nothing_new"},
    {ledger_evidence::kind::new_movement, "new_movement"},
    {ledger_evidence::kind::new_charge, "new_charge"},
    {ledger_evidence::kind::receipt, "receipt"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
