// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_LIMITS_HPP
#define ZENWIRE_BASE_LIMITS_HPP

#include <cstddef>

#include <zenwire/base/config.hpp>

#ifndef ZENWIRE_LIMITS_HEADER

/// Capacities, in bytes unless said otherwise. What does not fit is an error value, never a silent cut.
///
/// A build may replace them: define `ZENWIRE_LIMITS_HEADER` as the name of a header of its own, which defines
/// `ZENWIRE_LIMITS_TAG` as an identifier, for example `tiny`, and all of these constants in
/// `namespace zenwire::inline v0::inline tiny::limits`.
namespace ZENWIRE_NAMESPACE::limits {

/// an instance's id
inline constexpr std::size_t instance_id = 128;
/// the id of an access key
inline constexpr std::size_t access_key_id = 255;
/// a bearer token
inline constexpr std::size_t bearer_token = 2048;
/// an instance's name
inline constexpr std::size_t instance_name = 256;
/// host, and `:port`
inline constexpr std::size_t authority = 261;
/// request_options::request_client, the name of the calling program
inline constexpr std::size_t request_client = 128;
/// request line and header fields of a request that owns its memory
inline constexpr std::size_t request_head = 1024;
/// body of a request that owns its memory
inline constexpr std::size_t request_body = 1024;
/// the id of a call, in a response
inline constexpr std::size_t request_id = 128;
/// the number of an order
inline constexpr std::size_t order_number = 128;
/// an error code of the API, as the server spells it
inline constexpr std::size_t api_code = 96;
/// the server's error message, or the library's explanation; longer ones are cut and flagged
inline constexpr std::size_t message = 256;
/// the first bytes of a response that is not understood
inline constexpr std::size_t excerpt = 128;
/// a value of an enumeration of the API that the library does not know
inline constexpr std::size_t word = 48;
/// prices in a response, and steps in a price (count)
inline constexpr std::size_t prices = 4;
/// steps in a price (count)
inline constexpr std::size_t price_steps = 8;
/// a response's body; a longer one is refused unread
inline constexpr std::size_t response_body = std::size_t{256} << 20U;
/// nesting of arrays and objects in a response (levels)
inline constexpr std::size_t response_depth = 32;

}  // namespace ZENWIRE_NAMESPACE::limits

#endif

#endif
