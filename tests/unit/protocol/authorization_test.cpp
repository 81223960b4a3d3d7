// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/verification.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"
#include "../samples.hpp"
#include "received_request.hpp"

/// @file
/// What stands in a request's authorization: its form, and the fields that it says are signed.

namespace {

using zenwire::errc;

}  // namespace

TEST_CASE("an authorization field is taken apart only in the documented form") {
    const std::string hex(64, 'a');
    struct {
        std::string value;
        bool legal;
    } const cases[] = {
        {"ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=" + hex, true},
        {"ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=" + hex + "a", false},
        {"ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=" + hex.substr(1), false},
        {"ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=" + hex + ", x=y", false},
        {"ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=", false},
        {"ZC2-HMAC-SHA256 Credential=id, SignedHeaders=, Signature=" + hex, false},
        {"ZC2-HMAC-SHA256 Credential=, SignedHeaders=content-type;host, Signature=" + hex, false},
        {"ZC2-HMAC-SHA256 Credential=i d, SignedHeaders=content-type;host, Signature=" + hex, false},
        {"ZC2-HMAC-SHA256  Credential=id, SignedHeaders=content-type;host, Signature=" + hex, false},
        {"ZC2-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host,Signature=" + hex, false},
        {"ZC2-HMAC-SHA256 SignedHeaders=content-type;host, Credential=id, Signature=" + hex, false},
        {"ZC2-HMAC_SHA256 Credential=id, SignedHeaders=content-type;host, Signature=" + hex, false},
        {"zc2-hmac-sha256 Credential=id, SignedHeaders=content-type;host, Signature=" + hex, false},
        {"ZC2-HMAC-SHA256", false},
        {"", false},
        {"Bearer token", true},
        {"Bearer ", false},
        {"Bearer  token", false},
        {"Bearer two words", false},
        {"Bearer", false},
        {"Basic dXNlcjpwYXNz", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.value);
        const zenwire::field fields[] = {{"Authorization", each.value}};
        zenwire::request_view request;
        request.fields = zenwire::field_list(fields);
        const auto parts = zenwire::parse_authorization(request);
        CHECK(code_of(parts) == (each.legal ? errc{} : errc::authorization_malformed));
    }
}

TEST_CASE("the parts of an authorization field are views of the request") {
    const received_request request = good_request();
    const std::string authorization = received_request(request).value("authorization");
    const zenwire::field fields[] = {{"authorization", authorization}};
    zenwire::request_view view;
    view.fields = zenwire::field_list(fields);
    const auto parts = zenwire::parse_authorization(view);
    REQUIRE(parts.has_value());
    CHECK(parts->access_key_id == sample::id);
    CHECK(parts->signed_headers == "content-type;host");
    CHECK(parts->signature.size() == 64);
    CHECK(parts->signature.data() + 64 == authorization.data() + authorization.size());
    CHECK(parts->bearer_token.empty());

    const zenwire::field bearer[] = {{"authorization", "Bearer abc.def="}};
    view.fields = zenwire::field_list(bearer);
    CHECK(zenwire::parse_authorization(view)->bearer_token == "abc.def=");
    CHECK(zenwire::parse_authorization(view)->access_key_id.empty());
}

TEST_CASE("without one authorization field nothing is verified") {
    const auto key = sample::key();
    received_request without = good_request();
    without.remove("authorization");
    CHECK(without.verify(key, sample::time) == errc::authorization_malformed);
    received_request twice = good_request();
    twice.fields.emplace_back("Authorization", twice.value("authorization"));
    CHECK(twice.verify(key, sample::time) == errc::authorization_malformed);
    const received_request bearer(
        zenwire::make_request(sample::action(), sample::endpoint(), sample::token(), sample::time)->view());
    CHECK(bearer.verify(key, sample::time) == errc::authorization_malformed);
}

