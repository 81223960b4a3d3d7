// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/request.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/verification.hpp>

#include "../results.hpp"
#include "../samples.hpp"
#include "planned_crypto.hpp"

namespace {

using field_texts = std::vector<std::pair<std::string, std::string>>;
constexpr auto bmc = zenwire::services::bmc_2022_11_20;
constexpr std::string_view json = "application/json";
constexpr std::string_view json_utf8 = "application/json; charset=utf-8";

/// A copy of the fields of a request.
field_texts copy_of(zenwire::field_list const& fields) {
    field_texts copy;
    for (const zenwire::field each : fields) {
        copy.emplace_back(each.name, each.value);
    }
    return copy;
}

/// All that a transport sees of a request, as one text.
std::string transcript(zenwire::request_view const& request) {
    std::string text;
    text.append(request.method).append(" ").append(request.scheme).append("://");
    text.append(request.authority).append(request.target).append("\n");
    for (auto const& [name, value] : copy_of(request.fields)) {
        text.append(name).append(": ").append(value).append("\n");
    }
    return text.append("\n").append(request.body);
}

/// A text with its placeholders replaced.
std::string filled_in(std::string text, std::vector<std::pair<std::string_view, std::string_view>> const& values) {
    for (auto const& [placeholder, value] : values) {
        text.replace(text.find(placeholder), placeholder.size(), value);
    }
    return text;
}

zenwire::request_template<> prepare(std::string_view host) {
    return *zenwire::request_template<>::make(bmc, *zenwire::endpoint::make(host));
}

template <class Request>
constexpr bool has_view = requires(Request&& request) { std::forward<Request>(request).view(); };

// every byte of it has a value, else it would be no constant
constexpr zenwire::signed_request empty_request;

static_assert(empty_request.view().body.empty() && empty_request.view().fields.empty());
static_assert(has_view<zenwire::signed_request&> && has_view<zenwire::signed_request const&>);

static_assert(!has_view<zenwire::signed_request> && !has_view<zenwire::signed_request const>,
              "a view of a temporary would dangle");

static_assert(has_view<zenwire::request_in_buffer const&> && !has_view<zenwire::request_in_buffer>);

static_assert(!std::is_copy_constructible_v<zenwire::signed_request> &&
              !std::is_copy_assignable_v<zenwire::signed_request>);

static_assert(std::is_nothrow_move_constructible_v<zenwire::signed_request>);

// in variables, since GCC's debug mode makes no spans of temporaries in constant expressions
static_assert(
    [] {
        const auto key = zenwire::access_key::make(zenwire::access_key_id(sample::id),
                                                   zenwire::access_key_password(sample::password));
        const zenwire::modify_instance_traffic_package action{"instanceId",
                                                              *zenwire::traffic_package_size::parse("100")};
        const auto request = zenwire::make_request(action, bmc, zenwire::endpoint(), *key, sample::time);
        return request->view()
            .fields.value_of("authorization")
            .ends_with("ecae1082612c98cbc7ac83a9c43e9fd284e205caff1726669dc8909792ea23d8");
    }(),
    "a request can be signed at compile time");

}  // namespace

TEST_CASE("a request with an access key is exactly these bytes") {
    struct {
        enum zenwire::content_type form;
        std::string_view content_type;
        std::string_view signature;  // of the worked examples B and B2
    } const cases[] = {
        {zenwire::content_type::json, json, "ecae1082612c98cbc7ac83a9c43e9fd284e205caff1726669dc8909792ea23d8"},
        {zenwire::content_type::json_utf8, json_utf8,
         "4d356ae1921ccd90bd3e2f633910772c6ddb3c757663ea22650574461a0f4710"},
    };
    for (auto const& each : cases) {
        const auto request =
            zenwire::make_request(sample::action(), bmc, zenwire::endpoint(), sample::key(), sample::time,
                                  {.content_type = each.form, .request_client = "my-tool 1.0"});
        REQUIRE(code_of(request) == zenwire::errc{});
        const std::string wanted = filled_in(
            R"(POST https://console.zenlayer.com/api/v2/bmc
host: console.zenlayer.com
content-type: CONTENT_TYPE
x-zc-service: bmc
x-zc-version: 2022-11-20
x-zc-sdk-version: VERSION
x-zc-sdk-lang: cpp
x-zc-request-client: my-tool 1.0
x-zc-action: ModifyInstanceTrafficPackage
x-zc-timestamp: 1673361177
x-zc-signature-method: ZC2-HMAC-SHA256
authorization: ZC2-HMAC-SHA256 Credential=0D9UtpyKYcHxms5v, SignedHeaders=content-type;host, Signature=SIGNATURE

{"instanceId":"instanceId","trafficPackageSize":100})",
            {{"CONTENT_TYPE", each.content_type}, {"VERSION", zenwire::version_text}, {"SIGNATURE", each.signature}});
        CHECK(transcript(request->view()) == wanted);
    }
}

