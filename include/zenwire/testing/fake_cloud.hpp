// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_CLOUD_HPP
#define ZENWIRE_TESTING_FAKE_CLOUD_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/json_writer.hpp>
#include <zenwire/base/milliseconds.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/client/runtime.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/crypto/constant_time_equal.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/protocol/json_object.hpp>
#include <zenwire/protocol/json_reader.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/signature.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>
#include <zenwire/protocol/verification.hpp>
#include <zenwire/testing/fake_instance.hpp>
#include <zenwire/testing/fake_order.hpp>
#include <zenwire/testing/fake_response.hpp>
#include <zenwire/testing/http_date_text.hpp>
#include <zenwire/testing/json_text.hpp>
#include <zenwire/testing/received_action.hpp>
#include <zenwire/testing/scripted_fault.hpp>

namespace ZENWIRE_NAMESPACE {

/// What the documents leave open about the cloud.
struct fake_cloud_settings {
    /// How long a change of a package stays `Processing`; 0 makes it effective at once.
    std::int64_t processing_seconds = 10;
    /// What an upgrade costs, in hundredths of the currency; parts of them are rounded up.
    std::int64_t price_cents_per_terabyte = 8000;
    /// The code that an upgrade is refused with, status 403, when the balance is too small: no code is documented.
    std::string insufficient_balance_code = "OPERATION_FAILED_INSUFFICIENT_BALANCE";
};

/// An in-memory cloud for tests: a transport that verifies signatures, keeps instances, and answers as the documents say.
///
///     zenwire::fake_cloud cloud;
///     cloud.add(*access_key::make(access_key_id("id"), access_key_password("password")));
///     cloud.add({.id = "932237369560662463"});
///     auto result = send_action(client, action, cloud, cloud);
///
/// It is a runtime, too: its clock stands still but for sleep_for() and set_now(), its chance is always 0. So everything
/// that it does follows from what it is told.
///
/// It knows ModifyInstanceTrafficPackage of both services in all versions. Checks come in this order: method and path;
/// authorization, timestamp, signature, action and version; types and required parameters; instance, status, billing
/// type, package, change under way, planned downgrade; step, smallest and largest size; balance.
///
/// Where the documents say nothing it chooses: an unknown access key is AUTHFAILURE_SIGNATURE_FAILURE, an unknown token
/// or version AUTHFAILURE_UNAUTHORIZED_OPERATION, broken JSON INVALID_PARAMETER_VALUE; another method is 405 and another
/// path 404, both without JSON; the current size as target changes nothing and has an empty order number; a change of a
/// postpaid instance is free, begins at once in both directions, and has an empty order number.
///
/// Not for several threads at once. Uses the heap.
class fake_cloud {
public:
    /// Has no instances and accepts nobody; its balance is unlimited.
    explicit fake_cloud(fake_cloud_settings settings = {}) : settings_(std::move(settings)) {}

    /// Accepts requests that are signed with this key.
    void add(access_key key) { keys_.push_back(std::move(key)); }
    /// Accepts requests with this token.
    void add(bearer_token token) { tokens_.push_back(std::move(token)); }
    /// Adds an instance. The reference is valid as long as the cloud; the test may change the instance through it.
    fake_instance& add(fake_instance instance) { return instances_.emplace_back(std::move(instance)); }

    /// The first instance of this id; null when the service has none. Valid as long as the cloud.
    [[nodiscard]] fake_instance* find(std::string_view id, std::string_view service = "bmc") noexcept;
    [[nodiscard]] std::deque<fake_instance> const& instances() const noexcept { return instances_; }

    /// May be changed between requests.
    [[nodiscard]] fake_cloud_settings& settings() noexcept { return settings_; }

    /// What the account can pay with, in hundredths of the currency; nothing is no limit.
    void set_balance_cents(std::optional<std::int64_t> cents) noexcept { balance_cents_ = cents; }
    [[nodiscard]] std::optional<std::int64_t> balance_cents() const noexcept { return balance_cents_; }

    /// Sets the clock, to a valid time, also back. Before the first call it is 2023-01-10T14:32:57Z, as in the documents'
    /// example.
    void set_now(unix_seconds now) noexcept { move_clock_to(now.count() * 1000); }
    [[nodiscard]] unix_seconds now() const noexcept { return unix_seconds::from_milliseconds(now_milliseconds_); }
    /// Moves the clock on.
    void sleep_for(milliseconds time) noexcept { move_clock_to(now_milliseconds_ + time.count()); }
    /// Always 0.
    [[nodiscard]] std::uint32_t jitter() const noexcept { return 0; }

    /// Appends to the script: its first entry is for the next request, and so on. When it is used up all goes well.
    void script(scripted_fault fault) { script_.push_back(std::move(fault)); }

