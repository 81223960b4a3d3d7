// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_RECORDS_HPP
#define ZENWIRE_TESTING_FAKE_RECORDS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/base/time.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/enumerations.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// The data of a fake_cloud: its settings, instances, orders, bookings and responses.

namespace ZENWIRE_NAMESPACE {

/// One check of ModifyInstanceTrafficPackage.
enum class fake_check : unsigned char {
    instance,     ///< the instance exists
    status,       ///< it is running or stopped
    charge_type,  ///< it is billed by traffic package
    package,      ///< it has a traffic package
    processing,   ///< no change is under way
    plan,         ///< no downgrade is planned
    step,         ///< the size is a multiple of the service's step
    minimum,      ///< the size is not below the default package
    maximum,      ///< the size is not above the largest package
};

template <>
inline constexpr detail::enum_row<fake_check> detail::enum_names<fake_check>[] = {
    {fake_check::instance, "instance"},
    {fake_check::status, "status"},
    {fake_check::charge_type, "charge_type"},
    {fake_check::package, "package"},
    {fake_check::processing, "processing"},
    {fake_check::plan, "plan"},
    {fake_check::step, "step"},
    {fake_check::minimum, "minimum"},
    {fake_check::maximum, "maximum"},
};

/// The behaviour of a fake_cloud that is not documented.
struct fake_cloud_settings {
    /// How long a change of a package is `Processing`; with 0 it is effective at once.
    std::int64_t processing_seconds = 10;
    /// The price of an upgrade for one TB, in hundredths of the currency. Fractions are rounded up.
    std::int64_t price_cents_per_terabyte = 8000;
    /// The price of one Mbps beyond the free bandwidth, in hundredths of the currency.
    std::int64_t price_cents_per_mbps = 132;
    /// The percentage of a price that is to be paid; 100 is no discount. The result is rounded up, too.
    std::int64_t percent_to_pay = 100;
    /// The code of the refusal, with status 403, of an upgrade for which the balance is too small. None is documented.
    std::string insufficient_balance_code = "OPERATION_FAILED_INSUFFICIENT_BALANCE";
    /// When a billing cycle began: 2023-01-01T00:00:00Z. Planned downgrades take effect when a cycle begins.
    std::int64_t cycle_begin = 1'672'531'200;
    std::int64_t cycle_seconds = 2'592'000;  ///< how long a billing cycle is, not 0: 30 days
    /// Whether an order for the size that the instance already has is an order like any other, at the price of the whole package.
    /// Not documented. A cloud that does not charge takes it for a repetition that changes nothing, and so hides from a
    /// test that its client ordered twice.
    bool charges_for_same_size = true;
    std::int64_t status_lag_seconds = 0;  ///< by how many seconds the internet status lags behind
    std::int64_t list_lag_seconds = 0;    ///< by how many seconds the list of instances lags behind
    /// By how many seconds bills and transactions lag behind the account's balance. Not documented.
    std::int64_t ledger_lag_seconds = 0;
    /// Whether these lists begin with the newest entry, so that new entries shift the old ones. Not documented.
    bool ledger_begins_with_newest = true;
    /// Whether signatures over values as they were sent are accepted too, besides those over values in lower case. The
    /// documentation wants lower case; the official SDKs sign `host` and `content-type` as given. What the service
    /// accepts is not known.
    bool accepts_letters_as_sent = false;
    /// By how many seconds the `date` of responses is wrong: ahead when positive.
    std::int64_t date_offset_seconds = 0;
    bool sends_date = true;           ///< whether responses have a `date`
    bool shows_modified_size = true;  ///< whether the internet status repeats the target of a change that is done
    /// The order of the checks. A check that is left out is not made; the balance comes last in any case.
    std::vector<fake_check> checks = {fake_check::instance, fake_check::status,     fake_check::charge_type,
                                      fake_check::package,  fake_check::processing, fake_check::plan,
                                      fake_check::step,     fake_check::minimum,    fake_check::maximum};
};

namespace detail {

/// A change that is under way.
template <class Value>
struct fake_change_to {
    Value target;          ///< what it leads to
    unix_seconds done_at;  ///< when that takes effect
};

}  // namespace detail

/// A change of a traffic package that is under way.
using fake_change = detail::fake_change_to<traffic_package_size>;

/// A tag of a fake_instance.
struct fake_tag {
    std::string key;    ///< 1 to 128 characters
    std::string value;  ///< 1 to 128 characters
};

/// An instance in a fake_cloud. By default it is running, prepaid, and billed by a traffic package of 1 TB.
struct fake_instance {
    std::string id{};                                   ///< its id, unique within a service
    std::string service = "bmc";                        ///< the name of the service that it belongs to: `bmc` or `vm`
    instance_status status = instance_status::running;  ///< its status
    instance_charge_type charge_type = instance_charge_type::prepaid;  ///< how it is billed
    /// how its network is billed
    zenwire::internet_charge_type internet_charge_type = zenwire::internet_charge_type::by_traffic_package;
    /// The current package; nothing when the instance has none.
    std::optional<traffic_package_size> size = *traffic_package_size::from_terabytes(1);
    traffic_package_size default_size{};  ///< the smallest package
    /// The largest package. No figure is documented.
    traffic_package_size maximum_size = *traffic_package_size::from_terabytes(1000);
    std::optional<fake_change> running_change{};  ///< the change that is under way
    /// The size that a downgrade leads to in the next billing cycle.
    std::optional<traffic_package_size> planned_size{};
    /// The size that the last change led to; nothing before the first change, and after a planned one was cancelled.
    std::optional<traffic_package_size> modified_size{};
    /// Whether packages of this instance are sold. Only the inquiry of a price checks it.
    bool is_for_sale = true;

