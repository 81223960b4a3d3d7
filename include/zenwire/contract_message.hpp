// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CONTRACT_MESSAGE_HPP
#define ZENWIRE_CONTRACT_MESSAGE_HPP

/// @file
/// Lets contract_violation() print a sentence on stderr before it ends the program. Opt-in: include this header in one file of the
/// program, or in several. Works on Linux, the BSDs and similar systems; on others the program ends without the sentence.

#include <cstdio>

#include <zenwire/base/contract_violation.hpp>

#if defined(__unix__) && defined(__ELF__) && defined(__GNUC__)
namespace ZENWIRE_NAMESPACE::detail {

ZENWIRE_GNU(__weak__) void tell_contract_violation() noexcept {
    std::fputs("zenwire: this program read the value of an expected that holds an error, or the error of one that "
               "holds a value. "
               "Check has_value() first; a breakpoint on zenwire::contract_violation shows where.\n",
               stderr);
}

}  // namespace ZENWIRE_NAMESPACE::detail
#endif

#endif
