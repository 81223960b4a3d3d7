// SPDX-License-Identifier: BSL-1.0
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

#include "../unit/results.hpp"
#include "../unit/samples.hpp"
#include "fenced_memory.hpp"

/// @file
/// Memory of every size that is too small: each has to come out as that error, with nothing written beside it and no secret left in
/// it.

namespace {

using zenwire::errc;
constexpr zenwire::service service = zenwire::services::bmc_2022_11_20;

/// The least memory for which `write(memory)` succeeds, where less memory always gives errc::buffer_too_small, nothing
/// around the memory is touched, and nothing of `secret` stays in it.
template <class Write>
std::size_t least_memory(Write write, std::string_view secret = {}) {
    constexpr std::size_t most = 4096;
    for (std::size_t size = 0; size < most; ++size) {
        fenced_memory fenced(size);
        const errc code = code_of(write(fenced.memory()));
        if (!fenced.is_fence_whole()) {
            FAIL("memory of ", size, " bytes: something was written beside it");
        }
        if (code == errc{}) {
            return size;
        }
        if (code != errc::buffer_too_small) {
            FAIL("memory of ", size, " bytes: ", toString(code));
        }
        if (shows_any_of(secret, fenced.inside())) {
            FAIL("memory of ", size, " bytes: a part of the secret stays in it");
        }
    }
    FAIL("no memory is enough");
    return most;
}

/// Feeds a response of HTTP/1 whole.
zenwire::expected<zenwire::http1_progress> read_http1(std::span<char> head, std::size_t positions, std::span<char> body,
                                                      std::string_view bytes) {
    std::vector<zenwire::field_position> memory(positions);
    zenwire::http1_response response(head, memory, body);
    return response.feed(bytes);
}

}  // namespace

TEST_CASE("a signed request in memory of every size is whole or refused") {
    const auto prepared = sample::endpoint();
    const auto key = sample::key();
    const std::size_t size = least_memory(
        [&](std::span<char> memory) {
            return zenwire::make_request_in(memory, sample::action(), prepared, key, sample::time);
        },
        sample::password);
    std::string memory(size, '\0');
    const auto placed = zenwire::make_request_in(memory, sample::action(), prepared, key, sample::time);
    const auto owned = zenwire::make_request(sample::action(), prepared, key, sample::time);
    CHECK(bytes_of(placed->view()) == bytes_of(owned->view()));
}

TEST_CASE("a request with a token in memory that is too small leaves nothing of the token there") {
    const auto prepared = sample::endpoint();
    const auto token = sample::token();
    least_memory(
        [&](std::span<char> memory) {
            return zenwire::make_request_in(memory, sample::action(), prepared, token, sample::time);
        },
        sample::token_text);
    least_memory(
        [&](std::span<char> head) { return zenwire::sign_body(head, "Any", "{}", prepared, token, sample::time); },
        sample::token_text);
    least_memory(
        [&](std::span<char> head) { return zenwire::sign_body(head, "Any", "{}", prepared, token, sample::time); },
        sample::token_text);
}

TEST_CASE("a head that a key signs is whole or refused in memory of every size, and refused it has no signature") {
    const auto prepared = sample::endpoint();
    const auto key = sample::key();
    const auto whole = zenwire::make_request(sample::action(), prepared, key, sample::time);
    const std::string bytes = bytes_of(whole->view());
    const std::string signature = bytes.substr(bytes.find("Signature=") + 10, 64);
    const std::string body(whole->view().body);
    const auto sign = [&](std::span<char> head) {
        return zenwire::sign_body(head, "ModifyInstanceTrafficPackage", body, prepared, key, sample::time);
    };
    const auto write = [&](std::span<char> head) {
        return zenwire::sign_body(head, "ModifyInstanceTrafficPackage", body, prepared, key, sample::time);
    };
    const std::size_t size = least_memory(sign, signature);
    CHECK(size > signature.size());
    CHECK(least_memory(write, signature) == size);
    CHECK(least_memory(sign, sample::password) == size);
}

TEST_CASE("HTTP/1.1 in memory of every size is whole or refused, and refused it leaves nothing of the token") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::token(), sample::time);
    const zenwire::request_view view = request->view();
    const auto http1 = zenwire::http1_request::make(view, zenwire::connection_use::close);
    REQUIRE(http1);
    CHECK(least_memory([&](std::span<char> memory) { return http1->write_to(memory); }, sample::token_text) ==
          http1->size());
}

