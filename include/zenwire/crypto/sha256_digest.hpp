// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_SHA256_DIGEST_HPP
#define ZENWIRE_CRYPTO_SHA256_DIGEST_HPP

#include <array>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// The result of SHA-256 and of HMAC-SHA256.
using sha256_digest = std::array<unsigned char, 32>;

}  // namespace ZENWIRE_NAMESPACE

#endif
