// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_CLOUD_HPP
#define ZENWIRE_TESTS_MODEL_CLOUD_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/http/message.hpp>
#include <zenwire/testing/detail/fake_call.hpp>

namespace model {

/// A size, in steps of 0.05 TB.
using steps = std::int64_t;

/// What is true of the instance.
struct instance_state {
    model::steps size = 0;
    std::optional<model::steps> running{};
    std::optional<model::steps> planned{};

    [[nodiscard]] bool is_idle() const { return !running && !planned; }
    friend bool operator==(instance_state const&, instance_state const&) = default;
};

/// What an order costs: what is due now, and what use beyond the package costs.
struct price {
    std::int64_t due_cents = 8000;
    std::int64_t excess_cents = 8;
    friend bool operator==(price const&, price const&) = default;
};

/// An order request, from the moment at which its owner may have sent it.
struct order_request {
    bool is_cancel = false;
    model::steps target = 0;
    std::optional<std::int64_t> timestamp{};
    /// it was executed
    bool is_executed = false;
    /// it arrived late, and could have been executed when it did
    bool was_possible = false;
    /// in the server's seconds
    std::int64_t arrived_at = 0;
};

/// What is in the ledger: an order that was charged, or use without one.
struct charge {
    std::int64_t at_ms = 0;
    /// empty for use
    std::string order_number{};
};

/// What the model's cloud returns: a transport's response.
struct response {
    int status = 200;
    std::string body{};
    std::vector<zenwire::field> fields{};
};

/// A strict cloud of one instance. Each order that keeps the rules is executed and charged, also one for the size that the
/// instance has already: what a forgiving cloud would call a repetition is a second order here. Knows nothing of the library
/// but how a request and a response look.
class cloud {
public:
    static constexpr std::string_view instance_id = "932237369560662463";
    static constexpr std::string_view former_order = "900";
    static constexpr std::string_view own_order = "1000000000001";
    static constexpr std::int64_t begin_s = 1'700'000'000;

