// SPDX-License-Identifier: BSL-1.0
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

#include "../unit/results.hpp"
#include "../unit/samples.hpp"
#include "fenced_memory.hpp"

/// @file
/// What fails on purpose: the N-th use of a hash and of a key, and the N-th block of an allocator. Each failure has to come out as
/// the error that it is, once, and leave nothing behind.

namespace {

using zenwire::errc;
constexpr zenwire::service service = zenwire::services::bmc_2022_11_20;

/// Counts down to the call that fails, and on.
struct countdown {
    std::size_t left = SIZE_MAX;
    std::size_t calls = 0;

    [[nodiscard]] bool fails() noexcept {
        ++calls;
        return left-- == 0;
    }
};

zenwire::unexpected<zenwire::refusal> broken_unit() {
    return zenwire::refuse(errc::crypto_failed, zenwire::blame::local, "the unit for hashes is broken");
}

/// SHA-256 of which the N-th result is missing.
class breaking_hash {
public:
    explicit breaking_hash(countdown& calls) noexcept : calls_(&calls) {}
    void update(std::string_view message) noexcept { hash_.update(message); }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() const noexcept {
        if (calls_->fails()) {
            return broken_unit();
        }
        return hash_.finish();
    }

private:
    countdown* calls_;
    zenwire::sha256 hash_;
};

static_assert(zenwire::hash_function<breaking_hash>);

/// HMAC of which the N-th result is missing.
class breaking_mac {
public:
    explicit breaking_mac(countdown& calls) : calls_(&calls) {}
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> operator()(std::string_view message) const noexcept {
        if (calls_->fails()) {
            return broken_unit();
        }
        return zenwire::hmac_sha256(sample::password)(message);
    }

private:
    countdown* calls_;
};

using breaking_key = zenwire::external_access_key<breaking_mac>;

breaking_key make_breaking_key(countdown& calls) {
    return *breaking_key::make(zenwire::access_key_id(sample::id), breaking_mac(calls));
}

/// Fails to give the N-th block: by an exception as allocators do, or by null as they do where there are no exceptions.
template <class Type>
struct breaking_allocator {
    using value_type = Type;

    countdown* calls;
    bool throws;
    std::size_t* blocks;

    breaking_allocator(countdown& failing_call, bool throwing, std::size_t& block_count)
        : calls(&failing_call), throws(throwing), blocks(&block_count) {}
    template <class Other>
    breaking_allocator(breaking_allocator<Other> const& other)
        : calls(other.calls), throws(other.throws), blocks(other.blocks) {}

    [[nodiscard]] Type* allocate(std::size_t count) {
        if (calls->fails()) {
            if (throws) {
                throw std::bad_alloc();
            }
            return nullptr;
        }
        ++*blocks;
        return std::allocator<Type>().allocate(count);
    }
    void deallocate(Type* memory, std::size_t count) noexcept {
        --*blocks;
        std::allocator<Type>().deallocate(memory, count);
    }
    friend bool operator==(breaking_allocator const& left, breaking_allocator const& right) {
        return left.calls == right.calls;
    }
};

/// A success with the same element `count` times.
std::string response_with_list(std::string_view name, std::string_view element, std::size_t count) {
    std::string text = R"({"requestId":"T1","response":{"requestId":"T1",")" + std::string(name) + R"(":[)";
    for (std::size_t i = 0; i < count; ++i) {
        text.append(i == 0 ? "" : ",").append(element);
    }
    return text + "]}}";
}

/// Reads a response with lists again and again, each time with the next block of memory missing, until none is.
/// @param is_whole whether the response that was read is the whole one
/// @return how many blocks it takes
template <class Response, class IsWhole>
std::size_t blocks_that_can_be_missing(std::string const& body, bool throws, IsWhole const& is_whole) {
    using owned = zenwire::owned_response<Response, breaking_allocator<std::byte>>;
    std::size_t blocks = 0;
    std::size_t failures = 0;
    for (std::size_t n = 0;; ++n) {
        CAPTURE(n);
        countdown calls{n};
        {
            const auto result =
                owned::parse({200, body, {}}, true, breaking_allocator<std::byte>(calls, throws, blocks));
            if (calls.calls <= n) {
                REQUIRE(result);
                CHECK(is_whole(**result));
                break;
            }
            ++failures;
            REQUIRE(code_of(result) == errc::out_of_memory);
            CHECK(result.error().outcome == zenwire::outcome::not_executed);
        }
        REQUIRE(blocks == 0);
    }
    CHECK(blocks == 0);
    return failures;
}

}  // namespace

TEST_CASE("each hash and each MAC of a request that fails ends the signing with its error") {
    countdown hashes;
    countdown macs;
    const auto sign = [&](std::size_t failing_hash, std::size_t failing_mac) {
        hashes = {};
        macs = {failing_mac};
        const auto prepared =
            zenwire::request_template<breaking_hash>::make(service, zenwire::endpoint(), {}, breaking_hash(hashes));
        hashes = {failing_hash};
        return zenwire::make_request(sample::action(), *prepared, make_breaking_key(macs), sample::time);
    };
    const auto whole = sign(SIZE_MAX, SIZE_MAX);
    const auto plain = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    REQUIRE(whole);
    REQUIRE(plain);
    CHECK(bytes_of(whole->view()) == bytes_of(plain->view()));
    const std::size_t hash_calls = hashes.calls;
    REQUIRE(hash_calls == 2);
    REQUIRE(macs.calls == 1);
    for (std::size_t n = 0; n < hash_calls; ++n) {
        CHECK(code_of(sign(n, SIZE_MAX)) == errc::crypto_failed);
        CHECK(hashes.calls == n + 1);
        CHECK(macs.calls == 0);
    }
    CHECK(code_of(sign(SIZE_MAX, 0)) == errc::crypto_failed);
    CHECK(code_of(sign(hash_calls, 1)) == errc{});
}

