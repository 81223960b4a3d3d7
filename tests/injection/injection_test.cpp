// SPDX-License-Identifier: BSL-1.0

/// @file
/// Every failure that others can cause, one after the other: each hash and MAC that is asked for, each size of the memory
/// that is too small, each allocation.

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/http/http1.hpp>
#include <zenwire/zenwire.hpp>

#include "../unit/results.hpp"
#include "../unit/samples.hpp"

namespace {

using zenwire::errc;

zenwire::error hardware_fault() {
    return zenwire::error::make(errc::transport_failed, zenwire::blame::local, "the hardware failed");
}

/// Counts what was asked for, over all copies, and lets one of it fail.
struct fault_plan {
    int asked = 0;
    int failing = -1;

    bool fails() { return asked++ == failing; }
};

class failing_hash {
public:
    explicit failing_hash(fault_plan& plan) : plan_(&plan) {}
    void update(std::string_view message) { hash_.update(message); }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() const {
        if (plan_->fails()) {
            return zenwire::unexpected(hardware_fault());
        }
        return hash_.finish();
    }

private:
    fault_plan* plan_;
    zenwire::sha256 hash_;
};
static_assert(zenwire::hash_function<failing_hash>);

class failing_mac {
public:
    explicit failing_mac(fault_plan& plan) : plan_(&plan) {}
    zenwire::expected<zenwire::sha256_digest> operator()(std::string_view message) const {
        if (plan_->fails()) {
            return zenwire::unexpected(hardware_fault());
        }
        return zenwire::hmac_sha256(sample::password)(message);
    }

private:
    fault_plan* plan_;
};
static_assert(zenwire::mac_provider<failing_mac>);

auto failing_key(fault_plan& plan) {
    return *zenwire::external_access_key<failing_mac>::make(zenwire::access_key_id(sample::id), failing_mac(plan));
}

zenwire::prepared_endpoint<failing_hash> failing_endpoint(fault_plan& plan) {
    return *zenwire::prepared_endpoint<failing_hash>::make(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), {},
                                                           failing_hash(plan));
}

/// Fails at the allocation that the plan says.
template <class Type>
struct failing_allocator {
    using value_type = Type;

    explicit failing_allocator(fault_plan& used) : plan(&used) {}
    template <class Other>
    explicit failing_allocator(failing_allocator<Other> const& other) : plan(other.plan) {}

    Type* allocate(std::size_t count) {
        if (plan->fails()) {
            throw std::bad_alloc();
        }
        return std::allocator<Type>().allocate(count);
    }
    void deallocate(Type* memory, std::size_t count) { std::allocator<Type>().deallocate(memory, count); }
    template <class Other>
    bool operator==(failing_allocator<Other> const& other) const {
        return plan == other.plan;
    }

    fault_plan* plan;
};

/// Calls `write(std::span<char>)` with each size of memory up to the first that is enough, and checks each that is not.
template <class Write>
std::size_t first_enough(Write write, std::string_view secret = {}) {
    for (std::size_t size = 0; size < 4096; ++size) {
        std::string memory(size + 64, '#');
        const auto result = write(std::span(memory).first(size));
        CAPTURE(size);
        REQUIRE(memory.substr(size) == std::string(64, '#'));
        if (result) {
            return size;
        }
        REQUIRE(result.error().code == errc::buffer_too_small);
        REQUIRE((secret.empty() || !contains(memory, secret)));
    }
    return 0;
}

}  // namespace

TEST_CASE("each hash that fails ends the signing with its failure") {
    fault_plan plan;
    const auto prepared = failing_endpoint(plan);
    const auto key = sample::key();
    plan.asked = 0;
    REQUIRE(zenwire::make_request(sample::action(), prepared, key, sample::time));
    const int asked = plan.asked;
    REQUIRE(asked == 2);
    for (int i = 0; i < asked; ++i) {
        CAPTURE(i);
        plan = {0, i};
        const auto request = zenwire::make_request(sample::action(), prepared, key, sample::time);
        CHECK(code_of(request) == errc::transport_failed);
        plan = {0, i};
        std::string memory(1024, '#');
        const auto placed = zenwire::sign_body(memory, "Action", "{}", prepared, key, sample::time);
        CHECK(code_of(placed) == errc::transport_failed);
        CHECK(memory.find_first_not_of(std::string_view("#\0", 2)) == std::string::npos);
    }
}