    /// How many requests arrived, answered or not, carried out or not.
    [[nodiscard]] std::size_t requests_seen() const noexcept { return requests_seen_; }
    /// All orders that were placed, in order.
    [[nodiscard]] std::vector<fake_order> const& orders() const noexcept { return orders_; }

    /// Takes a request, as a transport does. The request is not kept.
    [[nodiscard]] expected<fake_response, transport_error> operator()(request_view const& request);

private:
    /// An error answer in the making.
    struct refusal {
        int status = 0;
        std::string code;
        std::string message;
    };
    template <class Value>
    using outcome_of = expected<Value, refusal>;

    /// @param detail added to the code's meaning; may be empty
    static unexpected<refusal> refuse(api_code code, std::string_view detail = {});

    fake_response answer(request_view const& request);
    outcome_of<std::string> carry_out(request_view const& request);
    outcome_of<void> check_authorization(request_view const& request) const;
    static service const* find_service(request_view const& request) noexcept;

    template <class Action>
    outcome_of<std::string> read_and_execute(request_view const& request, service const& service);
    outcome_of<modify_instance_traffic_package::response> execute(
        received_action<modify_instance_traffic_package> const& parameters, service const& service);

    static outcome_of<void> check_changeable(fake_instance const& instance);
    static outcome_of<traffic_package_size> check_size(decimal terabytes, fake_instance const& instance,
                                                       service const& service);
    /// Takes what an upgrade costs from the balance; returns it.
    outcome_of<std::int64_t> charge(traffic_package_size from, traffic_package_size to);
    std::string place_order(fake_instance const& instance, traffic_package_size size, std::int64_t paid_cents);
    void start_change(fake_instance& instance, traffic_package_size target) const noexcept;
    /// Lets a change whose time has come take effect.
    void settle(fake_instance& instance) const noexcept;
    void move_clock_to(std::int64_t milliseconds) noexcept;

    std::string next_request_id();

