// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_json.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>

#include "../../samples.hpp"

namespace {

/// What the cloud answers to a body, as text.
std::string answer(zenwire::service const& service, std::string_view action, std::string_view body) {
    zenwire::fake_cloud cloud;
    cloud.add(sample::key());
    cloud.add({.id = "i", .service = std::string(service.name)});
    const auto key = sample::key();
    const auto endpoint = zenwire::request_template<>::make(service, zenwire::endpoint(), {});
    char head[1024];
    const auto request = zenwire::sign_body(head, action, body, *endpoint, key, cloud.now());
    return cloud(request->view())->body;
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what a price does not have is null, amounts have a point, and older versions have no newer members") {
    constexpr std::string_view body = R"({"instanceId":"i","trafficPackageSize":2})";
    constexpr std::string_view action = "InquiryPriceInstanceTrafficPackage";
    for (zenwire::service const& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01,
                                            zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01}) {
        CAPTURE(service.version);
        const std::string text = answer(service, action, body);
        CHECK(has(text, R"({"discount":100.0,"originalPrice":80.0,"discountPrice":80.0,"unitPrice":null,)"
                        R"("discountUnitPrice":null,"chargeUnit":null,"stepPrices":null)"));
        CHECK(
            has(text, R"("stepPrices":[{"stepStart":0.0,"stepEnd":null,"unitPrice":0.08,"discountUnitPrice":0.08}])"));
        CHECK_FALSE(has(text, "\"\""));
        CHECK_FALSE(has(text, "[]"));
        const bool is_newer = service.version.starts_with("2026");
        CHECK(has(text, R"("amountUnit":null)") == is_newer);
        CHECK(has(text, R"("category":null)") == is_newer);
        CHECK(has(text, "excess") == is_newer);
    }
}

TEST_CASE("sizes have a point, also in a list of instances") {
    for (zenwire::service const& service : {zenwire::services::bmc_2026_02_01, zenwire::services::vm_2026_04_01}) {
        CAPTURE(service.name);
        CHECK(has(answer(service, "DescribeInstanceInternetStatus", R"({"instanceId":"i"})"),
                  R"("trafficPackageSize":1.0)"));
        CHECK(has(answer(service, "DescribeInstances", "{}"), R"("trafficPackageSize":1.0)"));
    }
}

TEST_CASE("an instance tells each member that the version has, and is null only where the documents allow it") {
    constexpr std::string_view nullable[] = {"bandwidthOutMbps",
                                             "expiredTime",
                                             "ipv6Addresses",
                                             "ipxeUrl",
                                             "keyId",
                                             "period",
                                             "primaryPublicIPv6Address",
                                             "primaryPublicIpAddress",
                                             "raidType",
                                             "subnetId",
                                             "vpuCard",
                                             "vpuCount",
                                             "vpuVendor",
                                             "trafficPackageSize"};
    for (zenwire::service const& service : {zenwire::services::bmc_2022_11_20, zenwire::services::bmc_2026_02_01,
                                            zenwire::services::vm_2023_03_13, zenwire::services::vm_2026_04_01}) {
        CAPTURE(service.version);
        std::string text = answer(service, "DescribeInstances", "{}");
        CHECK(has(text, R"("publicIpAddresses":[])"));
        CHECK(has(text, R"("tags":{"tags":[]})"));
        CHECK_FALSE(has(text, "\"\""));
        CHECK(has(text, "primaryPublicIPv6Address") == (service == zenwire::services::bmc_2026_02_01));
        CHECK(has(text, "vpu") == (service == zenwire::services::bmc_2026_02_01));
        // the nullable ones out, and what is left has a value
        for (const std::string_view name : nullable) {
            const std::string member = '"' + std::string(name) + "\":null";
            if (const std::size_t at = text.find(member); at != std::string::npos) {
                text.erase(at, member.size());
            }
        }
        const std::size_t null = text.find("null");
        CHECK_MESSAGE(null == std::string::npos, text.substr(null == std::string::npos ? 0 : null - 30, 40));
    }
}

TEST_CASE("amounts of the ledger and figures of traffic have a point where they are Floats, and only there") {
    CHECK(has(answer(zenwire::services::zbc_2024_08_08, "DescribeCustomerBalance", "{}"), R"("cashBalance":0.0,)"));
    CHECK(has(answer(zenwire::services::zbc_2024_08_08, "DescribeBillDetail", "{}"),
              R"("totalRefund":0.0,"totalCount":0,"dataSet":[])"));
    const std::string traffic =
        answer(zenwire::services::bmc_2026_02_01, "DescribeInstanceTraffic",
               R"({"instanceId":"i","startTime":"2023-01-10T14:00:00Z","endTime":"2023-01-10T14:00:00Z"})");
    CHECK(has(traffic, R"("time":"2023-01-10T14:00:00Z")"));
    CHECK_FALSE(has(traffic, ".0,"));
}

TEST_CASE("a size of any length is told too large or no multiple, and never taken for another one") {
    const auto code_of_size = [](std::string_view size) {
        const std::string text = answer(zenwire::services::bmc_2026_02_01, "ModifyInstanceTrafficPackage",
                                        R"({"instanceId":"i","trafficPackageSize":)" + std::string(size) + "}");
        return has(text, "_EXCEED\"") ? "exceed" : has(text, "_ERROR\"") ? "error" : "accepted";
    };
    CHECK(code_of_size("1000000000000000000") == std::string("exceed"));
    CHECK(code_of_size("1e400") == std::string("exceed"));
    CHECK(code_of_size("2.00000000000000000000000000000000001") == std::string("error"));
    CHECK(code_of_size("0.1499999999999999944488848768742172978818416595458984375") == std::string("error"));
    CHECK(code_of_size("2.00000000000000000000000000000000000") == std::string("accepted"));
}

TEST_CASE("an action that the fake cloud does not have is told as its own lack") {
    const std::string text = answer(zenwire::services::bmc_2026_02_01, "DescribeZones", "{}");
    CHECK(has(text, "AUTHFAILURE_UNAUTHORIZED_OPERATION"));
    CHECK(has(text, "the fake cloud does not have the action DescribeZones of bmc"));
}
