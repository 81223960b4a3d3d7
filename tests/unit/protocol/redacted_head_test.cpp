// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/verification.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/request.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

std::string masked(zenwire::request_view const& request) {
    std::string memory(4096, '\0');
    zenwire::buffer_writer out(memory);
    zenwire::write_redacted_head(out, request);
    CHECK_FALSE(out.overflowed());
    return std::string(out.written());
}

/// The one line that a field becomes.
std::string masked_field(std::string_view name, std::string_view value) {
    const std::array<zenwire::field, 1> fields{{{name, value}}};
    zenwire::request_view request;
    request.target = "/";
    request.fields = zenwire::field_list(std::span<zenwire::field const>(fields));
    const std::string head = masked(request);
    return head.substr(head.find('\n') + 1);
}

constexpr bool is_masked_at_compile_time() {
    constexpr std::array<zenwire::field, 1> fields{{{"Authorization", "Bearer secret"}}};
    zenwire::request_view request;
    request.target = "/api/v2/bmc";
    request.fields = zenwire::field_list(std::span<zenwire::field const>(fields));
    char memory[128]{};
    zenwire::buffer_writer out(memory);
    zenwire::write_redacted_head(out, request);
    return out.written() == "POST /api/v2/bmc HTTP/1.1\nAuthorization: Bearer ***\n";
}
static_assert(is_masked_at_compile_time());

}  // namespace

TEST_CASE("a signed request is shown but for its signature and body") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    REQUIRE(request);
    CHECK(masked(request->view()) == "POST /api/v2/bmc HTTP/1.1\n"
                                     "host: console.zenlayer.com\n"
                                     "content-type: application/json\n"
                                     "x-zc-service: bmc\n"
                                     "x-zc-version: 2022-11-20\n"
                                     "x-zc-sdk-version: " +
                                         std::string(zenwire::version_text) +
                                         "\n"
                                         "x-zc-sdk-lang: cpp\n"
                                         "x-zc-action: ModifyInstanceTrafficPackage\n"
                                         "x-zc-timestamp: 1673361177\n"
                                         "x-zc-signature-method: ZC2-HMAC-SHA256\n"
                                         "authorization: ZC2-HMAC-SHA256 Credential=0D9UtpyKYcHxms5v, "
                                         "SignedHeaders=content-type;host, Signature=***\n");
}

TEST_CASE("a bearer token is not shown") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::token(), sample::time);
    REQUIRE(request);
    const std::string text = masked(request->view());
    CHECK(contains(text, "\nauthorization: Bearer ***\n"));
    CHECK_FALSE(contains(text, sample::token_text));
}

TEST_CASE("the authorization is masked in any letter case of its name") {
    for (const std::string_view name : {"authorization", "Authorization", "AUTHORIZATION", "aUTHORIZATIOn"}) {
        CHECK(masked_field(name, "Bearer secret") == std::string(name) + ": Bearer ***\n");
    }
}

TEST_CASE("an authorization out of form is masked as a whole") {
    const std::string signature(64, 'a');
    for (std::string const& value : std::initializer_list<std::string>{
             "secret", "", "Basic secret", "bearer secret", "Bearer sec ret", "Bearer",
             "ZC2-HMAC-SHA256 Credential=secret",
             "ZC2-HMAC-SHA256 Credential=secret, SignedHeaders=host, Signature=", "ZC2-HMAC-SHA256 secret",
             "ZC2-HMAC-SHA256 Credential=secret, SignedHeaders=host, Signature=" + signature + "x",
             "zc2-hmac-sha256 Credential=secret, SignedHeaders=host, Signature=" + signature}) {
        CAPTURE(value);
        CHECK(masked_field("authorization", value) == "authorization: ***\n");
    }
}

TEST_CASE("a field that is not known to be harmless is masked") {
    for (const std::string_view name :
         {"cookie", "x-api-key", "proxy-authorization", "x-zc-token", "authorization2", ""}) {
        CHECK(masked_field(name, "secret") == std::string(name) + ": ***\n");
    }
    CHECK(masked_field("X-ZC-Action", "DescribeInstances") == "X-ZC-Action: DescribeInstances\n");
}

TEST_CASE("the query of a target is masked") {
    zenwire::request_view request;
    request.target = "/api/v2/bmc?token=secret";
    CHECK(masked(request) == "POST /api/v2/bmc?*** HTTP/1.1\n");
    request.target = "/api/v2/bmc#secret";
    CHECK(masked(request) == "POST /api/v2/bmc?*** HTTP/1.1\n");
}

TEST_CASE("what a stranger sent cannot drive a terminal or forge a line") {
    CHECK(masked_field("host", "a\r\nx: y\x1b[2J\x7f\xC2\x9B") == "host: a??x: y?[2J???\n");
    CHECK(masked_field("host\n\x1b", "a") == "host??: ***\n");
    zenwire::request_view request;
    request.method = "PO\nST";
    request.target = "/\x1b";
    CHECK(masked(request) == "PO?ST /? HTTP/1.1\n");
}

TEST_CASE("too little room for a masked head shows in the writer") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    REQUIRE(request);
    const std::size_t whole = masked(request->view()).size();
    CHECK(whole <= zenwire::limits::request_head);
    std::vector<char> memory(whole);
    zenwire::buffer_writer enough(memory);
    zenwire::write_redacted_head(enough, request->view());
    CHECK_FALSE(enough.overflowed());
    zenwire::buffer_writer too_little(std::span<char>(memory).first(whole - 1));
    zenwire::write_redacted_head(too_little, request->view());
    CHECK(too_little.overflowed());
}
