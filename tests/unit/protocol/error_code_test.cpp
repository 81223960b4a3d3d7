// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/error_code.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::api_code;
using zenwire::find_api_code;

/// As the constants of the Go SDK are written: `Operation.Failed.Instance`.
std::string dotted(std::string_view spelling) {
    std::string text;
    bool begins_word = true;
    for (const char c : spelling) {
        text += c == '_' ? '.' : begins_word ? c : zenwire::detail::ascii::to_lower(c);
        begins_word = c == '_';
    }
    return text;
}

std::string lower(std::string_view spelling) {
    std::string text(spelling);
    std::transform(text.begin(), text.end(), text.begin(), zenwire::detail::ascii::to_lower);
    return text;
}

static_assert(find_api_code("Operation.Filed.Instance.Exist.Plan.Traffic.Package") ==
              api_code::operation_failed_instance_exist_plan_traffic_package);

}  // namespace

TEST_CASE("every code of the documents is listed with its status") {
    struct {
        std::string_view spelling;
        int status;
    } const documented[] = {
        {"INTERNAL_SERVER_ERROR", 500},
        {"SERVICE_TEMPORARY_UNAVAILABLE", 503},
        {"REQUEST_TIMED_OUT", 503},
        {"AUTHFAILURE_INVALID_AUTHORIZATION", 401},
        {"AUTHFAILURE_SIGNATURE_FAILURE", 401},
        {"AUTHFAILURE_UNAUTHORIZED_OPERATION", 401},
        {"AUTHFAILURE_SIGNATURE_EXPIRED", 401},
        {"MISSING_PARAMETER", 400},
        {"INVALID_PARAMETER_TYPE", 400},
        {"INVALID_PARAMETER_EXCEED_MAXIMUM", 400},
        {"INVALID_PARAMETER_LESS_MINIMUM", 400},
        {"INVALID_PARAMETER_EXCEED_LENGTH", 400},
        {"INVALID_PARAMETER_LESS_LENGTH", 400},
        {"INVALID_PARAMETER_PATTERN_ERROR", 400},
        {"INVALID_PARAMETER_DATE_FORMAT_ERROR", 400},
        {"INVALID_PARAMETER_VALUE", 400},
        {"OPERATION_FAILED_FOR_RECYCLE_RESOURCE", 403},
        {"OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND", 404},
        {"OPERATION_FAILED_RESOURCE_NOT_FOUND", 404},
        {"REQUEST_LIMIT_EXCEEDED", 429},
        {"OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT", 403},
        {"OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE", 403},
        {"OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING", 403},
        {"INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS", 400},
        {"INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR", 400},
        {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT", 403},
        {"INVALID_INSTANCE_NOT_FOUND", 404},
        {"INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED", 400},
        {"OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE", 403},
        {"OPERATION_DENIED_INSTANCE_EXIST_PAY_ORDER", 403},
        {"OPERATION_DENIED_DOWNGRADE_NOT_EXIST", 404},
        {"INVALID_INSTANCE_TYPE_ZONE_NO_SELL", 400},
        {"OPERATION_DENIED_INSTANCE_NOT_RUNNING", 403},
        {"INVALID_PARAMETER_BANDWIDTH_EXCEED", 400},
        {"OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING", 403},
        {"OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING", 403},
        {"OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH", 403},
        {"INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL", 0},
        {"OPERATION_DENIED_INSTANCE_RECYCLED", 0},
    };
    for (auto const& each : documented) {
        CAPTURE(each.spelling);
        auto const& row = zenwire::description_of(find_api_code(each.spelling));
        CHECK(row.spelling == each.spelling);
        CHECK(row.http_status == each.status);
    }
}

TEST_CASE("every listed code is found by its spelling however it is written") {
    for (auto const& row : zenwire::api_codes) {
        CAPTURE(row.spelling);
        CHECK(find_api_code(row.spelling) == row.code);
        CHECK(find_api_code(dotted(row.spelling)) == row.code);
        CHECK(find_api_code(lower(row.spelling)) == row.code);
        std::string misspelt(row.spelling);
        if (misspelt.starts_with("OPERATION_FAILED_")) {
            misspelt.replace(0, std::string_view("OPERATION_FAILED_").size(), "OPERATION_FILED_");
            CHECK(find_api_code(misspelt) == row.code);
            CHECK(find_api_code(dotted(misspelt)) == row.code);
        }
    }
}

TEST_CASE("every enumerator has one row with a spelling of its own and something to say") {
    std::set<std::string_view> spellings;
    std::set<api_code> codes;
    for (auto const& row : zenwire::api_codes) {
        CAPTURE(row.spelling);
        CHECK(spellings.insert(row.spelling).second);
        CHECK(codes.insert(row.code).second);
        CHECK(&zenwire::description_of(row.code) == &row);
        CHECK_FALSE(row.meaning.empty());
        CHECK_FALSE(row.advice.empty());
        CHECK(row.spelling.size() < zenwire::limits::api_code);
    }
    CHECK_FALSE(codes.contains(api_code::unlisted));
    CHECK(codes.size() == static_cast<std::size_t>(*codes.rbegin()));
    CHECK(zenwire::description_of(api_code::unlisted).spelling.empty());
    CHECK(zenwire::description_of(static_cast<api_code>(255)).spelling.empty());
}

TEST_CASE("older names lead to the code of today") {
    struct {
        std::string_view old_name;
        std::string_view today;
    } const documented[] = {
        {"FAILED_OPERATION_FOR_RECYCLE_RESOURCE", "OPERATION_FAILED_FOR_RECYCLE_RESOURCE"},
        {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_BY_TRAFFIC", "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"},
        {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_BY_FIX_BANDWIDTH",
         "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"},
        {"OPERATION_FILED_INSTANCE_NOT_EXIST_PLAN_TRAFFIC_PACKAGE", "OPERATION_DENIED_DOWNGRADE_NOT_EXIST"},
        {"OPERATION_FILED_INSTANCE_NOT_EXIST_PLAN_FIX_BANDWIDTH", "OPERATION_DENIED_DOWNGRADE_NOT_EXIST"},
        {"OPERATION_FILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE", "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE"},
        {"OPERATION_FILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE", "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"},
    };
    for (auto const& each : documented) {
        CAPTURE(each.old_name);
        auto const& row = zenwire::description_of(find_api_code(each.old_name));
        CHECK(row.spelling == each.today);
        CHECK(find_api_code(dotted(each.old_name)) == row.code);
    }
    for (auto const& alias : zenwire::detail::api_code_aliases) {
        CAPTURE(alias.spelling);
        CHECK(find_api_code(alias.spelling) == alias.code);
        CHECK(zenwire::description_of(alias.code).spelling != alias.spelling);
    }
}

TEST_CASE("what only looks like a listed code is not taken for one") {
    const std::string longest(zenwire::limits::api_code, 'A');
    for (const std::string& spelling : {std::string(),
                                        std::string("."),
                                        std::string("_"),
                                        std::string("MISSING_PARAMETER "),
                                        std::string(" MISSING_PARAMETER"),
                                        std::string("MISSING_PARAMETERS"),
                                        std::string("MISSING_PARAMETE"),
                                        std::string("MISSING-PARAMETER"),
                                        std::string("MISSING__PARAMETER"),
                                        std::string("MISSING_PARAMETER\0", 18),
                                        std::string("OPERATION_FILED_"),
                                        std::string("OPERATION_FAILED_"),
                                        std::string("FILED_RESOURCE_NOT_FOUND"),
                                        std::string("OPERATION_FILED_FILED_RESOURCE_NOT_FOUND"),
                                        std::string("INVALID_FILED_NOT_FOUND"),
                                        std::string("ResourceNotFound"),
                                        std::string("\xC4\xB0NVALID_PARAMETER_VALUE"),
                                        longest,
                                        longest + longest,
                                        longest.substr(1)}) {
        CAPTURE(spelling);
        CHECK(find_api_code(spelling) == api_code::unlisted);
    }
}

TEST_CASE("a code of the API is called by its documented spelling") {
    CHECK(to_string(api_code::invalid_instance_not_found) == "INVALID_INSTANCE_NOT_FOUND");
    CHECK(to_string(api_code::unlisted) == "unlisted");
    CHECK(to_string(static_cast<api_code>(250)) == "");
}
