// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/signature.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/crypto/hmac_sha256.hpp>

#include "../json_lines.hpp"
#include "../results.hpp"
#include "../samples.hpp"

namespace {

using json_lines::text;

constexpr std::string_view documented_body = R"({"pageSize":10,"pageNum":1,"zoneId":"HKG-A"})";
constexpr std::string_view documented_content_type = "application/json; charset=utf-8";
constexpr std::string_view documented_host = "console.zenlayer.com";
constexpr std::string_view documented_signature = "efb356c32e55c781e10dc676da59462c22596d82e91c57803666243379555b2f";

/// A hash_function that fails.
struct broken_hash {
    void update(std::string_view) noexcept {}
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() noexcept {
        return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, "the hash unit is off");
    }
};

std::string hex(zenwire::sha256_digest const& digest) { return std::string(zenwire::detail::hex_text(digest).view()); }

std::string signature_of(std::string_view content_type, std::string_view host, std::string_view body) {
    const auto payload = zenwire::payload_hash(body);
    const auto canonical = zenwire::canonical_request_hash(content_type, host, *payload);
    return hex(
        *zenwire::signature(zenwire::string_to_sign(sample::time, *canonical), zenwire::hmac_sha256(sample::password)));
}

/// The fields that a worked example signs: its own list, else the two default ones.
std::vector<zenwire::field> signed_fields(boost::json::object const& example) {
    if (const auto* const list = example.if_contains("signed_headers")) {
        std::vector<zenwire::field> fields;
        for (auto const& pair : list->as_array()) {
            fields.push_back({pair.at(0).as_string(), pair.at(1).as_string()});
        }
        return fields;
    }
    return {{"content-type", text(example, "content_type")}, {"host", text(example, "host")}};
}

std::string names_of(std::vector<zenwire::field> const& fields) {
    std::string names;
    for (auto const& each : fields) {
        names += names.empty() ? "" : ";";
        names += each.name;
    }
    return names;
}

/// A key that takes an ending, and says so.
struct key_for_endings {
    zenwire::hmac_sha256 hmac{sample::password};
    bool* took_ending;

    [[nodiscard]] zenwire::sha256_digest mac(std::string_view) const noexcept { return {}; }
    void mac(zenwire::detail::sha256_ending const& message, zenwire::sha256_digest& mac) const noexcept {
        *took_ending = true;
        hmac(message, mac);
    }
};
/// A key that takes a text.
struct key_for_texts {
    zenwire::hmac_sha256 hmac{sample::password};

    [[nodiscard]] zenwire::sha256_digest mac(std::string_view message) const noexcept { return hmac(message); }
};
/// A key that may fail, and does when it is told to.
struct key_in_a_module {
    zenwire::hmac_sha256 hmac{sample::password};
    bool fails = false;

    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> mac(std::string_view message) const noexcept {
        return fails ? broken_hash().finish() : zenwire::expected<zenwire::sha256_digest>(hmac(message));
    }
};

static_assert([] {
    const zenwire::detail::string_to_sign_start start("1673361177");
    return start.view() == "ZC2-HMAC-SHA256\n1673361177\n" && start.timestamp() == "1673361177";
}());

// the whole chain is a constant expression
static_assert([] {
    const auto canonical = zenwire::canonical_request_hash(documented_content_type, documented_host,
                                                           *zenwire::payload_hash(documented_body));
    const auto mac =
        zenwire::signature(zenwire::string_to_sign(sample::time, *canonical), zenwire::hmac_sha256(sample::password));
    return zenwire::detail::hex_text(*mac).view() == documented_signature;
}());

}  // namespace

TEST_CASE("every stage of every worked example comes out as written down") {
    for (auto const& example : json_lines::read("vectors/worked_examples.jsonl")) {
        INFO("the example is ", text(example, "id"));
        const auto fields = signed_fields(example);
        const zenwire::unix_seconds time(json_lines::integer(example, "timestamp"));

        const auto payload = zenwire::payload_hash(text(example, "body"));
        REQUIRE(payload.has_value());
        CHECK(hex(*payload) == text(example, "body_sha256"));

        const auto canonical = zenwire::canonical_request_hash(fields, *payload);
        REQUIRE(canonical.has_value());
        CHECK(hex(*canonical) == text(example, "canonical_request_sha256"));

        const zenwire::string_to_sign to_sign(time, *canonical);
        CHECK(to_sign.view() == text(example, "string_to_sign"));

        const auto signature = zenwire::signature(to_sign, zenwire::hmac_sha256(text(example, "access_key_password")));
        REQUIRE(signature.has_value());
        CHECK(hex(*signature) == text(example, "signature"));

        char memory[1024];
        zenwire::buffer_writer authorization(memory);
        zenwire::write_authorization_value(authorization, text(example, "access_key_id"), names_of(fields), *signature);
        CHECK_FALSE(authorization.overflowed());
        CHECK(authorization.written() == text(example, "authorization"));
    }
}

TEST_CASE("the two ways to hash a canonical request agree on the default headers") {
    const auto payload = *zenwire::payload_hash(documented_body);
    const zenwire::field fields[] = {{"content-type", documented_content_type}, {"host", documented_host}};
    CHECK(*zenwire::canonical_request_hash(fields, payload) ==
          *zenwire::canonical_request_hash(documented_content_type, documented_host, payload));
}

