// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_HIDE_FROM_COMPILER_HPP
#define ZENWIRE_CRYPTO_DETAIL_HIDE_FROM_COMPILER_HPP

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The same value, of which the compiler from here on knows nothing: it is worked out in full before.
/// @tparam Value an integer of at most 32 bits, which every processor has a register for
template <class Value>
    requires(sizeof(Value) <= 4)
[[nodiscard]] inline Value hide_from_compiler(Value value) noexcept {
#if defined(__GNUC__)
    __asm__("" : "+r"(value));
    return value;
#else
    Value volatile copy = value;
    return copy;
#endif
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
