// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/hmac_sha256.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/crypto/hmac_sha256.hpp>

namespace {

using zenwire::expected;
using zenwire::mac_provider;
using zenwire::sha256_digest;

/// A key in a chip, which may fail.
struct hardware_key {
    expected<sha256_digest> operator()(std::string_view) const {
        return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, "it is off");
    }
};
struct not_const {
    sha256_digest operator()(std::string_view) { return {}; }
};

sha256_digest plain_function(std::string_view message) { return zenwire::sha256_of(message); }

expected<sha256_digest> mac_of(std::string_view message, mac_provider auto const& mac) { return mac(message); }

}  // namespace

TEST_CASE("a MAC provider is called with a message and gives a MAC or an error") {
    const auto lambda = [](std::string_view) { return sha256_digest{}; };
    const auto of_text = [](std::string_view) { return std::string(); };
    const auto of_nothing = [] { return sha256_digest{}; };
    CHECK(mac_provider<zenwire::hmac_sha256>);
    CHECK(mac_provider<hardware_key>);
    CHECK(mac_provider<decltype(lambda)>);
    CHECK(mac_provider<decltype(&plain_function)>);
    CHECK_FALSE(mac_provider<not_const>);
    CHECK_FALSE(mac_provider<decltype(of_text)>);
    CHECK_FALSE(mac_provider<decltype(of_nothing)>);
    CHECK_FALSE(mac_provider<std::string>);
}

TEST_CASE("generic code gets the MAC or the error of whatever provider it is given") {
    const zenwire::hmac_sha256 key("key");
    const auto mac = mac_of("message", key);
    REQUIRE(mac.has_value());
    CHECK(*mac == key("message"));
    CHECK(*mac_of("message", &plain_function) == zenwire::sha256_of("message"));
    const auto failed = mac_of("message", hardware_key());
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().code == zenwire::errc::crypto_failed);
}
