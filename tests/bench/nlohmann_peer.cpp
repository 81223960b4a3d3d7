// SPDX-License-Identifier: BSL-1.0
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "peers.hpp"

bench::kept_texts bench::read_with_nlohmann(std::string_view body) {
    const auto document = nlohmann::json::parse(body);
    const auto response = document.find("response");
    return keep_texts(document, response == document.end() ? nullptr : &*response,
                      [](nlohmann::json const& object, char const* name) -> std::string_view {
                          return object.at(name).get_ref<std::string const&>();
                      });
}

bench::page_contents bench::read_page_with_nlohmann(std::string_view page) {
    const auto document = nlohmann::json::parse(page);
    page_contents contents;
    for (nlohmann::json const& instance : document.at("response").at("dataSet")) {
        contents.add({instance.at("instanceId").get_ref<std::string const&>(),
                      instance.at("instanceName").get_ref<std::string const&>(),
                      instance.at("instanceStatus") == "RUNNING", instance.at("bandwidthOutMbps").get<std::int64_t>(),
                      instance.at("trafficPackageSize").get<double>()});
    }
    return contents;
}
