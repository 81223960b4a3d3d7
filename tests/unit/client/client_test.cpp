// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/client.hpp>

#include <string>
#include <type_traits>

#include <doctest/doctest.h>

#include <zenwire/client/request_exchange.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using key_client = zenwire::client<zenwire::access_key>;

template <class... Arguments>
constexpr bool is_made_from =
    std::is_constructible_v<key_client, zenwire::service const&, zenwire::endpoint const&, Arguments...>;

static_assert(is_made_from<zenwire::access_key&> &&
              is_made_from<zenwire::access_key const&, zenwire::client_options const&>);
static_assert(!is_made_from<zenwire::access_key> && !is_made_from<zenwire::access_key const>,
              "a client of a temporary credential would dangle");
static_assert(!is_made_from<zenwire::access_key, zenwire::client_options const&>);

using action = zenwire::modify_instance_traffic_package;
using key_exchange = zenwire::request_exchange<action, zenwire::access_key>;
static_assert(std::is_constructible_v<key_exchange, key_client const&, action>);
static_assert(!std::is_constructible_v<key_exchange, key_client, action>,
              "an exchange of a temporary client would dangle");

}  // namespace

TEST_CASE("a client knows its credential and its policy and a prepared service") {
    const auto key = sample::key();
    const zenwire::client client(zenwire::services::vm_2026_04_01, zenwire::endpoint(), key,
                                 {.retry = {.max_attempts = 7}});
    CHECK(&client.used_credential() == &key);
    CHECK(client.retry().max_attempts == 7);
    REQUIRE(client.prepared().has_value());
    CHECK(client.prepared()->service() == zenwire::services::vm_2026_04_01);
}

TEST_CASE("a client copies its endpoint and its options") {
    const auto key = sample::key();
    std::string name = "some tool";
    auto endpoint = *zenwire::endpoint::make("example.com:8443");
    const zenwire::client client(zenwire::services::bmc_2026_02_01, endpoint, key,
                                 {.request = {.request_client = name}});
    name = "overwritten";
    endpoint = zenwire::endpoint();
    CHECK(contains(client.prepared()->head(), "\r\nx-zc-request-client: some tool\r\n"));
    CHECK(contains(client.prepared()->head(), "\r\nhost: example.com:8443\r\n"));
}

TEST_CASE("options that cannot be used are reported by the first action and nothing is sent") {
    const auto token = sample::token();
    const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), token,
                                 {.request = {.request_client = "a/b"}});
    CHECK(code_of(client.prepared()) == zenwire::errc::invalid_parameter);

    zenwire::request_exchange exchange(client, sample::action());
    CHECK(exchange.next(sample::time).what == zenwire::exchange_step::kind::done);
    CHECK(exchange.attempts() == 0);
    CHECK(code_of(exchange.result()) == zenwire::errc::invalid_parameter);
    CHECK(exchange.result().error().field == "x-zc-request-client");
}
