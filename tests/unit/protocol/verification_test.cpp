// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/verification.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>

#include "../json_lines.hpp"
#include "../results.hpp"
#include "../samples.hpp"
#include "received_request.hpp"

namespace {

using json_lines::text;
using zenwire::errc;

zenwire::unix_seconds seconds_later(std::int64_t seconds) {
    return zenwire::unix_seconds(sample::time.count() + seconds);
}

/// A hash whose calls to finish() fail from that number on.
struct failing_hash {
    void update(std::string_view message) noexcept { hash.update(message); }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() noexcept {
        if (--*calls_left < 0) {
            return zenwire::refuse(errc::crypto_failed, zenwire::blame::local, "broken");
        }
        return hash.finish();
    }

    int* calls_left;
    zenwire::sha256 hash{};
};

struct failing_mac {
    zenwire::expected<zenwire::sha256_digest> operator()(std::string_view) const noexcept {
        return zenwire::refuse(errc::crypto_failed, zenwire::blame::local, "locked");
    }
};

}  // namespace

TEST_CASE("every kind of mistake in a signed request is told apart") {
    for (auto const& line : json_lines::read("vectors/verification/mistakes.jsonl")) {
        INFO("the mistake is ", text(line, "id"));
        received_request request;
        request.body = text(line, "body");
        for (auto const& pair : line.at("headers").as_array()) {
            request.fields.emplace_back(pair.at(0).as_string(), pair.at(1).as_string());
        }
        const auto key = zenwire::access_key::make(zenwire::access_key_id(text(line, "access_key_id")),
                                                   zenwire::access_key_password(text(line, "access_key_password")));
        REQUIRE(key.has_value());
        const errc found = request.verify(*key, zenwire::unix_seconds(json_lines::integer(line, "now")));
        CHECK((found == errc{} ? "ok" : to_string(found)) == text(line, "expect"));
    }
}

TEST_CASE("no single byte of the body or of what is signed can change unnoticed") {
    const auto key = sample::key();
    const received_request good = good_request();
    REQUIRE(good.verify(key, sample::time) == errc{});
    // letter case does not count in what is lower-cased before it is hashed
    const auto counts = [](char before, int after, bool is_lowered) {
        return is_lowered ? zenwire::detail::ascii::to_lower(before) != zenwire::detail::ascii::to_lower(static_cast<char>(after))
                          : before != static_cast<char>(after);
    };
    const auto mutate = [&](auto const& part_of, bool is_lowered) {
        received_request request = good;
        std::string& part = part_of(request);
        for (char& byte : part) {
            const char before = byte;
            for (int after = 0; after < 256; ++after) {
                byte = static_cast<char>(after);
                const errc found = request.verify(key, sample::time);
                CAPTURE(part);
                REQUIRE((found != errc{}) == counts(before, after, is_lowered));
            }
            byte = before;
        }
    };
    mutate([](received_request& request) -> std::string& { return request.body; }, false);
    mutate([](received_request& request) -> std::string& { return request.value("x-zc-timestamp"); }, false);
    mutate([](received_request& request) -> std::string& { return request.value("content-type"); }, true);
    mutate([](received_request& request) -> std::string& { return request.value("host"); }, true);

    // of the authorization field only the letter case of the signed headers' names does not count
    received_request request = good;
    std::string& authorization = request.value("authorization");
    const std::size_t names_begin = authorization.find("content-type;host");
    const std::size_t names_end = names_begin + std::string_view("content-type;host").size();
    for (std::size_t i = 0; i < authorization.size(); ++i) {
        const char before = authorization[i];
        for (int after = 0; after < 256; ++after) {
            authorization[i] = static_cast<char>(after);
            CAPTURE(authorization);
            REQUIRE((request.verify(key, sample::time) != errc{}) ==
                    counts(before, after, i >= names_begin && i < names_end));
        }
        authorization[i] = before;
    }
}

TEST_CASE("no byte of what is signed can be dropped or doubled unnoticed") {
    const auto key = sample::key();
    const received_request good = good_request();
    for (const std::string_view name : {"body", "x-zc-timestamp", "content-type", "host", "authorization"}) {
        received_request request = good;
        std::string& part = name == "body" ? request.body : request.value(name);
        const std::string whole = part;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            part = std::string(whole).erase(i, 1);
            CAPTURE(part);
            REQUIRE(request.verify(key, sample::time) != errc{});
            part = std::string(whole).insert(i, 1, whole[i]);
            REQUIRE(request.verify(key, sample::time) != errc{});
        }
    }
}

