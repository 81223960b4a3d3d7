// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/request.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instances.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

constexpr auto bmc = zenwire::services::bmc_2022_11_20;

}  // namespace

TEST_CASE("a body is compact JSON with the members in the order of the documents") {
    struct {
        std::string_view instance_id;
        std::string_view size;
        std::string_view body;
    } const cases[] = {
        {"instanceId", "100", R"({"instanceId":"instanceId","trafficPackageSize":100})"},
        {"instanceId", "0", R"({"instanceId":"instanceId","trafficPackageSize":0})"},
        {"instanceId", "0.15", R"({"instanceId":"instanceId","trafficPackageSize":0.15})"},
        {"instanceId", "100.00", R"({"instanceId":"instanceId","trafficPackageSize":100})"},
        {"instanceId", "1000000000", R"({"instanceId":"instanceId","trafficPackageSize":1000000000})"},
        {"实例1", "1.5", R"({"instanceId":"实例1","trafficPackageSize":1.5})"},
        {"a\"b\\c/d<e>&", "0.05", R"({"instanceId":"a\"b\\c/d<e>&","trafficPackageSize":0.05})"},
    };
    for (auto const& each : cases) {
        char memory[256];
        const zenwire::modify_instance_traffic_package action{each.instance_id, sample::size(each.size)};
        const auto body = zenwire::write_body(memory, action, bmc);
        REQUIRE(code_of(body) == zenwire::errc{});
        CHECK(*body == each.body);
    }
}

TEST_CASE("an action against the rules is refused before a byte is written") {
    char memory[] = "untouched";
    for (const zenwire::modify_instance_traffic_package& action :
         {zenwire::modify_instance_traffic_package{"", sample::size("1")},
          zenwire::modify_instance_traffic_package{"id\n", sample::size("1")},
          zenwire::modify_instance_traffic_package{std::string(1000, 'x'), sample::size("1")},
          zenwire::modify_instance_traffic_package{"id", sample::size("0.07")}}) {
        CHECK(code_of(zenwire::write_body(memory, action, bmc)) == zenwire::errc::invalid_parameter);
        CHECK(std::string_view(memory) == "untouched");
    }
}

TEST_CASE("a body needs exactly its bytes and never writes past the memory") {
    const auto action = sample::action();
    const std::string wanted = R"({"instanceId":"instanceId","trafficPackageSize":100})";
    for (std::size_t room = 0; room <= wanted.size() + 2; ++room) {
        std::string memory(wanted.size() + 16, '#');
        const auto body = zenwire::write_body(std::span(memory).first(room), action, bmc);
        CAPTURE(room);
        REQUIRE(code_of(body) == (room < wanted.size() ? zenwire::errc::buffer_too_small : zenwire::errc{}));
        REQUIRE(memory.find_first_not_of('#', room) == std::string::npos);
        if (body) {
            REQUIRE(*body == wanted);
        }
    }
}

TEST_CASE("nothing is left in memory of a body that has a text which is not UTF-8") {
    const zenwire::describe_instances action{.instance_name = "a name \xFF"};
    std::string memory(256, '#');
    const auto body = zenwire::write_body(memory, action, bmc);
    REQUIRE(code_of(body) == zenwire::errc::invalid_parameter);
    CHECK(body.error().message.view() == "a text is not UTF-8");
    CHECK(memory.find_first_not_of(std::string_view("#\0", 2)) == std::string::npos);
}
