// SPDX-License-Identifier: BSL-1.0
#include <string_view>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "peers.hpp"

namespace {

/// Reads all that is in a value, and keeps nothing.
void read_all(simdjson::ondemand::value value) {
    using simdjson::ondemand::json_type;
    switch (value.type().value()) {
    case json_type::object:
        for (auto member : value.get_object()) {
            benchmark::DoNotOptimize(member.unescaped_key().value());
            read_all(member.value());
        }
        break;
    case json_type::array:
        for (auto element : value.get_array()) {
            read_all(element.value());
        }
        break;
    case json_type::string: benchmark::DoNotOptimize(value.get_string().value()); break;
    case json_type::number: benchmark::DoNotOptimize(value.get_number().value()); break;
    case json_type::boolean: benchmark::DoNotOptimize(value.get_bool().value()); break;
    case json_type::null: benchmark::DoNotOptimize(value.is_null()); break;
    }
}

}  // namespace

bench::kept_texts bench::read_with_simdjson(std::string_view body) {
    static simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(body);
    simdjson::ondemand::document document = parser.iterate(padded);
    kept_texts kept;
    for (auto member : document.get_object()) {
        const std::string_view name = member.unescaped_key();
        if (name == "requestId") {
            kept.request_id = member.value().get_string().value();
        } else if (name == "code") {
            kept.order_number_or_code = member.value().get_string().value();
        } else if (name == "message") {
            kept.message = member.value().get_string().value();
        } else if (name == "response") {
            for (auto inner : member.value().get_object()) {
                const std::string_view inner_name = inner.unescaped_key();
                if (inner_name == "orderNumber") {
                    kept.order_number_or_code = inner.value().get_string().value();
                }
            }
        }
    }
    return kept;
}

bench::page_contents bench::read_page_with_simdjson_dom(std::string_view page) {
    static simdjson::dom::parser parser;
    const simdjson::dom::element document = parser.parse(page.data(), page.size());  // makes a padded copy
    page_contents contents;
    for (const simdjson::dom::element instance : document["response"]["dataSet"].get_array()) {
        contents.add({instance["instanceId"].get_string(), instance["instanceName"].get_string(),
                      instance["instanceStatus"].get_string().value() == "RUNNING",
                      instance["bandwidthOutMbps"].get_int64(), instance["trafficPackageSize"].get_double()});
    }
    return contents;
}

bench::page_contents bench::read_page_with_simdjson_on_demand(std::string_view page) {
    static simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(page);
    simdjson::ondemand::document document = parser.iterate(padded);
    page_contents contents;
    for (auto instance : document["response"]["dataSet"].get_array()) {
        shown_fields shown;
        for (auto member : instance.get_object()) {
            const std::string_view name = member.unescaped_key();
            if (name == "instanceId") {
                shown.id = member.value().get_string();
            } else if (name == "instanceName") {
                shown.name = member.value().get_string();
            } else if (name == "instanceStatus") {
                shown.is_running = member.value().get_string().value() == "RUNNING";
            } else if (name == "bandwidthOutMbps") {
                shown.bandwidth = member.value().get_int64();
            } else if (name == "trafficPackageSize") {
                shown.terabytes = member.value().get_double();
            } else {
                read_all(member.value());
            }
        }
        contents.add(shown);
    }
    return contents;
}
