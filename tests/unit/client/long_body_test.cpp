// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/owning.hpp>
#include <zenwire/action/raw_action.hpp>
#include <zenwire/action/raw_action_json.hpp>
#include <zenwire/client/request_exchange.hpp>
#include <zenwire/client/send_action.hpp>

#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/verification.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::describe_instances;
using zenwire::errc;
using zenwire::raw_action_effect;
using kind = zenwire::exchange_step::kind;

constexpr std::string_view success =
    R"({"requestId":"T1","response":{"requestId":"T1","totalCount":0,"dataSet":[]}})";

struct fixed_runtime {
    static zenwire::unix_seconds now() { return sample::time; }
    static void sleep_for(zenwire::milliseconds) {}
    static std::uint32_t jitter() { return 0; }
};

zenwire::access_key const& key() {
    static const zenwire::access_key only = sample::key();
    return only;
}
zenwire::client<zenwire::access_key> const& client() {
    static const zenwire::client<zenwire::access_key> only{zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key()};
    return only;
}

/// The body that send_action() hands to a transport, which is signed.
template <class Action>
std::string sent_by_send_action(Action const& action) {
    std::string body;
    const auto transport = [&](zenwire::request_view const& request) {
        CHECK(code_of(zenwire::verify_request(request, key(), sample::time,
                                                 zenwire::services::bmc_2022_11_20)) == errc{});
        body = request.body;
        return zenwire::expected<zenwire::response_view, zenwire::transport_error>(
            zenwire::response_view{200, success, {}});
    };
    const auto result = zenwire::send_action(client(), action, transport, fixed_runtime{});
    CHECK(code_of(result) == errc{});
    return body;
}

/// The same from a request_exchange, which moves while the request is out.
template <class Action>
std::string sent_by_exchange(Action const& action) {
    zenwire::request_exchange first(client(), action);
    REQUIRE(first.next(sample::time).what == kind::send);
    zenwire::request_exchange moved(std::move(first));
    CHECK(code_of(zenwire::verify_request(moved.request(), key(), sample::time,
                                                 zenwire::services::bmc_2022_11_20)) == errc{});
    std::string body(moved.request().body);
    CHECK(moved.receive({200, success, {}}, sample::time).what == kind::done);
    CHECK(code_of(moved.result()) == errc{});
    return body;
}

/// The most that the documents allow: 100 ids, 20 tags and 20 keys of tags of 128 characters, of four bytes each.
class largest_filter {
public:
    [[nodiscard]] describe_instances action() const {
        describe_instances result;
        result.instance_ids = ids_;
        result.tag_keys = keys_;
        result.tags = tags_;
        return result;
    }

private:
    static std::string text() {
        std::string result;
        for (int i = 0; i < 128; ++i) {
            result += "\xF0\x9F\x98\x80";
        }
        return result;
    }

    std::string id_ = std::string(zenwire::limits::instance_id, 'i');
    std::string text_ = text();
    std::vector<std::string_view> ids_ = std::vector<std::string_view>(describe_instances::max_instance_ids, id_);
    std::vector<std::string_view> keys_ = std::vector<std::string_view>(describe_instances::max_tags, text_);
    std::vector<zenwire::tag> tags_ = std::vector<zenwire::tag>(describe_instances::max_tags, {text_, text_});
};

template <class Action>
std::string body_of(Action const& action) {
    std::string memory(200'000, '\0');
    return std::string(zenwire::write_body(memory, action, zenwire::services::bmc_2022_11_20).value());
}

std::string long_object(std::size_t size) { return R"({"text":")" + std::string(size, 'x') + R"("})"; }

/// An allocator without memory.
template <class Value = zenwire::detail::raw_byte>
struct no_memory {
    using value_type = Value;

    no_memory() noexcept = default;
    template <class Other>
    explicit no_memory(no_memory<Other> const&) noexcept {}

    Value* allocate(std::size_t) { throw std::bad_alloc(); }
    void deallocate(Value*, std::size_t) noexcept {}
};

std::string message_of(zenwire::error const& failure) { return std::string(failure.message.view()); }

}  // namespace

