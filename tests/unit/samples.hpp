// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_SAMPLES_HPP
#define ZENWIRE_TESTS_UNIT_SAMPLES_HPP

#include <string>
#include <string_view>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/service.hpp>

/// The values that most tests start from: key and time of the documents' worked example.
namespace sample {

inline constexpr std::string_view id = "0D9UtpyKYcHxms5v";
inline constexpr std::string_view password = "Gu5t9xGARNpq86cd98joQYCN3";
inline constexpr std::string_view token_text = "t0ken-of-the-console.with_64+signs/==";
inline constexpr zenwire::unix_seconds time{1673361177};

inline zenwire::access_key key(std::string_view secret = password) {
    return *zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(secret));
}

inline zenwire::bearer_token token() { return *zenwire::bearer_token::make(zenwire::token(token_text)); }

inline zenwire::traffic_package_size size(std::string_view terabytes) {
    return *zenwire::traffic_package_size::parse(terabytes);
}

inline zenwire::modify_instance_traffic_package action(std::string_view terabytes = "100") {
    return {"instanceId", size(terabytes)};
}

inline zenwire::request_template<> endpoint(zenwire::request_options const& options = {}) {
    return *zenwire::request_template<>::make(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), options);
}

}  // namespace sample

#endif
