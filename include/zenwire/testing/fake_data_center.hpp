// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_DATA_CENTER_HPP
#define ZENWIRE_TESTING_FAKE_DATA_CENTER_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_available_resources.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/describe_vm_instances.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/contract_violation.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/modification_status.hpp>
#include <zenwire/protocol/price.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>
#include <zenwire/protocol/vm_instance_info.hpp>
#include <zenwire/testing/fake_act.hpp>
#include <zenwire/testing/fake_cloud_settings.hpp>
#include <zenwire/testing/fake_instance.hpp>
#include <zenwire/testing/fake_moment.hpp>
#include <zenwire/testing/fake_order.hpp>
#include <zenwire/testing/fake_refusal.hpp>
#include <zenwire/testing/fake_resource.hpp>
#include <zenwire/testing/instance_filter.hpp>
#include <zenwire/testing/received_action.hpp>
#include <zenwire/testing/view_memory.hpp>

namespace ZENWIRE_NAMESPACE {

/// The instances of a fake_cloud, what they cost, and what happens to them: the cloud without HTTP. Its time is told to it.
///
/// Where the documents say nothing it chooses: a change of a postpaid instance is free, begins at once in both directions, and has an empty order number; the price of a
/// downgrade is 0. What the current size as target means is a setting, see fake_cloud_settings::is_strict.
class fake_data_center {
public:
    explicit fake_data_center(fake_cloud_settings settings) : settings_(std::move(settings)) {}

    fake_instance& add(fake_instance instance) {
        pasts_.emplace_back();
        return instances_.emplace_back(std::move(instance));
    }
    void add(fake_resource resource) { resources_.push_back(std::move(resource)); }

