// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/fake_cloud.hpp>

#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/send_action.hpp>

#include "../samples.hpp"

namespace {

using zenwire::fake_cloud;

auto ask(fake_cloud& cloud, zenwire::access_key const& key) {
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    return zenwire::send_action(client, zenwire::describe_instance_internet_status{fake_cloud::known_instance_id}, cloud,
                                cloud);
}

}  // namespace

TEST_CASE("a cloud with one instance answers a first program that signs with the known key") {
    fake_cloud cloud = fake_cloud::with_one_instance();
    const auto status = ask(cloud, fake_cloud::known_key());
    REQUIRE(status.has_value());
    CHECK(status->size == sample::size("1"));
    CHECK(cloud.instances().size() == 1);
    CHECK_FALSE(cloud.balance_cents().has_value());
    CHECK_FALSE(ask(cloud, sample::key()).has_value());
}

TEST_CASE("a cloud with one instance has the settings that it is given") {
    const fake_cloud cloud = fake_cloud::with_one_instance({.processing_seconds = 77});
    CHECK(cloud.settings().processing_seconds == 77);
}

TEST_CASE("one key serves the client and the cloud") {
    const zenwire::access_key key = sample::key();
    fake_cloud cloud;
    cloud.add({.id = std::string(fake_cloud::known_instance_id)});
    CHECK_FALSE(ask(cloud, key).has_value());
    cloud.add(key);
    CHECK(ask(cloud, key).has_value());
    CHECK_FALSE(ask(cloud, sample::key("another password")).has_value());
}

TEST_CASE("a cloud keeps the key that it is given for good, also when it is moved") {
    fake_cloud cloud = fake_cloud::with_one_instance();
    cloud.add(sample::key());
    fake_cloud moved = std::move(cloud);
    CHECK(ask(moved, sample::key()).has_value());
    CHECK(ask(moved, fake_cloud::known_key()).has_value());
    static_assert(!std::is_copy_constructible_v<fake_cloud> && !std::is_copy_assignable_v<fake_cloud>);
}
