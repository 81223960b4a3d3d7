// SPDX-License-Identifier: BSL-1.0
#include "prepared_cloud.hpp"

namespace {

using namespace fake_cloud_tests;

}  // namespace

TEST_CASE("a signature is refused when it is more than 300 s old or ahead") {
    for (const std::int64_t skew : {-301, 301}) {
        CAPTURE(skew);
        prepared_cloud sut;
        const zenwire::signed_request request = signed_request(sut.cloud);
        sut.cloud.set_now(zenwire::unix_seconds(sample::time.count() + skew));
        CHECK(refusal_of(read(sut.cloud(request.view()).value())) == "401 AUTHFAILURE_SIGNATURE_EXPIRED");
        CHECK(sut.cloud.orders().empty());
    }
    for (const std::int64_t skew : {-300, 300}) {
        CAPTURE(skew);
        prepared_cloud sut;
        const zenwire::signed_request request = signed_request(sut.cloud);
        sut.cloud.set_now(zenwire::unix_seconds(sample::time.count() + skew));
        CHECK(read(sut.cloud(request.view()).value()).has_value());
    }
}

TEST_CASE("a client with a wrong clock learns by how much") {
    struct slow_clock {
        [[nodiscard]] static zenwire::unix_seconds now() { return zenwire::unix_seconds(sample::time.count() - 1000); }
        static void sleep_for(zenwire::milliseconds) {}
        [[nodiscard]] static std::uint32_t jitter() { return 0; }
    };
    prepared_cloud sut;
    const zenwire::access_key key = sample::key();
    const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key);
    const result answer = zenwire::send_action(client, modify_instance_traffic_package{instance_id, sample::size("2")},
                                               sut.cloud, slow_clock());
    CHECK(refusal_of(answer) == "401 AUTHFAILURE_SIGNATURE_EXPIRED");
    REQUIRE_FALSE(answer);
    CHECK(answer.error().clock_offset_seconds == 1000);
}

TEST_CASE("a wrong password and an unknown key fail the signature") {
    prepared_cloud sut;
    CHECK(refusal_of(sut.send("2", sample::key("wrong"))) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    const auto stranger =
        zenwire::access_key::make(zenwire::access_key_id("stranger"), zenwire::access_key_password(sample::password));
    CHECK(refusal_of(sut.send("2", *stranger)) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("each of several keys is verified under its own password") {
    prepared_cloud sut;
    const auto second = [] {
        return *zenwire::access_key::make(zenwire::access_key_id("second"),
                                          zenwire::access_key_password("its password"));
    };
    sut.cloud.add(second());
    CHECK(sut.send("1", second()).has_value());
    CHECK(sut.send("1").has_value());
}

TEST_CASE("a request that was changed on its way fails the signature") {
    prepared_cloud sut;
    const zenwire::signed_request original = signed_request(sut.cloud);
    tampered_request other_body(original.view());
    other_body.view.body = R"({"instanceId":"932237369560662463","trafficPackageSize":9})";
    CHECK(refusal_of(read(sut.cloud(other_body.request()).value())) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    tampered_request other_host(original.view());
    other_host.set("host", "elsewhere.example");
    CHECK(refusal_of(read(sut.cloud(other_host.request()).value())) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
    CHECK(sut.cloud.orders().empty());
}

TEST_CASE("signed values with capitals are accepted as they were sent only where the settings say so") {
    for (const bool accepts : {false, true}) {
        CAPTURE(accepts);
        prepared_cloud sut;
        sut.cloud.settings().accepts_letters_as_sent = accepts;
        const zenwire::signed_request original = signed_request(sut.cloud);
        // over `LOCALHOST:1` as it is, which is what the SDKs do
        std::string canonical = "POST\n/\n\ncontent-type:application/json\nhost:LOCALHOST:1\n\ncontent-type;host\n";
        canonical += zenwire::detail::hex_text(zenwire::sha256_of(original.view().body)).view();
        const zenwire::access_key key = sample::key();
        const zenwire::string_to_sign text(sut.cloud.now(), zenwire::sha256_of(canonical));
        const std::string as_sent = "ZC2-HMAC-SHA256 Credential=" + std::string(sample::id) +
                                    ", SignedHeaders=content-type;host, Signature=" +
                                    std::string(zenwire::detail::hex_text(key.mac(text.view())).view());
        tampered_request request(original.view());
        request.set("host", "LOCALHOST:1");
        request.set("content-type", "application/json");
        request.set("authorization", as_sent);
        const result answer = read(sut.cloud(request.request()).value());
        CHECK(answer.has_value() == accepts);
        if (!answer) {
            CHECK(refusal_of(answer) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
            CHECK(contains(answer.error().message, "lower case"));
        }
        request.set("host", "OTHERHOST:1");
        CHECK(contains(read(sut.cloud(request.request()).value()).error().message, "the signature does not match"));
    }
}

TEST_CASE("an authorization out of form is refused before time and signature") {
    prepared_cloud sut;
    const zenwire::signed_request original = signed_request(sut.cloud);
    sut.cloud.set_now(zenwire::unix_seconds(sample::time.count() + 10'000));
    for (const std::string_view missing : {"authorization", "x-zc-timestamp", "x-zc-signature-method"}) {
        CAPTURE(missing);
        tampered_request request(original.view());
        request.remove(missing);
        CHECK(refusal_of(read(sut.cloud(request.request()).value())) == "401 AUTHFAILURE_INVALID_AUTHORIZATION");
    }
    tampered_request basic(original.view());
    basic.set("authorization", "Basic dXNlcjpwYXNzd29yZA==");
    CHECK(refusal_of(read(sut.cloud(basic.request()).value())) == "401 AUTHFAILURE_INVALID_AUTHORIZATION");
}

TEST_CASE("a signed header that is missing is an authorization out of form") {
    prepared_cloud sut;
    const zenwire::signed_request original = signed_request(sut.cloud);
    tampered_request request(original.view());
    request.remove("content-type");
    CHECK(refusal_of(read(sut.cloud(request.request()).value())) == "401 AUTHFAILURE_INVALID_AUTHORIZATION");
}

TEST_CASE("authorization is checked before the action and its parameters") {
    prepared_cloud sut;
    char head[zenwire::limits::request_head];
    const auto request =
        zenwire::sign_body(head, "MakeCoffee", "no JSON", sample::endpoint(), sample::key("wrong"), sut.cloud.now());
    REQUIRE(request);
    CHECK(refusal_of(read(sut.cloud(request->view()).value())) == "401 AUTHFAILURE_SIGNATURE_FAILURE");
}

TEST_CASE("a bearer token is accepted when it is known") {
    prepared_cloud sut;
    CHECK(sut.send("2", sample::token()).has_value());
    const auto unknown = zenwire::bearer_token::make(zenwire::token("another"));
    CHECK(refusal_of(sut.send("2", *unknown)) == "401 AUTHFAILURE_UNAUTHORIZED_OPERATION");
    CHECK(sut.cloud.orders().size() == 1);
}
