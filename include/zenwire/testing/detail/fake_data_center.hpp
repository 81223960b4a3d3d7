// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_DATA_CENTER_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_DATA_CENTER_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/base/contract_violation.hpp>
#include <zenwire/client/detail/job_clock.hpp>
#include <zenwire/testing/faults.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Hundredths of the currency, as an amount of money.
[[nodiscard]] inline std::optional<decimal> amount_of(std::int64_t cents) {
    std::string digits = std::to_string(magnitude_of(cents));
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    digits.insert(digits.size() - 2, ".");
    return decimal::parse_nearest((cents < 0 ? "-" : "") + digits);
}

/// The money of an account: its balance is the sum of its bookings. It begins empty and without a limit.
class fake_ledger {
public:
    /// The balance; nothing means no limit.
    [[nodiscard]] std::optional<std::int64_t> limit() const noexcept {
        return is_limited_ ? std::optional(balance_) : std::nullopt;
    }
    /// Sets the balance; nothing means no limit. The difference is booked.
    void set_limit(std::optional<std::int64_t> cents, unix_seconds now) {
        is_limited_ = cents.has_value();
        if (cents && *cents != balance_) {
            fake_booking difference;
            difference.cents = saturating_subtract(*cents, balance_);
            difference.at = now;
            book(std::move(difference));
        }
    }
    /// The sum of all bookings, even when there is no limit.
    [[nodiscard]] std::int64_t balance() const noexcept { return balance_; }
    [[nodiscard]] bool can_pay(std::int64_t cents) const noexcept {
        return !is_limited_ || cents <= 0 || balance_ >= cents;
    }

    void book(fake_booking booking) {
        balance_ = saturating_add(balance_, booking.cents);
        booking.balance_cents = balance_;
        bookings_.push_back(std::move(booking));
    }
    /// All bookings, in order.
    [[nodiscard]] std::vector<fake_booking> const& bookings() const noexcept { return bookings_; }

    /// The number of the next order: 13 digits.
    [[nodiscard]] std::string next_order_number() { return std::to_string(++last_order_number_); }

private:
    std::vector<fake_booking> bookings_;
    std::int64_t balance_ = 0;
    bool is_limited_ = false;
    std::uint64_t last_order_number_ = 1'000'000'000'000;
};

/// The package or the bandwidth of an instance: how much it is now, and its changes. Refers to members of a fake_instance.
template <class Value, class Present>
struct fake_quantity {
    Present& present;
    std::optional<fake_change_to<Value>>& running;
    std::optional<Value>& planned;
    /// the value that the last change led to
    std::optional<Value>& last;

    /// Whether a change is under way or planned.
    [[nodiscard]] bool is_changing() const noexcept { return running || planned; }
    /// Completes the change that is under way, if it is due.
    void settle(unix_seconds now) const noexcept {
        if (running && running->done_at <= now) {
            last = running->target;
            present = running->target;
            running.reset();
        }
    }
    /// A billing cycle begins: what was planned takes effect.
    void turn_cycle() const noexcept {
        if (planned) {
            last = planned;
            present = *planned;
            planned.reset();
        }
    }
};

[[nodiscard]] inline fake_quantity<traffic_package_size, std::optional<traffic_package_size>> package_of(
    fake_instance& instance) noexcept {
    return {instance.size, instance.running_change, instance.planned_size, instance.modified_size};
}
[[nodiscard]] inline fake_quantity<std::int64_t, std::int64_t> bandwidth_of(fake_instance& instance) noexcept {
    return {instance.bandwidth, instance.running_bandwidth_change, instance.planned_bandwidth,
            instance.modified_bandwidth};
}

/// The instances of a fake_cloud, their prices, and their changes: the cloud without HTTP. Its time is set from outside. The
/// actions of the API are carried out on it by the functions in the headers fake_*_actions.hpp.
///
/// Where nothing is documented, it behaves like this: a change of a postpaid instance is free, begins at once in both
/// directions, and has an empty order number; the price of a downgrade is 0, and an order that costs nothing is not booked. An
/// order for the current size is treated as fake_cloud_settings::charges_for_same_size says.
class fake_data_center {
public:
    /// The name of a traffic package in a bill.
    static constexpr std::string_view traffic_package_item = "Traffic Package";

    explicit fake_data_center(fake_cloud_settings given) : settings(std::move(given)) {}

    fake_cloud_settings settings;
    fake_ledger ledger{};
    std::vector<fake_order> orders{};
    std::vector<fake_resource> resources{};

    fake_instance& add(fake_instance instance) {
        pasts_.emplace_back();
        return instances_.emplace_back(std::move(instance));
    }

