// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_CLOUD_HPP
#define ZENWIRE_TESTING_FAKE_CLOUD_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/client/transport.hpp>
#include <zenwire/testing/detail/fake_api.hpp>

namespace ZENWIRE_NAMESPACE {

/// An in-memory cloud for tests: a transport that verifies signatures, keeps instances, and responds as documented.
///
///     zenwire::fake_cloud cloud = zenwire::fake_cloud::with_one_instance();
///     const zenwire::access_key key = zenwire::fake_cloud::known_key();
///     const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
///     const zenwire::describe_instance_internet_status question{zenwire::fake_cloud::known_instance_id};
///     const auto status = send_action(client, question, cloud, cloud);
///
/// A fake_cloud that you construct yourself is empty: add() keys, instances, and what can be bought.
///
/// It is a runtime, too. Its clock moves only by sleep_for(), set_now() and slow responses, and its jitter is always 0, so that
/// the same calls give the same responses; random faults follow from their seed.
///
/// It has all actions of the library, of bmc, vm and zbc in all versions. It refuses any other action, with a message that the real
/// API may have it. It checks in this order: method and path; authorization, timestamp, signature; action and version; types and
/// required parameters; then the rules of the action, see fake_cloud_settings.
///
/// An order that costs something appears in balance, transactions and bills at once, whoever placed it; see bookings().
///
/// Where nothing is documented, it behaves like this: an unknown access key is AUTHFAILURE_SIGNATURE_FAILURE; an
/// unknown token, action or version AUTHFAILURE_UNAUTHORIZED_OPERATION; broken JSON INVALID_PARAMETER_VALUE; another
/// method is 405 and another path 404, both without JSON. A change of a postpaid instance is free, begins at once in
/// both directions, and has an empty order number; the price of a downgrade is 0, and an order that costs nothing is
/// not booked; money that is spent is a negative amount. Everything else that is not documented is a setting.
///
/// To be used by one thread at a time. Uses the heap.
class fake_cloud {
public:
    /// Has no instances and accepts nobody; its balance is unlimited.
    explicit fake_cloud(fake_cloud_settings settings = {}) : api_(std::move(settings)) {}
    fake_cloud(fake_cloud&&) = default;             ///< references to its instances stay valid
    fake_cloud& operator=(fake_cloud&&) = default;  ///< references to its instances stay valid
    fake_cloud(fake_cloud const&) = delete;         // pass it by reference: its keys cannot be copied

    /// A cloud for a first program. It has one instance, of `bmc`, with the id known_instance_id, as fake_instance makes it: it
    /// runs, is prepaid, and has a traffic package of 1 TB. It accepts known_key(), and its balance is unlimited.
    [[nodiscard]] static fake_cloud with_one_instance(fake_cloud_settings settings = {}) {
        fake_cloud cloud(std::move(settings));
        cloud.add(known_key());
        cloud.add(fake_instance{.id = std::string(known_instance_id)});
        return cloud;
    }
    /// The id of the instance of with_one_instance().
    static constexpr std::string_view known_instance_id = "932237369560662463";
    /// The key that with_one_instance() accepts: its id is `id`, its password `password`.
    [[nodiscard]] static access_key known_key() {
        return *access_key::make(access_key_id("id"), access_key_password("password"));
    }

    /// Accepts requests that are signed with this key, and keeps it.
    void add(access_key&& key) { api_.authority.add(std::move(key)); }
    /// Accepts requests that are signed with this key, which may be the client's own. It must outlive the cloud.
    void add(access_key const& key) { api_.authority.add(key); }
    void add(expected<access_key> const& unchecked) = delete;  // add(*key), after you have looked whether there is one
    /// Accepts requests with this token.
    void add(bearer_token token) { api_.authority.add(std::move(token)); }
    /// Adds an instance. The reference is valid as long as the cloud; the test may change the instance through it.
    fake_instance& add(fake_instance instance) { return api_.center.add(std::move(instance)); }
    /// Adds what can be bought.
    void add(fake_resource resource) { api_.center.resources.push_back(std::move(resource)); }

