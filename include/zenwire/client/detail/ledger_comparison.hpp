// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_LEDGER_COMPARISON_HPP
#define ZENWIRE_CLIENT_DETAIL_LEDGER_COMPARISON_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/action/stream.hpp>
#include <zenwire/client/workflow_record.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// What a job must know to judge an entry of the ledger.
struct order_history {
    /// Orders that the ledger had before the job's.
    known_orders known_before{};
    /// The number of the job's order; empty when it has none.
    inline_string<limits::order_number> job_order{};
};

/// What a page of the ledger shows of new orders, and of the job's order. Entries without the number of an order do not
/// count, because nobody can tell whether they are new.
struct ledger_findings {
    /// All orders of the page.
    known_orders orders{};
    /// Whether this page has all entries of the list, and all of them could be read.
    bool is_whole = false;
    /// The first entry of a new order other than the job's, and how many there are.
    ledger_entry new_entry{};
    /// @copydoc new_entry
    std::uint32_t new_count = 0;
    /// The first entry of the job's order, and how many there are.
    ledger_entry own{};
    /// @copydoc own
    std::uint32_t own_count = 0;

    /// Takes an entry.
    constexpr void add(order_history const& history, std::string_view order_sn, ledger_entry const& entry) noexcept {
        if (order_sn.empty()) {
            return;
        }
        orders.add(order_sn);
        const bool is_own = order_sn == history.job_order.view();
        if (!is_own && history.known_before.has(order_sn)) {
            return;
        }
        std::uint32_t& count = is_own ? own_count : new_count;
        if (++count == 1) {
            (is_own ? own : new_entry) = entry;
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
[[nodiscard]] constexpr ledger_entry entry_of(account_transaction const& transaction) noexcept {
    return {transaction.order_sn, transaction.description, transaction.transaction_time, transaction.amount};
}

/// DescribeBillDetail for the lines of one instance. The response keeps only the findings, and needs no memory for a list.
struct bill_question {
    static constexpr std::string_view name = describe_bill_detail::name;
    static constexpr bool reads_only = true;
    using entry = bill_entry;
    using response = ledger_findings;

    std::optional<std::int64_t> page_size{describe_bill_detail::max_page_size};
    std::optional<std::int64_t> bill_monthly{};
    zenwire::instance_id resource_id{};
    order_history history{};

    /// Whether a line is about the instance, in case the server ignores the filter.
    [[nodiscard]] constexpr bool is_about(entry const& line) const noexcept {
        return line.resource_id == resource_id.view();
    }
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = bill_question;
        return member_list(member<&self::page_size>{"pageSize"}, member<&self::bill_monthly>{"billMonthly"},
                           member<&self::resource_id>{"resourceId"});
    }
};

/// DescribeTransactionHistory for the account's transactions since some time; it, too, keeps only the findings.
struct transaction_question {
    static constexpr std::string_view name = describe_transaction_history::name;
    static constexpr bool reads_only = true;
    using entry = account_transaction;
    using response = ledger_findings;

    std::optional<std::int64_t> page_size{describe_transaction_history::max_page_size};
    std::optional<utc_time> start_time{};
    order_history history{};

    [[nodiscard]] static constexpr bool is_about(entry const&) noexcept { return true; }
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = transaction_question;
        return member_list(member<&self::page_size>{"pageSize"}, member<&self::start_time>{"startTime"});
    }
};

[[nodiscard]] constexpr expected<void> validate(bill_question const& question, service const& service) noexcept {
    describe_bill_detail action;
    action.page_size = question.page_size;
    action.bill_monthly = question.bill_monthly;
    return validate(action, service);
}
[[nodiscard]] constexpr expected<void> validate(transaction_question const& question, service const& service) noexcept {
    describe_transaction_history action;
    action.page_size = question.page_size;
    action.start_time = question.start_time;
    return validate(action, service);
}

/// Reads a page. Of an entry, the texts with escapes have to fit into `scratch`, which is far more than a ledger_entry keeps;
/// else it is left out, and `is_whole` is false. A template, so that only programs with a job compile Boost's parser (GCC 12: 7 %).
template <class Question>
    requires std::is_same_v<typename Question::response, ledger_findings>
[[nodiscard]] expected<ledger_findings> parse_response(Question const& question, service const&,
                                                       response_view const& response) noexcept {
    raw_byte scratch[2048];
    ledger_findings found;
    const auto page = for_each_entry<Question>(response, scratch, [&](typename Question::entry const& each) noexcept {
        if (question.is_about(each)) {
            found.add(question.history, each.order_sn, entry_of(each));
        }
    });
    if (!page) {
        return failure_of(page);
    }
    found.is_whole = found.orders.is_whole() && page->incomplete_count == 0 && page->total_count &&
                     *page->total_count >= 0 && static_cast<std::uint64_t>(*page->total_count) <= page->count;
    return found;
}

/// What the ledger is asked next: DescribeCustomerBalance, DescribeBillDetail, DescribeTransactionHistory, or nothing more.
enum class ledger_topic : unsigned char { balance, bill, transactions, nothing };

/// A type of response to such a question.
template <class Response>
concept ledger_response =
    std::is_same_v<Response, describe_customer_balance::response> || std::is_same_v<Response, ledger_findings>;

/// The ledger as the witness of a job (tests/docs/ledger.md): which questions it is asked, and what follows from the responses.
/// A question that the API refuses is skipped. If no response arrives, no more are asked, so that a ledger out of reach delays a
/// job once.
class ledger_comparison {
public:
    /// Begins the questions before the order: how much may be spent, and which orders the ledger knows.
    constexpr void begin_before(unix_seconds now) noexcept {
        *this = {};
        baseline_ = periods_of(now);
        month_ = baseline_.first_month;
        topic_ = ledger_topic::balance;
    }