TEST_CASE("signed headers must name content-type and host and fields that are there once") {
    const auto key = sample::key();
    const zenwire::field content_type{"content-type", "application/json"};
    const zenwire::field host{"host", "console.zenlayer.com"};
    const zenwire::field action{"x-zc-action", "modifyinstancetrafficpackage"};
    struct {
        std::string_view names;
        std::vector<zenwire::field> canonical;
        errc code;
    } const cases[] = {
        {"content-type;host", {content_type, host}, errc{}},
        {"content-type;host;x-zc-action", {content_type, host, action}, errc{}},
        {"Content-Type;Host", {content_type, host}, errc{}},
        {"content-type", {content_type}, errc::signed_header_missing},
        {"host", {host}, errc::signed_header_missing},
        {"x-zc-action", {action}, errc::signed_header_missing},
        {"content-type;host;x-other", {content_type, host, {"x-other", ""}}, errc::signed_header_missing},
        {"content-type;;host", {content_type, {"", ""}, host}, errc::signed_header_missing},
        {";content-type;host", {{"", ""}, content_type, host}, errc::signed_header_missing},
        {"content-type;host;host", {content_type, host, host}, errc::signed_header_duplicate},
        {"content-type;host;Host", {content_type, host, host}, errc::signed_header_duplicate},
    };
    for (auto const& each : cases) {
        CAPTURE(each.names);
        CHECK(signed_over(good_request(), each.names, each.canonical).verify(key, sample::time) == each.code);
    }
    received_request two_hosts = good_request();
    two_hosts.fields.emplace_back("Host", "console.zenlayer.com");
    CHECK(two_hosts.verify(key, sample::time) == errc::signed_header_duplicate);
    received_request no_host = good_request();
    no_host.remove("host");
    CHECK(no_host.verify(key, sample::time) == errc::signed_header_missing);
}

TEST_CASE("a comma anywhere in a signature makes the authorization malformed, and in a token it does not") {
    for (std::size_t place = 0; place < 64; ++place) {
        CAPTURE(place);
        std::string signature(64, 'a');
        signature[place] = ',';
        const std::string value =
            "ZC2-HMAC-SHA256 Credential=id, SignedHeaders=content-type;host, Signature=" + signature;
        const zenwire::field fields[] = {{"authorization", value}};
        CHECK(code_of(zenwire::parse_authorization(view_of(fields))) == errc::authorization_malformed);
    }
    const zenwire::field bearer[] = {{"authorization", "Bearer a,b,"}};
    CHECK(zenwire::parse_authorization(view_of(bearer))->bearer_token == "a,b,");
}

TEST_CASE("signed headers in another order or letter case are found and hashed as they are named") {
    const auto key = sample::key();
    const zenwire::field content_type{"content-type", "application/json"};
    const zenwire::field host{"host", "console.zenlayer.com"};
    const zenwire::field action{"x-zc-action", "modifyinstancetrafficpackage"};
    CHECK(signed_over(good_request(), "host;content-type", {host, content_type}).verify(key, sample::time) == errc{});
    CHECK(signed_over(good_request(), "HOST;Content-TYPE", {host, content_type}).verify(key, sample::time) == errc{});
    CHECK(signed_over(good_request(), "CONTENT-TYPE;HOST", {content_type, host}).verify(key, sample::time) == errc{});
    CHECK(signed_over(good_request(), "X-ZC-Action;host;content-type", {action, host, content_type})
              .verify(key, sample::time) == errc{});
    CHECK(signed_over(good_request(), "host;content-type", {content_type, host}).verify(key, sample::time) ==
          errc::signature_mismatch);
}

TEST_CASE("a usual header that is missing or there twice is told apart, whatever way the signed headers are named") {
    const auto key = sample::key();
    for (const std::string_view names : {"content-type;host", "host;content-type", "Content-Type;Host"}) {
        for (const std::string_view name : {"content-type", "host"}) {
            CAPTURE(names);
            CAPTURE(name);
            received_request without = signed_over(good_request(), names, {});
            without.remove(name);
            CHECK(without.verify(key, sample::time) == errc::signed_header_missing);
            received_request twice = signed_over(good_request(), names, {});
            twice.fields.emplace_back(name, twice.value(name));
            CHECK(twice.verify(key, sample::time) == errc::signed_header_duplicate);
            received_request thrice = twice;
            thrice.fields.emplace_back(name == "host" ? "HOST" : "Content-Type", "x");
            CHECK(thrice.verify(key, sample::time) == errc::signed_header_duplicate);
        }
    }
}
