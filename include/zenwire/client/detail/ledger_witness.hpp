// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_LEDGER_WITNESS_HPP
#define ZENWIRE_CLIENT_DETAIL_LEDGER_WITNESS_HPP

#include <cstdint>
#include <optional>
#include <type_traits>

#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/client/detail/ledger_question.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// What is to be asked of the ledger next.
enum class ledger_topic : unsigned char { balance, bill, movements, nothing };

/// What the ledger answers with.
template <class Answer>
concept ledger_answer =
    std::is_same_v<Answer, describe_customer_balance::response> || std::is_same_v<Answer, ledger_findings>;

/// A month as the ledger names it: 202611.
[[nodiscard]] constexpr std::int64_t bill_month(unix_seconds time) noexcept {
    const calendar_time date(time);
    return date.year * 100 + date.month;
}

/// The ledger as the witness of a job (money.md, 9): which questions it is asked, before the order and after it, and what the
/// answers are worth. A question that is refused is left out, and where no response comes the rest is, too: a ledger that cannot be
/// reached costs a job one wait for a response.
class ledger_witness {
public:
    /// Before the order: what may be spent, and which orders the ledger knows.
    constexpr void begin_before(unix_seconds now) noexcept {
        *this = {};
        baseline_ = periods_of(now);
        month_ = baseline_.first_month;
        topic_ = ledger_topic::balance;
    }

    /// After the order: what is new. Only where it is known what is old, or the order has a number.
    constexpr void begin_after(workflow_record const& record) noexcept {
        *this = {};
        is_after_ = true;
        baseline_ = record.ledger ? *record.ledger : periods_of(record.signed_at);
        matter_.old = baseline_.orders;
        matter_.ours = record.order_number;
        month_ = baseline_.first_month;
        topic_ = after(ledger_topic::balance);
        has_testified_ = baseline_.has_bills && baseline_.has_movements;
    }

    /// What comes next.
    [[nodiscard]] constexpr ledger_topic topic() const noexcept { return topic_; }
    [[nodiscard]] constexpr bill_question ask_for_bill(instance_id const& instance) const noexcept {
        return {.bill_monthly = month_, .resource_id = instance, .matter = matter_};
    }
    [[nodiscard]] constexpr movement_question ask_for_movements() const noexcept {
        return {.start_time = baseline_.since, .matter = matter_};
    }

    /// Takes what became of the last question.
    constexpr void hear(expected<describe_customer_balance::response> const& answer) noexcept {
        if (answer) {
            purchasing_power_ = answer->purchasing_power;
        }
        go_on(answer ? nullptr : &answer.error());
    }
    /// @copydoc hear
    constexpr void hear(expected<ledger_findings> const& answer) noexcept {
        if (answer) {
            is_after_ ? weigh(*answer) : learn(*answer);
        }
        go_on(answer ? nullptr : &answer.error());
    }

    /// What the account may spend, where that was told.
    [[nodiscard]] constexpr std::optional<decimal> const& purchasing_power() const noexcept {
        return purchasing_power_;
    }
    /// For the record: what was there before the order.
    [[nodiscard]] constexpr ledger_baseline const& baseline() const noexcept { return baseline_; }
    /// What was there after it; nothing where the ledger did not tell.
    [[nodiscard]] constexpr std::optional<ledger_evidence> testimony() const noexcept {
        const bool tells = has_testified_ || evidence_.what != ledger_evidence::kind::nothing_new;
        return tells ? std::optional(evidence_) : std::nullopt;
    }

private:
    /// What is read around that time. The months of the ledger may be those of any time zone, and its clock may be another one.
    [[nodiscard]] static constexpr ledger_baseline periods_of(unix_seconds time) noexcept {
        constexpr std::int64_t day = 86'400;
        constexpr std::int64_t clocks_differ_by = 600;
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
        has_testified_ = has_testified_ && failure == nullptr;
        if (failure != nullptr && failure->http_status == 0) {
            topic_ = ledger_topic::nothing;
        } else if (topic_ == ledger_topic::bill && month_ != baseline_.last_month) {
            is_later_month_ = true;
            month_ = baseline_.last_month;
        } else {
            topic_ = after(topic_);
        }
    }

    /// What is worth asking next: after the order a receipt can be found by its number, all else only against what was there before.
    [[nodiscard]] constexpr ledger_topic after(ledger_topic last) const noexcept {
        const bool wants_all = !is_after_ || !matter_.ours.empty();
        if (last == ledger_topic::balance && (wants_all || baseline_.has_bills)) {
            return ledger_topic::bill;
        }
        const bool wants_movements = wants_all || baseline_.has_movements;
        return last != ledger_topic::movements && wants_movements ? ledger_topic::movements : ledger_topic::nothing;
    }

    constexpr void learn(ledger_findings const& found) noexcept {
        baseline_.orders.add(found.orders);
        if (topic_ == ledger_topic::movements) {
            baseline_.has_movements = found.is_whole && baseline_.orders.is_whole();
            baseline_.has_bills = baseline_.has_bills && baseline_.orders.is_whole();
        } else {
            baseline_.has_bills = found.is_whole && (!is_later_month_ || baseline_.has_bills);
        }
    }

    constexpr void weigh(ledger_findings const& found) noexcept {
        using kind = ledger_evidence::kind;
        const bool is_bill = topic_ == ledger_topic::bill;
        has_testified_ = has_testified_ && found.is_whole;
        if (found.own_count != 0) {
            take(kind::receipt, found.own, found.own_count);
        }
        if (found.fresh_count != 0 && (is_bill ? baseline_.has_bills : baseline_.has_movements)) {
            take(is_bill ? kind::new_charge : kind::new_movement, found.fresh, found.fresh_count);
        }
    }

    constexpr void take(ledger_evidence::kind what, ledger_entry const& entry, std::uint32_t count) noexcept {
        if (what > evidence_.what) {
            evidence_ = {what, count, entry};
        } else if (what == evidence_.what) {
            evidence_.count += count;
        }
    }

    ledger_topic topic_ = ledger_topic::nothing;
    bool is_after_ = false;
    bool has_testified_ = false;
    std::int64_t month_ = 0;
    bool is_later_month_ = false;
    ledger_matter matter_{};
    ledger_baseline baseline_{};
    std::optional<decimal> purchasing_power_{};
    ledger_evidence evidence_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