    fake_cloud_settings settings_;
    std::vector<access_key> keys_;
    std::vector<bearer_token> tokens_;
    std::deque<fake_instance> instances_;
    std::deque<scripted_fault> script_;
    std::vector<fake_order> orders_;
    std::optional<std::int64_t> balance_cents_;
    std::int64_t now_milliseconds_ = 1673361177000;
    std::size_t requests_seen_ = 0;
    std::uint64_t request_ids_ = 0;
};

static_assert(transport<fake_cloud>);
static_assert(runtime<fake_cloud>);

inline fake_instance* fake_cloud::find(std::string_view id, std::string_view service) noexcept {
    for (fake_instance& each : instances_) {
        if (each.id == id && each.service == service) {
            return &each;
        }
    }
    return nullptr;
}

inline expected<fake_response, transport_error> fake_cloud::operator()(request_view const& request) {
    scripted_fault fault;
    if (!script_.empty()) {
        fault = std::move(script_.front());
        script_.pop_front();
    }
    if (fault.what == scripted_fault::kind::not_sent) {
        return unexpected(transport_error(transport_failure::not_sent, "the connection was refused"));
    }
    if (fault.what == scripted_fault::kind::request_lost) {
        return unexpected(transport_error(transport_failure::unknown, "no answer came in time"));
    }
    ++requests_seen_;
    if (fault.what == scripted_fault::kind::canned) {
        return std::move(fault.response);
    }
    fake_response response = answer(request);
    if (fault.what == scripted_fault::kind::answer_lost) {
        return unexpected(transport_error(transport_failure::unknown, "no answer came in time"));
    }
    return response;
}

inline unexpected<fake_cloud::refusal> fake_cloud::refuse(api_code code, std::string_view detail) {
    api_code_description const& row = *describe(code);
    std::string message(row.meaning);
    if (!detail.empty()) {
        message.append(": ").append(detail);
    }
    return unexpected(refusal{row.http_status, std::string(row.spelling), std::move(message)});
}

inline std::string fake_cloud::next_request_id() {
    const auto count = static_cast<unsigned long long>(++request_ids_);
    char text[64]{};
    std::snprintf(text, sizeof(text), "T%08llX-0000-4000-8000-%012llX", count & 0xFFFFFFFFU, count & 0xFFFFFFFFFFFFU);
    return text;
}

inline fake_response fake_cloud::answer(request_view const& request) {
    const std::string date(http_date_text(now()).view());
    const bool is_api_path =
        request.target == services::bmc_2022_11_20.path || request.target == services::vm_2023_03_13.path;
    if (!is_api_path || request.method != "POST") {
        const int status = is_api_path ? 405 : 404;
        return {status,
                "<html><body>" + std::to_string(status) + "</body></html>",
                {{"content-type", "text/html"}, {"date", date}}};
    }
    fake_response response;
    const outcome_of<std::string> result = carry_out(request);
    if (result) {
        response.body = *result;
    } else {
        response.status = result.error().status;
        response.body = json_text([&, id = next_request_id()](json_writer& json) noexcept {
            json.begin_object();
            json.name("requestId");
            json.string(id);
            json.name("code");
            json.string(result.error().code);
            json.name("message");
            json.string(result.error().message);
            json.end_object();
        });
    }
    response.fields = {{"content-type", "application/json"}, {"date", date}};
    return response;
}

inline fake_cloud::outcome_of<std::string> fake_cloud::carry_out(request_view const& request) {
    if (const auto authorized = check_authorization(request); !authorized) {
        return unexpected(authorized.error());
    }
    service const* const service = find_service(request);
    if (service == nullptr) {
        return refuse(api_code::authfailure_unauthorized_operation, "x-zc-version names no version of the service");
    }
    if (request.fields.value_of("x-zc-action") == modify_instance_traffic_package::name) {
        return read_and_execute<modify_instance_traffic_package>(request, *service);
    }
    return refuse(api_code::authfailure_unauthorized_operation, "x-zc-action names no action of the service");
}

inline fake_cloud::outcome_of<void> fake_cloud::check_authorization(request_view const& request) const {
    const expected<authorization> parts = parse_authorization(request);
    if (!parts) {
        return refuse(api_code::authfailure_invalid_authorization, parts.error().message);
    }
    if (!parts->bearer_token.empty()) {
        for (bearer_token const& each : tokens_) {
            if (constant_time_equal(each.secret_text(), parts->bearer_token)) {
                return {};
            }
        }
        return refuse(api_code::authfailure_unauthorized_operation, "nobody has this token");
    }
    if (request.fields.value_of("x-zc-signature-method") != signature_method) {
        return refuse(api_code::authfailure_invalid_authorization, "x-zc-signature-method is not ZC2-HMAC-SHA256");
    }
    const auto key_of = [&](std::string_view id) noexcept -> access_key const* {
        for (access_key const& each : keys_) {
            if (each.id() == id) {
                return &each;
            }
        }
        return nullptr;
    };
    const expected<void> verified = verify(request, key_of, now());
    if (verified) {
        return {};
    }
    switch (verified.error().code) {
    case errc::signature_expired: return refuse(api_code::authfailure_signature_expired, verified.error().message);
    case errc::access_key_unknown:
    case errc::signature_mismatch: return refuse(api_code::authfailure_signature_failure, verified.error().message);
    default: return refuse(api_code::authfailure_invalid_authorization, verified.error().message);
    }
}

inline service const* fake_cloud::find_service(request_view const& request) noexcept {
    for (service const* const each :
         {&services::bmc_2022_11_20, &services::bmc_2026_02_01, &services::vm_2023_03_13, &services::vm_2026_04_01}) {
        if (each->path == request.target && each->version == request.fields.value_of("x-zc-version")) {
            return each;
        }
    }
    return nullptr;
}

template <class Action>
fake_cloud::outcome_of<std::string> fake_cloud::read_and_execute(request_view const& request, service const& service) {
    received_action<Action> parameters;
    const json_read_result read = read_json(request.body, parameters);
    switch (read.fault) {
    case json_fault::none: break;
    case json_fault::wrong_type: return refuse(api_code::invalid_parameter_type, read.member);
    case json_fault::too_long: return refuse(api_code::invalid_parameter_exceed_length, read.member);
    case json_fault::syntax: return refuse(api_code::invalid_parameter_value, "the body is not JSON");
    case json_fault::too_deep: return refuse(api_code::invalid_parameter_value, "the body is nested too deep");
    case json_fault::duplicate: return refuse(api_code::invalid_parameter_value, read.member);
    }
    if (const std::string_view missing = parameters.first_missing(); !missing.empty()) {
        return refuse(api_code::missing_parameter, missing);
    }
    auto response = execute(parameters, service);
    if (!response) {
        return unexpected(std::move(response).error());
    }
    response->request_id = next_request_id();
    return json_text([&](json_writer& json) noexcept {
        json.begin_object();
        json.name("requestId");
        json.string(response->request_id);
        json.name("response");
        write_json(json, *response);
        json.end_object();
    });
}

inline fake_cloud::outcome_of<modify_instance_traffic_package::response> fake_cloud::execute(
    received_action<modify_instance_traffic_package> const& parameters, service const& service) {
    using action = modify_instance_traffic_package;
    const std::string_view id = *parameters.get<&action::instance_id>();
    const received_number number = *parameters.get<&action::size>();
    if (id.empty()) {
        return refuse(api_code::invalid_parameter_less_length, instance_id_field);
    }
    if (number.is_negative) {
        return refuse(api_code::invalid_parameter_less_minimum, traffic_package_size::field_name);
    }
    fake_instance* const instance = find(id, service.name);
    if (instance == nullptr) {
        return refuse(api_code::invalid_instance_not_found, id);
    }
    settle(*instance);
    if (const auto changeable = check_changeable(*instance); !changeable) {
        return unexpected(changeable.error());
    }
    if (!number.value) {
        return refuse(api_code::invalid_parameter_traffic_package_error, "the number has too many digits");
    }
    const outcome_of<traffic_package_size> size = check_size(*number.value, *instance, service);
    if (!size) {
        return unexpected(size.error());
    }

    action::response response;
    if (*size == *instance->size) {
        return response;
    }
    if (instance->charge_type == instance_charge_type::value_type::postpaid) {
        start_change(*instance, *size);
        return response;
    }
    std::int64_t paid_cents = 0;
    if (*size > *instance->size) {
        const outcome_of<std::int64_t> charged = charge(*instance->size, *size);
        if (!charged) {
            return unexpected(charged.error());
        }
        paid_cents = *charged;
        start_change(*instance, *size);
    } else {
        instance->planned_size = *size;
    }
    response.order_number = place_order(*instance, *size, paid_cents);
    return response;
}

inline fake_cloud::outcome_of<void> fake_cloud::check_changeable(fake_instance const& instance) {
    const bool is_in_a_right_status = instance.status == instance_status::value_type::running ||
                                      instance.status == instance_status::value_type::stopped;
    if (!is_in_a_right_status) {
        return refuse(api_code::operation_denied_instance_status_not_support, instance.status.text());
    }
    if (!(instance.internet_charge_type == internet_charge_type::value_type::by_traffic_package)) {
        return refuse(api_code::operation_denied_internet_charge_type_not_support,
                      instance.internet_charge_type.text());
    }
    if (!instance.size) {
        return refuse(api_code::operation_failed_instance_not_exist_traffic_package);
    }
    if (instance.running_change) {
        return refuse(api_code::operation_denied_instance_traffic_package_processing);
    }
    if (instance.planned_size) {
        return refuse(api_code::operation_failed_instance_exist_plan_traffic_package);
    }
    return {};
}

inline fake_cloud::outcome_of<traffic_package_size> fake_cloud::check_size(decimal terabytes,
                                                                           fake_instance const& instance,
                                                                           service const& service) {
    // A client that sends 0.15000000000000002 shall learn it here, so nothing is rounded.
    constexpr int most_decimals = 6;
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(terabytes);
    const bool is_sold =
        terabytes.scale() <= most_decimals && (!size || size->is_multiple_of(service.traffic_package_step));
    if (!is_sold) {
        return refuse(api_code::invalid_parameter_traffic_package_error);
    }
    if (size && *size < instance.default_size) {
        return refuse(api_code::invalid_parameter_traffic_package_less);
    }
    if (!size || *size > instance.maximum_size) {
        return refuse(api_code::invalid_parameter_traffic_package_exceed);
    }
    return *size;
}

inline fake_cloud::outcome_of<std::int64_t> fake_cloud::charge(traffic_package_size from, traffic_package_size to) {
    constexpr std::int64_t units_per_terabyte = traffic_package_size::units_per_terabyte;
    const std::int64_t units = to.units() - from.units();
    // in two parts, since the product of a large size in units and a price may not fit
    const std::int64_t cents =
        units / units_per_terabyte * settings_.price_cents_per_terabyte +
        (units % units_per_terabyte * settings_.price_cents_per_terabyte + units_per_terabyte - 1) / units_per_terabyte;
    if (balance_cents_ && *balance_cents_ < cents) {
        return unexpected(refusal{403, settings_.insufficient_balance_code, "the balance is too small"});
    }
    if (balance_cents_) {
        *balance_cents_ -= cents;
    }
    return cents;
}

inline std::string fake_cloud::place_order(fake_instance const& instance, traffic_package_size size,
                                           std::int64_t paid_cents) {
    constexpr std::uint64_t smallest_of_13_digits = 1'000'000'000'000;
    std::string number = std::to_string(smallest_of_13_digits + orders_.size() + 1);
    orders_.push_back({number, instance.id, size, paid_cents});
    return number;
}

inline void fake_cloud::start_change(fake_instance& instance, traffic_package_size target) const noexcept {
    instance.running_change = fake_change{target, unix_seconds(now().count() + settings_.processing_seconds)};
    settle(instance);
}

inline void fake_cloud::settle(fake_instance& instance) const noexcept {
    if (instance.running_change && instance.running_change->done_at <= now()) {
        instance.size = instance.running_change->target;
        instance.running_change.reset();
    }
}

inline void fake_cloud::move_clock_to(std::int64_t milliseconds) noexcept {
    now_milliseconds_ = milliseconds;
    for (fake_instance& each : instances_) {
        settle(each);
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
