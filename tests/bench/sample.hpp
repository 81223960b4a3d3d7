// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_SAMPLE_HPP
#define ZENWIRE_TESTS_BENCH_SAMPLE_HPP

#include <string_view>

#include <zenwire/zenwire.hpp>

/// What all rows work on. Variables, not constants, so that nothing is worked out by the compiler.
namespace sample {

inline constexpr std::string_view id = "0D9UtpyKYcHxms5v";
inline constexpr std::string_view password = "Gu5t9xGARNpq86cd98joQYCN3";
inline constexpr std::string_view token_text = "t0ken-of-the-console.with_64+signs/==";
inline constexpr std::string_view body = R"({"instanceId":"932237369560662463","trafficPackageSize":0.15})";
inline constexpr std::string_view success =
    R"({"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3","response":{"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3","orderNumber":"1234567654321"}})";
inline constexpr std::string_view api_error =
    R"({"requestId":"T05992D0C-7E8B-4047-B0C0-780F2CD549D3","code":"INVALID_INSTANCE_NOT_FOUND","message":"The instance 932237369560662463 does not exist, or it belongs to another team."})";

using action_type = zenwire::modify_instance_traffic_package;

inline zenwire::unix_seconds now{1673361177};
inline zenwire::service service = zenwire::services::bmc_2026_02_01;
inline zenwire::endpoint endpoint;
inline action_type action{"932237369560662463", *zenwire::traffic_package_size::parse("0.15")};

inline zenwire::access_key make_key() {
    return *zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(password));
}
inline zenwire::bearer_token make_token() { return *zenwire::bearer_token::make(zenwire::token(token_text)); }

inline zenwire::access_key key = make_key();
inline zenwire::bearer_token token = make_token();
inline zenwire::request_template<> prepared = *zenwire::request_template<>::make(service, endpoint);

}  // namespace sample

#endif