    /// The first instance of this id; null when the service has none.
    [[nodiscard]] fake_instance* find(std::string_view id, std::string_view service) noexcept {
        const auto found = std::find_if(instances_.begin(), instances_.end(), [&](fake_instance const& each) {
            return each.id == id && each.service == service;
        });
        return found == instances_.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::deque<fake_instance> const& instances() const noexcept { return instances_; }
    [[nodiscard]] unix_seconds now() const noexcept { return now_; }

    /// Sets the time. What is due until then happens at its time: changes take effect, and planned ones when a billing cycle
    /// begins. An earlier time undoes nothing.
    void move_to(unix_seconds now) {
        do {
            turn_to(next_moment(now));
        } while (now_ != now);
    }

    /// When the billing cycle that runs now ends.
    [[nodiscard]] unix_seconds end_of_cycle() const noexcept {
        const std::int64_t gone = saturating_subtract(now_.count(), settings.cycle_begin) % settings.cycle_seconds;
        return unix_seconds(saturating_add(now_.count(), gone < 0 ? -gone : settings.cycle_seconds - gone));
    }

    /// Somebody else does something.
    void act(fake_act const& what) {
        remember();
        for (fake_instance& each : instances_) {
            if (what.instance_id.empty() || what.instance_id == each.id) {
                act(what, each);
            }
        }
        remember();
    }

    /// Until the next call, requests that read show the instances as they were that many seconds before, or even earlier if the
    /// settings say so.
    void look_back(std::int64_t seconds) noexcept { looks_back_seconds_ = seconds; }
    /// How many seconds a read lags behind, if the settings say `lag_seconds`.
    [[nodiscard]] std::int64_t lag_of(std::int64_t lag_seconds) const noexcept {
        return (std::max)(lag_seconds, looks_back_seconds_);
    }

    /// The states that an instance of this cloud was in, the oldest first.
    [[nodiscard]] std::vector<fake_package_state> const& history(fake_instance const& instance) const noexcept {
        for (std::size_t i = 0; i < instances_.size(); ++i) {
            if (&instances_[i] == &instance) {
                return pasts_[i];
            }
        }
        contract_violation();  // a copy, or an instance of another cloud
    }

    /// Records the present state of all instances, for reads that lag behind. A change that a test makes is recorded by the next
    /// call.
    void remember() {
        for (std::size_t i = 0; i < instances_.size(); ++i) {
            fake_package_state const now{now_, instances_[i]};
            if (pasts_[i].empty() || !pasts_[i].back().shows_as(now)) {
                pasts_[i].push_back(now);
            }
        }
    }

    /// The state that a read shows when it lags by that many seconds. Before the first recorded state, that one.
    [[nodiscard]] fake_package_state seen(fake_instance const& instance, std::int64_t lag_seconds) const {
        const std::int64_t lag = lag_of(lag_seconds);
        std::vector<fake_package_state> const& past = history(instance);
        if (lag <= 0 || past.empty()) {
            return fake_package_state(now_, instance);
        }
        fake_package_state shown = past.front();
        for (fake_package_state const& each : past) {
            if (each.since.count() <= saturating_subtract(now_.count(), lag)) {
                shown = each;
            }
        }
        return shown;
    }

    /// The price of a change, in hundredths of the currency, before the discount, rounded up.
    [[nodiscard]] std::int64_t price_of(traffic_package_size from, traffic_package_size to) const noexcept {
        if (to <= from) {
            return 0;
        }
        constexpr std::int64_t units_per_terabyte = traffic_package_size::units_per_terabyte;
        const std::int64_t units = to.units() - from.units();
        // in two parts, since the product of a large size in units and a price may not fit
        return units / units_per_terabyte * settings.price_cents_per_terabyte +
               (units % units_per_terabyte * settings.price_cents_per_terabyte + units_per_terabyte - 1) /
                   units_per_terabyte;
    }

    /// The price of an order for a package: see fake_cloud_settings::charges_for_same_size.
    [[nodiscard]] std::int64_t price_of_order(fake_instance const& instance, traffic_package_size size) const noexcept {
        const traffic_package_size before = instance.size.value_or(traffic_package_size());
        return price_of(size == before && settings.charges_for_same_size ? traffic_package_size() : before, size);
    }

    /// A price after the discount, rounded up.
    [[nodiscard]] std::int64_t discounted(std::int64_t cents) const noexcept {
        return cents / 100 * settings.percent_to_pay + (cents % 100 * settings.percent_to_pay + 99) / 100;
    }

    /// Pays for an order from the balance, and books the payment unless it is 0.
    /// @return the number of the order
    [[nodiscard]] fake_outcome<std::string> charge(fake_instance const& instance, std::string_view item,
                                                   std::int64_t cents) {
        if (!ledger.can_pay(cents)) {
            return unexpected(fake_refusal{403, settings.insufficient_balance_code, "the balance is too small"});
        }
        std::string number = ledger.next_order_number();
        if (cents != 0) {
            ledger.book({number, instance.id, instance.service == "vm" ? "Virtual Machine" : "Bare Metal Cloud", item,
                         instance.name, instance.zone_id, instance.resource_group_id, -cents, 0, now_, end_of_cycle()});
        }
        return number;
    }

    /// Marks the order of a downgrade that is planned as cancelled, if it is one of orders(): others plan, too.
    void mark_cancelled(fake_instance const& instance, bool is_of_bandwidth) {
        for (fake_order& each : orders) {
            const bool is_of_plan = is_of_bandwidth ? each.bandwidth && each.bandwidth == instance.planned_bandwidth
                                                    : each.size && each.size == instance.planned_size;
            if (is_of_plan && each.instance_id == instance.id && each.paid_cents == 0 &&
                cycle_of(each.placed_at) == cycle_of(now_)) {
                each.is_cancelled = true;
            }
        }
    }

    /// Begins a change, and completes it if changes take no time.
    template <class Value, class Present>
    void start_change(fake_quantity<Value, Present> quantity, Value target) const noexcept {
        quantity.running =
            fake_change_to<Value>{target, unix_seconds(saturating_add(now_.count(), settings.processing_seconds))};
        quantity.settle(now_);
    }

private:
    /// The first moment at which something is due, if it comes before `end`, else `end`.
    [[nodiscard]] unix_seconds next_moment(unix_seconds end) noexcept {
        const auto look = [&](auto const& quantity) noexcept {
            end =
                quantity.running && quantity.running->done_at > now_ ? (std::min)(end, quantity.running->done_at) : end;
            end = quantity.planned ? (std::min)(end, end_of_cycle()) : end;
        };
        for (fake_instance& each : instances_) {
            look(package_of(each));
            look(bandwidth_of(each));
        }
        return end;
    }

    /// Sets the time, between which and the present one nothing is due.
    void turn_to(unix_seconds now) {
        const bool has_turned = cycle_of(now) > cycle_of(now_);
        now_ = now;
        for (fake_instance& each : instances_) {
            settle(each);
        }
        remember();
        if (has_turned) {
            for (fake_instance& each : instances_) {
                package_of(each).turn_cycle();
                bandwidth_of(each).turn_cycle();
            }
            remember();
        }
    }

    [[nodiscard]] std::int64_t cycle_of(unix_seconds time) const noexcept {
        const std::int64_t since = saturating_subtract(time.count(), settings.cycle_begin);
        const std::int64_t whole = since / settings.cycle_seconds;
        return since % settings.cycle_seconds < 0 ? whole - 1 : whole;
    }

    void act(fake_act const& what, fake_instance& instance) {
        switch (what.what) {
        case fake_act::kind::order: order(instance, what.size); break;
        case fake_act::kind::cancel:
            mark_cancelled(instance, false);
            instance.modified_size = instance.planned_size ? std::nullopt : instance.modified_size;
            instance.planned_size.reset();
            break;
        case fake_act::kind::put:
            instance.size = what.size;
            instance.running_change.reset();
            instance.planned_size.reset();
            break;
        }
    }

    /// An order of somebody else, with the same account. It is not listed in orders().
    void order(fake_instance& instance, traffic_package_size size) {
        if (package_of(instance).is_changing() || !instance.size || size == *instance.size ||
            size < instance.default_size || size > instance.maximum_size ||
            !(instance.status == instance_status::running || instance.status == instance_status::stopped) ||
            !(instance.internet_charge_type == internet_charge_type::by_traffic_package)) {
            return;
        }
        const bool is_prepaid = instance.charge_type == instance_charge_type::prepaid;
        if (is_prepaid && size < *instance.size) {
            instance.planned_size = size;
        } else if (!is_prepaid || charge(instance, traffic_package_item, discounted(price_of(*instance.size, size)))) {
            start_change(package_of(instance), size);
        }
    }

    void settle(fake_instance& instance) const noexcept {
        package_of(instance).settle(now_);
        bandwidth_of(instance).settle(now_);
    }

    std::deque<fake_instance> instances_;
    // for each instance its states, the oldest first
    std::deque<std::vector<fake_package_state>> pasts_;
    std::int64_t looks_back_seconds_ = 0;
    unix_seconds now_{1673361177};  // 2023-01-10T14:32:57Z, as in fake_cloud
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
