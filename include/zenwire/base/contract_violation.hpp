// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CONTRACT_VIOLATION_HPP
#define ZENWIRE_BASE_CONTRACT_VIOLATION_HPP

#include <cstdlib>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

#if defined(__unix__) && defined(__ELF__) && defined(__GNUC__)
namespace detail {

/// Prints a message. Defined only by zenwire/contract_message.hpp; in programs without that header its address is null.
ZENWIRE_GNU(__weak__) void tell_contract_violation() noexcept;

}  // namespace detail
#endif

/// Ends the program. Called when the caller reads the value or error of an `expected` that does not hold it, or an element that is
/// not there: a bug in the calling code, never the consequence of input. A breakpoint here shows the caller one frame up. On
/// systems that use ELF, zenwire/contract_message.hpp makes it print a message first.
[[__noreturn__]] ZENWIRE_NOINLINE inline void contract_violation() noexcept {
#if defined(__unix__) && defined(__ELF__) && defined(__GNUC__)
    if (detail::tell_contract_violation != nullptr) {
        detail::tell_contract_violation();
    }
#endif
    std::abort();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
