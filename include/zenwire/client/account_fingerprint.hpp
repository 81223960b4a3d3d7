// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_ACCOUNT_FINGERPRINT_HPP
#define ZENWIRE_CLIENT_ACCOUNT_FINGERPRINT_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/crypto/hmac_sha256.hpp>
#include <zenwire/protocol/credential.hpp>

namespace ZENWIRE_NAMESPACE {

/// Who asked, as 32 hexadecimal digits that may be stored and shown: nobody finds the credential from them.
using account_fingerprint = inline_string<32>;

/// The fingerprint of a credential: a keyed hash of the access key's id, or of the token. Another token of the same account has
/// another fingerprint, since nothing in a token says whose it is.
template <credential Credential>
[[nodiscard]] constexpr account_fingerprint fingerprint_of(Credential const& credential) noexcept {
    // as the key of an HMAC, since that is wiped after use
    const sha256_digest mac = [&]() noexcept {
        if constexpr (signing_credential<Credential>) {
            return hmac_sha256(std::string_view(credential.id()))("zenwire account, access key id");
        } else {
            return hmac_sha256(credential.secret_text())("zenwire account, bearer token");
        }
    }();
    constexpr std::string_view digits = "0123456789abcdef";
    account_fingerprint text;
    for (std::size_t i = 0; i < account_fingerprint::capacity() / 2; ++i) {
        const unsigned octet = mac[i];
        const char pair[] = {digits[octet >> 4U], digits[octet & 15U]};
        text.append(std::string_view(pair, 2));
    }
    return text;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