TEST_CASE("only the documented combination gives the documented signature") {
    CHECK(signature_of(documented_content_type, documented_host, documented_body) == documented_signature);
    struct {
        std::string_view content_type;
        std::string_view host;
        std::string_view body;
    } const others[] = {
        {"application/json", documented_host, documented_body},
        {"application/json;charset=utf-8", documented_host, documented_body},
        {"application/json; charset=UTF-8", documented_host, documented_body},
        {documented_content_type, "example.com", documented_body},
        {documented_content_type, "console.zenlayer.com:443", documented_body},
        {documented_content_type, documented_host, R"({"pageNum":1,"pageSize":10,"zoneId":"HKG-A"})"},
        {documented_content_type, documented_host, R"({"pageSize": 10, "pageNum": 1, "zoneId": "HKG-A"})"},
        {documented_content_type, documented_host, ""},
    };
    for (auto const& each : others) {
        CAPTURE(each.content_type);
        CAPTURE(each.host);
        CAPTURE(each.body);
        CHECK(signature_of(each.content_type, each.host, each.body) != documented_signature);
    }
}

TEST_CASE("a string to sign holds the method and the seconds and the hash in three lines without an end of line") {
    struct {
        std::int64_t seconds;
        std::string_view digits;
    } const cases[] = {
        {0, "0"},
        {9, "9"},
        {1673361177, "1673361177"},
        {4294967296, "4294967296"},
        {zenwire::unix_seconds::last, "253402300799"},
        {INT64_MAX, "9223372036854775807"},
        {-1, "0"},
    };
    const zenwire::sha256_digest zeros{};
    for (auto const& each : cases) {
        CHECK(zenwire::detail::timestamp_text(zenwire::unix_seconds(each.seconds)).view() == each.digits);
        const std::string wanted = "ZC2-HMAC-SHA256\n" + std::string(each.digits) + "\n" + std::string(64, '0');
        CHECK(zenwire::string_to_sign(zenwire::unix_seconds(each.seconds), zeros).view() == wanted);
        CHECK(zenwire::string_to_sign(each.digits, zeros).view() == wanted);
    }
}

TEST_CASE("what a hash or a module fails with is what its stage returns") {
    const auto broken = [](std::string_view) noexcept { return broken_hash().finish(); };
    const zenwire::sha256_digest digest{};
    CHECK(code_of(zenwire::payload_hash("body", broken_hash())) == zenwire::errc::crypto_failed);
    CHECK(code_of(zenwire::canonical_request_hash("application/json", "host", digest, broken_hash())) ==
          zenwire::errc::crypto_failed);
    CHECK(code_of(zenwire::canonical_request_hash({}, digest, broken_hash())) == zenwire::errc::crypto_failed);
    const auto signature = zenwire::signature(zenwire::string_to_sign(sample::time, digest), broken);
    REQUIRE(code_of(signature) == zenwire::errc::crypto_failed);
    CHECK(signature.error().message.view() == "the hash unit is off");
}

TEST_CASE("an authorization value that does not fit shows in the writer") {
    char memory[64];
    zenwire::buffer_writer out(memory);
    zenwire::write_authorization_value(out, sample::id, zenwire::default_signed_headers, {});
    CHECK(out.overflowed());
}

TEST_CASE("the start of a string to sign holds the method and the timestamp") {
    for (const std::string_view timestamp : {"1673361177", "5", "253402300799", "12345678901234567890", "0"}) {
        CAPTURE(timestamp);
        const zenwire::detail::string_to_sign_start start(timestamp);
        CHECK(start.view() == "ZC2-HMAC-SHA256\n" + std::string(timestamp) + "\n");
        CHECK(start.timestamp() == timestamp);
    }
}

TEST_CASE("a timestamp of more than twenty digits is cut") {
    const std::string digits = "1234567890123456789012345";
    for (std::size_t size = 0; size <= digits.size(); ++size) {
        const std::string timestamp = digits.substr(0, size);
        const std::string kept = digits.substr(0, size < 20 ? size : 20);
        CAPTURE(timestamp);
        const zenwire::detail::string_to_sign_start start(timestamp);
        CHECK(start.timestamp() == kept);
        CHECK(start.view().size() <= zenwire::detail::string_to_sign_start::capacity);
        const zenwire::sha256_digest digest = zenwire::sha256_of("a canonical request");
        const std::string whole = "ZC2-HMAC-SHA256\n" + kept + "\n" + hex(digest);
        CHECK(zenwire::string_to_sign(start, digest).view() == whole);
        CHECK(zenwire::string_to_sign(timestamp, digest).view() == whole);
    }
}

TEST_CASE("a key makes the same MAC of a string to sign whether it takes an ending or a text") {
    const zenwire::sha256_digest canonical = zenwire::sha256_of("a canonical request");
    const zenwire::detail::string_to_sign_start start("1673361177");
    const zenwire::sha256_digest wanted =
        zenwire::hmac_sha256(sample::password)(zenwire::string_to_sign(start, canonical).view());
    bool took_ending = false;
    zenwire::sha256_digest mac{};
    CHECK(zenwire::detail::authenticate(key_for_endings{.took_ending = &took_ending}, start, canonical, mac).has_value());
    CHECK(took_ending);
    CHECK(mac == wanted);
    mac = {};
    CHECK(zenwire::detail::authenticate(sample::key(), start, canonical, mac).has_value());
    CHECK(mac == wanted);
    mac = {};
    CHECK(zenwire::detail::authenticate(key_for_texts(), start, canonical, mac).has_value());
    CHECK(mac == wanted);
    mac = {};
    CHECK(zenwire::detail::authenticate(key_in_a_module(), start, canonical, mac).has_value());
    CHECK(mac == wanted);
}

TEST_CASE("a key that fails makes no MAC of a string to sign") {
    zenwire::sha256_digest mac{};
    const auto done =
        zenwire::detail::authenticate(key_in_a_module{.fails = true}, zenwire::detail::string_to_sign_start("1"), {}, mac);
    REQUIRE(code_of(done) == zenwire::errc::crypto_failed);
    CHECK(done.error().message.view() == "the hash unit is off");
    CHECK(mac == zenwire::sha256_digest{});
}
