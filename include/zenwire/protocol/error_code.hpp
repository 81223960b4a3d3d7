// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ERROR_CODE_HPP
#define ZENWIRE_PROTOCOL_ERROR_CODE_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/error.hpp>

namespace ZENWIRE_NAMESPACE {

/// The documented error codes, under their current spelling. A new one is an enumerator here and a row of api_codes.
enum class api_code : std::uint8_t {
    /// no code, or one that is not documented: error::api_code_text has what the server wrote
    unlisted = 0,
    internal_server_error,
    service_temporary_unavailable,
    request_timed_out,
    authfailure_invalid_authorization,
    authfailure_signature_failure,
    authfailure_unauthorized_operation,
    authfailure_signature_expired,
    missing_parameter,
    invalid_parameter_type,
    invalid_parameter_exceed_maximum,
    invalid_parameter_less_minimum,
    invalid_parameter_exceed_length,
    invalid_parameter_less_length,
    invalid_parameter_pattern_error,
    invalid_parameter_date_format_error,
    invalid_parameter_value,
    operation_failed_for_recycle_resource,
    operation_failed_resource_group_not_found,
    operation_failed_resource_not_found,
    request_limit_exceeded,
    invalid_operation_timeout,
    operation_denied_instance_status_not_support,
    operation_failed_instance_exist_plan_traffic_package,
    operation_denied_instance_traffic_package_processing,
    invalid_parameter_traffic_package_less,
    invalid_parameter_traffic_package_error,
    operation_denied_internet_charge_type_not_support,
    invalid_instance_not_found,
    invalid_parameter_traffic_package_exceed,
    operation_failed_instance_not_exist_traffic_package,
    operation_denied_instance_exist_pay_order,
    operation_denied_downgrade_not_exist,
    invalid_instance_type_zone_no_sell,
    operation_denied_instance_not_running,
    invalid_parameter_bandwidth_exceed,
    operation_failed_instance_bandwidth_processing,
    operation_denied_instance_bandwidth_processing,
    operation_denied_instance_exist_plan_bandwidth,
    invalid_instance_bandwidth_zone_no_sell,
    operation_denied_instance_recycled,
};

/// What is known about one code. The views are constants.
struct api_code_description {
    /// the code
    api_code code;
    /// how it is written in a response
    std::string_view spelling;
    /// its documented HTTP status; 0 where there is none
    std::uint16_t http_status;
    /// what it means, for people
    std::string_view meaning;
    /// what to do about it
    std::string_view advice;
};

/// All listed codes. Sources: the API's common error codes, the tables of the actions' pages, and the constants of the
/// official Go SDK for bmc.
inline constexpr api_code_description api_codes[] = {
    {api_code::internal_server_error, "INTERNAL_SERVER_ERROR"sv, 500, "internal fault of the server"sv,
     "look at the instance before trying again: the change may have been made"sv},
    {api_code::service_temporary_unavailable, "SERVICE_TEMPORARY_UNAVAILABLE"sv, 503,
     "the service is unavailable for a while"sv, "look at the instance, then try later"sv},
    {api_code::request_timed_out, "REQUEST_TIMED_OUT"sv, 503, "the request took the server too long"sv,
     "look at the instance before trying again: the change may have been made"sv},
    {api_code::authfailure_invalid_authorization, "AUTHFAILURE_INVALID_AUTHORIZATION"sv, 401,
     "the authorization field has not the required form"sv, "see that the HTTP stack sends the fields unchanged"sv},
    {api_code::authfailure_signature_failure, "AUTHFAILURE_SIGNATURE_FAILURE"sv, 401, "the signature does not match"sv,
     "check the access key password, and that the HTTP stack sends host, content-type and body unchanged"sv},
    {api_code::authfailure_unauthorized_operation, "AUTHFAILURE_UNAUTHORIZED_OPERATION"sv, 401,
     "the action does not exist or the key may not use it"sv,
     "check the rights of the key, and the service's version"sv},
    {api_code::authfailure_signature_expired, "AUTHFAILURE_SIGNATURE_EXPIRED"sv, 401,
     "the timestamp differs from the server's time by more than five minutes"sv,
     "set the clock; times are in seconds"sv},
    {api_code::missing_parameter, "MISSING_PARAMETER"sv, 400, "a required parameter is missing"sv, "add it"sv},
    {api_code::invalid_parameter_type, "INVALID_PARAMETER_TYPE"sv, 400, "a parameter has the wrong type"sv,
     "correct it"sv},
    {api_code::invalid_parameter_exceed_maximum, "INVALID_PARAMETER_EXCEED_MAXIMUM"sv, 400,
     "a value is above its maximum"sv, "choose a smaller value"sv},
    {api_code::invalid_parameter_less_minimum, "INVALID_PARAMETER_LESS_MINIMUM"sv, 400,
     "a value is below its minimum"sv, "choose a larger value"sv},
    {api_code::invalid_parameter_exceed_length, "INVALID_PARAMETER_EXCEED_LENGTH"sv, 400,
     "a list or text is too long"sv, "shorten it"sv},
    {api_code::invalid_parameter_less_length, "INVALID_PARAMETER_LESS_LENGTH"sv, 400, "a list or text is too short"sv,
     "lengthen it"sv},
    {api_code::invalid_parameter_pattern_error, "INVALID_PARAMETER_PATTERN_ERROR"sv, 400,
     "a value has not the required form"sv, "correct it"sv},
    {api_code::invalid_parameter_date_format_error, "INVALID_PARAMETER_DATE_FORMAT_ERROR"sv, 400,
     "a date has not the required form"sv, "write it as 2022-01-01T00:00:00Z"sv},
    {api_code::invalid_parameter_value, "INVALID_PARAMETER_VALUE"sv, 400, "a value is not one of the allowed ones"sv,
     "correct it"sv},
    {api_code::operation_failed_for_recycle_resource, "OPERATION_FAILED_FOR_RECYCLE_RESOURCE"sv, 403,
     "the resource is being recycled"sv, "restore it first, or choose another"sv},
    {api_code::operation_failed_resource_group_not_found, "OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND"sv, 404,
     "the resource group does not exist"sv, "check its id"sv},
    {api_code::operation_failed_resource_not_found, "OPERATION_FAILED_RESOURCE_NOT_FOUND"sv, 404,
     "the resource does not exist"sv, "check its id"sv},
    {api_code::request_limit_exceeded, "REQUEST_LIMIT_EXCEEDED"sv, 429, "too many requests in a short time"sv,
     "wait, then try again"sv},
    {api_code::invalid_operation_timeout, "INVALID_OPERATION_TIMEOUT"sv, 0, "the operation took the server too long"sv,
     "look at the instance before trying again"sv},
    {api_code::operation_denied_instance_status_not_support, "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT"sv, 403,
     "the status of the instance does not allow it"sv, "wait until it is RUNNING or STOPPED"sv},
    {api_code::operation_failed_instance_exist_plan_traffic_package,
     "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"sv, 403,
     "a downgrade is planned for the next billing cycle"sv,
     "cancel it first with CancelInstanceTrafficPackageDowngrade"sv},
    {api_code::operation_denied_instance_traffic_package_processing,
     "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING"sv, 403, "the traffic package is being changed right now"sv,
     "wait until the change is done; it may be your own"sv},
    {api_code::invalid_parameter_traffic_package_less, "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS"sv, 400,
     "the size is below the default package of the instance"sv, "choose a larger size"sv},
    {api_code::invalid_parameter_traffic_package_error, "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR"sv, 400,
     "the size is not valid: not a multiple of 0.05 TB"sv, "choose a multiple of 0.05"sv},
    {api_code::operation_denied_internet_charge_type_not_support, "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"sv,
     403, "the network of the instance is billed in another way"sv,
     "the actions for traffic packages want internetChargeType ByTrafficPackage, those for bandwidths ByBandwidth"sv},
    {api_code::invalid_instance_not_found, "INVALID_INSTANCE_NOT_FOUND"sv, 404, "the instance does not exist"sv,
     "check the instance id and the service (bmc or vm)"sv},
    {api_code::invalid_parameter_traffic_package_exceed, "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED"sv, 400,
     "the size is above the maximum"sv, "choose a smaller size"sv},
    {api_code::operation_failed_instance_not_exist_traffic_package,
     "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE"sv, 403, "the instance has no traffic package"sv,
     "choose an instance with one"sv},
    {api_code::operation_denied_instance_exist_pay_order, "OPERATION_DENIED_INSTANCE_EXIST_PAY_ORDER"sv, 403,
     "the instance has an unpaid order"sv, "pay or cancel that order first"sv},
    {api_code::operation_denied_downgrade_not_exist, "OPERATION_DENIED_DOWNGRADE_NOT_EXIST"sv, 404,
     "no downgrade is planned"sv, "there is nothing to cancel"sv},
    {api_code::invalid_instance_type_zone_no_sell, "INVALID_INSTANCE_TYPE_ZONE_NO_SELL"sv, 400,
     "the package or bandwidth of this instance is not for sale"sv, "ask Zenlayer, or choose another instance"sv},
    {api_code::operation_denied_instance_not_running, "OPERATION_DENIED_INSTANCE_NOT_RUNNING"sv, 403,
     "the instance is not running"sv, "wait until it is RUNNING"sv},
    {api_code::invalid_parameter_bandwidth_exceed, "INVALID_PARAMETER_BANDWIDTH_EXCEED"sv, 400,
     "the bandwidth is above the maximum"sv, "choose a smaller bandwidth"sv},
    {api_code::operation_failed_instance_bandwidth_processing, "OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING"sv, 403,
     "the bandwidth is being changed right now"sv, "wait until the change is done; it may be your own"sv},
    {api_code::operation_denied_instance_bandwidth_processing, "OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING"sv, 403,
     "the bandwidth is being changed right now"sv, "wait until the change is done; it may be your own"sv},
    {api_code::operation_denied_instance_exist_plan_bandwidth, "OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH"sv, 403,
     "a smaller bandwidth is planned for the next billing cycle"sv,
     "cancel it first with CancelInstanceBandwidthDowngrade"sv},
    {api_code::invalid_instance_bandwidth_zone_no_sell, "INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL"sv, 0,
     "the bandwidth is not for sale in the zone of the instance"sv, "ask Zenlayer, or choose another bandwidth"sv},
    {api_code::operation_denied_instance_recycled, "OPERATION_DENIED_INSTANCE_RECYCLED"sv, 0,
     "the instance is in the recycle bin"sv, "restore it first, or choose another"sv},
};

namespace detail {

/// Another spelling of a listed code.
struct api_code_alias {
    /// how it is written
    std::string_view spelling;
    /// the code that is meant
    api_code code;
};

/// Older names, and names with the words in another order, as other tools write them. Spellings that differ only by letter case, by
/// dots for underscores, or by `FILED` for `FAILED` need no row.
inline constexpr api_code_alias api_code_aliases[] = {
    {"FAILED_OPERATION_FOR_RECYCLE_RESOURCE"sv, api_code::operation_failed_for_recycle_resource},
    {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_BY_TRAFFIC"sv,
     api_code::operation_denied_internet_charge_type_not_support},
    {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_BY_FIX_BANDWIDTH"sv,
     api_code::operation_denied_internet_charge_type_not_support},
    {"OPERATION_FAILED_INSTANCE_NOT_EXIST_PLAN_TRAFFIC_PACKAGE"sv, api_code::operation_denied_downgrade_not_exist},
    {"OPERATION_FAILED_INSTANCE_NOT_EXIST_PLAN_FIX_BANDWIDTH"sv, api_code::operation_denied_downgrade_not_exist},
};

/// The row of a code that is not listed.
inline constexpr api_code_description no_api_code{};

}  // namespace detail

/// The row of a code; an empty one for api_code::unlisted.
[[nodiscard]] constexpr api_code_description const& description_of(api_code code) noexcept {
    for (const api_code_description& row : api_codes) {
        if (row.code == code) {
            return row;
        }
    }
    return detail::no_api_code;
}

/// The documented spelling of a code: `"INVALID_INSTANCE_NOT_FOUND"`. `"unlisted"` for api_code::unlisted; empty for a value out
/// of range.
[[nodiscard]] constexpr std::string_view to_string(api_code code) noexcept {
    return code == api_code::unlisted ? "unlisted"sv : description_of(code).spelling;
}

namespace detail {

/// Finds a listed code by another spelling than the current one.
[[nodiscard]] ZENWIRE_NOINLINE constexpr api_code find_other_api_code(std::string_view spelling) noexcept {
    constexpr std::string_view misspelt = "OPERATION_FILED_";
    constexpr std::string_view correct = "OPERATION_FAILED_";
    char upper[limits::api_code]{};
    if (spelling.size() >= sizeof(upper)) {
        return api_code::unlisted;
    }
    for (std::size_t i = 0; i < spelling.size(); ++i) {
        upper[i] = spelling[i] == '.' ? '_' : detail::ascii::to_upper(spelling[i]);
    }
    const std::string_view text(upper, spelling.size());
    const bool is_misspelt = text.starts_with(misspelt);
    const std::string_view prefix = is_misspelt ? correct : std::string_view();
    const std::string_view rest = is_misspelt ? text.substr(misspelt.size()) : text;
    const auto is = [&](std::string_view listed) noexcept {
        return listed.size() == prefix.size() + rest.size() && listed.starts_with(prefix) && listed.ends_with(rest);
    };
    for (const api_code_description& row : api_codes) {
        if (is(row.spelling)) {
            return row.code;
        }
    }
    for (const api_code_alias& row : api_code_aliases) {
        if (is(row.spelling)) {
            return row.code;
        }
    }
    return api_code::unlisted;
}

}  // namespace detail

/// Finds a listed code by any known spelling: upper case with underscores, dotted and mixed case (as in the
/// constants of the Go SDK), `FILED` for `FAILED`, older names.
[[nodiscard]] constexpr api_code find_api_code(std::string_view spelling) noexcept {
    for (const api_code_description& row : api_codes) {
        if (row.spelling == spelling) {
            return row.code;
        }
    }
    return detail::find_other_api_code(spelling);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
