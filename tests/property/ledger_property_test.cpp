// SPDX-License-Identifier: BSL-1.0

/// @file
/// The books of the fake cloud agree with its orders at every moment: whatever is ordered, by whomever, whatever gets lost on the
/// way, and however the billing cycles turn. All of it is asked by the API, as a client would.
///
///     ledger_property_test [RUNS [FIRST SEED]]

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/client/walk_entries.hpp>
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/testing/faults.hpp>

namespace {

using zenwire::scripted_fault;
using zenwire::traffic_package_size;

constexpr std::int64_t one_hour = 3600;
constexpr std::int64_t one_day = 24 * one_hour;

zenwire::access_key make_key() {
    return *zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
}

std::int64_t cents_of(std::optional<zenwire::decimal> const& amount) {
    if (!amount || amount->scale() > 2) {
        return INT64_MIN;
    }
    return amount->coefficient() * (amount->scale() == 0 ? 100 : amount->scale() == 1 ? 10 : 1);
}

/// An account with some instances, and everything that may happen to them.
class world {
public:
    explicit world(std::uint64_t seed) : random_(seed) {
        cloud_.add(make_key());
        cloud_.settings().cycle_seconds = one_day;
        cloud_.settings().ledger_begins_with_newest = random_.percent(50);
        cloud_.settings().percent_to_pay = random_.between(50, 100);
        cloud_.settings().price_cents_per_terabyte = random_.between(0, 3) * 333;
        add("package", "bmc", zenwire::instance_charge_type::prepaid,
            zenwire::internet_charge_type::by_traffic_package);
        add("machine", "vm", zenwire::instance_charge_type::prepaid,
            zenwire::internet_charge_type::by_traffic_package);
        add("postpaid", "bmc", zenwire::instance_charge_type::postpaid,
            zenwire::internet_charge_type::by_traffic_package);
        add("bandwidth", "bmc", zenwire::instance_charge_type::prepaid,
            zenwire::internet_charge_type::by_bandwidth);
    }

    /// @return what was wrong; empty when nothing was
    std::string run() {
        constexpr int steps = 40;
        for (int i = 0; i < steps; ++i) {
            const std::size_t orders_before = cloud_.orders().size();
            const std::int64_t paid_before = paid();
            const bool is_others = act();
            // an act of somebody else is paid from the same account, and is none of the orders
            const std::int64_t more = paid() - paid_before - paid_for_orders(orders_before);
            if (more != 0 && !is_others) {
                return "step " + std::to_string(i) + ": paid for something that nobody ordered";
            }
            paid_by_others_ += more;
            if (std::string wrong = check(); !wrong.empty()) {
                return "step " + std::to_string(i) + ": " + wrong;
            }
        }
        return {};
    }

    [[nodiscard]] std::size_t orders() const { return cloud_.orders().size(); }
    [[nodiscard]] std::size_t bookings() const { return cloud_.bookings().size(); }

private:
    void add(std::string id, std::string service, zenwire::instance_charge_type charge_type,
             zenwire::internet_charge_type internet_charge_type) {
        zenwire::fake_instance made;
        made.id = std::move(id);
        made.service = std::move(service);
        made.charge_type = charge_type;
        made.internet_charge_type = internet_charge_type;
        cloud_.add(std::move(made));
    }

    /// What was spent until now, by what the cloud itself remembers of its balance.
    [[nodiscard]] std::int64_t paid() const {
        std::int64_t sum = 0;
        for (zenwire::fake_booking const& each : cloud_.bookings()) {
            sum -= each.order_number.empty() ? 0 : each.cents;
        }
        return sum;
    }
    [[nodiscard]] std::int64_t paid_for_orders(std::size_t from) const {
        std::int64_t sum = 0;
        for (std::size_t i = from; i < cloud_.orders().size(); ++i) {
            sum += cloud_.orders()[i].paid_cents;
        }
        return sum;
    }

    template <class Action>
    auto send(Action const& action, zenwire::service const& service) {
        const zenwire::client client(service, zenwire::endpoint(), key_);
        return zenwire::send_action(client, action, cloud_, cloud_);
    }

    traffic_package_size size() {
        return *traffic_package_size::from_units(random_.between(0, 80) * traffic_package_size::units_per_terabyte /
                                                 20);
    }