    /// Begins the questions after the order: what is new. Asks only if the old entries or the order's number are known.
    constexpr void begin_after(workflow_record const& record) noexcept {
        *this = {};
        is_after_ = true;
        baseline_ = record.ledger ? *record.ledger : periods_of(record.signed_at);
        history_.known_before = baseline_.orders;
        history_.job_order = record.order_number;
        month_ = baseline_.first_month;
        topic_ = next_topic(ledger_topic::balance);
        is_complete_ = baseline_.has_bills && baseline_.has_transactions;
    }

    /// The question that is to be asked next.
    [[nodiscard]] constexpr ledger_topic topic() const noexcept { return topic_; }
    [[nodiscard]] constexpr bill_question ask_for_bill(instance_id const& instance) const noexcept {
        return {.bill_monthly = month_, .resource_id = instance, .history = history_};
    }
    [[nodiscard]] constexpr transaction_question ask_for_transactions() const noexcept {
        return {.start_time = baseline_.since, .history = history_};
    }

    /// Takes the response to the last question, or its failure.
    constexpr void take(expected<describe_customer_balance::response> const& response) noexcept {
        if (response) {
            purchasing_power_ = response->purchasing_power;
        }
        go_on(response ? nullptr : &response.error());
    }
    /// @copydoc take
    constexpr void take(expected<ledger_findings> const& response) noexcept {
        if (response) {
            is_after_ ? compare(*response) : remember(*response);
        }
        go_on(response ? nullptr : &response.error());
    }