TEST_CASE("a request with a bearer token carries neither timestamp nor signature method") {
    for (const auto form : {zenwire::content_type::json, zenwire::content_type::json_utf8}) {
        const auto request = zenwire::make_request(sample::action("0"), zenwire::services::vm_2026_04_01,
                                                   *zenwire::endpoint::make("http://127.0.0.1:18080"), sample::token(),
                                                   sample::time, {.content_type = form});
        REQUIRE(code_of(request) == zenwire::errc{});
        const std::string wanted = filled_in(R"(POST http://127.0.0.1:18080/api/v2/vm
host: 127.0.0.1:18080
content-type: CONTENT_TYPE
x-zc-service: vm
x-zc-version: 2026-04-01
x-zc-sdk-version: VERSION
x-zc-sdk-lang: cpp
x-zc-action: ModifyInstanceTrafficPackage
authorization: Bearer TOKEN

{"instanceId":"instanceId","trafficPackageSize":0})",
                                             {{"CONTENT_TYPE", form == zenwire::content_type::json ? json : json_utf8},
                                              {"VERSION", zenwire::version_text},
                                              {"TOKEN", sample::token_text}});
        CHECK(transcript(request->view()) == wanted);
    }
}

TEST_CASE("the host is signed and sent as it was given") {
    const auto key = sample::key();
    for (const std::string_view host :
         {"console.zenlayer.com", "console.zenlayer.com:443", "127.0.0.1:18080", "[::1]", "[2001:db8::1]:8443"}) {
        CAPTURE(host);
        const auto request = zenwire::make_request(sample::action(), prepare(host), key, sample::time);
        REQUIRE(code_of(request) == zenwire::errc{});
        CHECK(request->view().authority == host);
        CHECK(request->view().fields.value_of("host") == host);
        const auto canonical =
            zenwire::canonical_request_hash(json, host, *zenwire::payload_hash(request->view().body));
        const auto mac = key.mac(zenwire::string_to_sign(sample::time, *canonical).view());
        CHECK(request->view().fields.value_of("authorization").ends_with(zenwire::detail::hex_text(mac).view()));
    }
}

TEST_CASE("each field of a request stands once and its head is a block of lines") {
    const auto prepared = sample::endpoint({.request_client = "tool"});
    const std::string wanted = filled_in("POST /api/v2/bmc HTTP/1.1\r\n"
                                         "host: console.zenlayer.com\r\n"
                                         "content-type: application/json\r\n"
                                         "x-zc-service: bmc\r\n"
                                         "x-zc-version: 2022-11-20\r\n"
                                         "x-zc-sdk-version: VERSION\r\n"
                                         "x-zc-sdk-lang: cpp\r\n"
                                         "x-zc-request-client: tool\r\n",
                                         {{"VERSION", zenwire::version_text}});
    CHECK(prepared.head() == wanted);
    const auto request = zenwire::make_request(sample::action(), prepared, sample::key(), sample::time);
    auto fields = copy_of(request->view().fields);
    CHECK(fields.size() == zenwire::detail::max_request_fields);
    std::sort(fields.begin(), fields.end());
    CHECK(std::adjacent_find(fields.begin(), fields.end(), [](auto const& left, auto const& right) {
              return left.first == right.first;
          }) == fields.end());
}

