// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_LEDGER_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_LEDGER_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/zenwire.hpp>

#include "terminal_text.hpp"
#include "traffic_package_json.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_screen.hpp"
#include "traffic_package_surroundings.hpp"

/// @file
/// What the program traffic_package reads in the ledger: the account's balance, and the bills of an instance.

/// The ledger of the account that a client has.
template <class Credential>
zenwire::client<Credential> ledger_of(zenwire::client<Credential> const& client, surroundings const& around) {
    return {zenwire::services::zbc_2024_08_08, around.endpoint, client.used_credential()};
}

inline std::string decimal_or_dash(std::optional<zenwire::decimal> const& number) {
    return number ? decimal_text(*number) : "-";
}

template <class Credential>
report balance(zenwire::client<Credential> const& client, surroundings const& around) {
    const auto ledger = ledger_of(client, around);
    const auto answer =
        zenwire::send_action(ledger, zenwire::describe_customer_balance{}, around.send, surrounding_runtime(around));
    if (!answer) {
        return make_failure(answer.error());
    }
    return {.text = "account    " + printable(answer->account_uid) + "\ncash       " +
                    decimal_or_dash(answer->cash_balance) + "\ncredit     " + decimal_or_dash(answer->credit_value) +
                    "\nto spend   " + decimal_or_dash(answer->purchasing_power) + "\nfrozen     " +
                    decimal_or_dash(answer->order_frozen_amount) + "\n",
            .balance = json_object({{"accountUid", answer->account_uid.view()},
                                    {"cashBalance", answer->cash_balance},
                                    {"creditValue", answer->credit_value},
                                    {"purchasingPower", answer->purchasing_power},
                                    {"orderFrozenAmount", answer->order_frozen_amount}})};
}

/// This month and the one before, as the ledger names them: 202610, 202611.
inline std::vector<std::int64_t> latest_months(zenwire::unix_seconds now) {
    const zenwire::calendar_time date(now);
    const std::int64_t month = date.year * 100 + date.month;
    return {date.month == 1 ? month - 89 : month - 1, month};
}

/// The lines of an instance's bills.
/// @param month as 202611; nothing for the latest two
template <class Credential>
report bills(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance,
             std::optional<std::int64_t> month) {
    const auto ledger = ledger_of(client, around);
    std::vector<json_text> lines;
    table shown({"MONTH", "CHARGED", "ORDER", "AMOUNT", "WHAT"}, 4);
    const auto add = [&](zenwire::bill_entry const& line) {
        if (line.resource_id != instance) {
            return;
        }
        const std::string what = std::string(line.product) + (line.product_subitem.empty() ? "" : ", ") +
                                 std::string(line.product_subitem);
        const std::string line_month = line.bill_monthly ? std::to_string(*line.bill_monthly) : "-";
        shown.add({line_month, printable(line.deduction_time), printable(line.order_sn), decimal_or_dash(line.amount),
                   printable(what)});
        lines.push_back(json_object({{"billMonthly", line.bill_monthly},
                                     {"deductionTime", line.deduction_time},
                                     {"orderSn", line.order_sn},
                                     {"amount", line.amount},
                                     {"product", line.product},
                                     {"productSubitem", line.product_subitem}}));
    };
    for (const std::int64_t each : month ? std::vector{*month} : latest_months(around.now())) {
        zenwire::describe_bill_detail filter;
        filter.bill_monthly = each;
        filter.resource_id = instance;
        const auto count = zenwire::walk_entries(ledger, filter, around.send, surrounding_runtime(around), add);
        if (!count) {
            return make_failure(count.error());
        }
    }
    return {.text = lines.empty() ? "No charge is shown for the instance. The ledger may be late: that proves nothing.\n"
                                  : shown.text(around.out.width),
            .bills = json_array(lines)};
}

/// What the ledger showed after an order, in a line.
inline std::string ledger_text(zenwire::ledger_evidence const& seen) {
    using enum zenwire::ledger_evidence::kind;
    if (seen.what == nothing_new) {
        return "shows nothing new, which proves nothing: it may be late";
    }
    zenwire::ledger_entry const& entry = seen.entry;
    const std::string_view meaning = seen.what == receipt      ? "receipt of this order"
                                     : seen.what == new_charge ? "something was bought for the instance, by this order or "
                                                                 "another one"
                                                               : "the account's money moved, for this order or another one";
    return std::string(meaning) + ": order " + printable(entry.order_sn) + ", " + decimal_or_dash(entry.amount) +
           (entry.booked_at.empty() ? "" : ", " + printable(entry.booked_at)) +
           (entry.description.empty() ? "" : ", " + printable(entry.description)) +
           (seen.count > 1 ? "; " + std::to_string(seen.count) + " entries" : "") +
           (seen.what == receipt && seen.other_charges != 0 ? "; AND something else was bought for the instance" : "");
}

inline json_text ledger_as_json(std::optional<zenwire::ledger_evidence> const& seen) {
    if (!seen) {
        return {};
    }
    return json_object({{"kind", to_string(seen->what)},
                        {"entries", seen->count},
                        {"otherCharges", seen->other_charges},
                        {"orderSn", seen->entry.order_sn.view()},
                        {"amount", seen->entry.amount},
                        {"bookedAt", seen->entry.booked_at.view()},
                        {"description", seen->entry.description.view()}});
}

#endif