    /// The first instance of this id; null when the service has none. Valid as long as the cloud.
    [[nodiscard]] fake_instance* find(std::string_view id, std::string_view service = "bmc") noexcept {
        return api_.center.find(id, service);
    }
    /// All instances, in the order in which they were added. Valid as long as the cloud.
    [[nodiscard]] std::deque<fake_instance> const& instances() const noexcept { return api_.center.instances(); }

    /// The states that an instance of this cloud was in, since the first request or move of the clock, the oldest first: for
    /// comparison with a verdict.
    [[nodiscard]] std::vector<fake_package_state> const& history(fake_instance const& instance) const noexcept {
        return api_.center.history(instance);
    }

    /// The settings, which may be changed between requests.
    [[nodiscard]] fake_cloud_settings& settings() noexcept { return api_.center.settings; }
    /// The settings.
    [[nodiscard]] fake_cloud_settings const& settings() const noexcept { return api_.center.settings; }

    /// Somebody else does something now, without a request of the client.
    void act(fake_act const& what) { api_.center.act(what); }

    /// Sets the balance, in hundredths of the currency; nothing means no limit. The difference is booked.
    void set_balance_cents(std::optional<std::int64_t> cents) { api_.center.ledger.set_limit(cents, now()); }
    /// The balance, in hundredths of the currency; nothing means no limit.
    [[nodiscard]] std::optional<std::int64_t> balance_cents() const noexcept { return api_.center.ledger.limit(); }
    /// All transactions of the account, in order. The billing service reports these.
    [[nodiscard]] std::vector<fake_booking> const& bookings() const noexcept { return api_.center.ledger.bookings(); }

    /// Sets the clock to a valid time, which may be earlier. Before the first call it is 2023-01-10T14:32:57Z, the
    /// documented example. What is due until then happens: changes, billing cycles, late requests.
    void set_now(unix_seconds now) { move_clock_to(detail::saturating_milliseconds(now.count())); }
    /// The time of the cloud.
    [[nodiscard]] unix_seconds now() const noexcept { return unix_seconds::from_milliseconds(now_milliseconds_); }
    /// Moves the clock forward, at most to the largest number of milliseconds.
    void sleep_for(milliseconds time) { move_clock_to(detail::saturating_add(now_milliseconds_, time.count())); }
    /// Always 0.
    [[nodiscard]] std::uint32_t jitter() const noexcept { return 0; }

    /// Appends a fault to the script, which has one for each of the next requests. After the last one there are random faults, if
    /// set, or none.
    void script(scripted_fault fault) { script_.push_back(std::move(fault)); }
    /// Sets the random faults for requests after the end of the script; `std::nullopt` for none.
    void set_random_faults(std::optional<random_faults> faults) noexcept { random_faults_ = faults; }

    /// How many requests arrived, with a response or without, carried out or not.
    [[nodiscard]] std::size_t requests_seen() const noexcept { return requests_seen_; }
    /// How many requests are still on their way: late ones, and second copies.
    [[nodiscard]] std::size_t requests_on_their_way() const noexcept { return deliveries_.size(); }
    /// All orders that were placed, in order.
    [[nodiscard]] std::vector<fake_order> const& orders() const noexcept { return api_.center.orders; }
    /// All requests for an order that a client sent, in order, each with its fate.
    [[nodiscard]] std::vector<fake_order_request> const& order_requests() const noexcept { return order_requests_; }
    /// How many of these were executed, could have been, or still can be. A test that nothing is ordered twice should check this,
    /// not the number of orders(): a cloud that happens to refuse the second order proves nothing about its client.
    [[nodiscard]] std::size_t orders_that_may_cost() const noexcept {
        return static_cast<std::size_t>(std::count_if(order_requests_.begin(), order_requests_.end(),
                                                      [](fake_order_request const& each) { return each.may_cost(); }));
    }