TEST_CASE("a timestamp is signed as the text that is sent") {
    const auto key = sample::key();
    received_request request = good_request();
    request.value("x-zc-timestamp") = "01673361177";
    CHECK(request.verify(key, sample::time) != errc{});
}

TEST_CASE("fields that are not signed do not count") {
    const auto key = sample::key();
    received_request request = good_request();
    request.value("x-zc-action") = "DescribeInstances";
    request.fields.emplace_back("user-agent", "any");
    request.fields.emplace_back("user-agent", "twice");
    CHECK(request.verify(key, sample::time) == errc{});
}

TEST_CASE("names of fields are found in any letter case and values without the blanks around them") {
    const auto key = sample::key();
    received_request request = good_request();
    for (auto& [name, value] : request.fields) {
        for (char& c : name) {
            c = zenwire::detail::ascii::to_upper(c);
        }
    }
    request.value("HOST") = " \tConsole.Zenlayer.COM ";
    CHECK(request.verify(key, sample::time) == errc{});
}

TEST_CASE("a signature of which any character is another one is another signature") {
    const auto key = sample::key();
    received_request request = good_request();
    std::string& authorization = request.value("authorization");
    const std::string right = authorization;
    for (std::size_t place = right.size() - 64; place < right.size(); ++place) {
        for (const char c : {'0', '9', ':', '`', 'a', 'f', 'g', 'A', 'F', '/'}) {
            CAPTURE(place);
            CAPTURE(c);
            authorization = right;
            authorization[place] = c;
            CHECK(request.verify(key, sample::time) == (authorization == right ? errc{} : errc::signature_mismatch));
        }
    }
}

TEST_CASE("a signature lives 300 seconds in both directions and not one more") {
    const auto key = sample::key();
    const received_request request = good_request();
    constexpr auto first = std::numeric_limits<std::int64_t>::min();
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t offset : {0, 1, 299, 300, -1, -300}) {
        CAPTURE(offset);
        CHECK(request.verify(key, seconds_later(offset)) == errc{});
    }
    for (const std::int64_t offset : {301, -301, 1'000'000, -1'000'000}) {
        CAPTURE(offset);
        CHECK(request.verify(key, seconds_later(offset)) == errc::signature_expired);
    }
    for (const std::int64_t now : {first, first + 1, std::int64_t{-1}, last - 1, last}) {
        CAPTURE(now);
        CHECK(request.verify(key, zenwire::unix_seconds(now)) == errc::signature_expired);
    }
}

TEST_CASE("a timestamp is there once as decimal seconds up to the year 9999") {
    const auto key = sample::key();
    for (const std::string_view value : {"", " ", "-1", "+1673361177", "1673361177.0", "1673361177000", "253402300800",
                                         "0x63bd7b19", "1673361177 ", "99999999999999999999999999"}) {
        CAPTURE(value);
        received_request request = good_request();
        request.value("x-zc-timestamp") = value;
        CHECK(request.verify(key, sample::time) == errc::authorization_malformed);
    }
    received_request without = good_request();
    without.remove("x-zc-timestamp");
    CHECK(without.verify(key, sample::time) == errc::authorization_malformed);
    received_request twice = good_request();
    twice.fields.emplace_back("X-ZC-Timestamp", twice.value("x-zc-timestamp"));
    CHECK(twice.verify(key, sample::time) == errc::authorization_malformed);
}

TEST_CASE("keys are looked up by the id of the request") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    const auto right = sample::key();
    const auto wrong = sample::key("another password");
    std::string asked;
    const auto verify_with = [&](zenwire::access_key const* key) {
        return code_of(zenwire::verify_request(
            request->view(),
            [&](std::string_view id) {
                asked = id;
                return key;
            },
            sample::time, zenwire::services::bmc_2022_11_20));
    };
    CHECK(verify_with(&right) == errc{});
    CHECK(asked == sample::id);
    CHECK(verify_with(&wrong) == errc::signature_mismatch);
    CHECK(verify_with(nullptr) == errc::access_key_unknown);
    const auto stranger =
        zenwire::access_key::make(zenwire::access_key_id("stranger"), zenwire::access_key_password(sample::password));
    CHECK(code_of(zenwire::verify_request(request->view(), *stranger, sample::time,
                                          zenwire::services::bmc_2022_11_20)) == errc::access_key_unknown);
}

TEST_CASE("errors of verification blame the party that sent the request") {
    const auto result = zenwire::verify_request(zenwire::request_view{}, sample::key(), sample::time,
                                                zenwire::services::bmc_2022_11_20);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().blame == zenwire::blame::remote);
    CHECK(result.error().field == "authorization");
}