    /// The first instance of this id; null when the service has none.
    [[nodiscard]] fake_instance* find(std::string_view id, std::string_view service) noexcept {
        const auto found = std::find_if(instances_.begin(), instances_.end(), [&](fake_instance const& each) {
            return each.id == id && each.service == service;
        });
        return found == instances_.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::deque<fake_instance> const& instances() const noexcept { return instances_; }
    [[nodiscard]] std::vector<fake_order> const& orders() const noexcept { return orders_; }
    [[nodiscard]] fake_cloud_settings& settings() noexcept { return settings_; }
    [[nodiscard]] fake_cloud_settings const& settings() const noexcept { return settings_; }
    [[nodiscard]] std::optional<std::int64_t>& balance_cents() noexcept { return balance_cents_; }
    [[nodiscard]] std::optional<std::int64_t> const& balance_cents() const noexcept { return balance_cents_; }

    /// Lets the time be `now`: what is due takes effect, first changes, then plans when a billing cycle began. A time
    /// before the last one undoes nothing.
    void move_to(unix_seconds now) noexcept {
        const bool has_turned = cycle_of(now) > cycle_of(now_);
        now_ = now;
        for (fake_instance& each : instances_) {
            settle(each);
        }
        remember();
        for (fake_instance& each : instances_) {
            if (has_turned && each.planned_size) {
                each.size = each.planned_size;
                each.modified_size = each.planned_size;
                each.planned_size.reset();
            }
        }
        remember();
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

    /// Until the next call reads show the instances as they were so many seconds before, where that is more than the settings say.
    void look_back(std::int64_t seconds) noexcept { looks_back_seconds_ = seconds; }

    /// What was true of an instance of this cloud, the oldest first.
    [[nodiscard]] std::vector<fake_moment> const& history(fake_instance const& instance) const noexcept {
        std::size_t index = 0;
        while (&instances_[index] != &instance) {
            ++index;
        }
        return pasts_[index];
    }

    /// Notes what is true now, for reads that are behind. What a test changes in an instance counts from the next call on.
    void remember() {
        for (std::size_t i = 0; i < instances_.size(); ++i) {
            fake_moment const now{now_, instances_[i]};
            if (pasts_[i].empty() || !pasts_[i].back().shows_as(now)) {
                pasts_[i].push_back(now);
            }
        }
    }

    /// @{
    /// Carries an action out. The parameters that are required are there.
    [[nodiscard]] fake_outcome<modify_instance_traffic_package::response> execute(
        received_action<modify_instance_traffic_package> const& parameters, service const& service, view_memory&);
    [[nodiscard]] fake_outcome<cancel_instance_traffic_package_downgrade::response> execute(
        received_action<cancel_instance_traffic_package_downgrade> const& parameters, service const& service,
        view_memory&);
    [[nodiscard]] fake_outcome<inquiry_price_instance_traffic_package::response> execute(
        received_action<inquiry_price_instance_traffic_package> const& parameters, service const& service,
        view_memory&);
    [[nodiscard]] fake_outcome<describe_instance_internet_status::response> execute(
        received_action<describe_instance_internet_status> const& parameters, service const& service, view_memory&);
    [[nodiscard]] fake_outcome<describe_instances::response> execute(
        received_action<describe_instances> const& parameters, service const& service, view_memory& memory) {
        return list_instances(parameters, service, memory);
    }
    [[nodiscard]] fake_outcome<describe_vm_instances::response> execute(
        received_action<describe_vm_instances> const& parameters, service const& service, view_memory& memory) {
        return list_instances(parameters, service, memory);
    }
    [[nodiscard]] fake_outcome<describe_available_resources::response> execute(
        received_action<describe_available_resources> const& parameters, service const&, view_memory& memory);
    /// @}

private:
    [[nodiscard]] std::int64_t cycle_of(unix_seconds time) const noexcept {
        const std::int64_t since = time.count() - settings_.cycle_begin;
        const std::int64_t whole = since / settings_.cycle_seconds;
        return since % settings_.cycle_seconds < 0 ? whole - 1 : whole;
    }

    /// What a read shows that is so many seconds behind. Before the first moment the instance was as it was then.
    [[nodiscard]] fake_moment seen(fake_instance const& instance, std::int64_t lag_seconds) const {
        const std::int64_t lag = (std::max)(lag_seconds, looks_back_seconds_);
        std::vector<fake_moment> const& past = history(instance);
        if (lag <= 0 || past.empty()) {
            return fake_moment(now_, instance);
        }
        fake_moment shown = past.front();
        for (fake_moment const& each : past) {
            if (each.since.count() <= now_.count() - lag) {
                shown = each;
            }
        }
        return shown;
    }

    void act(fake_act const& what, fake_instance& instance) {
        switch (what.what) {
        case fake_act::kind::order: order(instance, what.size); break;
        case fake_act::kind::cancel: instance.planned_size.reset(); break;
        case fake_act::kind::put:
            instance.size = what.size;
            instance.running_change.reset();
            instance.planned_size.reset();
            break;
        }
    }

    /// Somebody else orders: the account is the same, the order is none of this client's.
    void order(fake_instance& instance, traffic_package_size size) {
        if (instance.running_change || instance.planned_size || !instance.size || size == *instance.size ||
            size < instance.default_size || size > instance.maximum_size || !check_charge_type(instance)) {
            return;
        }
        if (size < *instance.size && instance.charge_type == instance_charge_type::value_type::prepaid) {
            instance.planned_size = size;
        } else if (charge(*instance.size, size)) {
            start_change(instance, size);
        }
    }

    void settle(fake_instance& instance) const noexcept {
        if (instance.running_change && instance.running_change->done_at <= now_) {
            instance.size = instance.running_change->target;
            instance.modified_size = instance.running_change->target;
            instance.running_change.reset();
        }
    }

    [[nodiscard]] fake_outcome<fake_instance*> find_or_refuse(std::string_view id, service const& service) {
        if (id.empty()) {
            return refuse(api_code::invalid_parameter_less_length, instance_id_field);
        }
        fake_instance* const instance = find(id, service.name);
        if (instance == nullptr) {
            return refuse(api_code::invalid_instance_not_found, id);
        }
        return instance;
    }

    [[nodiscard]] static fake_outcome<void> check_charge_type(fake_instance const& instance) {
        if (!(instance.internet_charge_type == internet_charge_type::value_type::by_traffic_package)) {
            return refuse(api_code::operation_denied_internet_charge_type_not_support,
                          instance.internet_charge_type.text());
        }
        return {};
    }

    [[nodiscard]] static fake_outcome<void> check_step(received_number const& number, service const& service) {
        // A client that sends 0.15000000000000002 shall learn it here, so nothing is rounded.
        constexpr int most_decimals = 6;
        if (!number.value) {
            return refuse(api_code::invalid_parameter_traffic_package_error, "the number has too many digits");
        }
        const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(*number.value);
        if (number.value->scale() > most_decimals || (number.value->is_rounded() && size) ||
            (size && !size->is_multiple_of(service.traffic_package_step))) {
            return refuse(api_code::invalid_parameter_traffic_package_error);
        }
        return {};
    }

    [[nodiscard]] static fake_outcome<void> check_maximum(received_number const& number,
                                                          fake_instance const& instance) {
        const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
        if (!size || *size > instance.maximum_size) {
            return refuse(api_code::invalid_parameter_traffic_package_exceed);
        }
        return {};
    }

    /// One check of a change. Those that need the instance pass without one.
    [[nodiscard]] static fake_outcome<void> check_order(fake_check which, fake_instance const* instance,
                                                        std::string_view id, received_number const& number,
                                                        service const& service);

    /// In hundredths of the currency, before the discount.
    [[nodiscard]] std::int64_t price_of(traffic_package_size from, traffic_package_size to) const noexcept {
        if (to <= from) {
            return 0;
        }
        constexpr std::int64_t units_per_terabyte = traffic_package_size::units_per_terabyte;
        const std::int64_t units = to.units() - from.units();
        // in two parts, since the product of a large size in units and a price may not fit
        return units / units_per_terabyte * settings_.price_cents_per_terabyte +
               (units % units_per_terabyte * settings_.price_cents_per_terabyte + units_per_terabyte - 1) /
                   units_per_terabyte;
    }

    [[nodiscard]] std::int64_t discounted(std::int64_t cents) const noexcept {
        return cents / 100 * settings_.discount_percent + (cents % 100 * settings_.discount_percent + 99) / 100;
    }

    [[nodiscard]] static std::optional<decimal> money(std::int64_t cents) {
        const std::string digits = std::to_string(cents % 100);
        return decimal::parse(std::to_string(cents / 100) + (digits.size() == 1 ? ".0" : ".") + digits);
    }

    /// Takes what an upgrade costs from the balance; returns it.
    [[nodiscard]] fake_outcome<std::int64_t> charge(traffic_package_size from, traffic_package_size to) {
        const std::int64_t cents = discounted(price_of(from, to));
        if (balance_cents_ && *balance_cents_ < cents) {
            return unexpected(fake_refusal{403, settings_.insufficient_balance_code, "the balance is too small"});
        }
        if (balance_cents_) {
            *balance_cents_ -= cents;
        }
        return cents;
    }

    [[nodiscard]] std::string place_order(fake_instance const& instance, traffic_package_size size,
                                          std::int64_t paid_cents) {
        constexpr std::uint64_t smallest_of_13_digits = 1'000'000'000'000;
        std::string number = std::to_string(smallest_of_13_digits + orders_.size() + 1);
        orders_.push_back({number, instance.id, size, paid_cents, now_});
        return number;
    }

    void start_change(fake_instance& instance, traffic_package_size target) const noexcept {
        instance.running_change = fake_change{target, unix_seconds(now_.count() + settings_.processing_seconds)};
        settle(instance);
    }

    template <class Action>
    [[nodiscard]] fake_outcome<typename Action::response> list_instances(received_action<Action> const& parameters,
                                                                         service const& service, view_memory& memory);
    template <class Info>
    static void fill_common(Info& info, fake_instance const& instance, bump_memory& memory);
    /// A further element of a list. There is room: view_memory throws where there is none, and prices are few.
    template <class List, class... Memory>
    static typename List::value_type& added_to(List& list, Memory&... memory) {
        auto* const element = list.add(memory...);
        if (element == nullptr) {
            contract_violation();
        }
        return *element;
    }
    static void fill(instance_info& info, fake_instance const& instance, bump_memory& memory);
    static void fill(vm_instance_info& info, fake_instance const& instance, bump_memory& memory);
    static void fill(bump_list<std::string_view>& list, std::vector<std::string> const& texts, bump_memory& memory) {
        for (std::string const& each : texts) {
            added_to(list, memory) = each;
        }
    }

    fake_cloud_settings settings_;
    std::deque<fake_instance> instances_;
    // of each instance what was true of it, the oldest first
    std::deque<std::vector<fake_moment>> pasts_;
    std::int64_t looks_back_seconds_ = 0;
    std::vector<fake_resource> resources_;
    std::vector<fake_order> orders_;
    std::optional<std::int64_t> balance_cents_;
    unix_seconds now_{1673361177};
};

inline fake_outcome<void> fake_data_center::check_order(fake_check which, fake_instance const* instance,
                                                        std::string_view id, received_number const& number,
                                                        service const& service) {
    if (which == fake_check::step) {
        return check_step(number, service);
    }
    if (instance == nullptr) {
        return which == fake_check::instance ? refuse(api_code::invalid_instance_not_found, id) : fake_outcome<void>();
    }
    const auto status = instance->status.value();
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    switch (which) {
    case fake_check::status:
        if (status != instance_status::value_type::running && status != instance_status::value_type::stopped) {
            return refuse(api_code::operation_denied_instance_status_not_support, instance->status.text());
        }
        break;
    case fake_check::charge_type: return check_charge_type(*instance);
    case fake_check::package:
        if (!instance->size) {
            return refuse(api_code::operation_failed_instance_not_exist_traffic_package);
        }
        break;
    case fake_check::processing:
        if (instance->running_change) {
            return refuse(api_code::operation_denied_instance_traffic_package_processing);
        }
        break;
    case fake_check::plan:
        if (instance->planned_size) {
            return refuse(api_code::operation_failed_instance_exist_plan_traffic_package);
        }
        break;
    case fake_check::minimum:
        if (size && *size < instance->default_size) {
            return refuse(api_code::invalid_parameter_traffic_package_less);
        }
        break;
    case fake_check::maximum: return check_maximum(number, *instance);
    case fake_check::instance:
    case fake_check::step: break;
    }
    return {};
}

inline fake_outcome<modify_instance_traffic_package::response> fake_data_center::execute(
    received_action<modify_instance_traffic_package> const& parameters, service const& service, view_memory&) {
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
    for (const fake_check each : settings_.checks) {
        if (const auto checked = check_order(each, instance, id, number, service); !checked) {
            return failure_of(checked);
        }
    }
    if (instance == nullptr) {
        return refuse(api_code::invalid_instance_not_found, id);
    }
    const std::optional<traffic_package_size> size = traffic_package_size::from_decimal(number.value);
    if (!size) {
        return refuse(api_code::invalid_parameter_traffic_package_error);
    }
    const traffic_package_size before = instance->size.value_or(traffic_package_size());

    action::response response;
    const bool is_postpaid = instance->charge_type == instance_charge_type::value_type::postpaid;
    if (*size == before && (is_postpaid || !settings_.is_strict)) {
        return response;
    }
    if (is_postpaid) {
        start_change(*instance, *size);
        return response;
    }
    std::int64_t paid_cents = 0;
    if (*size >= before) {
        const fake_outcome<std::int64_t> charged = charge(*size == before ? traffic_package_size() : before, *size);
        if (!charged) {
            return failure_of(charged);
        }
        paid_cents = *charged;
        if (*size > before) {
            start_change(*instance, *size);
        }
    } else {
        instance->planned_size = *size;
    }
    response.order_number = place_order(*instance, *size, paid_cents);
    return response;
}

inline fake_outcome<cancel_instance_traffic_package_downgrade::response> fake_data_center::execute(
    received_action<cancel_instance_traffic_package_downgrade> const& parameters, service const& service,
    view_memory&) {
    using action = cancel_instance_traffic_package_downgrade;
    const auto instance = find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!instance) {
        return failure_of(instance);
    }
    if (const auto checked = check_charge_type(**instance); !checked) {
        return failure_of(checked);
    }
    if (!(*instance)->planned_size) {
        return refuse(api_code::operation_denied_downgrade_not_exist);
    }
    (*instance)->planned_size.reset();
    (*instance)->modified_size.reset();
    const auto order = std::find_if(orders_.rbegin(), orders_.rend(),
                                    [&](fake_order const& each) { return each.instance_id == (*instance)->id; });
    if (order != orders_.rend()) {
        order->is_cancelled = true;
    }
    return action::response{};
}

inline fake_outcome<inquiry_price_instance_traffic_package::response> fake_data_center::execute(
    received_action<inquiry_price_instance_traffic_package> const& parameters, service const& service, view_memory&) {
    using action = inquiry_price_instance_traffic_package;
    const received_number number = *parameters.get<&action::size>();
    if (number.is_negative) {
        return refuse(api_code::invalid_parameter_less_minimum, traffic_package_size::field_name);
    }
    const auto instance = find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!instance) {
        return failure_of(instance);
    }
    for (const fake_outcome<void>& checked : {check_charge_type(**instance), check_step(number, service)}) {
        if (!checked) {
            return failure_of(checked);
        }
    }
    if (!(*instance)->is_for_sale) {
        return refuse(api_code::invalid_instance_type_zone_no_sell);
    }
    if (const auto checked = check_maximum(number, **instance); !checked) {
        return failure_of(checked);
    }
    const std::int64_t cents =
        price_of((*instance)->size.value_or(traffic_package_size()), *traffic_package_size::from_decimal(number.value));
    action::response response;
    price& package = added_to(response.prices);
    package.discount = decimal(settings_.discount_percent);
    package.original_price = money(cents);
    package.discount_price = money(discounted(cents));
    price& excess = added_to(response.prices);
    excess.discount = decimal(100);
    step_price& step = added_to(excess.step_prices);
    step.step_start = decimal(0);
    step.unit_price = decimal::parse("0.08");
    step.discount_unit_price = step.unit_price;
    return response;
}

inline fake_outcome<describe_instance_internet_status::response> fake_data_center::execute(
    received_action<describe_instance_internet_status> const& parameters, service const& service, view_memory&) {
    using action = describe_instance_internet_status;
    const auto found = find_or_refuse(*parameters.get<&action::instance_id>(), service);
    if (!found) {
        return failure_of(found);
    }
    fake_instance const& instance = **found;
    action::response response;
    response.instance_id = instance.id;
    response.instance_name.assign(instance.name);
    response.internet_max_bandwidth_out = instance.bandwidth;
    response.modified_bandwidth_status = modification_status::value_type::enable;
    if (!check_charge_type(instance)) {
        return response;
    }
    const fake_moment shown = seen(instance, settings_.status_lag_seconds);
    response.size = shown.size;
    response.modified_traffic_package_status = modification_status::value_type::enable;
    if (shown.running_change) {
        response.modified_size = shown.running_change->target;
        response.modified_traffic_package_status = modification_status::value_type::processing;
    } else if (shown.planned_size) {
        response.modified_size = shown.planned_size;
        response.modified_traffic_package_status = modification_status::value_type::wait_to_enable;
    } else if (settings_.shows_modified_size && shown.modified_size == shown.size) {
        response.modified_size = shown.modified_size;
    }
    return response;
}

template <class Info>
void fake_data_center::fill_common(Info& info, fake_instance const& instance, bump_memory& memory) {
    info.instance_id = instance.id;
    info.zone_id = instance.zone_id;
    info.instance_name = instance.name;
    info.image_id = instance.image_id;
    info.instance_charge_type = instance.charge_type;
    info.internet_charge_type = instance.internet_charge_type;
    info.traffic_package_size = instance.size;
    info.resource_group_id = instance.resource_group_id;
    info.instance_status = instance.status;
    info.create_time = "2023-01-01T00:00:00Z";
    fill(info.public_ip_addresses, instance.public_ip_addresses, memory);
    fill(info.private_ip_addresses, instance.private_ip_addresses, memory);
    for (fake_tag const& each : instance.tags) {
        if (!info.tags) {
            info.tags.emplace();
        }
        added_to(info.tags->tags, memory) = {each.key, each.value};
    }
}

inline void fake_data_center::fill(instance_info& info, fake_instance const& instance, bump_memory& memory) {
    fill_common(info, instance, memory);
    info.hostname = instance.hostname;
    info.instance_type_id = instance.instance_type_id;
    info.bandwidth_out_mbps = instance.bandwidth;
    if (!instance.public_ip_addresses.empty()) {
        info.primary_public_ip_address = instance.public_ip_addresses.front();
    }
    fill(info.subnet_ids, instance.subnet_ids, memory);
}

inline void fake_data_center::fill(vm_instance_info& info, fake_instance const& instance, bump_memory& memory) {
    fill_common(info, instance, memory);
    info.instance_type = instance.instance_type_id;
    info.internet_max_bandwidth_out = instance.bandwidth;
    if (!instance.subnet_ids.empty()) {
        info.subnet_id = instance.subnet_ids.front();
    }
}

template <class Action>
fake_outcome<typename Action::response> fake_data_center::list_instances(received_action<Action> const& parameters,
                                                                         service const& service, view_memory& memory) {
    using action = Action;
    constexpr std::int64_t default_page_size = 20;
    const auto too_many = [](auto const& list, std::size_t most) { return list && list->size() > most; };
    if (too_many(parameters.template get<&action::instance_ids>(), action::most_instance_ids) ||
        too_many(parameters.template get<&action::tag_keys>(), action::most_tags) ||
        too_many(parameters.template get<&action::tags>(), action::most_tags)) {
        return refuse(api_code::invalid_parameter_exceed_length);
    }
    const std::int64_t page = parameters.template get<&action::page_num>().value_or(1);
    const std::int64_t size = parameters.template get<&action::page_size>().value_or(default_page_size);
    if (page < 1 || size < 1) {
        return refuse(api_code::invalid_parameter_less_minimum, page < 1 ? "pageNum" : "pageSize");
    }
    if (size > action::largest_page) {
        return refuse(api_code::invalid_parameter_exceed_maximum, "pageSize");
    }
    const instance_filter<Action> filter(parameters);
    typename action::response response;
    std::int64_t count = 0;
    for (fake_instance const& each : instances_) {
        if (each.service == service.name && filter.fits(each)) {
            if (count / size == page - 1) {
                typename action::instance& info = added_to(response.data_set, memory.memory());
                fill(info, each, memory.memory());
                info.traffic_package_size = seen(each, settings_.list_lag_seconds).size;
            }
            ++count;
        }
    }
    response.total_count = count;
    return response;
}

inline fake_outcome<describe_available_resources::response> fake_data_center::execute(
    received_action<describe_available_resources> const& parameters, service const&, view_memory& memory) {
    using action = describe_available_resources;
    const auto fits = [](auto const& wanted, auto const& value) { return !wanted || *wanted == value; };
    action::response response;
    for (fake_resource const& each : resources_) {
        if (!fits(parameters.get<&action::instance_charge_type>(), each.charge_type) ||
            !fits(parameters.get<&action::zone_id>(), each.zone_id) ||
            !fits(parameters.get<&action::instance_type_id>(), each.instance_type_id) ||
            !fits(parameters.get<&action::sell_status>(), each.sell_status)) {
            continue;
        }
        available_resource& row = added_to(response.available_resources, memory.memory());
        row.zone_id = each.zone_id;
        row.sell_status = each.sell_status;
        for (internet_charge_type const& type : each.internet_charge_types) {
            added_to(row.internet_charge_types, memory.memory()) = type;
        }
        row.instance_type_id = each.instance_type_id;
        row.maximum_bandwidth_out = each.maximum_bandwidth;
        row.default_bandwidth_out = each.default_bandwidth;
        row.default_traffic_package_size = each.default_size;
        row.quantity = each.quantity;
    }
    return response;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
