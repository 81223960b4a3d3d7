// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_RUNTIME_HPP
#define ZENWIRE_CLIENT_RUNTIME_HPP

#include <concepts>
#include <cstdint>

#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// What the library does not do itself: a clock, a way to wait, and random bits.
///
/// | call | returns |
/// |---|---|
/// | `now()` | the present time |
/// | `sleep_for(milliseconds)` | after that time |
/// | `jitter()` | any 32 bits, to spread retries; always 0 will do in a test |
template <class Runtime>
concept runtime = requires(Runtime& clock, milliseconds time) {
    { clock.now() } -> std::same_as<unix_seconds>;
    clock.sleep_for(time);
    { clock.jitter() } -> std::convertible_to<std::uint32_t>;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
