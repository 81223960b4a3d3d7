// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_INJECTION_TINY_LIMITS_HPP
#define ZENWIRE_TESTS_INJECTION_TINY_LIMITS_HPP

#include <cstddef>

#define ZENWIRE_LIMITS_TAG tiny

/// Capacities that are just enough for a job of usual texts, so that everything longer meets its limit.
namespace zenwire::inline v0::inline tiny::limits {

inline constexpr std::size_t instance_id = 20;
inline constexpr std::size_t access_key_id = 16;
inline constexpr std::size_t bearer_token = 40;
inline constexpr std::size_t instance_name = 8;
inline constexpr std::size_t authority = 24;
inline constexpr std::size_t request_client = 4;
inline constexpr std::size_t request_head = 512;
inline constexpr std::size_t request_body = 64;
inline constexpr std::size_t request_id = 8;
inline constexpr std::size_t order_number = 24;
inline constexpr std::size_t api_code = 24;
inline constexpr std::size_t message = 16;
inline constexpr std::size_t excerpt = 8;
inline constexpr std::size_t word = 20;
inline constexpr std::size_t prices = 2;
inline constexpr std::size_t price_steps = 1;
inline constexpr std::size_t response_body = 2048;
inline constexpr std::size_t response_depth = 7;

}  // namespace zenwire::inline v0::inline tiny::limits

#endif
