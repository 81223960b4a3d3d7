// SPDX-License-Identifier: BSL-1.0
//
// Holds the examples of crypto by others to the same vectors as the library's own.

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include <sys/time.h>

#include <boost/json.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/protocol/verification.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../unit/from_hex.hpp"
#include "../unit/json_lines.hpp"
#include "../unit/results.hpp"
#include "key_owner.hpp"
#include "mbedtls_crypto.hpp"
#include "openssl_crypto.hpp"

namespace {

using json_lines::text;

std::string hex(zenwire::expected<zenwire::sha256_digest> const& digest) {
    return std::string(zenwire::detail::hex_text(digest.value()).view());
}

/// Signs the request of a line as the line says; returns its authorization.
template <class Hash, class Mac>
std::string authorization(boost::json::object const& line, Hash const& hash, Mac mac) {
    const zenwire::service service{.name = text(line, "service"),
                                   .path = text(line, "service") == "vm" ? "/api/v2/vm" : "/api/v2/bmc",
                                   .version = text(line, "version")};
    zenwire::request_options options;
    if (text(line, "content_type") != "application/json") {
        options.content_type = zenwire::content_type::json_utf8;
    }
    const auto prepared = zenwire::request_template<Hash>::make(
        service, zenwire::endpoint::make(text(line, "host")).value(), options, hash);
    const auto key =
        zenwire::external_access_key<Mac>::make(zenwire::access_key_id(text(line, "access_key_id")), std::move(mac));
    char memory[2048];
    const auto request = zenwire::sign_body(memory, text(line, "action"), text(line, "body"), prepared.value(),
                                            key.value(), zenwire::unix_seconds(json_lines::integer(line, "timestamp")));
    return std::string(request.value().view().fields.value_of("authorization"));
}

constexpr char const* signed_requests = "vectors/signed_requests.jsonl";

}  // namespace

