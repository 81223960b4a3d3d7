// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_ORDER_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_ORDER_HPP

#include <cstddef>
#include <cstdint>
#include <optional>

#include <zenwire/client/detail/workflow_job.hpp>

/// @file
/// The part of a workflow_job about the order itself: its price, the question to the caller, the bytes that are stored before the
/// order and after its response, and that response.

namespace ZENWIRE_NAMESPACE::detail {

/// The amount that a price charges at once, after the discount if there is one; nothing when it charges for use only.
[[nodiscard]] constexpr std::optional<decimal> amount_due(price const& each) noexcept {
    return each.discount_price ? each.discount_price : each.original_price;
}

/// The amount that all prices together charge at once; nothing when it is not known. How two such amounts
/// add up is not documented, so with two of them it is not known.
[[nodiscard]] constexpr std::optional<decimal> amount_due(price_list const& prices) noexcept {
    std::optional<decimal> due;
    for (price const& each : prices) {
        if (const std::optional<decimal> part = amount_due(each)) {
            if (due) {
                return std::nullopt;
            }
            due = part;
        }
    }
    return due;
}

/// Whether both have the same prices for use. Amounts that are due at once are not compared.
[[nodiscard]] constexpr bool has_same_usage_price(price const& left, price const& right) noexcept {
    return left.step_prices == right.step_prices && left.unit_price == right.unit_price &&
           left.discount_unit_price == right.discount_unit_price && left.charge_unit == right.charge_unit &&
           left.amount_unit == right.amount_unit && left.excess_unit_price == right.excess_unit_price &&
           left.excess_discount_unit_price == right.excess_discount_unit_price &&
           left.excess_amount_unit == right.excess_amount_unit && left.category == right.category;
}

/// Whether a caller who agreed to the price `confirmed` need not be asked about `latest`: it is the same, or less is due at once.
[[nodiscard]] constexpr bool is_covered(price const& latest, price const& confirmed) noexcept {
    const std::optional<decimal> due = amount_due(latest);
    const std::optional<decimal> agreed = amount_due(confirmed);
    const bool is_lower = due && agreed && *due < *agreed;
    const bool is_equal = latest.discount == confirmed.discount && latest.original_price == confirmed.original_price &&
                          latest.discount_price == confirmed.discount_price;
    return has_same_usage_price(latest, confirmed) && (is_lower || is_equal);
}

/// @copydoc is_covered(price const&, price const&)
[[nodiscard]] constexpr bool is_covered(price_list const& latest, price_list const& confirmed) noexcept {
    bool is_all_covered = latest.size() == confirmed.size();
    for (std::size_t i = 0; is_all_covered && i < latest.size(); ++i) {
        is_all_covered = is_covered(latest[i], confirmed[i]);
    }
    return is_all_covered;
}

inline workflow_step workflow_job::take(expected<inquire::response> const& result) noexcept {
    if (!result) {
        return on_failed_look_before_order(result.error());
    }
    if (result->prices.empty()) {
        return on_unclear_look_before_order(error::make(errc::unclear_state, blame::remote, "the API names no price"));
    }
    const std::optional<decimal> due = amount_due(result->prices);
    const auto is_above = [](decimal const& amount, decimal const& limit) noexcept {
        return amount > limit || (amount == limit && amount.is_rounded());  // which may have been a little more
    };
    if (options().price_limit && (!due || is_above(*due, *options().price_limit))) {
        return end_without_order(
            error::make(errc::price_above_limit, blame::local, "the price is above the limit, or unknown"));
    }
    is_confirmed_ = is_confirmed_ && is_covered(result->prices, prices_);
    prices_ = result->prices;
    record_.confirmed_price = due;
    return ask_caller();
}

/// Asks the caller, unless the caller has agreed to the same before.
inline workflow_step workflow_job::ask_caller() noexcept {
    if (is_confirmed_) {
        return begin(phase::save);
    }
    ++confirmations_asked_;
    return step_ = {workflow_step::kind::confirm};
}

inline workflow_step workflow_job::on_confirmation(bool agreed, unix_seconds now) noexcept {
    read_clock(now);
    if (!agreed) {
        return end_without_order(error::make(errc::not_confirmed, blame::local, "the caller did not confirm"));
    }
    if (clock_.is_past_deadline()) {
        return end_at_deadline();
    }
    confirmed_prediction_ = prediction_.what;
    is_confirmed_ = true;
    return begin(phase::save);
}

inline workflow_step workflow_job::save() noexcept {
    constexpr std::uint8_t max_rounds = 10;  // any number; the looks of a round are too old after a minute
    if (clock_.is_too_old(record_.looked_at)) {
        if (++rounds_ >= max_rounds) {
            return end_without_order(
                error::make(errc::save_failed, blame::local, "confirming or storing took over a minute, ten times"));
        }
        has_read_ledger_ = false;
        return begin(phase::find_instance);
    }
    record_.signed_at = clock_.now();
    record_.order = workflow_record::order_state::taken;
    return hand_out_bytes();
}

inline workflow_step workflow_job::hand_out_bytes() noexcept {
    record_.clock_offset = server_clock_.cautious(record_.clock_offset);
    bytes_ = workflow_bytes(record_);
    return step_ = {workflow_step::kind::save};
}

inline workflow_step workflow_job::on_saved(unix_seconds now) noexcept {
    read_clock(now);
    is_stored_ = true;
    if (phase_ == phase::save_response) {
        return begin_watch();
    }
    if (clock_.is_past_deadline()) {
        return end_at_deadline();
    }
    return begin(clock_.is_too_old(record_.signed_at) ? phase::save : phase::order);
}

inline workflow_step workflow_job::on_save_failed() noexcept {
    if (phase_ == phase::save_response) {
        return begin_watch();
    }
    return end_without_order(error::make(errc::save_failed, blame::local, "the job could not be stored"));
}

/// Called when take_request() returns the request. If that is the order, it may have been sent from then on.
inline void workflow_job::hand_out_request() noexcept {
    is_taken_ = true;
    if (phase_ == phase::order) {
        watch_.hand_out();
        verdict_.order = workflow_verdict::order_kind::unknown;
    }
}

inline workflow_step workflow_job::take(expected<modify::response> const& result) noexcept {
    if (result) {
        record_.order_number = result->order_number;
    }
    return result ? on_accepted() : on_not_accepted(result.error());
}

inline workflow_step workflow_job::take(expected<cancel::response> const& result) noexcept {
    return result ? on_accepted() : on_not_accepted(result.error());
}

inline workflow_step workflow_job::on_accepted() noexcept {
    watch_.note_acceptance();
    verdict_.order = workflow_verdict::order_kind::accepted;
    verdict_.order_number = record_.order_number;
    record_.order = workflow_record::order_state::accepted;
    return begin(phase::save_response);
}

inline workflow_step workflow_job::on_not_accepted(error const& failure) noexcept {
    const order_fate known = watch_.take_failure(failure);
    if (known == order_fate::none) {
        verdict_.order = workflow_verdict::order_kind::none;
        return on_not_sent(failure);
    }
    verdict_.order = workflow_verdict::order_kind::unknown;
    if (known == order_fate::unknown) {
        return begin_watch();
    }
    record_.order = workflow_record::order_state::refused;
    record_.refusal_code = failure.api_code_text;
    record_.refusal_status = failure.http_status;
    record_.refusal_wait_seconds = failure.retry_after_seconds;
    return begin(phase::save_response);
}

/// Nothing was sent. When trying again may help, the job is saved again, and the order sent again.
inline workflow_step workflow_job::on_not_sent(error const& failure) noexcept {
    ++attempts_;
    if (failure.cause != errc::not_sent || attempts_ >= options().max_attempts) {
        return end_without_order(failure);
    }
    retry_policy policy = *retry_;
    policy.max_attempts = options().max_attempts;
    phase_ = phase::save;
    return wait(retry_wait(policy, failure, attempts_, jitter_).value_or(look_interval()));
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