TEST_CASE("a MAC that fails ends the signing with its failure, and leaves nothing") {
    fault_plan plan{0, 0};
    std::string memory(1024, '#');
    CHECK(code_of(zenwire::sign_body(memory, "Action", "{}", sample::endpoint(), failing_key(plan), sample::time)) ==
          errc::transport_failed);
    CHECK(memory.find_first_not_of(std::string_view("#\0", 2)) == std::string::npos);
    CHECK(plan.asked == 1);
}

TEST_CASE("each hash and MAC that fails ends the verification with its failure") {
    const auto request = *zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    fault_plan hashes;
    fault_plan macs;
    REQUIRE(zenwire::verify(request.view(), failing_key(macs), sample::time, failing_hash(hashes)));
    const int asked = hashes.asked;
    REQUIRE(asked == 2);
    for (int i = 0; i < asked; ++i) {
        CAPTURE(i);
        hashes = {0, i};
        CHECK(code_of(zenwire::verify(request.view(), failing_key(macs), sample::time, failing_hash(hashes))) ==
              errc::transport_failed);
    }
    macs = {0, 0};
    CHECK(code_of(zenwire::verify(request.view(), failing_key(macs), sample::time)) == errc::transport_failed);
}

TEST_CASE("a body is written into any memory that is large enough, and into no other") {
    const std::size_t enough = first_enough([](std::span<char> memory) {
        return zenwire::write_body(memory, sample::action(), zenwire::services::bmc_2022_11_20);
    });
    CHECK(enough == std::string_view(R"({"instanceId":"instanceId","trafficPackageSize":100})").size());
}

TEST_CASE("a request with a signature is written into any memory that is large enough, and into no other") {
    const auto prepared = sample::endpoint();
    const auto key = sample::key();
    CHECK(first_enough(
              [&](std::span<char> memory) {
                  return zenwire::make_request_in(memory, sample::action(), prepared, key, sample::time);
              },
              "Signature=") > 200);
}

TEST_CASE("a request with a token is written into any memory that is large enough, and into no other") {
    const auto prepared = sample::endpoint();
    const auto token = sample::token();
    CHECK(first_enough(
              [&](std::span<char> memory) {
                  return zenwire::make_request_in(memory, sample::action(), prepared, token, sample::time);
              },
              sample::token_text.substr(0, 8)) > 200);
}

TEST_CASE("HTTP/1.1 is written into any memory that is large enough, and into no other") {
    const auto request = *zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    const auto bytes = *zenwire::http1_request::make(request.view());
    CHECK(first_enough([&](std::span<char> memory) { return bytes.write(memory); }, "Signature=") == bytes.size());
}

TEST_CASE("the answer of any other action is copied into any memory that is large enough, and into no other") {
    constexpr std::string_view json = R"({"requestId":"r","zones":["a","b"]})";
    const std::string body = R"({"requestId":"r","response":)" + std::string(json) + "}";
    const std::size_t enough = first_enough([&](std::span<char> memory) {
        const zenwire::raw_action action{"DescribeZones", "{}", zenwire::raw_action_effect::reads, memory};
        return parse_response(action, zenwire::services::bmc_2026_02_01, {200, body, {}});
    });
    CHECK(enough == json.size());
}

TEST_CASE("each allocation that fails ends the reading of a list with an error") {
    std::string body = R"({"response":{"requestId":"r","totalCount":200,"dataSet":[)";
    for (int i = 0; i < 200; ++i) {
        body += (i == 0 ? "" : ",") + std::string(R"({"instanceId":"i","publicIpAddresses":["10.0.0.1","10.0.0.2"],)") +
                R"("instanceType":{"imageIds":["a","b"]},"tags":{"tags":[{"key":"k","value":"v"}]}})";
    }
    body += "]}}";
    fault_plan plan;
    const failing_allocator<std::byte> allocator(plan);
    REQUIRE(zenwire::parse_instances({200, body, {}}, allocator));
    const int asked = plan.asked;
    REQUIRE(asked >= 2);
    for (int i = 0; i < asked; ++i) {
        CAPTURE(i);
        plan = {0, i};
        const auto page = zenwire::parse_instances({200, body, {}}, allocator);
        REQUIRE(!page);
        CHECK(page.error().code == errc::out_of_memory);
        CHECK(page.error().reads_only);
    }
}
