// SPDX-License-Identifier: BSL-1.0

/// @file
/// What fails on purpose: the N-th use of a hash and of a key, memory of every size that is too small, and the N-th block of
/// an allocator. Each failure has to come out as the error that it is, once, and leave nothing behind.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

#include "../unit/results.hpp"
#include "../unit/samples.hpp"

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

std::string bytes_of(zenwire::request_view const& request) {
    std::string bytes(4096, '\0');
    return std::string(*zenwire::http1_request::make(request)->write_to(bytes));
}

/// Memory of a certain size with bytes around it that nobody may touch.
class fenced_memory {
public:
    explicit fenced_memory(std::size_t size) : bytes_(size + 2 * fence, untouched), size_(size) {}

    [[nodiscard]] std::span<char> memory() noexcept { return {bytes_.data() + fence, size_}; }
    [[nodiscard]] std::string_view inside() const noexcept { return {bytes_.data() + fence, size_}; }
    [[nodiscard]] bool is_fence_whole() const noexcept {
        const auto is_untouched = [](char c) { return c == untouched; };
        return std::all_of(bytes_.begin(), bytes_.begin() + fence, is_untouched) &&
               std::all_of(bytes_.end() - fence, bytes_.end(), is_untouched);
    }

private:
    static constexpr std::ptrdiff_t fence = 64;
    static constexpr char untouched = '\x5A';

    std::vector<char> bytes_;
    std::size_t size_;
};

/// Whether any eight bytes in a row of `secret` are in `text`.
bool shows_any_of(std::string_view secret, std::string_view text) {
    constexpr std::size_t window = 8;
    for (std::size_t i = 0; i + window <= secret.size(); ++i) {
        if (contains(text, secret.substr(i, window))) {
            return true;
        }
    }
    return false;
}

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

std::string page_of_instances(std::size_t count) {
    std::string text =
        R"({"requestId":"T1","response":{"requestId":"T1","totalCount":)" + std::to_string(count) + R"(,"dataSet":[)";
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "" : ",";
        text += R"({"instanceId":"\u0061)" + std::to_string(i) + R"(","publicIpAddresses":["1.1.1.1","\u0032.2.2.2"]})";
    }
    return text + "]}}";
}

/// A success with the same element `count` times.
std::string answer_with_list(std::string_view name, std::string_view element, std::size_t count) {
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
    using answer = zenwire::owned_response<Response, breaking_allocator<std::byte>>;
    std::size_t blocks = 0;
    std::size_t failures = 0;
    for (std::size_t n = 0;; ++n) {
        CAPTURE(n);
        countdown calls{n};
        {
            const auto result =
                answer::parse({200, body, {}}, true, breaking_allocator<std::byte>(calls, throws, blocks));
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

/// Feeds a response of HTTP/1 whole.
zenwire::expected<zenwire::http1_progress> read_http1(std::span<char> head, std::size_t positions, std::span<char> body,
                                                      std::string_view bytes) {
    std::vector<zenwire::field_position> memory(positions);
    zenwire::http1_response answer(head, memory, body);
    return answer.feed(bytes);
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

TEST_CASE("each block that an allocator does not give is reported, and all others are given back") {
    // one for the body, and some for the lists
    const auto check = []<class Response>(Response const&, std::string const& body, auto const& is_whole) {
        CHECK(blocks_that_can_be_missing<Response>(body, true, is_whole) >= 2);
        CHECK(blocks_that_can_be_missing<Response>(body, false, is_whole) >= 2);
    };
    check(zenwire::describe_instances::response(), page_of_instances(2000),
          [](auto const& response) { return response.data_set.size() == 2000; });
    check(zenwire::describe_available_resources::response(),
          answer_with_list("availableResources", R"({"zoneId":"\u0061","internetChargeTypes":["ByBandwidth"]})", 2000),
          [](auto const& response) { return response.available_resources.size() == 2000; });
    check(zenwire::describe_instance_traffic::response(),
          answer_with_list("dataList", R"({"internetRX":1,"time":"2023-07-11T06:55:0\u0030Z"})", 5000),
          [](auto const& response) { return response.data_list.size() == 5000; });
}
