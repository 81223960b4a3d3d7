// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CONTRACT_VIOLATION_HPP
#define ZENWIRE_BASE_CONTRACT_VIOLATION_HPP

#include <cstdlib>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// Ends the program. Called when the caller reads the side of an `expected` that is not there: a bug in the calling
/// code, never the consequence of input. A breakpoint here shows the culprit one frame up.
[[__noreturn__]] inline void contract_violation() noexcept { std::abort(); }

}  // namespace ZENWIRE_NAMESPACE

#endif