    /// Something happens.
    /// @return whether it was somebody else who did it
    bool act() {
        using zenwire::services::bmc_2026_02_01;
        using zenwire::services::vm_2026_04_01;
        const std::uint64_t what = random_.below(10);
        if (what <= 6 && random_.percent(25)) {
            constexpr scripted_fault::kind kinds[] = {scripted_fault::kind::response_lost,
                                                      scripted_fault::kind::request_lost, scripted_fault::kind::late,
                                                      scripted_fault::kind::twice};
            scripted_fault fault;
            fault.what = kinds[random_.below(4)];
            fault.seconds = random_.between(0, 400);
            cloud_.script(fault);
        }
        switch (what) {
        case 0:
        case 1:
            static_cast<void>(send(zenwire::modify_instance_traffic_package{"package", size()}, bmc_2026_02_01));
            break;
        case 2:
            static_cast<void>(send(zenwire::modify_instance_traffic_package{"machine", size()}, vm_2026_04_01));
            break;
        case 3:
            static_cast<void>(send(zenwire::modify_instance_traffic_package{"postpaid", size()}, bmc_2026_02_01));
            break;
        case 4:
            static_cast<void>(
                send(zenwire::modify_instance_bandwidth{"bandwidth", random_.between(50, 300)}, bmc_2026_02_01));
            break;
        case 5:
            static_cast<void>(send(zenwire::cancel_instance_traffic_package_downgrade{"package"}, bmc_2026_02_01));
            break;
        case 6:
            static_cast<void>(send(zenwire::cancel_instance_bandwidth_downgrade{"bandwidth"}, bmc_2026_02_01));
            break;
        case 7:
            cloud_.act(
                {static_cast<zenwire::fake_act::kind>(random_.below(3)), random_.percent(50) ? "package" : "", size()});
            break;
        case 8:
            cloud_.set_balance_cents(random_.percent(20) ? std::nullopt : std::optional(random_.between(0, 5'000)));
            break;
        default: cloud_.sleep_for(zenwire::milliseconds(random_.between(0, 2 * one_day) * 1000)); break;
        }
        cloud_.sleep_for(zenwire::milliseconds(random_.between(0, one_hour) * 1000));
        return what == 7;
    }

    std::string check() {
        using zenwire::services::zbc_2024_08_08;
        const zenwire::client client(zbc_2024_08_08, zenwire::endpoint(), key_);
        const auto balance = zenwire::send_action(client, zenwire::describe_customer_balance{}, cloud_, cloud_);
        if (!balance) {
            return "no balance";
        }
        zenwire::describe_transaction_history history;
        history.start_time = zenwire::utc_time(zenwire::unix_seconds(cloud_.now().count() - 92 * one_day));
        history.page_size = random_.between(1, 7);
        std::vector<std::pair<std::int64_t, std::int64_t>> movements;
        std::int64_t spent = 0;
        const auto walked =
            zenwire::walk_entries(client, history, cloud_, cloud_, [&](zenwire::account_transaction const& each) {
                movements.emplace_back(cents_of(each.amount), cents_of(each.cash_balance));
                spent += each.order_sn.empty() ? 0 : -cents_of(each.amount);
            });
        if (!walked || *walked != cloud_.bookings().size()) {
            return "not all movements are told";
        }
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < movements.size(); ++i) {
            auto const& [amount, left] =
                movements[cloud_.settings().ledger_begins_with_newest ? movements.size() - 1 - i : i];
            sum += amount;
            if (sum != left) {
                return "a movement left another balance than it says";
            }
        }
        if (cents_of(balance->cash_balance) != sum || cloud_.balance_cents().value_or(sum) != sum ||
            cents_of(balance->purchasing_power) != sum + cents_of(balance->credit_value)) {
            return "the balance is not the sum of the movements";
        }
        std::map<std::string, std::int64_t, std::less<>> billed;
        std::int64_t total = 0;
        for (const std::int64_t month : {202301, 202302, 202303, 202304}) {
            zenwire::describe_bill_detail bill;
            bill.bill_monthly = month;
            bill.page_size = random_.between(1, 7);
            const auto lines =
                zenwire::walk_entries(client, bill, cloud_, cloud_, [&](zenwire::bill_entry const& each) {
                    billed[std::string(each.order_sn)] += cents_of(each.amount);
                    total += cents_of(each.cash) + cents_of(each.voucher);
                });
            if (!lines) {
                return "no bill";
            }
        }
        if (total != spent || total != paid_for_orders(0) + paid_by_others_) {
            return "the bills are not what was spent";
        }
        for (zenwire::fake_order const& each : cloud_.orders()) {
            if (billed[each.number] != each.paid_cents) {
                return "an order is not billed with what it cost";
            }
        }
        return {};
    }

    zenwire::detail::random_sequence random_;
    zenwire::fake_cloud cloud_{};
    zenwire::access_key key_ = make_key();
    std::int64_t paid_by_others_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    const auto number = [&](int index, std::uint64_t otherwise) {
        return index < count ? std::strtoull(arguments[index], nullptr, 10) : otherwise;
    };
    const std::uint64_t runs = number(1, 100);
    const std::uint64_t first = number(2, 1);
    std::size_t orders = 0;
    std::size_t bookings = 0;
    for (std::uint64_t seed = first; seed < first + runs; ++seed) {
        world sut(seed);
        if (const std::string wrong = sut.run(); !wrong.empty()) {
            std::fprintf(stderr, "seed %llu: %s\n", static_cast<unsigned long long>(seed), wrong.c_str());
            return 1;
        }
        orders += sut.orders();
        bookings += sut.bookings();
    }
    std::printf("%llu runs: %zu orders, %zu bookings, all agree\n", static_cast<unsigned long long>(runs), orders,
                bookings);
    return orders > runs && bookings > runs ? 0 : 1;
}