TEST_CASE("the largest filter that the documents allow is sent without a choice of memory") {
    const largest_filter filter;
    const std::string expected = body_of(filter.action());
    CHECK(expected.size() > 40'000);
    CHECK(sent_by_send_action(zenwire::owning{filter.action()}) == expected);
    CHECK(sent_by_exchange(zenwire::owning{filter.action()}) == expected);
}

TEST_CASE("bodies on both sides of the limit are sent") {
    for (std::size_t size = zenwire::limits::request_body - 30; size < zenwire::limits::request_body + 5; ++size) {
        CAPTURE(size);
        const std::string zone(size, 'z');
        const zenwire::owning action{describe_instances{.zone_id = zone}};
        CHECK(sent_by_send_action(action) == R"({"zoneId":")" + zone + R"("})");
        CHECK(sent_by_exchange(action) == R"({"zoneId":")" + zone + R"("})");
    }
}

TEST_CASE("the body of a raw_action is sent from where it is, of any size") {
    char memory[100];
    for (std::size_t const size : {1U, 1000U, 1024U, 70'000U}) {
        CAPTURE(size);
        const std::string body = long_object(size);
        const zenwire::raw_action action{"DescribeZones", body, raw_action_effect::reads, memory};
        CHECK(sent_by_send_action(action) == body);
        CHECK(sent_by_exchange(action) == body);
        zenwire::request_exchange exchange(client(), action);
        REQUIRE(exchange.next(sample::time).what == kind::send);
        CHECK(exchange.request().body.data() == body.data());
    }
}

TEST_CASE("the body of a raw_action_json is sent, of any size") {
    for (std::size_t const size : {1U, 1000U, 1024U, 70'000U}) {
        CAPTURE(size);
        const zenwire::raw_action_json action{
            "DescribeZones", {{"text", std::string(size, 'x')}}, raw_action_effect::reads, {}};
        CHECK(sent_by_send_action(action) == long_object(size));
        CHECK(sent_by_exchange(action) == long_object(size));
    }
}

TEST_CASE("actions that own their texts keep a signed_request, and a raw_action less") {
    using flat = zenwire::detail::request_of<zenwire::modify_instance_traffic_package>::type;
    CHECK(std::is_same_v<flat, zenwire::signed_request>);
    CHECK(sizeof(zenwire::raw_action::request_type) + 900 < sizeof(flat));
}

TEST_CASE("a body for which the allocator has no memory is an error that says how large it is") {
    const std::string zone(2000, 'z');
    const zenwire::owning action{describe_instances{.zone_id = zone}, no_memory<>{}};
    zenwire::request_exchange exchange(client(), action);
    REQUIRE(exchange.next(sample::time).what == kind::done);
    zenwire::error const& failure = exchange.result().error();
    CHECK(failure.code == errc::out_of_memory);
    CHECK(failure.outcome == zenwire::outcome::not_executed);
    CHECK(message_of(failure) ==
          "the body has 2013 bytes, limits::request_body is 1024, and the allocator has no memory for a longer one");
}

TEST_CASE("a body that is too long for a signed_request is an error that says how large it is and how to go on") {
    const std::string zone(2000, 'z');
    const auto request = zenwire::make_request(describe_instances{.zone_id = zone}, zenwire::services::bmc_2022_11_20,
                                               zenwire::endpoint(), key(), sample::time);
    REQUIRE(code_of(request) == errc::buffer_too_small);
    CHECK(message_of(request.error()) ==
          "the body has 2013 bytes, limits::request_body is 1024: make_request_in() and sign_body() take memory of any "
          "size; send_action() has it for owning{action}, raw_action and raw_action_json");
    CHECK_FALSE(request.error().message.truncated());
}

TEST_CASE("memory that is too small for a body is an error that says how large it must be") {
    const std::string zone(2000, 'z');
    const describe_instances action{.zone_id = zone};
    char memory[1500];
    const auto body = zenwire::write_body(memory, action, zenwire::services::bmc_2022_11_20);
    REQUIRE(code_of(body) == errc::buffer_too_small);
    const std::string expected = "the body has 2013 bytes, the memory that was given 1500: give as much as the body has, "
                                 "and limits::request_head more for a whole request";
    CHECK(message_of(body.error()) == expected);
    const auto prepared = zenwire::request_template<>::make(zenwire::services::bmc_2022_11_20, zenwire::endpoint());
    const auto placed = zenwire::make_request_in(memory, action, *prepared, key(), sample::time);
    REQUIRE(code_of(placed) == errc::buffer_too_small);
    CHECK(message_of(placed.error()) == expected);
}