    /// Responds to a request, as a transport. The request is not kept.
    [[nodiscard]] expected<fake_response, transport_error> operator()(request_view const& request);

private:
    /// A request that arrives later.
    struct delivery {
        std::int64_t due_milliseconds;
        detail::owned_request request;
        /// its index in order_requests(); nothing when it orders nothing
        std::optional<std::size_t> order;
    };

    scripted_fault next_fault();
    expected<fake_response, transport_error> respond_with(scripted_fault& fault, request_view const& request);
    fake_response respond(request_view const& request, std::optional<std::size_t> order, bool is_late);
    [[nodiscard]] fake_field date_field(std::int64_t offset_seconds) const;
    void change_date(fake_response& response, std::optional<std::int64_t> offset_seconds) const;
    [[nodiscard]] std::string about_another_instance(std::string body) const;
    std::optional<std::size_t> note_order(request_view const& request, fake_order_request::fate fate);
    void note_arrival(fake_order_request& noted, detail::fake_api::end end, bool is_late) const;

    void deliver_later(std::int64_t seconds, request_view const& request, std::optional<std::size_t> order) {
        deliveries_.push_back({time_in(seconds), detail::owned_request(request), order});
    }
    [[nodiscard]] std::int64_t time_in(std::int64_t seconds) const noexcept {
        return detail::saturating_add(now_milliseconds_, detail::saturating_milliseconds(seconds));
    }
    void send_copy(std::int64_t seconds, request_view const& request, std::optional<std::size_t> order) {
        if (order && order_requests_[*order].what != fake_order_request::fate::executed) {
            order_requests_[*order].what = fake_order_request::fate::on_its_way;
        }
        deliver_later(seconds, request, order);
    }
    void turn_clock(std::int64_t milliseconds) {
        now_milliseconds_ = milliseconds;
        api_.center.move_to(now());
    }
    void move_clock_to(std::int64_t milliseconds);

