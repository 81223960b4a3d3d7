// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/enumerations.hpp>

#include <span>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::instance_charge_type;
using zenwire::instance_status;
using zenwire::internet_charge_type;
using zenwire::modification_status;
using zenwire::sell_status;

static_assert(instance_status::parse("RUNNING") == instance_status::running);
static_assert(sell_status::parse("SOLD_OUT") == sell_status::sold_out);
static_assert(modification_status::parse("WaitToEnable") == modification_status::wait_to_enable);
static_assert(instance_charge_type::parse("PREPAID") == instance_charge_type::prepaid);
static_assert(internet_charge_type::parse("ByTrafficPackage") == internet_charge_type::by_traffic_package);
static_assert(instance_status::value_type::running == instance_status::running);

/// Each of these words is known, is itself again, and is no other.
template <class Word>
void check_known(std::span<std::string_view const> words) {
    for (const std::string_view word : words) {
        CAPTURE(word);
        const auto read = Word::parse(word);
        CHECK(read.value() != Word::unknown);
        CHECK(Word(read.value()).text() == word);
        for (const std::string_view other : words) {
            CHECK((read == Word::parse(other)) == (word == other));
        }
    }
}

template <class Word>
void check_kept(std::span<std::string_view const> words) {
    for (const std::string_view word : words) {
        CAPTURE(word);
        CHECK(Word::parse(word).value() == Word::unknown);
        CHECK(Word::parse(word).text() == word);
    }
}

}  // namespace

TEST_CASE("each documented word is known, is itself again, and is no other") {
    constexpr std::string_view statuses[] = {
        "PENDING",  "CREATING", "CREATE_FAILED", "INSTALLING", "INSTALL_FAILED", "RUNNING", "STOPPED",   "BOOTING",
        "STOPPING", "RECYCLE",  "RECYCLING",     "DEPLOYING",  "REBUILDING",     "REBOOT",  "RELEASING", "IMAGING"};
    check_known<instance_status>(statuses);
    constexpr std::string_view sales[] = {"SELL", "SELL_SHORTAGE", "SOLD_OUT"};
    check_known<sell_status>(sales);
    constexpr std::string_view modifications[] = {"Processing", "Enable", "WaitToEnable"};
    check_known<modification_status>(modifications);
    constexpr std::string_view payments[] = {"PREPAID", "POSTPAID"};
    check_known<instance_charge_type>(payments);
    constexpr std::string_view networks[] = {"ByBandwidth", "ByTrafficPackage", "ByInstanceBandwidth95",
                                             "ByClusterBandwidth95", "ByBandwidthCluster"};
    check_known<internet_charge_type>(networks);
}

TEST_CASE("a word that the library does not know is kept, also one of another letter case") {
    constexpr std::string_view statuses[] = {"running", "RUNNINGX", "Other"};
    check_kept<instance_status>(statuses);
    constexpr std::string_view sales[] = {"sold_out", "SOLD_OUTX", "Other"};
    check_kept<sell_status>(sales);
    constexpr std::string_view modifications[] = {"waittoenable", "WaitToEnableX", "Other"};
    check_kept<modification_status>(modifications);
    constexpr std::string_view payments[] = {"prepaid", "PREPAIDX", "Other"};
    check_kept<instance_charge_type>(payments);
    constexpr std::string_view networks[] = {"bytrafficpackage", "ByTrafficPackageX", "Other"};
    check_kept<internet_charge_type>(networks);
}

TEST_CASE("other spellings are read as the documented one") {
    CHECK(modification_status::parse("Process").text() == "Processing");
    CHECK(modification_status::parse("CHANGING") == modification_status::processing);
    CHECK(modification_status::parse("CHANGING").text() == "Processing");
    CHECK(internet_charge_type::parse("BandwidthCluster") == internet_charge_type::bandwidth_cluster);
    CHECK(internet_charge_type::parse("BandwidthCluster").text() == "ByBandwidthCluster");
}

TEST_CASE("virtual machines have a spelling of their own for a bandwidth cluster only") {
    for (auto const& row : internet_charge_type::table) {
        CAPTURE(row.text);
        const internet_charge_type word(row.value);
        const bool is_cluster = row.value == internet_charge_type::bandwidth_cluster;
        CHECK(word.text("bmc") == word.text());
        CHECK(word.text("vm") == (is_cluster ? "BandwidthCluster" : word.text()));
    }
}
