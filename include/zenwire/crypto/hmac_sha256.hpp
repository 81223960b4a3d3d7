// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_HMAC_SHA256_HPP
#define ZENWIRE_CRYPTO_HMAC_SHA256_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/crypto/providers.hpp>

namespace ZENWIRE_NAMESPACE {

/// HMAC-SHA256 (RFC 2104) under one key. A mac_provider; constexpr; no heap.
///
/// Holds not the key but the two hash states after the padded key, so that a message costs no compression for it. They
/// are as good as the key and are wiped when the object ends.
class hmac_sha256 {
public:
    /// A key of any length, also none; one longer than 64 bytes is hashed first, as the RFC says.
    constexpr explicit hmac_sha256(std::string_view key) noexcept {
        absorb(key);
        detail::secure_zero_traces<max_stack>();
    }

    /// The MAC of `message`.
    [[nodiscard]] constexpr sha256_digest operator()(std::string_view message) const noexcept {
        sha256_digest mac{};
        (*this)(detail::sha256_ending{message}, mac);
        return mac;
    }
    /// The same into `mac`, for a message that ends with a digest.
    constexpr void operator()(detail::sha256_ending const& message, sha256_digest& mac) const noexcept {
        if (inner_.finish_nested_in_registers(message, outer_, mac)) {
            detail::secure_zero_traces<max_stack_in_registers>();
        } else {
            authenticate(message, mac);
            detail::secure_zero_traces<max_stack>();
        }
    }

private:
    // More than absorb() and authenticate() and all below them take, in optimised builds. Both are never inlined: compilers
    // keep copies of registers on the stack, which must not lie in the frame of a caller that lives on.
    static constexpr std::size_t max_stack = 1024;
    // The same for the way that keeps all secrets in registers: compilers save some of these for a while, GCC for AVX-512 most.
    static constexpr std::size_t max_stack_in_registers = 384;

    ZENWIRE_NOINLINE constexpr void absorb(std::string_view key) noexcept {
        char pad[sha256::block_size]{};
        if (key.size() > sha256::block_size) {
            sha256_digest digest = sha256_of(key);
            for (std::size_t i = 0; i < digest.size(); ++i) {
                pad[i] = static_cast<char>(digest[i]);
            }
            secure_zero(digest);
        } else {
            for (std::size_t i = 0; i < key.size(); ++i) {
                pad[i] = key[i];
            }
        }
        absorb(inner_, pad, 0x36);
        absorb(outer_, pad, 0x36 ^ 0x5c);
        secure_zero(pad);
    }

    ZENWIRE_NOINLINE
    constexpr void authenticate(detail::sha256_ending const& message, sha256_digest& mac) const noexcept {
        inner_.finish_nested(message, outer_, mac);
    }

    static constexpr void absorb(sha256& hash, char (&pad)[sha256::block_size], unsigned mask) noexcept {
        for (char& c : pad) {
            c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
        }
        hash.update(std::string_view(pad, sizeof(pad)));
    }

    sha256 inner_;
    sha256 outer_;
};

static_assert(mac_provider<hmac_sha256>);

}  // namespace ZENWIRE_NAMESPACE

#endif
