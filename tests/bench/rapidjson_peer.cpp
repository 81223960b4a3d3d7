// SPDX-License-Identifier: BSL-1.0
#include <string_view>

#include <rapidjson/document.h>

#include "peers.hpp"

bench::kept_texts bench::read_with_rapidjson(std::string_view body) {
    using pool = rapidjson::MemoryPoolAllocator<>;
    char memory[4096];
    char stack_memory[1024];
    pool values(memory, sizeof(memory));
    pool stack(stack_memory, sizeof(stack_memory));
    rapidjson::GenericDocument<rapidjson::UTF8<>, pool, pool> document(&values, sizeof(stack_memory) / 2, &stack);
    document.Parse<rapidjson::kParseValidateEncodingFlag>(body.data(), body.size());
    rapidjson::Value const& root = document;
    const auto response = root.FindMember("response");
    return keep_texts(root, response == root.MemberEnd() ? nullptr : &response->value,
                      [](rapidjson::Value const& object, char const* name) -> std::string_view {
                          rapidjson::Value const& text = object[name];
                          return {text.GetString(), text.GetStringLength()};
                      });
}

bench::page_contents bench::read_page_with_rapidjson(std::string_view page) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(page.data(), page.size());
    const auto text = [](rapidjson::Value const& value) {
        return std::string_view(value.GetString(), value.GetStringLength());
    };
    page_contents contents;
    for (rapidjson::Value const& instance : document["response"]["dataSet"].GetArray()) {
        contents.add({text(instance["instanceId"]), text(instance["instanceName"]),
                      text(instance["instanceStatus"]) == "RUNNING", instance["bandwidthOutMbps"].GetInt64(),
                      instance["trafficPackageSize"].GetDouble()});
    }
    return contents;
}
