// SPDX-License-Identifier: BSL-1.0
#include "cloud_fixture.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

namespace {

namespace json = boost::json;

/// Reads a member; throws std::runtime_error, or what Boost.JSON throws, when it does not fit.
using reader = std::function<void(json::value const&)>;

/// Reads an object whose members are exactly those that have a reader, any of which may be missing.
void read_object(json::value const& value, std::string const& where, std::map<std::string, reader> const& readers) {
    if (!value.is_object()) {
        throw std::runtime_error(where + " must be an object");
    }
    for (auto const& [name, member] : value.as_object()) {
        const std::string path = where + "." + std::string(name);
        const auto found = readers.find(std::string(name));
        if (found == readers.end()) {
            throw std::runtime_error(path + " is unknown");
        }
        try {
            found->second(member);
        } catch (std::exception const& failure) {
            const std::string why = failure.what();
            throw std::runtime_error(why.starts_with("fixture.") ? why : path + ": " + why);
        }
    }
}

void read_list(json::value const& value, std::function<void(json::value const&)> const& read) {
    for (json::value const& each : value.as_array()) {
        read(each);
    }
}

std::string text_of(json::value const& value) { return std::string(value.as_string()); }

zenwire::traffic_package_size size_of(json::value const& value) {
    const auto size = value.is_string() ? zenwire::traffic_package_size::parse(text_of(value))
                                        : zenwire::traffic_package_size::from_terabytes(value.to_number<double>());
    if (!size) {
        throw std::runtime_error(std::string(size.error().message.view()));
    }
    return *size;
}

reader into(std::string& place) {
    return [&place](json::value const& value) { place = text_of(value); };
}
reader into(std::int64_t& place) {
    return [&place](json::value const& value) { place = value.to_number<std::int64_t>(); };
}
reader into(bool& place) {
    return [&place](json::value const& value) { place = value.as_bool(); };
}
reader into(std::vector<std::string>& place) {
    return [&place](json::value const& value) {
        place.clear();
        read_list(value, [&](json::value const& each) { place.push_back(text_of(each)); });
    };
}
reader into(zenwire::traffic_package_size& place) {
    return [&place](json::value const& value) { place = size_of(value); };
}
reader into(std::optional<zenwire::traffic_package_size>& place) {
    return
        [&place](json::value const& value) { place = value.is_null() ? std::nullopt : std::optional(size_of(value)); };
}
template <class Words>
reader into(zenwire::open_enum<Words>& place) {
    return [&place](json::value const& value) { place = zenwire::open_enum<Words>::parse(text_of(value)); };
}

/// The enumerator of a name; throws when it is none of the table.
template <class Value, std::size_t Size>
Value named(std::string_view name, std::pair<std::string_view, Value> const (&table)[Size]) {
    for (auto const& [each, value] : table) {
        if (each == name) {
            return value;
        }
    }
    throw std::runtime_error("no such name: " + std::string(name));
}

void read_settings(json::value const& value, zenwire::fake_cloud_settings& settings) {
    using check = zenwire::fake_check;
    static constexpr std::pair<std::string_view, check> checks[] = {
        {"instance", check::instance}, {"status", check::status},         {"charge_type", check::charge_type},
        {"package", check::package},   {"processing", check::processing}, {"plan", check::plan},
        {"step", check::step},         {"minimum", check::minimum},       {"maximum", check::maximum}};
    read_object(value, "fixture.settings",
                {{"processingSeconds", into(settings.processing_seconds)},
                 {"priceCentsPerTerabyte", into(settings.price_cents_per_terabyte)},
                 {"priceCentsPerMbps", into(settings.price_cents_per_mbps)},
                 {"discountPercent", into(settings.percent_to_pay)},
                 {"insufficientBalanceCode", into(settings.insufficient_balance_code)},
                 {"cycleBegin", into(settings.cycle_begin)},
                 {"cycleSeconds",
                  [&](json::value const& seconds) {
                      settings.cycle_seconds = seconds.to_number<std::int64_t>();
                      if (settings.cycle_seconds < 1) {
                          throw std::runtime_error("a cycle lasts at least a second");
                      }
                  }},
                 {"isStrict", into(settings.charges_for_same_size)},
                 {"statusLagSeconds", into(settings.status_lag_seconds)},
                 {"listLagSeconds", into(settings.list_lag_seconds)},
                 {"ledgerLagSeconds", into(settings.ledger_lag_seconds)},
                 {"ledgerBeginsWithNewest", into(settings.ledger_begins_with_newest)},
                 {"acceptsLettersAsSent", into(settings.accepts_letters_as_sent)},
                 {"showsModifiedSize", into(settings.shows_modified_size)},
                 {"checks", [&](json::value const& list) {
                      settings.checks.clear();
                      read_list(list, [&](json::value const& each) {
                          settings.checks.push_back(named(text_of(each), checks));
                      });
                  }}});
}

void add_instance(json::value const& value, zenwire::fake_cloud& cloud) {
    zenwire::fake_instance instance;
    read_object(
        value, "fixture.instances",
        {{"instanceId", into(instance.id)},
         {"service", into(instance.service)},
         {"instanceStatus", into(instance.status)},
         {"instanceChargeType", into(instance.charge_type)},
         {"internetChargeType", into(instance.internet_charge_type)},
         {"trafficPackageSize", into(instance.size)},
         {"defaultTrafficPackageSize", into(instance.default_size)},
         {"maximumTrafficPackageSize", into(instance.maximum_size)},
         {"plannedTrafficPackageSize", into(instance.planned_size)},
         {"instanceName", into(instance.name)},
         {"hostname", into(instance.hostname)},
         {"zoneId", into(instance.zone_id)},
         {"instanceTypeId", into(instance.instance_type_id)},
         {"imageId", into(instance.image_id)},
         {"resourceGroupId", into(instance.resource_group_id)},
         {"bandwidthOutMbps", into(instance.bandwidth)},
         {"defaultBandwidthOutMbps", into(instance.default_bandwidth)},
         {"maximumBandwidthOutMbps", into(instance.maximum_bandwidth)},
         {"subnetIds", into(instance.subnet_ids)},
         {"publicIpAddresses", into(instance.public_ip_addresses)},
         {"privateIpAddresses", into(instance.private_ip_addresses)},
         {"isForSale", into(instance.is_for_sale)},
         {"tags", [&](json::value const& list) {
              read_list(list, [&](json::value const& each) {
                  zenwire::fake_tag tag;
                  read_object(each, "fixture.instances.tags", {{"key", into(tag.key)}, {"value", into(tag.value)}});
                  instance.tags.push_back(std::move(tag));
              });
          }}});
    if (instance.id.empty() || (instance.service != "bmc" && instance.service != "vm")) {
        throw std::runtime_error("fixture.instances: an instance needs an instanceId, and its service is bmc or vm");
    }
    cloud.add(std::move(instance));
}

void add_resource(json::value const& value, zenwire::fake_cloud& cloud) {
    zenwire::fake_resource resource;
    read_object(value, "fixture.resources",
                {{"zoneId", into(resource.zone_id)},
                 {"instanceTypeId", into(resource.instance_type_id)},
                 {"instanceChargeType", into(resource.charge_type)},
                 {"sellStatus", into(resource.sell_status)},
                 {"maximumBandwidthOut", into(resource.maximum_bandwidth)},
                 {"defaultBandwidthOut", into(resource.default_bandwidth)},
                 {"defaultTrafficPackageSize", into(resource.default_size)},
                 {"qty", into(resource.quantity)},
                 {"internetChargeTypes", [&](json::value const& list) {
                      resource.internet_charge_types.clear();
                      read_list(list, [&](json::value const& each) {
                          resource.internet_charge_types.push_back(zenwire::internet_charge_type::parse(text_of(each)));
                      });
                  }}});
    cloud.add(std::move(resource));
}

void add_fault(json::value const& value, zenwire::fake_cloud& cloud) {
    using kind = zenwire::scripted_fault::kind;
    static constexpr std::pair<std::string_view, kind> kinds[] = {{"none", kind::none},
                                                                  {"not_sent", kind::not_sent},
                                                                  {"request_lost", kind::request_lost},
                                                                  {"late", kind::late},
                                                                  {"response_lost", kind::response_lost},
                                                                  {"twice", kind::twice},
                                                                  {"cut", kind::cut},
                                                                  {"slow", kind::slow},
                                                                  {"varied", kind::varied},
                                                                  {"canned", kind::canned},
                                                                  {"masked", kind::masked}};
    using variant = zenwire::response_variant;
    static constexpr std::pair<std::string_view, variant> variants[] = {
        {"numbers_as_strings", variant::numbers_as_strings},
        {"unknown_members", variant::unknown_members},
        {"old_spellings", variant::old_spellings}};
    zenwire::scripted_fault fault;
    read_object(value, "fixture.faults",
                {{"kind", [&](json::value const& name) { fault.what = named(text_of(name), kinds); }},
                 {"variant", [&](json::value const& name) { fault.variant = named(text_of(name), variants); }},
                 {"seconds", into(fault.seconds)},
                 {"size", [&](json::value const& size) { fault.size = size.to_number<std::size_t>(); }},
                 {"status",
                  [&](json::value const& status) {
                      fault.response.status = status.to_number<int>();
                      if (fault.response.status < 200 || fault.response.status > 599) {
                          throw std::runtime_error("a status is from 200 to 599");
                      }
                  }},
                 {"body", into(fault.response.body)},
                 {"headers", [&](json::value const& headers) {
                      for (auto const& [name, text] : headers.as_object()) {
                          fault.response.fields.push_back({std::string(name), text_of(text)});
                      }
                  }}});
    cloud.script(std::move(fault));
}

void add_access_key(json::value const& value, zenwire::fake_cloud& cloud) {
    std::string id;
    std::string secret;
    read_object(value, "fixture.accessKeys", {{"accessKeyId", into(id)}, {"accessKeySecret", into(secret)}});
    auto key = zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(secret));
    if (!key) {
        throw std::runtime_error("fixture.accessKeys: " + std::string(key.error().message.view()));
    }
    cloud.add(*std::move(key));
}