TEST_CASE_TEMPLATE("SHA-256 of a library is that of the vectors, in pieces and from copies", Hash,
                   openssl_crypto::sha256, mbedtls_crypto::sha256) {
    const Hash original;
    for (auto const& line : json_lines::read("vectors/crypto/sha256.jsonl")) {
        const std::string message = from_hex(text(line, "message"));
        const auto times = json_lines::integer(line, "times");
        CAPTURE(text(line, "id"));
        Hash hash = original;
        for (std::int64_t i = 0; i < times; ++i) {
            hash.update(message);
        }
        Hash copy(hash);
        CHECK(std::string_view(hex(hash.finish())) == text(line, "sha256"));
        CHECK(std::string_view(hex(copy.finish())) == text(line, "sha256"));
        copy = original;
        copy.update("abc");
        CHECK(hex(copy.finish()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

TEST_CASE_TEMPLATE("HMAC-SHA256 of a library is that of the vectors, again and again", Mac, openssl_crypto::hmac_sha256,
                   mbedtls_crypto::hmac_sha256) {
    for (auto const& line : json_lines::read("vectors/crypto/hmac_sha256.jsonl")) {
        const std::string_view expected = text(line, "mac");
        CAPTURE(text(line, "id"));
        const Mac mac(from_hex(text(line, "key")));
        for (int i = 0; i < 2; ++i) {
            CHECK(std::string_view(hex(mac(from_hex(text(line, "data"))))).substr(0, expected.size()) == expected);
        }
    }
}

TEST_CASE_TEMPLATE("requests signed with OpenSSL and Mbed TLS are those of the official programs", Library,
                   std::pair<openssl_crypto::sha256, openssl_crypto::hmac_sha256>,
                   std::pair<mbedtls_crypto::sha256, mbedtls_crypto::hmac_sha256>) {
    const typename Library::first_type hash;
    for (auto const& line : json_lines::read(signed_requests)) {
        CAPTURE(text(line, "id"));
        typename Library::second_type mac(text(line, "access_key_password"));
        CHECK(std::string_view(authorization(line, hash, std::move(mac))) == text(line, "authorization"));
    }
}

TEST_CASE("OpenSSL without the algorithm is a failure and no signature") {
    openssl_crypto::sha256 hash(nullptr, "provider=nobody");
    hash.update("message");
    CHECK(code_of(hash.finish()) == zenwire::errc::crypto_failed);
    openssl_crypto::sha256 copy(hash);
    CHECK(code_of(copy.finish()) == zenwire::errc::crypto_failed);
    const openssl_crypto::hmac_sha256 mac("key", nullptr, "provider=nobody");
    CHECK(code_of(mac("message")) == zenwire::errc::crypto_failed);
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    const auto prepared = zenwire::request_template<openssl_crypto::sha256>::make(zenwire::services::bmc_2026_02_01,
                                                                                   zenwire::endpoint(), {}, hash);
    char memory[2048];
    CHECK(code_of(zenwire::sign_body(memory, "Any", "{}", prepared.value(), key.value(), zenwire::unix_seconds(1))) ==
          zenwire::errc::crypto_failed);
}

TEST_CASE("a hash of OpenSSL that was moved from fails") {
    openssl_crypto::sha256 hash;
    openssl_crypto::sha256 other(std::move(hash));
    CHECK(code_of(hash.finish()) == zenwire::errc::crypto_failed);
    CHECK(other.finish().has_value());
}

TEST_CASE("requests signed by the owner of a key are those of the official programs") {
    for (auto const& line : json_lines::read(signed_requests)) {
        CAPTURE(text(line, "id"));
        const key_owner owner([&] { return std::string(text(line, "access_key_password")); });
        CHECK(std::string_view(authorization(line, zenwire::sha256(), owner.provider())) ==
              text(line, "authorization"));
    }
}

TEST_CASE("an action is ordered with a key that this process never sees") {
    zenwire::fake_cloud cloud;
    cloud.add({.id = "932237369560662463", .size = zenwire::traffic_package_size::parse("0.1").value()});
    cloud.add(
        zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password")).value());
    const key_owner owner([] { return std::string("password"); });
    const auto key =
        zenwire::external_access_key<decltype(owner.provider())>::make(zenwire::access_key_id("id"), owner.provider());
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key.value());
    const zenwire::modify_instance_traffic_package action{"932237369560662463",
                                                          zenwire::traffic_package_size::parse("0.15").value()};
    CHECK(zenwire::send_action(client, action, cloud, cloud).has_value());
    CHECK(cloud.orders().size() == 1);

    ::kill(owner.process(), SIGKILL);
    const auto result = zenwire::send_action(client, action, cloud, cloud);
    CHECK(code_of(result) == zenwire::errc::crypto_failed);
    CHECK(result.error().outcome == zenwire::outcome::not_executed);
    CHECK(cloud.requests_seen() == 1);
}

TEST_CASE("signals do not take the key away") {
    const key_owner owner([] { return std::string("password"); });
    const zenwire::sha256_digest wanted = zenwire::hmac_sha256("password")("message");
    struct sigaction nothing {};
    nothing.sa_handler = [](int) {};
    struct sigaction before {};
    ::sigaction(SIGALRM, &nothing, &before);
    itimerval often{{0, 200}, {0, 200}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
    int right = 0;
    for (int i = 0; i < 5000; ++i) {
        const auto made = owner.mac("message");
        ::kill(owner.process(), SIGINT);  // Ctrl-C reaches both processes
        right += made && *made == wanted ? 1 : 0;
    }
    often = {};
    ::setitimer(ITIMER_REAL, &often, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    CHECK(right == 5000);
}

TEST_CASE("the owner of a key makes a MAC of the whole message, or none") {
    for (const std::size_t size : {std::size_t{4096}, std::size_t{4097}}) {
        const key_owner owner([] { return std::string("password"); });
        const std::string message(size, 'x');
        const auto made = owner.mac(message);
        CHECK(made.has_value() == (size == 4096));
        CHECK((!made || *made == zenwire::hmac_sha256("password")(message)));
    }
}
