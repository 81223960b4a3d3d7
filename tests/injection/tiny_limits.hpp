// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_INJECTION_TINY_LIMITS_HPP
#define ZENWIRE_TESTS_INJECTION_TINY_LIMITS_HPP

#include <cstddef>

#define ZENWIRE_LIMITS_TAG tiny

/// Capacities that are so small that usual values exceed them.
namespace zenwire::inline v0::inline tiny::limits {

inline constexpr std::size_t instance_id = 12;
inline constexpr std::size_t access_key_id = 16;
inline constexpr std::size_t bearer_token = 40;
inline constexpr std::size_t instance_name = 4;
inline constexpr std::size_t authority = 20;
inline constexpr std::size_t request_client = 4;
inline constexpr std::size_t request_head = 480;
inline constexpr std::size_t request_body = 48;
inline constexpr std::size_t request_id = 4;
inline constexpr std::size_t order_number = 4;
inline constexpr std::size_t api_code = 8;
inline constexpr std::size_t message = 24;
inline constexpr std::size_t excerpt = 8;
inline constexpr std::size_t word = 16;
inline constexpr std::size_t prices = 1;
inline constexpr std::size_t price_steps = 1;
inline constexpr std::size_t response_body = 256;
inline constexpr std::size_t response_depth = 4;
inline constexpr std::size_t response_fields = 2;

}  // namespace zenwire::inline v0::inline tiny::limits

#endif