TEST_CASE("a request client is at most 128 characters of a small set") {
    const std::string longest(128, 'z');
    struct {
        std::string text;
        bool legal;
    } const cases[] = {
        {"", true},
        {"zeno", true},
        {"Terraform-latest", true},
        {"a_b, c; d.e-f 0", true},
        {longest, true},
        {longest + "z", false},
        {"a/b", false},
        {"a(b)", false},
        {"a\tb", false},
        {"a\r\nx: y", false},
        {"caf\xC3\xA9", false},
        {std::string("a\0", 2), false},
        {" a", false},
        {"a ", false},
        {" ", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto prepared =
            zenwire::request_template<>::make(bmc, zenwire::endpoint(), {.request_client = each.text});
        REQUIRE(code_of(prepared) == (each.legal ? zenwire::errc{} : zenwire::errc::invalid_parameter));
        if (!each.legal) {
            CHECK(prepared.error().field == "x-zc-request-client");
            continue;
        }
        const auto request = zenwire::make_request(sample::action(), *prepared, sample::key(), sample::time);
        CHECK(request->view().fields.value_of("x-zc-request-client") == each.text);
        CHECK((request->view().fields.find("x-zc-request-client") < request->view().fields.size()) ==
              !each.text.empty());
    }
}

TEST_CASE("a request is signed for any second from 1970 to 9999 and for no other") {
    struct {
        std::int64_t seconds;
        std::string_view why;  // empty: it is signed
    } const cases[] = {
        {0, ""},
        {1, ""},
        {253402300799, ""},
        {253402300800, "milliseconds"},
        {1673361177000, "milliseconds"},
        {INT64_MAX, "milliseconds"},
        {-1, "1970"},
        {INT64_MIN, "1970"},
    };
    const auto prepared = sample::endpoint();
    const auto key = sample::key();
    for (auto const& each : cases) {
        CAPTURE(each.seconds);
        const zenwire::unix_seconds now(each.seconds);
        const auto request = zenwire::make_request(sample::action(), prepared, key, now);
        if (each.why.empty()) {
            REQUIRE(code_of(request) == zenwire::errc{});
            CHECK(request->view().fields.value_of("x-zc-timestamp") == std::to_string(each.seconds));
            CHECK(code_of(zenwire::verify_request(request->view(), key, now,
                                                  zenwire::request_expectation("/api/v2/bmc"))) == zenwire::errc{});
        } else {
            REQUIRE(code_of(request) == zenwire::errc::invalid_timestamp);
            CHECK(contains(request.error().message, each.why));
            CHECK(request.error().field == "x-zc-timestamp");
        }
        CHECK(code_of(zenwire::make_request(sample::action(), prepared, sample::token(), now)) == code_of(request));
    }
}

TEST_CASE("a moved request stays what it was and its source is empty") {
    auto first = *zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    const std::string sent = transcript(first.view());
    REQUIRE(first.view().body == R"({"instanceId":"instanceId","trafficPackageSize":100})");
    auto second = std::move(first);
    CHECK(transcript(second.view()) == sent);
    CHECK(first.view().fields.empty());
    CHECK(first.view().body.empty());

    auto third = *zenwire::make_request(sample::action("0.05"), sample::endpoint(), sample::token(), sample::time);
    third = std::move(second);
    CHECK(transcript(third.view()) == sent);
    CHECK(second.view().fields.empty());

    auto& same = third;
    third = std::move(same);
    CHECK(transcript(third.view()) == sent);

    std::vector<zenwire::signed_request> many;
    many.push_back(std::move(third));
    many.emplace_back();
    many.emplace_back();
    CHECK(transcript(many.front().view()) == sent);
    CHECK(many.back().view().fields.empty());
}

TEST_CASE("memory of every size gives a whole request or an error and nothing past its end") {
    const auto prepared = sample::endpoint();
    const auto check_all_sizes = [&](auto const& credential) {
        const std::string wanted =
            transcript(zenwire::make_request(sample::action(), prepared, credential, sample::time)->view());
        constexpr std::size_t enough = 1200;
        constexpr std::size_t guard = 64;
        std::optional<std::size_t> smallest;
        for (std::size_t room = 0; room <= enough; ++room) {
            std::vector<char> memory(room + guard, '#');
            const auto request = zenwire::make_request_in(std::span(memory).first(room), sample::action(), prepared,
                                                          credential, sample::time);
            CAPTURE(room);
            REQUIRE(std::all_of(memory.end() - guard, memory.end(), [](char c) { return c == '#'; }));
            if (request) {
                smallest = smallest ? smallest : room;
                REQUIRE(transcript(request->view()) == wanted);
            } else {
                REQUIRE(code_of(request) == zenwire::errc::buffer_too_small);
                REQUIRE_FALSE(smallest.has_value());
                REQUIRE_FALSE(contains({memory.data(), memory.size()}, "Bearer"));
                REQUIRE_FALSE(contains({memory.data(), memory.size()}, "Signature="));
            }
        }
        CHECK(smallest.has_value());
    };
    check_all_sizes(sample::key());
    check_all_sizes(sample::token());
}

TEST_CASE("a credential that outgrows the request is refused there and fits into larger memory") {
    const std::string longest(zenwire::limits::bearer_token, 't');
    const auto token = *zenwire::bearer_token::make(zenwire::token(longest));
    CHECK(code_of(zenwire::make_request(sample::action(), sample::endpoint(), token, sample::time)) ==
          zenwire::errc::buffer_too_small);

    std::vector<char> memory(zenwire::limits::bearer_token + 1024);
    const auto request = zenwire::make_request_in(memory, sample::action(), sample::endpoint(), token, sample::time);
    REQUIRE(code_of(request) == zenwire::errc{});
    CHECK(request->view().fields.value_of("authorization") == "Bearer " + longest);
}

TEST_CASE("a body of one MiB is signed where it lies") {
    const std::string body(std::size_t{1} << 20U, '{');
    const auto key = sample::key();
    char head[1024];
    const auto request = zenwire::sign_body(head, "DescribeInstances", body, sample::endpoint(), key, sample::time);
    REQUIRE(code_of(request) == zenwire::errc{});
    CHECK(request->view().body.data() == body.data());
    CHECK(request->view().body.size() == body.size());
    CHECK(request->view().fields.value_of("x-zc-action") == "DescribeInstances");
    CHECK(code_of(zenwire::verify_request(request->view(), key, sample::time,
                                          zenwire::request_expectation("/api/v2/bmc"))) == zenwire::errc{});
}

TEST_CASE("whichever call to hash or module fails is the error of the request and leaves nothing in memory") {
    constexpr int calls = 3;  // the body and the canonical request are hashed, then comes the MAC
    for (int fail_at = 1; fail_at <= calls + 1; ++fail_at) {
        CAPTURE(fail_at);
        fault_plan plan{fail_at};
        const auto prepared =
            *zenwire::request_template<planned_hash>::make(bmc, zenwire::endpoint(), {}, planned_hash{&plan});
        const auto key =
            *zenwire::external_access_key<planned_mac>::make(zenwire::access_key_id(sample::id), planned_mac{&plan});
        const auto owned = zenwire::make_request(sample::action(), prepared, key, sample::time);
        CHECK(owned.has_value() == (fail_at > calls));

        plan.done = 0;
        char body[] = "{}";
        std::vector<char> head(1024, '\0');
        const auto placed = zenwire::sign_body(head, "Describe", body, prepared, key, sample::time);
        REQUIRE(placed.has_value() == (fail_at > calls));
        if (!placed) {
            CHECK(owned.error().code == zenwire::errc::crypto_failed);
            CHECK(placed.error().code == zenwire::errc::crypto_failed);
            CHECK(placed.error().message.view() == "planned fault");
            CHECK(std::all_of(head.begin(), head.end(), [](char c) { return c == '\0'; }));
        } else {
            CHECK(plan.done == calls);
            CHECK(
                transcript(owned->view()) ==
                transcript(
                    zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time)->view()));
        }
    }
}

TEST_CASE("a hash of the user gives the same request as the built-in one") {
    fault_plan plan;
    const auto prepared =
        *zenwire::request_template<planned_hash>::make(bmc, zenwire::endpoint(), {}, planned_hash{&plan});
    const auto key = sample::key();
    CHECK(transcript(zenwire::make_request(sample::action(), prepared, key, sample::time)->view()) ==
          transcript(zenwire::make_request(sample::action(), sample::endpoint(), key, sample::time)->view()));
}

TEST_CASE("one prepared endpoint signs many requests that do not disturb each other") {
    const auto prepared = sample::endpoint();
    const auto key = sample::key();
    const auto first = zenwire::make_request(sample::action("0.05"), prepared, key, sample::time);
    const std::string before = transcript(first->view());
    const auto second =
        zenwire::make_request(sample::action("0.1"), prepared, key, zenwire::unix_seconds(sample::time.count() + 1));
    CHECK(transcript(first->view()) == before);
    CHECK(first->view().fields.value_of("authorization") != second->view().fields.value_of("authorization"));
    CHECK(transcript(zenwire::make_request(sample::action("0.05"), prepared, key, sample::time)->view()) == before);
}
