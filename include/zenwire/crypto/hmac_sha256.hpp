// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_HMAC_SHA256_HPP
#define ZENWIRE_CRYPTO_HMAC_SHA256_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/crypto/sha256.hpp>

namespace ZENWIRE_NAMESPACE {

/// HMAC-SHA256 under a key that this program need not know: a callable that takes the message and returns the 32 bytes, or an
/// `expected<sha256_digest>` whose error becomes the error of the signing.
template <class Mac>
concept mac_provider = requires(Mac const& mac, std::string_view message) {
    { mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

/// HMAC-SHA256 (RFC 2104) under one key. A mac_provider; constexpr; no heap.
///
/// Keeps not the key but the two hash states after the padded key, so that the key is not hashed again for each message. Whoever
/// has these states can sign, so they are wiped when the object ends (by secure_zero(), in sha256's destructor).
class hmac_sha256 {
public:
    /// A key of any length, even empty; one of more than 64 bytes is hashed first, as the RFC says.
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
    /// Writes the MAC of a message that ends with a digest to `mac`.
    constexpr void operator()(detail::sha256_ending const& message, sha256_digest& mac) const noexcept {
        if (inner_.finish_nested_in_registers(message, outer_, mac)) {
            detail::secure_zero_traces<max_stack_in_registers>();
        } else {
            authenticate(message, mac);
            detail::secure_zero_traces<max_stack>();
        }
    }

private:
    // More stack than absorb() and authenticate() use in optimised builds, with all that they call. They are never inlined, because
    // copies of secrets that compilers keep on the stack must lie below the caller's frame, where they are overwritten afterwards.
    static constexpr std::size_t max_stack = 1024;
    // The same for finish_nested_in_registers(): even there compilers save some registers on the stack, GCC for AVX-512 the most.
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

namespace ZENWIRE_NAMESPACE::detail {

/// Returns `value`, in a way that the optimiser cannot see through: it must compute the value in full before this call, and assume
/// nothing about it afterwards.
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

/// Whether two texts are equal. The time depends only on their sizes, not on where they differ.
[[nodiscard]] constexpr bool constant_time_equal(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) {
        return false;
    }
    if (is_constant_evaluated()) {
        return left == right;
    }
    std::uint64_t difference = 0;
    std::size_t i = 0;
    for (; i + sizeof(difference) <= left.size(); i += sizeof(difference)) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        std::memcpy(&a, left.data() + i, sizeof(a));
        std::memcpy(&b, right.data() + i, sizeof(b));
        difference |= a ^ b;
    }
    for (; i < left.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    }
    // Without the inner call Clang 19 at -O2 leaves the loop at the first word that differs. Without the outer call GCC 14 reuses
    // the register with the secret result, which it knows to be 0 on that branch, wherever it needs a 0.
    const auto halves = static_cast<std::uint32_t>(difference | (difference >> 32U));
    return hide_from_compiler(hide_from_compiler(halves) == 0);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
