// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_list_actions.hpp>

#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/protocol/detail/json_reader.hpp>

#include "../../results.hpp"

namespace {

zenwire::fake_instance sample_instance() {
    zenwire::fake_instance made;
    made.id = "i-1";
    made.name = "web-1";
    made.hostname = "web.example";
    made.subnet_ids = {"s-1", "s-2"};
    made.public_ip_addresses = {"192.0.2.1", "192.0.2.2"};
    made.private_ip_addresses = {"10.0.0.1"};
    made.tags = {{"team", "blue"}, {"stage", "test"}};
    return made;
}

/// Whether the sample instance fits the filters in the body of a request.
bool fits(std::string_view body) {
    zenwire::detail::received_action<zenwire::describe_instances> parameters;
    REQUIRE(zenwire::detail::read_json(body, parameters).fault == zenwire::detail::json_fault::none);
    return zenwire::detail::fits_all(parameters, sample_instance());
}

}  // namespace

TEST_CASE("each filter lets pass what has its value and nothing else") {
    struct {
        std::string_view fitting;
        std::string_view other;
    } const cases[] = {
        {R"({"instanceIds":["i-0","i-1"]})", R"({"instanceIds":["i-0","i-2"]})"},
        {R"({"zoneId":"HKG-A"})", R"({"zoneId":"HKG-B"})"},
        {R"({"resourceGroupId":"resourceGroupId"})", R"({"resourceGroupId":"r"})"},
        {R"({"instanceTypeId":"M7D"})", R"({"instanceTypeId":"M7"})"},
        {R"({"imageId":"imageId"})", R"({"imageId":"x"})"},
        {R"({"internetChargeType":"ByTrafficPackage"})", R"({"internetChargeType":"ByBandwidth"})"},
        {R"({"instanceStatus":"RUNNING"})", R"({"instanceStatus":"STOPPED"})"},
        {R"({"subnetId":"s-2"})", R"({"subnetId":"s-3"})"},
        {R"({"instanceName":"web-1"})", R"({"instanceName":"web"})"},
        {R"({"instanceName":"web*"})", R"({"instanceName":"webs*"})"},
        {R"({"hostname":"web.example"})", R"({"hostname":"example"})"},
        {R"({"hostname":"*"})", R"({"hostname":"example*"})"},
        {R"({"publicIpAddresses":["192.0.2.2"]})", R"({"publicIpAddresses":["10.0.0.1"]})"},
        {R"({"privateIpAddresses":["10.0.0.2","10.0.0.1"]})", R"({"privateIpAddresses":["192.0.2.1"]})"},
        {R"({"tagKeys":["team","stage"]})", R"({"tagKeys":["team","owner"]})"},
        {R"({"tags":[{"key":"team","value":"blue"}]})", R"({"tags":[{"key":"team","value":"test"}]})"},
        {R"({"tags":[{"key":"team","value":"blue"},{"key":"stage","value":"test"}]})",
         R"({"tags":[{"key":"team","value":"blue"},{"key":"owner","value":"blue"}]})"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.fitting);
        CHECK(fits(each.fitting));
        CHECK_FALSE(fits(each.other));
    }
}

TEST_CASE("filters that are empty let everything pass") {
    CHECK(fits("{}"));
    CHECK(fits(R"({"instanceIds":[],"zoneId":"","subnetId":"","instanceName":"","hostname":"","publicIpAddresses":[],
                   "tagKeys":[],"tags":[]})"));
}

TEST_CASE("an instance has to fit all filters") {
    CHECK(fits(R"({"instanceName":"web*","zoneId":"HKG-A"})"));
    CHECK_FALSE(fits(R"({"instanceName":"web*","zoneId":"HKG-B"})"));
    CHECK_FALSE(fits(R"({"tagKeys":["team"],"tags":[{"key":"team","value":"red"}]})"));
    CHECK_FALSE(fits(R"({"tagKeys":["owner"],"tags":[{"key":"team","value":"blue"}]})"));
}
