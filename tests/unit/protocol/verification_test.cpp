// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/verification.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "../json_lines.hpp"
#include "../results.hpp"
#include "../samples.hpp"

namespace {

using json_lines::text;
using zenwire::errc;

/// A request as a server has it: its own copies of all texts.
class received_request {
public:
    received_request() = default;
    explicit received_request(zenwire::request_view const& sent) : body(sent.body) {
        for (const zenwire::field each : sent.fields) {
            fields.emplace_back(each.name, each.value);
        }
    }

    /// The value of a field that is there.
    std::string& value(std::string_view name) {
        for (auto& [each, value] : fields) {
            if (each == name) {
                return value;
            }
        }
        FAIL("no field ", name);
        return body;
    }
    void remove(std::string_view name) {
        std::erase_if(fields, [&](auto const& each) { return each.first == name; });
    }

    /// Whether `key` signed it.
    template <class Key>
    [[nodiscard]] errc verify(Key const& key, zenwire::unix_seconds now) const {
        std::vector<zenwire::field> list;
        for (auto const& [name, value] : fields) {
            list.push_back({name, value});
        }
        zenwire::request_view view;
        view.fields = zenwire::field_list(list);
        view.body = body;
        return code_of(zenwire::verify(view, key, now));
    }

    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
};

received_request good_request() {
    return received_request(
        zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time)->view());
}

/// A request over the fields at hand with a signature that is right for them, whatever `signed_headers` names.
received_request signed_over(received_request request, std::string_view signed_headers,
                             std::vector<zenwire::field> const& canonical) {
    const auto hash = zenwire::canonical_request_hash(canonical, *zenwire::payload_hash(request.body));
    const auto mac = sample::key().mac(zenwire::string_to_sign(sample::time, *hash).view());
    char memory[1024];
    zenwire::buffer_writer out(memory);
    zenwire::write_authorization_value(out, sample::id, signed_headers, mac);
    request.value("authorization") = out.written();
    return request;
}

zenwire::unix_seconds seconds_later(std::int64_t seconds) {
    return zenwire::unix_seconds(sample::time.count() + seconds);
}

/// A hash whose calls to finish() fail from that number on.
struct failing_hash {
    void update(std::string_view message) noexcept { hash.update(message); }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() noexcept {
        if (--*calls_left < 0) {
            return zenwire::unexpected(zenwire::error::make(errc::crypto_failed, zenwire::blame::local, "broken"));
        }
        return hash.finish();
    }

    int* calls_left;
    zenwire::sha256 hash{};
};

struct failing_mac {
    zenwire::expected<zenwire::sha256_digest> operator()(std::string_view) const noexcept {
        return zenwire::unexpected(zenwire::error::make(errc::crypto_failed, zenwire::blame::local, "locked"));
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
        return is_lowered ? zenwire::ascii::to_lower(before) != zenwire::ascii::to_lower(static_cast<char>(after))
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
            c = zenwire::ascii::to_upper(c);
        }
    }
    request.value("HOST") = " \tConsole.Zenlayer.COM ";
    CHECK(request.verify(key, sample::time) == errc{});
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

TEST_CASE("keys are looked up by the id of the request") {
    const auto request = zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time);
    const auto right = sample::key();
    const auto wrong = sample::key("another password");
    std::string asked;
    const auto verify_with = [&](zenwire::access_key const* key) {
        return code_of(zenwire::verify(
            request->view(),
            [&](std::string_view id) {
                asked = id;
                return key;
            },
            sample::time));
    };
    CHECK(verify_with(&right) == errc{});
    CHECK(asked == sample::id);
    CHECK(verify_with(&wrong) == errc::signature_mismatch);
    CHECK(verify_with(nullptr) == errc::access_key_unknown);
    const auto stranger =
        zenwire::access_key::make(zenwire::access_key_id("stranger"), zenwire::access_key_password(sample::password));
    CHECK(code_of(zenwire::verify(request->view(), *stranger, sample::time)) == errc::access_key_unknown);
}

TEST_CASE("errors of verification blame the party that sent the request") {
    const auto result = zenwire::verify(zenwire::request_view{}, sample::key(), sample::time);
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
        const auto verified = zenwire::verify(request->view(), sample::key(), sample::time, failing_hash{&calls_left});
        CHECK(code_of(verified) == (calls < 2 ? errc::crypto_failed : errc{}));
    }
}