    /// How much the account may spend; nothing when the ledger did not say it.
    [[nodiscard]] constexpr std::optional<decimal> const& purchasing_power() const noexcept {
        return purchasing_power_;
    }
    /// What the ledger had before the order, for the record.
    [[nodiscard]] constexpr ledger_baseline const& baseline() const noexcept { return baseline_; }
    /// What the ledger has after the order; nothing when not all questions were answered and no evidence was found.
    [[nodiscard]] constexpr std::optional<ledger_evidence> evidence() const noexcept {
        const bool is_known = is_complete_ || evidence_.what != ledger_evidence::kind::nothing_new;
        return is_known ? std::optional(evidence_) : std::nullopt;
    }

private:
    /// The periods to read for an order at that time. The ledger's months may be those of any time zone, and its clock may differ.
    [[nodiscard]] static constexpr ledger_baseline periods_of(unix_seconds time) noexcept {
        constexpr std::int64_t day = 86'400;
        constexpr std::int64_t clocks_differ_by = 600;  // twice what a signature allows
        const auto shifted = [&](std::int64_t seconds) noexcept {
            return unix_seconds(saturating_add(time.count(), seconds));
        };
        ledger_baseline periods;
        periods.first_month = bill_month(shifted(-day));
        periods.last_month = bill_month(shifted(day));
        periods.since = shifted(-clocks_differ_by);
        return periods;
    }

    constexpr void go_on(error const* failure) noexcept {
        is_complete_ = is_complete_ && failure == nullptr;
        if (failure != nullptr && !is_after_ && topic_ == ledger_topic::bill) {
            baseline_.has_bills = false;
        }
        if (failure != nullptr && failure->http_status == 0) {
            topic_ = ledger_topic::nothing;
        } else if (topic_ == ledger_topic::bill && month_ != baseline_.last_month) {
            // also when has_bills can no longer become true: the orders of that month are known then
            is_later_month_ = true;
            month_ = baseline_.last_month;
        } else {
            topic_ = next_topic(topic_);
        }
    }

    /// The next question that is worth asking. After the order, a receipt can be found by the order's number, but other new
    /// entries only by comparison with those before the order.
    [[nodiscard]] constexpr ledger_topic next_topic(ledger_topic last) const noexcept {
        const bool wants_all = !is_after_ || !history_.job_order.empty();
        if (last == ledger_topic::balance && (wants_all || baseline_.has_bills)) {
            return ledger_topic::bill;
        }
        const bool wants_transactions = wants_all || baseline_.has_transactions;
        return last != ledger_topic::transactions && wants_transactions ? ledger_topic::transactions
                                                                        : ledger_topic::nothing;
    }

    constexpr void remember(ledger_findings const& found) noexcept {
        baseline_.orders.add(found.orders);
        const bool knows_all = found.is_whole && baseline_.orders.is_whole();
        if (topic_ == ledger_topic::transactions) {
            baseline_.has_transactions = knows_all;
            baseline_.has_bills = baseline_.has_bills && baseline_.orders.is_whole();
        } else {
            baseline_.has_bills = knows_all && (!is_later_month_ || baseline_.has_bills);
        }
    }

    constexpr void compare(ledger_findings const& found) noexcept {
        using kind = ledger_evidence::kind;
        const bool is_bill = topic_ == ledger_topic::bill;
        is_complete_ = is_complete_ && found.is_whole;
        if (found.own_count != 0) {
            add(kind::receipt, found.own, found.own_count);
        }
        if (found.new_count != 0 && (is_bill ? baseline_.has_bills : baseline_.has_transactions)) {
            add(is_bill ? kind::new_charge : kind::new_transaction, found.new_entry, found.new_count);
            evidence_.other_charges += is_bill ? found.new_count : 0;
        }
    }

    constexpr void add(ledger_evidence::kind what, ledger_entry const& entry, std::uint32_t count) noexcept {
        if (what > evidence_.what) {  // weaker kinds come first
            evidence_ = {what, count, entry, evidence_.other_charges};
        } else if (what == evidence_.what) {
            evidence_.count += count;
        }
    }

    ledger_topic topic_ = ledger_topic::nothing;
    bool is_after_ = false;        // the questions are those after the order
    bool is_complete_ = false;     // all questions after the order were answered in full
    std::int64_t month_ = 0;       // the month of the bill that is asked for, YYYYMM
    bool is_later_month_ = false;  // that is the second one of two
    order_history history_{};
    ledger_baseline baseline_{};
    std::optional<decimal> purchasing_power_{};
    ledger_evidence evidence_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