void add_token(json::value const& value, zenwire::fake_cloud& cloud) {
    auto token = zenwire::bearer_token::make(zenwire::token(text_of(value)));
    if (!token) {
        throw std::runtime_error("fixture.tokens: " + std::string(token.error().message.view()));
    }
    cloud.add(*std::move(token));
}

json::value size_or_null(std::optional<zenwire::traffic_package_size> size) {
    if (!size) {
        return nullptr;
    }
    char memory[32];
    zenwire::buffer_writer out(memory);
    size->write_to(out);
    return json::string(out.written());
}

}  // namespace

std::string cloud_fixture::apply(std::string const& text, zenwire::fake_cloud& cloud) {
    const auto each = [&cloud](void (*add)(json::value const&, zenwire::fake_cloud&)) {
        return [&cloud, add](json::value const& list) {
            read_list(list, [&](json::value const& value) { add(value, cloud); });
        };
    };
    try {
        read_object(json::parse(text), "fixture",
                    {{"accessKeys", each(add_access_key)},
                     {"tokens", each(add_token)},
                     {"balanceCents",
                      [&](json::value const& cents) {
                          cloud.set_balance_cents(cents.is_null() ? std::nullopt
                                                                  : std::optional(cents.to_number<std::int64_t>()));
                      }},
                     {"settings", [&](json::value const& settings) { read_settings(settings, cloud.settings()); }},
                     {"instances", each(add_instance)},
                     {"resources", each(add_resource)},
                     {"faults", each(add_fault)}});
    } catch (std::exception const& failure) {
        return failure.what();
    }
    return {};
}