TEST_CASE("signing that fails in memory of the caller leaves no head there") {
    countdown macs{0};
    fenced_memory fenced(1024);
    const auto failed = zenwire::sign_body(fenced.memory(), "ModifyInstanceTrafficPackage", "{}", sample::endpoint(),
                                            make_breaking_key(macs), sample::time);
    CHECK(code_of(failed) == errc::crypto_failed);
    CHECK_FALSE(shows_any_of("console.zenlayer.com", fenced.inside()));
    CHECK_FALSE(shows_any_of(sample::id, fenced.inside()));
    CHECK(fenced.is_fence_whole());
}

TEST_CASE("each stage of a signature passes on what its hash fails with") {
    const zenwire::sha256_digest digest = zenwire::sha256_of("payload");
    const zenwire::field fields[] = {{"host", "h"}};
    countdown first{0};
    countdown second{0};
    countdown third{0};
    countdown mac{0};
    CHECK(code_of(zenwire::payload_hash("payload", breaking_hash(first))) == errc::crypto_failed);
    CHECK(code_of(zenwire::canonical_request_hash("application/json", "h", digest, breaking_hash(second))) ==
          errc::crypto_failed);
    CHECK(code_of(zenwire::canonical_request_hash(fields, digest, breaking_hash(third))) == errc::crypto_failed);
    CHECK(code_of(zenwire::signature(zenwire::string_to_sign(sample::time, digest), breaking_mac(mac))) ==
          errc::crypto_failed);
}

TEST_CASE("no hash and no MAC that fails lets a request pass the verification") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    REQUIRE(request);
    countdown hashes;
    countdown macs;
    const auto check = [&](std::size_t failing_hash, std::size_t failing_mac) {
        hashes = {failing_hash};
        macs = {failing_mac};
        return zenwire::verify_request(request->view(), make_breaking_key(macs), sample::time, zenwire::services::bmc_2022_11_20, breaking_hash(hashes));
    };
    REQUIRE(check(SIZE_MAX, SIZE_MAX));
    const std::size_t hash_calls = hashes.calls;
    REQUIRE(hash_calls == 2);
    for (std::size_t n = 0; n < hash_calls; ++n) {
        CHECK(code_of(check(n, SIZE_MAX)) == errc::crypto_failed);
    }
    CHECK(code_of(check(SIZE_MAX, 0)) == errc::crypto_failed);
}

TEST_CASE("an action whose MAC fails is not sent, and its error says so") {
    countdown macs{0};
    const breaking_key key = make_breaking_key(macs);
    const zenwire::client client(service, zenwire::endpoint(), key);
    zenwire::fake_cloud cloud;
    const auto result = zenwire::send_action(client, sample::action("2"), cloud, cloud);
    CHECK(code_of(result) == errc::crypto_failed);
    CHECK(result.error().outcome == zenwire::outcome::not_executed);
    CHECK(cloud.requests_seen() == 0);
    CHECK(macs.calls == 1);
}

TEST_CASE("a job whose N-th MAC fails orders once or not at all, and never says that it failed when it ordered") {
    std::size_t failures = 0;
    for (std::size_t n = 0;; ++n) {
        CAPTURE(n);
        zenwire::fake_cloud cloud;
        cloud.add(sample::key());
        cloud.add({.id = "932237369560662463"});
        cloud.settings().processing_seconds = 12;
        countdown macs{n};
        const breaking_key key = make_breaking_key(macs);
        const zenwire::client client(service, zenwire::endpoint(), key);
        auto job =
            zenwire::traffic_package_workflow<breaking_key>::change(client, "932237369560662463", sample::size("2"));
        const auto verdict = zenwire::run_workflow(
            job, cloud, cloud, [](std::span<char const>, zenwire::save_mode) { return true; },
            [](auto const&) { return true; });
        REQUIRE(cloud.orders().size() <= 1);
        CHECK((cloud.orders().empty() || verdict.order != zenwire::workflow_verdict::order_kind::none));
        CHECK((!cloud.orders().empty() || verdict.instance != zenwire::workflow_verdict::instance_kind::reached));
        if (macs.calls <= n) {
            CHECK(verdict.instance == zenwire::workflow_verdict::instance_kind::reached);
            break;
        }
        ++failures;
    }
    CHECK(failures >= 5);
}

TEST_CASE("each block that an allocator does not give is reported, and all others are given back") {
    // one for the body, and some for the lists
    const auto check = []<class Response>(Response const&, std::string const& body, auto const& is_whole) {
        CHECK(blocks_that_can_be_missing<Response>(body, true, is_whole) >= 2);
        CHECK(blocks_that_can_be_missing<Response>(body, false, is_whole) >= 2);
    };
    check(zenwire::describe_instances::response(), page_of_instances(2000),
          [](auto const& response) { return response.data_set.size() == 2000; });
    check(zenwire::describe_available_resources::response(),
          response_with_list("availableResources", R"({"zoneId":"\u0061","internetChargeTypes":["ByBandwidth"]})", 2000),
          [](auto const& response) { return response.available_resources.size() == 2000; });
    check(zenwire::describe_instance_traffic::response(),
          response_with_list("dataList", R"({"internetRX":1,"time":"2023-07-11T06:55:0\u0030Z"})", 5000),
          [](auto const& response) { return response.data_list.size() == 5000; });
}
