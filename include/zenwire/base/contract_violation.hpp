// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CONTRACT_VIOLATION_HPP
#define ZENWIRE_BASE_CONTRACT_VIOLATION_HPP

#include <cstdlib>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

#if defined(__unix__) && defined(__ELF__) && defined(__GNUC__)
namespace detail {

/// Defined by zenwire/contract_message.hpp, and else nowhere: then its address is null.
ZENWIRE_GNU(__weak__) void tell_contract_violation() noexcept;

}  // namespace detail
#endif

/// Ends the program. Called when the caller reads the side of an `expected` that is not there: a bug in the calling
/// code, never the consequence of input. A breakpoint here shows the culprit one frame up. Where zenwire/contract_message.hpp is
/// part of the program, it says so first.
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