std::string cloud_fixture::summary(zenwire::fake_cloud const& cloud) {
    json::array orders;
    for (zenwire::fake_order const& each : cloud.orders()) {
        orders.push_back({{"orderNumber", each.number},
                          {"instanceId", each.instance_id},
                          {"trafficPackageSize", each.bandwidth ? json::value() : size_or_null(each.size)},
                          {"bandwidthOutMbps", each.bandwidth ? json::value(*each.bandwidth) : json::value()},
                          {"paidCents", each.paid_cents},
                          {"placedAt", each.placed_at.count()},
                          {"isCancelled", each.is_cancelled}});
    }
    json::array instances;
    for (zenwire::fake_instance const& each : cloud.instances()) {
        instances.push_back(
            {{"service", each.service},
             {"instanceId", each.id},
             {"trafficPackageSize", size_or_null(each.size)},
             {"changesTo", each.running_change ? size_or_null(each.running_change->target) : json::value()},
             {"plannedTrafficPackageSize", size_or_null(each.planned_size)}});
    }
    const auto balance = cloud.balance_cents();
    return json::serialize(json::object{{"requests", cloud.requests_seen()},
                                        {"balanceCents", balance ? json::value(*balance) : json::value()},
                                        {"orders", std::move(orders)},
                                        {"instances", std::move(instances)}});
}