    std::string name = "TEST";                          ///< the name that its owner gave it
    std::string hostname = "M7D-HKG-A-01";              ///< its host name
    std::string zone_id = "HKG-A";                      ///< where it is
    std::string instance_type_id = "M7D";               ///< its model
    std::string image_id = "imageId";                   ///< its image
    std::string resource_group_id = "resourceGroupId";  ///< the group that it belongs to
    std::int64_t bandwidth = 100;                       ///< in Mbps
    std::int64_t default_bandwidth = 100;               ///< in Mbps: the free bandwidth
    std::int64_t maximum_bandwidth = 10'000;            ///< in Mbps: the largest bandwidth
    /// The change of the bandwidth that is under way.
    std::optional<detail::fake_change_to<std::int64_t>> running_bandwidth_change{};
    /// The bandwidth that a downgrade leads to in the next billing cycle.
    std::optional<std::int64_t> planned_bandwidth{};
    /// The bandwidth that the last change led to; nothing before the first change, and after a planned one was cancelled.
    std::optional<std::int64_t> modified_bandwidth{};
    std::vector<std::string> subnet_ids{};            ///< the subnets that it is in
    std::vector<std::string> public_ip_addresses{};   ///< its public addresses, IPv4; the first is the primary one
    std::vector<std::string> private_ip_addresses{};  ///< its private addresses, IPv4
    std::vector<fake_tag> tags{};                     ///< its tags
};

/// What a fake_cloud sells in a zone.
struct fake_resource {
    std::string zone_id = "HKG-A";                                              ///< where it is
    std::string instance_type_id = "M7D";                                       ///< the model
    zenwire::instance_charge_type charge_type = instance_charge_type::prepaid;  ///< how it is billed
    zenwire::sell_status sell_status = zenwire::sell_status::sell;              ///< whether it can be bought
    /// how its network may be billed
    std::vector<internet_charge_type> internet_charge_types = {internet_charge_type::by_traffic_package};
    std::int64_t maximum_bandwidth = 10'000;  ///< in Mbps
    std::int64_t default_bandwidth = 100;     ///< in Mbps
    /// the smallest package of such an instance, as in the documents' example. A fake_instance has its own.
    traffic_package_size default_size = *traffic_package_size::from_terabytes(5);
    std::int64_t quantity = 11;  ///< how many there are
};

/// The state of an instance's package from some moment on, until the next one of its history.
struct fake_package_state {
    /// The present state of an instance.
    fake_package_state(unix_seconds from, fake_instance const& instance)
        : since(from), size(instance.size), running_change(instance.running_change),
          planned_size(instance.planned_size), modified_size(instance.modified_size) {}

    unix_seconds since;                                 ///< when it began
    std::optional<traffic_package_size> size;           ///< as fake_instance::size
    std::optional<fake_change> running_change;          ///< as fake_instance::running_change
    std::optional<traffic_package_size> planned_size;   ///< as fake_instance::planned_size
    std::optional<traffic_package_size> modified_size;  ///< as fake_instance::modified_size

