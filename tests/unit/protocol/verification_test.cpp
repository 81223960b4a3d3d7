// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/verification.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/http/detail/field_writer.hpp>

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
        return code_of(verified(key, now));
    }
    template <class Key>
    [[nodiscard]] zenwire::expected<void> verified(Key const& key, zenwire::unix_seconds now) const {
        std::vector<zenwire::field> list;
        for (auto const& [name, value] : fields) {
            list.push_back({name, value});
        }
        zenwire::request_view view;
        view.fields = zenwire::field_list(list);
        view.target = target;
        view.method = method;
        view.body = body;
        return zenwire::verify_request(view, key, now, expectation);
    }

    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    std::string_view method = "POST";
    std::string_view target = "/api/v2/bmc";
    zenwire::request_expectation expectation{zenwire::services::bmc_2022_11_20.path};
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

/// A request of these fields.
zenwire::request_view view_of(std::span<zenwire::field const> fields, std::string_view body = {}) {
    zenwire::request_view view;
    view.fields = zenwire::field_list(fields);
    view.body = body;
    return view;
}

/// Fields in a block of lines, as a request that was signed has them.
class fields_in_a_block {
public:
    explicit fields_in_a_block(std::span<zenwire::field const> fields) {
        zenwire::buffer_writer out(block_);
        zenwire::detail::field_writer writer(out, positions_);
        for (zenwire::field const& each : fields) {
            writer.add_checked(each.name, each.value);
        }
        list_ = {out.written(), std::span(positions_).first(writer.count())};
    }
    fields_in_a_block(fields_in_a_block const&) = delete;
    fields_in_a_block& operator=(fields_in_a_block const&) = delete;

    [[nodiscard]] zenwire::field_list const& list() const { return list_; }

private:
    std::array<char, 1024> block_{};
    std::array<zenwire::field_position, 16> positions_{};
    zenwire::field_list list_;
};

/// The canonical request hash of a request with these fields, all signed, worked out in one piece from their canonical form.
zenwire::sha256_digest plain_canonical_hash(std::span<zenwire::field const> canonical, std::string_view body) {
    std::string text = "POST\n/\n\n";
    std::string names;
    for (zenwire::field const& each : canonical) {
        text.append(each.name).append(":").append(each.value).append("\n");
        names.append(names.empty() ? "" : ";").append(each.name);
    }
    text.append("\n").append(names).append("\n");
    text.append(zenwire::detail::hex_text(zenwire::sha256_of(body)).view());
    return zenwire::sha256_of(text);
}

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

