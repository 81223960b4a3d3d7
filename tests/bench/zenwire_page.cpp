// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstddef>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "peers.hpp"

namespace {

bench::shown_fields shown_of(zenwire::instance_info const& instance) {
    return {instance.instance_id, instance.instance_name,
            instance.instance_status == zenwire::instance_status::running,
            instance.bandwidth_out_mbps.value_or(0),
            instance.traffic_package_size ? instance.traffic_package_size->terabytes() : 0};
}

}  // namespace

bench::page_contents bench::read_page_as_stream(std::string_view page) {
    static std::array<std::byte, stream_memory> scratch;
    page_contents contents;
    const auto summary = zenwire::for_each_instance(
        {200, page, {}}, scratch, [&](zenwire::instance_info const& instance) { contents.add(shown_of(instance)); },
        [](std::string_view, zenwire::error const&) {});
    return summary ? contents : page_contents{};
}

bench::page_contents bench::read_page_as_container(std::string_view page) {
    const auto read = zenwire::owned_response<zenwire::describe_instances::response>::parse({200, page, {}}, true);
    page_contents contents;
    if (read) {
        for (zenwire::instance_info const& instance : (*read)->data_set) {
            contents.add(shown_of(instance));
        }
    }
    return contents;
}