    /// Whether no change is under way or planned.
    [[nodiscard]] bool is_idle() const noexcept { return !running_change && !planned_size; }
    /// Whether a client would see the same in both states. Their times are not compared.
    [[nodiscard]] bool shows_as(fake_package_state const& other) const noexcept {
        return size == other.size && running_change.has_value() == other.running_change.has_value() &&
               (!running_change || running_change->target == other.running_change->target) &&
               planned_size == other.planned_size && modified_size == other.modified_size;
    }
};

/// An order that was placed in a fake_cloud.
struct fake_order {
    std::string number;                        ///< 13 digits
    std::string instance_id;                   ///< the instance that it is for
    std::optional<traffic_package_size> size;  ///< the size that was ordered; nothing in an order for a bandwidth
    /// what was taken from the balance, in hundredths of the currency; 0 for a downgrade
    std::int64_t paid_cents = 0;
    unix_seconds placed_at{};                 ///< when it was placed
    bool is_cancelled = false;                ///< a downgrade that was taken back before it took effect
    std::optional<std::int64_t> bandwidth{};  ///< the bandwidth that was ordered, in Mbps
};

/// A request to a fake_cloud to change a package or bandwidth, or to cancel such a change, and its fate. Requests that were
/// `not_sent` are not listed.
struct fake_order_request {
    /// What became of it.
    enum class fate : unsigned char {
        lost,          ///< it never arrives
        on_its_way,    ///< it has not arrived yet
        refused,       ///< it arrived, and the cloud refused it at once
        too_late,      ///< it arrived with a delay, and its signature had expired
        refused_late,  ///< it arrived with a delay and was refused, but might have been executed at another moment
        executed,      ///< it was executed: at least one copy of it
    };
    std::string action;                        ///< `x-zc-action`
    unix_seconds sent_at{};                    ///< when the client sent it
    std::optional<unix_seconds> arrived_at{};  ///< when it arrived first
    fate what = fate::lost;                    ///< what became of it

    /// Whether it may cost money: it was executed, could have been, or still can be.
    [[nodiscard]] constexpr bool may_cost() const noexcept {
        return what == fate::executed || what == fate::refused_late || what == fate::on_its_way;
    }
};

template <>
inline constexpr detail::enum_row<fake_order_request::fate> detail::enum_names<fake_order_request::fate>[] = {
    {fake_order_request::fate::lost, "lost"},
    {fake_order_request::fate::on_its_way, "on_its_way"},
    {fake_order_request::fate::refused, "refused"},
    {fake_order_request::fate::too_late, "too_late"},
    {fake_order_request::fate::refused_late, "refused_late"},
    {fake_order_request::fate::executed, "executed"},
};

/// A transaction of a fake_cloud's account. All that the billing service reports, balance, transactions and bills, is
/// made from these.
struct fake_booking {
    std::string order_number{};       ///< the order that was paid; empty for a transaction without one
    std::string resource_id{};        ///< the instance
    std::string_view product{};       ///< the name of the product: the service in words
    std::string_view item{};          ///< what was bought
    std::string label{};              ///< the name of the instance
    std::string location{};           ///< where it is
    std::string resource_group_id{};  ///< the group that it belongs to
    std::int64_t cents = 0;           ///< in hundredths of the currency; negative: it was spent
    std::int64_t balance_cents = 0;   ///< the balance after it
    unix_seconds at{};                ///< when
    unix_seconds ends_at{};           ///< the end of the period that was paid for
};

/// A header field that owns its text.
struct fake_field {
    std::string name;   ///< in any letter case
    std::string value;  ///< without spaces around it
};

/// A response that owns its text: what fake_cloud returns, and what a test may tell it to return.
struct fake_response {
    int status = 200;                  ///< the HTTP status
    std::string body{};                ///< the body
    std::vector<fake_field> fields{};  ///< the header fields, in order
    /// How many bytes of the body do not arrive, although `content-length` counts them.
    std::size_t missing_size = 0;
};

namespace detail {

/// A copy of a request that outlives the request's memory.
class owned_request {
public:
    explicit owned_request(request_view const& request)
        : method_(request.method), scheme_(request.scheme), authority_(request.authority), target_(request.target),
          body_(request.body) {
        for (const field each : request.fields) {
            fields_.push_back({std::string(each.name), std::string(each.value)});
        }
    }

    /// Calls the function with a request_view of the copy.
    template <class Function>
    decltype(auto) visit(Function&& function) const {
        std::vector<field> fields;
        for (fake_field const& each : fields_) {
            fields.push_back({each.name, each.value});
        }
        request_view view{};
        view.method = method_;
        view.scheme = scheme_;
        view.authority = authority_;
        view.target = target_;
        view.fields = field_list(std::span<field const>(fields));
        view.body = body_;
        return function(std::as_const(view));
    }

private:
    std::string method_;
    std::string scheme_;
    std::string authority_;
    std::string target_;
    std::string body_;
    std::vector<fake_field> fields_;
};

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