TEST_CASE("a body in memory of every size is whole or refused") {
    const std::string_view names[] = {"a\"b", "\xC3\xBC\n"};
    const zenwire::tag tags[] = {{"key", "value"}};
    const zenwire::describe_instances list{.instance_ids = names,
                                           .zone_id = "HKG-A",
                                           .instance_name = std::string_view("\0a", 2),
                                           .tags = tags,
                                           .page_num = 12345678901,
                                           .page_size = 1000};
    const auto body = [](auto const& action) {
        return [&action](std::span<char> memory) { return zenwire::write_body(memory, action, service); };
    };
    CHECK(least_memory(body(list)) > 100);
    const auto modify = sample::action("0.15");
    CHECK(least_memory(body(modify)) ==
          std::string_view(R"({"instanceId":"instanceId","trafficPackageSize":0.15})").size());
    const std::size_t bare = std::string_view(R"({"instanceId":"i"})").size();
    CHECK(least_memory(body(zenwire::describe_instance_internet_status{"i"})) == bare);
    CHECK(least_memory(body(zenwire::cancel_instance_traffic_package_downgrade{"i"})) == bare);
    CHECK(least_memory(body(zenwire::cancel_instance_bandwidth_downgrade{"i"})) == bare);
    CHECK(least_memory(body(zenwire::inquiry_price_instance_traffic_package{"i", sample::size("2")})) > bare);
    CHECK(least_memory(body(zenwire::inquiry_price_instance_bandwidth{"i", 100})) > bare);
    CHECK(least_memory(body(zenwire::modify_instance_bandwidth{"i", 100})) > bare);
    CHECK(least_memory(body(zenwire::look_up_instance{{"i"}})) > bare);
    CHECK(least_memory(body(zenwire::describe_available_resources{
              .instance_charge_type = zenwire::instance_charge_type::prepaid, .zone_id = "HKG-A"})) ==
          std::string_view(R"({"instanceChargeType":"PREPAID","zoneId":"HKG-A"})").size());
    CHECK(least_memory(body(
              zenwire::describe_instance_traffic{"i", zenwire::unix_seconds(0), zenwire::unix_seconds(3600)})) > bare);
}

TEST_CASE("a response of HTTP/1 in memory of every size is whole or refused") {
    constexpr std::string_view bytes =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n"
        "\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n";
    constexpr std::size_t enough = 256;
    const auto is_whole = [&](std::size_t head_size, std::size_t positions, std::size_t body_size) {
        fenced_memory head(head_size);
        fenced_memory body(body_size);
        const auto progress = read_http1(head.memory(), positions, body.memory(), bytes);
        REQUIRE(head.is_fence_whole());
        REQUIRE(body.is_fence_whole());
        REQUIRE((progress ? *progress == zenwire::http1_progress::complete
                          : progress.error().code == errc::response_too_large));
        return progress.has_value();
    };
    CHECK(is_whole(enough, 2, 7));
    std::size_t least_head = 0;
    while (least_head < enough && !is_whole(least_head, 2, enough)) {
        ++least_head;
    }
    CHECK(least_head > 40);
    for (std::size_t size = least_head; size < enough; ++size) {
        REQUIRE(is_whole(size, 2, enough));
    }
    for (std::size_t size = 0; size < 7; ++size) {
        REQUIRE_FALSE(is_whole(enough, 2, size));
    }
    CHECK_FALSE(is_whole(enough, 1, enough));
    CHECK_FALSE(is_whole(enough, 0, enough));
}

TEST_CASE("the response of any other action is copied into memory that is large enough, and refused with less") {
    constexpr std::string_view json = R"({"requestId":"r","zones":["a","b"]})";
    const std::string body = R"({"requestId":"r","response":)" + std::string(json) + "}";
    const std::size_t size = least_memory([&](std::span<char> memory) {
        const zenwire::raw_action action{"DescribeZones", "{}", zenwire::raw_action_effect::reads, memory};
        return parse_response(action, service, {200, body, {}});
    });
    CHECK(size == json.size());
}

TEST_CASE("a masked head in memory of every size is whole or overflows, and shows nothing of the token") {
    // without a word that the host has, too
    constexpr std::string_view secret = "s3cret_0123456789+xyz/==";
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(),
                                               *zenwire::bearer_token::make(zenwire::token(secret)), sample::time);
    bool is_whole = false;
    for (std::size_t size = 0; !is_whole && size < 2048; ++size) {
        fenced_memory fenced(size);
        zenwire::buffer_writer out(fenced.memory());
        zenwire::write_redacted_head(out, request->view());
        is_whole = !out.overflowed();
        REQUIRE(fenced.is_fence_whole());
        REQUIRE_FALSE(shows_any_of(secret, fenced.inside()));
    }
    CHECK(is_whole);
}

TEST_CASE("memory for lists of every size gives all of the list or says that it is exhausted") {
    const std::string body = page_of_instances(3);
    bool is_enough = false;
    for (std::size_t size = 0; !is_enough && size < 8192; ++size) {
        fenced_memory fenced(size);
        zenwire::arena memory(std::as_writable_bytes(fenced.memory()));
        zenwire::describe_instances::response response;
        const auto done = zenwire::read_response({200, body, {}}, true, response, &memory);
        is_enough = !memory.exhausted();
        REQUIRE(fenced.is_fence_whole());
        REQUIRE((is_enough ? done && response.data_set.size() == 3 : response.data_set.size() <= 3));
    }
    CHECK(is_enough);
}

TEST_CASE("an instance that does not fit into the scratch memory is named, whatever its size") {
    const std::string body = page_of_instances(2);
    for (std::size_t size = 0; size < 512; ++size) {
        fenced_memory fenced(size);
        std::size_t whole = 0;
        std::size_t refused = 0;
        const auto page = zenwire::for_each_instance(
            {200, body, {}}, std::as_writable_bytes(fenced.memory()),
            [&](zenwire::instance_info const& instance) {
                whole += instance.public_ip_addresses.size() == 2 ? 1U : 0U;
            },
            [&](std::string_view, zenwire::error const& failure) {
                refused += failure.code == errc::buffer_too_small ? 1U : 0U;
            });
        REQUIRE(fenced.is_fence_whole());
        REQUIRE(page);
        REQUIRE(whole + refused == 2);
        REQUIRE(page->incomplete_count == refused);
    }
}