/// A hash of the user that can do nothing but what it must.
struct plain_hash {
    void update(std::string_view message) noexcept { hash.update(message); }
    [[nodiscard]] zenwire::sha256_digest finish() const noexcept { return hash.finish(); }

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

TEST_CASE("a field that must be there once is found in any letter case and in both forms of a list, and counted") {
    const std::vector<zenwire::field> fields = {
        {"Host", "first"},          {"X-ZC-Timestamp", "1"},    {"hosT", "second"},     {"hose", "x"},
        {"content-typo", "x"},      {"CONTENT-TYPE", "json"},   {"authorizatiom", "x"}, {"buthorization", "x"},
        {"Authorization", "Basic"}, {"x-zc-timestamq", "x"},    {"ost", "x"},           {"xost", "x"},
        {"x-zc-action", "x"},       {"x_zc-timestamp", "none"}, {"HOST", "third"},      {"content-type ", "x"},
    };
    const fields_in_a_block block(fields);
    for (zenwire::field_list const& list : {zenwire::field_list(fields), block.list()}) {
        REQUIRE(list.size() == fields.size());
        const auto host = zenwire::detail::find_single_field(list, "host");
        CHECK(host.times == 3);
        CHECK(host.value == "third");
        const auto content_type = zenwire::detail::find_single_field(list, "content-type");
        CHECK(content_type.times == 1);
        CHECK(content_type.value == "json");
    }
}

TEST_CASE("of a request without a field that must be there once none is found") {
    const std::vector<zenwire::field> others = {{"", "x"}, {"a", "x"}, {"x-zc-action", "x"}};
    for (zenwire::field_list const& list : {zenwire::field_list(), zenwire::field_list(others)}) {
        const auto found = zenwire::detail::find_single_field(list, "host");
        CHECK(found.times == 0);
        CHECK(found.value.empty());
    }
}

TEST_CASE("a text is taken apart piece by piece") {
    zenwire::detail::text_parts parts("name=value,second=a;b, rest");
    parts.take("name=");
    CHECK(parts.take_part() == "value");
    parts.take(",second=");
    CHECK(parts.take_part() == "a;b");
    parts.take(", ");
    CHECK_FALSE(parts.is_well_formed());
    CHECK(parts.take_rest() == "rest");
    CHECK(parts.is_well_formed());
    parts.take("");
    CHECK(parts.is_well_formed());
}

TEST_CASE("a text that does not come next is not taken and then nothing is well formed any more") {
    for (const std::string_view other : {"n=", "name:", "name=value and more", "Name=", "xname="}) {
        CAPTURE(other);
        zenwire::detail::text_parts parts("name=value");
        parts.take(other);
        CHECK_FALSE(parts.is_well_formed());
        parts.take("name=");
        CHECK_FALSE(parts.take_rest().empty());
        CHECK_FALSE(parts.is_well_formed());
    }
}

TEST_CASE("a part has visible characters up to a comma, the end, or one that is not visible") {
    struct {
        std::string_view text;
        std::string_view part;
    } const cases[] = {
        {"a;b,c", "a;b"}, {"a;b", "a;b"}, {"A;b,c", "A;b"}, {"a b,c", "a"}, {"a\x7F,", "a"}, {"a\xE4,", "a"},
        {",c", ""},       {"", ""},       {" ", ""},        {"\x7F,", ""},  {"\xE4,", ""},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        zenwire::detail::text_parts parts(each.text);
        CHECK(parts.take_part() == each.part);
        parts.take(each.text.substr(each.part.size()));
        CHECK(parts.is_well_formed() == !each.part.empty());
    }
}

TEST_CASE("the rest of a text is visible, commas too") {
    for (std::size_t size = 1; size <= 70; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            std::string text(size, 'r');
            const auto is_well_formed = [&](char c) {
                text[place] = c;
                zenwire::detail::text_parts parts(text);
                return parts.take_rest() == text && parts.is_well_formed();
            };
            CAPTURE(size);
            CAPTURE(place);
            CHECK(is_well_formed('r'));
            CHECK(is_well_formed(','));
            CHECK_FALSE(is_well_formed(' '));
            CHECK_FALSE(is_well_formed('\x7F'));
            CHECK_FALSE(is_well_formed('\xAC'));
        }
    }
    zenwire::detail::text_parts empty("");
    CHECK(empty.take_rest().empty());
    CHECK_FALSE(empty.is_well_formed());
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

TEST_CASE("a timestamp is one to twelve digits of a valid time and nothing else") {
    struct {
        std::string_view text;
        std::int64_t seconds;  // -1: none
    } const cases[] = {
        {"0", 0},
        {"000000000001", 1},
        {"0000000000001", -1},
        {"1673361177", 1673361177},
        {"253402300799", 253402300799},
        {"253402300800", -1},
        {"999999999999", -1},
        {"1673361177000", -1},
        {"18446744073709551617", -1},
        {"", -1},
        {" ", -1},
        {" 1", -1},
        {"1 ", -1},
        {"1\t", -1},
        {"+1", -1},
        {"-1", -1},
        {"-", -1},
        {"1.0", -1},
        {"1e9", -1},
        {"0x10", -1},
        {std::string_view("1\0", 2), -1},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        CHECK(zenwire::detail::timestamp_of({1, each.text}).is_valid() == (each.seconds >= 0));
        if (each.seconds >= 0) {
            CHECK(zenwire::detail::timestamp_of({1, each.text}).count() == each.seconds);
        }
        // missing, and there twice
        CHECK_FALSE(zenwire::detail::timestamp_of({0, each.text}).is_valid());
        CHECK_FALSE(zenwire::detail::timestamp_of({2, each.text}).is_valid());
    }
}

TEST_CASE("no character but a digit is part of a timestamp, wherever it stands") {
    for (std::size_t place = 0; place < 12; ++place) {
        for (int code = 0; code < 256; ++code) {
            std::string text = "100000000000";
            text[place] = static_cast<char>(code);
            CAPTURE(text);
            // any number that begins with 2 may be beyond the year 9999
            const bool is_decimal_digit = code >= '0' && code <= (place == 0 ? '1' : '9');
            if (place != 0 || !zenwire::detail::ascii::is_decimal_digit(text[0])) {
                CHECK(zenwire::detail::timestamp_of({1, text}).is_valid() == is_decimal_digit);
            }
        }
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
    check(set("x-zc-timestamp", "1673361178"), zenwire::detail::signature_is_another);
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

TEST_CASE("a canonical request of any length is hashed right, longer than what is gathered at a time or not") {
    const std::string body = R"({"instanceId":"instanceId"})";
    for (std::size_t size = 0; size <= 700; ++size) {
        const std::string host_value(size, 'h');
        const std::string type_value((size * 13) % 300, 't');
        const std::string sent_host = "\t " + std::string(size, 'H') + " ";
        const std::string sent_type = " " + std::string(type_value.size(), 'T') + "\t";
        const zenwire::field sent[] = {{"HOST", sent_host}, {"Content-Type", sent_type}};
        const zenwire::field usual[] = {{"content-type", type_value}, {"host", host_value}};
        const zenwire::field unusual[] = {{"host", host_value}, {"content-type", type_value}};
        CAPTURE(size);
        CHECK(*zenwire::received_canonical_request_hash(view_of(sent, body), "content-type;host") ==
              plain_canonical_hash(usual, body));
        CHECK(*zenwire::received_canonical_request_hash(view_of(sent, body), "Host;Content-Type") ==
              plain_canonical_hash(unusual, body));
        CHECK(*zenwire::received_canonical_request_hash(view_of(sent, body), "content-type;host", plain_hash()) ==
              plain_canonical_hash(usual, body));
    }
}

TEST_CASE("many signed headers of any length are hashed right") {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 40; ++i) {
        texts.push_back("x-header-" + std::to_string(i));
        texts.push_back(std::string(i * 17 % 300, static_cast<char>('a' + i % 26)));
    }
    std::vector<zenwire::field> fields = {{"content-type", "application/json"}, {"host", "console.zenlayer.com"}};
    std::string names = "content-type;host";
    for (std::size_t i = 0; i < texts.size(); i += 2) {
        fields.push_back({texts[i], texts[i + 1]});
        names.append(";").append(texts[i]);
        CAPTURE(names);
        CHECK(*zenwire::received_canonical_request_hash(view_of(fields, "{}"), names) ==
              plain_canonical_hash(fields, "{}"));
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