TEST_CASE("a module that fails is not taken for a wrong signature") {
    const auto locked = *zenwire::external_access_key<failing_mac>::make(zenwire::access_key_id(sample::id), {});
    CHECK(good_request().verify(locked, sample::time) == errc::crypto_failed);
}

TEST_CASE("a hash that fails is not taken for a wrong signature, whichever of its calls it is") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    for (int calls = 0; calls <= 2; ++calls) {
        CAPTURE(calls);
        int calls_left = calls;
        const auto verified = zenwire::verify_request(request->view(), sample::key(), sample::time,
                                                      zenwire::services::bmc_2022_11_20, failing_hash{&calls_left});
        CHECK(code_of(verified) == (calls < 2 ? errc::crypto_failed : errc{}));
    }
}

TEST_CASE("each refusal has its code and its field and a message of its own") {
    const auto key = sample::key();
    const auto check = [&](auto change, zenwire::refusal const& wanted, std::int64_t later = 0) {
        received_request request = good_request();
        change(request);
        const auto result = request.verified(key, seconds_later(later));
        CAPTURE(wanted.message);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == wanted.code);
        CHECK(result.error().blame == zenwire::blame::remote);
        CHECK(result.error().field == wanted.field);
        CHECK(result.error().message.view() == wanted.message);
    };
    const auto remove = [](std::string_view name) { return [name](received_request& each) { each.remove(name); }; };
    const auto set = [](std::string_view name, std::string_view value) {
        return [=](received_request& each) { each.value(name) = value; };
    };
    const auto add = [](std::string_view name) {
        return [name](received_request& each) { each.fields.emplace_back(name, "any"); };
    };
    const auto sign_over = [](std::string_view names) {
        return [names](received_request& each) { each = signed_over(each, names, {}); };
    };
    check(remove("authorization"), zenwire::detail::authorization_is_missing);
    check(add("Authorization"), zenwire::detail::authorization_is_double);
    check(set("authorization", "Basic dXNlcjpwYXNz"), zenwire::detail::authorization_is_malformed);
    check(set("authorization", "Bearer token"), zenwire::detail::bearer_token_is_no_signature);
    check(remove("x-zc-timestamp"), zenwire::detail::timestamp_is_malformed);
    check(add("X-ZC-Timestamp"), zenwire::detail::timestamp_is_malformed);
    check(set("x-zc-timestamp", "now"), zenwire::detail::timestamp_is_malformed);
    check([](received_request&) {}, zenwire::detail::signature_is_expired, 301);
    check(set("x-zc-timestamp", "1673361178"), zenwire::detail::signature_does_not_match);
    check(sign_over("host"), zenwire::detail::usual_header_is_not_signed);
    check(sign_over("content-type;host;x-other"), zenwire::detail::signed_header_is_missing);
    check(remove("host"), zenwire::detail::signed_header_is_missing);
    check(sign_over("content-type;host;host"), zenwire::detail::signed_header_is_double);
    check(add("host"), zenwire::detail::signed_header_is_double);
    check(
        [](received_request& each) {
            std::string& value = each.value("authorization");
            value.replace(value.find(sample::id), sample::id.size(), "stranger");
        },
        zenwire::detail::access_key_is_unknown);
}

TEST_CASE("a body of any length is verified as it was signed and no other") {
    const auto key = sample::key();
    const auto prepared = sample::endpoint();
    for (const std::size_t size : {0U, 1U, 54U, 55U, 56U, 63U, 64U, 118U, 119U, 120U, 128U, 1000U, 70000U}) {
        CAPTURE(size);
        std::string body(size, 'b');
        char head[1024];
        const auto signed_body = zenwire::sign_body(head, "Any", body, prepared, key, sample::time);
        REQUIRE(signed_body.has_value());
        received_request request(signed_body->view());
        CHECK(request.verify(key, sample::time) == errc{});
        request.body += 'b';
        CHECK(request.verify(key, sample::time) == errc::signature_mismatch);
        if (size != 0) {
            request.body.pop_back();
            request.body.back() = 'c';
            CHECK(request.verify(key, sample::time) == errc::signature_mismatch);
        }
    }
}

