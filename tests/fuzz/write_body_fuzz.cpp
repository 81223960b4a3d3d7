// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: a body that is written for any parameters is an object to Boost.JSON, with exactly the instance id and the size
/// that were given, and nothing but memory decides whether it fits: it is the same text in just enough memory and an error
/// in one byte less, with no byte written behind the end.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    namespace json = boost::json;
    fuzz_input input(data, size);
    const auto package = zenwire::traffic_package_size::from_units(
        static_cast<std::int64_t>(input.number() % (zenwire::traffic_package_size::largest_terabytes * 1'000'000)));
    require(package.has_value(), "all these sizes are sizes");
    const std::string_view id = input.rest();
    const zenwire::modify_instance_traffic_package action{zenwire::instance_id(id), *package};
    std::vector<char> memory(4096);
    const auto body = zenwire::write_body(memory, action, zenwire::services::vm_2026_04_01);
    if (!body) {
        require(body.error().code == zenwire::errc::invalid_parameter && body.error().blame == zenwire::blame::local,
                "only bad parameters are refused");
        bool has_control_character = false;
        for (const char c : id) {
            has_control_character = has_control_character || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        }
        require(has_control_character || id.empty() || id.size() > zenwire::limits::instance_id ||
                    !zenwire::is_utf8(id),
                "what is refused is against the rule");
        return 0;
    }
    boost::system::error_code broken;
    const json::value document = json::parse(*body, broken);
    require(!broken && document.is_object() && document.as_object().size() == 2,
            "the body is an object of two members");
    require(std::string_view(document.as_object().at("instanceId").as_string()) == id, "the id is the one given");
    char text[32];
    zenwire::buffer_writer out(text);
    package->write_to(out);
    require(body->find(out.written()) != std::string_view::npos, "the size is written exactly");
    const double read = document.as_object().at("trafficPackageSize").to_number<double>();
    require(read == package->terabytes(), "the size is the one given");

    std::vector<char> tight(body->size() + 1, '#');
    const auto same =
        zenwire::write_body(std::span(tight).first(body->size()), action, zenwire::services::vm_2026_04_01);
    require(same && *same == *body && tight.back() == '#', "just enough memory is enough");
    tight.assign(tight.size(), '#');
    const auto cut =
        zenwire::write_body(std::span(tight).first(body->size() - 1), action, zenwire::services::vm_2026_04_01);
    require(!cut && cut.error().code == zenwire::errc::buffer_too_small, "one byte less is too small");
    require(tight[body->size() - 1] == '#' && tight.back() == '#', "nothing is written behind the end");
    return 0;
}