    detail::fake_api api_;
    std::deque<scripted_fault> script_;
    std::optional<random_faults> random_faults_;
    std::vector<delivery> deliveries_;
    std::vector<fake_order_request> order_requests_;
    std::int64_t now_milliseconds_ = 1673361177000;  // 2023-01-10T14:32:57Z
    std::size_t requests_seen_ = 0;
};

static_assert(transport<fake_cloud>);
static_assert(runtime<fake_cloud>);

inline scripted_fault fake_cloud::next_fault() {
    if (script_.empty()) {
        return random_faults_ ? random_faults_->next() : scripted_fault();
    }
    scripted_fault fault = std::move(script_.front());
    script_.pop_front();
    return fault;
}

inline expected<fake_response, transport_error> fake_cloud::operator()(request_view const& request) {
    scripted_fault fault = next_fault();
    switch (fault.what) {
    case scripted_fault::kind::not_sent:
        return unexpected(transport_error(transport_failure::not_sent, "the connection was refused"));
    case scripted_fault::kind::late:
        deliver_later(fault.seconds, request, note_order(request, fake_order_request::fate::on_its_way));
        return unexpected(transport_error(transport_failure::unknown, "no response came in time"));
    case scripted_fault::kind::request_lost:
        note_order(request, fake_order_request::fate::lost);
        return unexpected(transport_error(transport_failure::unknown, "no response came in time"));
    default: ++requests_seen_; return respond_with(fault, request);
    }
}

inline expected<fake_response, transport_error> fake_cloud::respond_with(scripted_fault& fault,
                                                                         request_view const& request) {
    const std::optional<std::size_t> order = note_order(request, fake_order_request::fate::lost);
    if (fault.what == scripted_fault::kind::canned) {
        return std::move(fault.response);
    }
    if (fault.what == scripted_fault::kind::acted) {
        act(fault.act);
    }
    api_.center.look_back(fault.what == scripted_fault::kind::lagging ? fault.seconds : 0);
    fake_response response = respond(request, order, false);
    api_.center.look_back(0);
    switch (fault.what) {
    case scripted_fault::kind::response_lost:
        return unexpected(transport_error(transport_failure::unknown, "no response came in time"));
    case scripted_fault::kind::masked: return std::move(fault.response);
    case scripted_fault::kind::twice: send_copy(fault.seconds, request, order); break;
    case scripted_fault::kind::cut:
        response.missing_size = response.body.size() - (std::min)(response.body.size(), fault.size);
        response.body.resize(response.body.size() - response.missing_size);
        break;
    case scripted_fault::kind::slow: move_clock_to(time_in(fault.seconds)); break;
    case scripted_fault::kind::varied: response.body = detail::vary(response.body, fault.variant); break;
    case scripted_fault::kind::misdated: change_date(response, fault.seconds); break;
    case scripted_fault::kind::undated: change_date(response, std::nullopt); break;
    case scripted_fault::kind::foreign: response.body = about_another_instance(std::move(response.body)); break;
    case scripted_fault::kind::empty:
        response.body = R"({"requestId":")" + api_.next_request_id() + R"(","response":{}})";
        break;
    default: break;
    }
    return response;
}

inline fake_field fake_cloud::date_field(std::int64_t offset_seconds) const {
    return {"date", detail::http_date_text(unix_seconds(detail::saturating_add(now().count(), offset_seconds)))};
}

inline void fake_cloud::change_date(fake_response& response, std::optional<std::int64_t> offset_seconds) const {
    std::erase_if(response.fields, [](fake_field const& each) { return each.name == "date"; });
    if (offset_seconds) {
        response.fields.push_back(date_field(*offset_seconds));
    }
}

inline std::string fake_cloud::about_another_instance(std::string body) const {
    constexpr std::string_view other = "another-instance";
    for (fake_instance const& each : instances()) {
        const std::string quoted = '"' + each.id + '"';
        for (std::size_t at = body.find(quoted); at != std::string::npos; at = body.find(quoted, at + 1)) {
            body.replace(at + 1, each.id.size(), other);
        }
    }
    return body;
}

inline std::optional<std::size_t> fake_cloud::note_order(request_view const& request, fake_order_request::fate fate) {
    const std::string_view action = request.fields.value_of("x-zc-action");
    if (!detail::fake_api::is_order(action)) {
        return std::nullopt;
    }
    order_requests_.push_back({std::string(action), now(), std::nullopt, fate});
    return order_requests_.size() - 1;
}

inline void fake_cloud::note_arrival(fake_order_request& noted, detail::fake_api::end end, bool is_late) const {
    using fate = fake_order_request::fate;
    if (end == detail::fake_api::end::elsewhere) {
        return;
    }
    noted.arrived_at = noted.arrived_at.value_or(now());
    // when two copies arrive, the one that was executed counts
    if (noted.what != fate::executed) {
        noted.what = end == detail::fake_api::end::executed       ? fate::executed
                     : !is_late                                   ? fate::refused
                     : end == detail::fake_api::end::unauthorized ? fate::too_late
                                                                  : fate::refused_late;
    }
}

inline fake_response fake_cloud::respond(request_view const& request, std::optional<std::size_t> order, bool is_late) {
    detail::fake_api::reply reply = api_.respond(request);
    if (order) {
        note_arrival(order_requests_[*order], reply.what, is_late);
    }
    if (settings().sends_date) {
        reply.response.fields.push_back(date_field(settings().date_offset_seconds));
    }
    return std::move(reply.response);
}

inline void fake_cloud::move_clock_to(std::int64_t milliseconds) {
    for (;;) {
        const auto next =
            std::min_element(deliveries_.begin(), deliveries_.end(), [](delivery const& left, delivery const& right) {
                return left.due_milliseconds < right.due_milliseconds;
            });
        if (next == deliveries_.end() || next->due_milliseconds > milliseconds) {
            break;
        }
        const delivery arrived = std::move(*next);
        deliveries_.erase(next);
        turn_clock((std::max)(now_milliseconds_, arrived.due_milliseconds));
        ++requests_seen_;
        static_cast<void>(
            arrived.request.visit([&](request_view const& request) { return respond(request, arrived.order, true); }));
    }
    turn_clock(milliseconds);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