TEST_CASE("the stages of a verification refuse on their own what the whole of it refuses") {
    const zenwire::field fields[] = {{"content-type", "application/json"}, {"x-zc-timestamp", "now"}};
    const zenwire::request_view request = view_of(fields, "{}");
    const auto timestamp = zenwire::parse_timestamp(request);
    REQUIRE_FALSE(timestamp.has_value());
    CHECK(timestamp.error().message.view() == zenwire::detail::timestamp_is_malformed.message);

    const auto without_host = zenwire::received_canonical_request_hash(request, "content-type;host");
    REQUIRE_FALSE(without_host.has_value());
    CHECK(without_host.error().message.view() == zenwire::detail::signed_header_is_missing.message);
    const auto unsigned_host = zenwire::received_canonical_request_hash(request, "content-type");
    REQUIRE_FALSE(unsigned_host.has_value());
    CHECK(unsigned_host.error().message.view() == zenwire::detail::usual_header_is_not_signed.message);
}

TEST_CASE("a received request has no canonical hash when a hash fails") {
    const zenwire::field fields[] = {{"content-type", "application/json"}, {"host", "console.zenlayer.com"}};
    for (int calls = 0; calls <= 2; ++calls) {
        CAPTURE(calls);
        int calls_left = calls;
        const auto digest = zenwire::received_canonical_request_hash(view_of(fields, "{}"), "content-type;host",
                                                                     failing_hash{&calls_left});
        CHECK(code_of(digest) == (calls < 2 ? errc::crypto_failed : errc{}));
    }
}

TEST_CASE("what is not signed must be what the server expects, and is told by name") {
    const auto key = sample::key();
    constexpr zenwire::service bmc = zenwire::services::bmc_2022_11_20;
    const auto look = [&](auto change) {
        received_request request = good_request();
        request.expectation = zenwire::request_expectation(bmc, "ModifyInstanceTrafficPackage");
        change(request);
        const auto verified = request.verified(key, sample::time);
        return verified ? std::string("genuine")
                        : std::string(to_string(verified.error().code)) + ' ' + std::string(verified.error().field);
    };
    CHECK(look([](auto&) {}) == "genuine");
    CHECK(look([](auto& request) { request.method = "GET"; }) == "request_mismatch ");
    CHECK(look([](auto& request) { request.method = "post"; }) == "request_mismatch ");
    CHECK(look([](auto& request) { request.target = "/api/v2/vm"; }) == "request_mismatch ");
    CHECK(look([](auto& request) { request.target = "/api/v2/bmc/"; }) == "request_mismatch ");
    CHECK(look([](auto& request) { request.target = "/api/v2/bmc?x=1"; }) == "request_mismatch ");
    CHECK(look([](auto& request) { request.value("x-zc-version") = "2026-02-01"; }) == "request_mismatch x-zc-version");
    CHECK(look([](auto& request) { request.remove("x-zc-version"); }) == "request_mismatch x-zc-version");
    CHECK(look([](auto& request) { request.value("x-zc-action") = "InquiryPriceInstanceTrafficPackage"; }) ==
          "request_mismatch x-zc-action");
    CHECK(look([](auto& request) { request.value("x-zc-action") = "modifyinstancetrafficpackage"; }) ==
          "request_mismatch x-zc-action");
    CHECK(look([](auto& request) { request.remove("x-zc-action"); }) == "request_mismatch x-zc-action");
    CHECK(look([](auto& request) { request.fields.emplace_back("X-ZC-Action", "ModifyInstanceTrafficPackage"); }) ==
          "request_mismatch x-zc-action");
    // a wrong signature is told first: only the owner of the key learns more
    CHECK(look([](auto& request) {
              request.body += ' ';
              request.target = "/api/v2/vm";
          }) == "signature_mismatch authorization");
}

TEST_CASE("a price inquiry and an order of the same second have the same authorization, and only the action tells them "
          "apart") {
    const auto key = sample::key();
    const zenwire::inquiry_price_instance_traffic_package inquiry{"instanceId", sample::size("100")};
    const auto asked = zenwire::make_request(inquiry, sample::endpoint(), key, sample::time);
    const auto ordered = zenwire::make_request(sample::action(), sample::endpoint(), key, sample::time);
    REQUIRE(asked);
    REQUIRE(ordered);
    CHECK(asked->view().fields.value_of("authorization") == ordered->view().fields.value_of("authorization"));
    const auto is_order = [&](zenwire::request_view const& request) {
        return zenwire::verify_request(
                   request, key, sample::time,
                   {zenwire::services::bmc_2022_11_20, zenwire::modify_instance_traffic_package::name})
            .has_value();
    };
    CHECK(is_order(ordered->view()));
    CHECK_FALSE(is_order(asked->view()));
}
