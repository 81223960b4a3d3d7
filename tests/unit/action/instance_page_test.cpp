// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/instance_page.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

constexpr std::string_view answer =
    R"({"requestId":"T1","response":{"requestId":"T1","totalCount":7,"dataSet":[{"instanceId":"a\"b","subnetIds":["x","y"]},)"
    R"({"instanceId":"c"}]}})";

/// Has no memory. By null: it cannot throw in all builds.
template <class Value>
struct empty_allocator {
    using value_type = Value;

    empty_allocator() = default;
    template <class Other>
    empty_allocator(empty_allocator<Other> const&) noexcept {}

    Value* allocate(std::size_t) noexcept { return nullptr; }
    void deallocate(Value*, std::size_t) noexcept {}
};

}  // namespace

TEST_CASE("a page is a range of the instances in the server's order") {
    const auto page = zenwire::parse_instances({200, answer, {}});
    REQUIRE(page.has_value());
    CHECK((*page)->request_id == "T1");
    CHECK((*page)->total_count == 7);
    std::string ids;
    for (zenwire::instance_info const& each : (*page)->data_set) {
        ids += std::string(each.instance_id) + ' ';
    }
    CHECK(ids == "a\"b c ");
    REQUIRE((*page)->data_set.front().subnet_ids.size() == 2);
    CHECK((*page)->data_set.front().subnet_ids.front() == "x");
}

TEST_CASE("a page needs neither the response's memory nor its own place") {
    std::string body(answer);
    auto first = zenwire::parse_instances({200, body, {}});
    body.assign(body.size(), 'x');
    REQUIRE(first.has_value());
    const zenwire::instance_page<> second(*std::move(first));
    CHECK(second->data_set.front().instance_id == "a\"b");
}

TEST_CASE("an id that does not exist gives an empty page") {
    const auto page = zenwire::parse_instances({200, R"({"response":{"totalCount":0,"dataSet":[]}})", {}});
    REQUIRE(page.has_value());
    CHECK((*page)->data_set.empty());
    CHECK((*page)->data_set.begin() == (*page)->data_set.end());
}

TEST_CASE("a failure says that nothing was changed, and may be tried again") {
    const auto page = zenwire::parse_instances({500, R"({"requestId":"T2","code":"X","message":"m"})", {}});
    REQUIRE(code_of(page) == zenwire::errc::api_error);
    CHECK(page.error().request_id.view() == "T2");
    CHECK(page.error().retryable());
}

TEST_CASE("without memory it says so") {
    const auto page = zenwire::parse_instances({200, answer, {}}, empty_allocator<std::byte>());
    REQUIRE(code_of(page) == zenwire::errc::out_of_memory);
    CHECK(page.error().outcome == zenwire::outcome::not_executed);
}
