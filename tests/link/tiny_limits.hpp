// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_LINK_TINY_LIMITS_HPP
#define ZENWIRE_TESTS_LINK_TINY_LIMITS_HPP

#include <cstddef>

/// Capacities for a small device, in place of those of base/limits.hpp.
#define ZENWIRE_LIMITS_TAG tiny

namespace zenwire::inline v0::inline tiny::limits {

inline constexpr std::size_t instance_id = 32;
inline constexpr std::size_t access_key_id = 64;
inline constexpr std::size_t bearer_token = 256;
inline constexpr std::size_t instance_name = 32;
inline constexpr std::size_t authority = 64;
inline constexpr std::size_t request_client = 16;
inline constexpr std::size_t request_head = 640;
inline constexpr std::size_t request_body = 128;
inline constexpr std::size_t request_id = 48;
inline constexpr std::size_t order_number = 32;
inline constexpr std::size_t api_code = 48;
inline constexpr std::size_t message = 64;
inline constexpr std::size_t excerpt = 32;
inline constexpr std::size_t word = 24;
inline constexpr std::size_t prices = 2;
inline constexpr std::size_t price_steps = 2;
inline constexpr std::size_t response_body = 4096;
inline constexpr std::size_t response_depth = 8;

}  // namespace zenwire::inline v0::inline tiny::limits

#endif
