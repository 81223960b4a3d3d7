// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_LEDGER_QUESTION_HPP
#define ZENWIRE_CLIENT_DETAIL_LEDGER_QUESTION_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/action/stream.hpp>
#include <zenwire/client/workflow_record.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Which entries of the ledger matter to a job.
struct ledger_matter {
    /// Entries of these orders are old.
    known_orders old{};
    /// Entries of this one are ours; empty where the order has no number.
    inline_string<limits::order_number> ours{};
};

/// What a page of the ledger says of that. Only entries with the number of an order count: of the others nobody can tell whether
/// they were there before.
struct ledger_findings {
    /// All orders of the page.
    known_orders orders{};
    /// Whether that is all there is: all entries were on this page, and could be read.
    bool is_whole = false;
    /// The first entry of an order that is neither old nor ours, and how many there are.
    ledger_entry fresh{};
    /// @copydoc fresh
    std::uint32_t fresh_count = 0;
    /// The first entry of our order, and how many there are.
    ledger_entry own{};
    /// @copydoc own
    std::uint32_t own_count = 0;

    /// Takes an entry.
    constexpr void add(ledger_matter const& matter, std::string_view order_sn, ledger_entry const& entry) noexcept {
        if (order_sn.empty()) {
            return;
        }
        orders.add(order_sn);
        const bool is_own = order_sn == matter.ours.view();
        if (!is_own && matter.old.has(order_sn)) {
            return;
        }
        std::uint32_t& count = is_own ? own_count : fresh_count;
        if (++count == 1) {
            (is_own ? own : fresh) = entry;
        }
    }
};

[[nodiscard]] constexpr ledger_entry entry_of(bill_entry const& line) noexcept {
    ledger_entry entry{line.order_sn, line.product, line.deduction_time, line.amount};
    if (!line.product_subitem.empty()) {
        entry.description.append(", ");
        entry.description.append(line.product_subitem);
    }
    return entry;
}
[[nodiscard]] constexpr ledger_entry entry_of(account_transaction const& movement) noexcept {
    return {movement.order_sn, movement.description, movement.transaction_time, movement.amount};
}

/// DescribeBillDetail for the lines of an instance, of which only what matters is kept: owns all its texts, and needs no memory
/// for the list.
struct bill_question {
    static constexpr std::string_view name = describe_bill_detail::name;
    static constexpr bool reads_only = true;
    using entry = bill_entry;
    using response = ledger_findings;

    std::optional<std::int64_t> page_size{describe_bill_detail::largest_page};
    std::optional<std::int64_t> bill_monthly{};
    zenwire::instance_id resource_id{};
    ledger_matter matter{};

    /// A server that does not filter as it was asked to shows lines of others, too.
    [[nodiscard]] constexpr bool is_about(entry const& line) const noexcept {
        return line.resource_id == resource_id.view();
    }
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = bill_question;
        return member_list(member<&self::page_size>{"pageSize"}, member<&self::bill_monthly>{"billMonthly"},
                           member<&self::resource_id>{"resourceId"});
    }
};

/// DescribeTransactionHistory for the account's movements since a time, in the same way.
struct movement_question {
    static constexpr std::string_view name = describe_transaction_history::name;
    static constexpr bool reads_only = true;
    using entry = account_transaction;
    using response = ledger_findings;

    std::optional<std::int64_t> page_size{describe_transaction_history::largest_page};
    std::optional<utc_time> start_time{};
    ledger_matter matter{};

    [[nodiscard]] static constexpr bool is_about(entry const&) noexcept { return true; }
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = movement_question;
        return member_list(member<&self::page_size>{"pageSize"}, member<&self::start_time>{"startTime"});
    }
};

[[nodiscard]] constexpr expected<void> validate(bill_question const& question, service const& service) noexcept {
    return validate(describe_bill_detail{.page_num = {},
                                         .page_size = question.page_size,
                                         .bill_monthly = question.bill_monthly,
                                         .order_sn = {},
                                         .resource_id = {},
                                         .product = {}},
                    service);
}
[[nodiscard]] constexpr expected<void> validate(movement_question const& question, service const& service) noexcept {
    return validate(describe_transaction_history{.page_num = {},
                                                 .page_size = question.page_size,
                                                 .transaction_type = {},
                                                 .start_time = question.start_time,
                                                 .end_time = {}},
                    service);
}

/// Reads the page. Entries whose texts do not fit into the memory here make it less than whole.
template <class Question>
[[nodiscard]] expected<ledger_findings> read_findings(Question const& question,
                                                      response_view const& response) noexcept {
    raw_byte scratch[2048];
    ledger_findings found;
    const auto page =
        for_each_entry<Question>(response, scratch, [&](typename Question::entry const& each) noexcept {
            if (question.is_about(each)) {
                found.add(question.matter, each.order_sn, entry_of(each));
            }
        });
    if (!page) {
        return failure_of(page);
    }
    found.is_whole = found.orders.is_whole() && page->incomplete_count == 0 && page->total_count &&
                     *page->total_count >= 0 && static_cast<std::uint64_t>(*page->total_count) <= page->count;
    return found;
}

[[nodiscard]] inline expected<ledger_findings> parse_response(bill_question const& question, service const&,
                                                              response_view const& response) noexcept {
    return read_findings(question, response);
}
[[nodiscard]] inline expected<ledger_findings> parse_response(movement_question const& question, service const&,
                                                              response_view const& response) noexcept {
    return read_findings(question, response);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
