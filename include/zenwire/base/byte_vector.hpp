// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_BYTE_VECTOR_HPP
#define ZENWIRE_BASE_BYTE_VECTOR_HPP

#include <zenwire/base/config.hpp>

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))

namespace ZENWIRE_NAMESPACE {

/// Sixteen bytes in a register, on processors that have such registers in every build for them.
using byte_vector = unsigned char __attribute__((vector_size(16)));

}  // namespace ZENWIRE_NAMESPACE

#endif

#endif
