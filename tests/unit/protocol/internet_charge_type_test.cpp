// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/internet_charge_type.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::internet_charge_type;

static_assert(internet_charge_type::parse("ByTrafficPackage") == internet_charge_type::value_type::by_traffic_package);

}  // namespace

TEST_CASE("each documented internet charge type is known, is itself again, and is no other") {
    constexpr std::string_view words[] = {"ByBandwidth", "ByTrafficPackage", "ByInstanceBandwidth95",
                                          "ByClusterBandwidth95", "ByBandwidthCluster"};
    for (const std::string_view word : words) {
        CAPTURE(word);
        const auto read = internet_charge_type::parse(word);
        CHECK(read.value() != internet_charge_type::value_type::unknown);
        CHECK(internet_charge_type(read.value()).text() == word);
        for (const std::string_view other : words) {
            CHECK((read == internet_charge_type::parse(other)) == (word == other));
        }
    }
}

TEST_CASE("other spellings of an internet charge type are read as the documented one") {
    CHECK(internet_charge_type::parse("BandwidthCluster") == internet_charge_type::parse("ByBandwidthCluster"));
    CHECK(internet_charge_type::parse("BandwidthCluster").text() == "ByBandwidthCluster");
}

TEST_CASE("virtual machines have a spelling of their own for a bandwidth cluster only") {
    for (auto const& row : zenwire::internet_charge_type_words::table) {
        CAPTURE(row.text);
        const internet_charge_type word(row.value);
        const bool is_cluster = row.value == internet_charge_type::value_type::bandwidth_cluster;
        CHECK(word.text("bmc") == word.text());
        CHECK(word.text("vm") == (is_cluster ? "BandwidthCluster" : word.text()));
    }
}

TEST_CASE("an internet charge type that the library does not know is kept, also one of another letter case") {
    for (const std::string_view word : {"bytrafficpackage", "ByTrafficPackageX", "Other"}) {
        CAPTURE(word);
        CHECK(internet_charge_type::parse(word).value() == internet_charge_type::value_type::unknown);
        CHECK(internet_charge_type::parse(word).text() == word);
    }
}