    cloud(instance_state before, std::int64_t processing_s) : processing_s_(processing_s) {
        history_.push_back({INT64_MIN, before});
        charges.push_back({now_ms_ - 100'000, std::string(former_order)});
        charges.push_back({now_ms_ + 5000, ""});
    }

    // ---- Time

    [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
    [[nodiscard]] std::int64_t now_s() const { return now_ms_ / 1000; }
    /// Lets time pass; what is due on the way happens.
    void pass(std::int64_t ms) {
        const std::int64_t end = now_ms_ + ms;
        for (;;) {
            const auto late = std::min_element(late_.begin(), late_.end(),
                                               [](late_order const& a, late_order const& b) { return a.due < b.due; });
            const bool arrives = late != late_.end() && late->due <= end;
            const bool completes = state().running && done_at_ <= end;
            if (completes && (!arrives || done_at_ <= late->due)) {
                now_ms_ = (std::max)(now_ms_, done_at_);
                set({*state().running, std::nullopt, state().planned});
            } else if (arrives) {
                now_ms_ = (std::max)(now_ms_, late->due);
                const std::size_t index = late->index;
                late_.erase(late);
                orders[index].was_possible = is_fresh(orders[index].timestamp);
                static_cast<void>(execute(orders[index]));
            } else {
                break;
            }
        }
        now_ms_ = end;
    }

    // ---- The instance

    [[nodiscard]] instance_state const& state() const { return history_.back().state; }
    /// What was true so many seconds ago.
    [[nodiscard]] instance_state const& state_before(std::int64_t seconds) const {
        for (std::size_t i = history_.size() - 1; i > 0; --i) {
            if (history_[i].since <= now_ms_ - seconds * 1000) {
                return history_[i].state;
            }
        }
        return history_.front().state;
    }
    void set(instance_state next) {
        if (!(next == state())) {
            history_.push_back({now_ms_, next});
        }
    }
    void begin_change(model::steps target, std::int64_t seconds) {
        if (seconds == 0) {
            set({target, std::nullopt, state().planned});
        } else {
            set({state().size, target, state().planned});
            done_at_ = now_ms_ + seconds * 1000;
        }
    }
    /// Whether something was ever true of the instance.
    template <class Predicate>
    [[nodiscard]] bool ever(Predicate predicate) const {
        return std::any_of(history_.begin(), history_.end(), [&](moment const& each) { return predicate(each.state); });
    }

    // ---- Orders

    /// All that were handed to the transport and may have left.
    std::vector<order_request> orders{};
    void arrive_late(order_request const& order, std::int64_t seconds) {
        orders.push_back(order);
        late_.push_back({now_ms_ + seconds * 1000, orders.size() - 1});
    }
    /// The order arrives now; null when it is accepted, else the code that refuses it.
    [[nodiscard]] char const* arrive(order_request const& order) {
        orders.push_back(order);
        return execute(orders.back());
    }
    [[nodiscard]] bool is_under_way() const { return !late_.empty(); }
    /// How many order requests were executed, or could have been.
    [[nodiscard]] std::size_t executed() const {
        return static_cast<std::size_t>(std::count_if(orders.begin(), orders.end(), [](order_request const& each) {
            return each.is_executed || each.was_possible;
        }));
    }
    /// Whether a request with that timestamp is accepted now.
    [[nodiscard]] bool is_fresh(std::optional<std::int64_t> const& timestamp) const {
        constexpr std::int64_t tolerance_s = 300;
        return !timestamp || std::abs(now_s() - *timestamp) <= tolerance_s;
    }

    // ---- The ledger: what was charged for the instance, ever

    std::vector<charge> charges{};
    /// Somebody else bought something for the instance.
    void charge_other() { charges.push_back({now_ms_, std::to_string(2'000'000'000'000 + ++others_)}); }

    // ---- Settings that events change

    bool has_balance = true;
    price price_now{};
    std::int64_t status_lag_s = 0;
    std::int64_t list_lag_s = 0;
    std::int64_t ledger_lag_s = 0;
    std::int64_t date_skew_s = 0;
    bool has_dates = true;

private:
    struct moment {
        std::int64_t since;
        instance_state state;
    };
    struct late_order {
        std::int64_t due;
        std::size_t index;
    };

    [[nodiscard]] char const* execute(order_request& order) {
        order.arrived_at = now_s();
        if (!is_fresh(order.timestamp)) {
            return "AUTHFAILURE_SIGNATURE_EXPIRED";
        }
        instance_state const& is = state();
        if (order.is_cancel) {
            if (!is.planned) {
                return "OPERATION_DENIED_DOWNGRADE_NOT_EXIST";
            }
            order.is_executed = true;
            set({is.size, is.running, std::nullopt});
            return nullptr;
        }
        if (is.running) {
            return "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING";
        }
        if (is.planned) {
            return "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE";
        }
        if (order.target > is.size && !has_balance) {
            return "OPERATION_FAILED_INSUFFICIENT_BALANCE";
        }
        order.is_executed = true;
        if (order.target >= is.size) {
            charges.push_back({now_ms_, std::string(own_order)});
        }
        if (order.target < is.size) {
            set({is.size, std::nullopt, order.target});
        } else if (order.target > is.size) {
            begin_change(order.target, processing_s_);
        }
        return nullptr;
    }

    std::int64_t processing_s_;
    std::int64_t now_ms_ = begin_s * 1000;
    std::int64_t done_at_ = 0;
    std::vector<moment> history_{};
    std::vector<late_order> late_{};
    std::int64_t others_ = 0;
};

/// Writes the responses of the API.
namespace wire {

template <class... Values>
std::string text(char const* format, Values... values) {
    char buffer[512]{};
    const int length = std::snprintf(buffer, sizeof(buffer), format, values...);
    return std::string(buffer, static_cast<std::size_t>(length));
}

inline std::string terabytes(std::optional<steps> const& of) {
    constexpr steps per_terabyte = 20;
    constexpr steps hundredths = 5;
    return of ? text("%lld.%02lld", static_cast<long long>(*of / per_terabyte),
                     static_cast<long long>(*of % per_terabyte * hundredths))
              : std::string("null");
}

inline std::string status(instance_state const& is, std::string_view id, char const* word = nullptr,
                          bool has_modified_size = true) {
    const std::optional<steps> modified = is.running ? is.running : is.planned;
    char const* const own_word = is.running ? "Processing" : is.planned ? "WaitToEnable" : "Enable";
    return text(R"({"requestId":"r","response":{"requestId":"r","instanceId":"%.*s","trafficPackageSize":%s,)"
                R"("modifiedTrafficPackageSize":%s,"modifiedTrafficPackageStatus":"%s"}})",
                static_cast<int>(id.size()), id.data(), terabytes(is.size).c_str(),
                terabytes(has_modified_size ? modified : std::nullopt).c_str(), word != nullptr ? word : own_word);
}

inline std::string list(instance_state const& is, std::string_view id) {
    return text(R"({"requestId":"r","response":{"requestId":"r","totalCount":1,"dataSet":[{"instanceId":"%.*s",)"
                R"("instanceStatus":"RUNNING","instanceChargeType":"PREPAID","internetChargeType":"ByTrafficPackage",)"
                R"("trafficPackageSize":%s}]}})",
                static_cast<int>(id.size()), id.data(), terabytes(is.size).c_str());
}

inline std::string prices(price const& of) {
    const auto whole = static_cast<long long>(of.due_cents / 100);
    const auto cents = static_cast<long long>(of.due_cents % 100);
    return text(R"({"requestId":"r","response":{"requestId":"r","trafficPackagePrice":[{"discount":100,)"
                R"("originalPrice":%lld.%02lld,"discountPrice":%lld.%02lld},{"discount":100,"stepPrices":[)"
                R"({"stepStart":0,"unitPrice":0.%02lld,"discountUnitPrice":0.%02lld}]}]}})",
                whole, cents, whole, cents, static_cast<long long>(of.excess_cents),
                static_cast<long long>(of.excess_cents));
}

inline std::string accepted(bool is_cancel) {
    return is_cancel ? R"({"requestId":"r","response":{"requestId":"r"}})"
                     : R"({"requestId":"r","response":{"requestId":"r","orderNumber":"1000000000001"}})";
}

inline std::string balance(std::int64_t cents) {
    return text(R"({"requestId":"r","response":{"requestId":"r","purchasingPower":%lld.%02lld}})",
                static_cast<long long>(cents / 100), static_cast<long long>(cents % 100));
}

/// An entry of the ledger: of a bill when there is a resource, else a movement.
inline std::string entry(charge const& of, std::string_view resource) {
    const std::string order = of.order_number.empty() ? "null" : "\"" + of.order_number + "\"";
    return resource.empty() ? R"({"uid":"u","amount":-80.00,"orderSn":)" + order + "}"
                            : R"({"resourceId":")" + std::string(resource) + R"(","amount":80.00,"orderSn":)" + order + "}";
}

inline std::string ledger_page(std::vector<std::string> const& entries, std::size_t total) {
    std::string list;
    for (std::string const& each : entries) {
        list += (list.empty() ? "" : ",") + each;
    }
    return R"({"requestId":"r","response":{"requestId":"r","totalCount":)" + std::to_string(total) + R"(,"dataSet":[)" +
           list + "]}}";
}

inline std::string refusal(char const* code) { return text(R"({"requestId":"r","code":"%s","message":"m"})", code); }

/// The status that goes with a code.
inline int status_of(std::string_view code) {
    constexpr int unauthorized = 401;
    constexpr int denied = 403;
    constexpr int not_found = 404;
    return code.starts_with("AUTH") ? unauthorized : code.ends_with("NOT_EXIST") ? not_found : denied;
}

}  // namespace wire

}  // namespace model

#endif
