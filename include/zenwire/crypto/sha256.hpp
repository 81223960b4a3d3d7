// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_SHA256_HPP
#define ZENWIRE_CRYPTO_SHA256_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/crypto/detail/sha256_arm.hpp>
#include <zenwire/crypto/detail/sha256_x86.hpp>

namespace ZENWIRE_NAMESPACE {

/// The result of SHA-256 and of HMAC-SHA256.
using sha256_digest = std::array<unsigned char, 32>;

/// An implementation of SHA-256: zenwire::sha256, that of a TLS library, or the hash unit of a chip.
///
/// A copy has the same state as the original. `update` reports no errors; `finish` does: it returns the digest, or an
/// `expected<sha256_digest>` whose error becomes the error of the signing.
template <class Hash>
concept hash_function =
    detail::constructible<Hash, Hash const&> && requires(Hash& hash, Hash const& other, std::string_view message) {
        hash = other;
        hash.update(message);
        { hash.finish() } -> std::convertible_to<expected<sha256_digest>>;
    };

/// SHA-256 (FIPS 180-4) of a message that is passed in pieces. A hash_function; constexpr; no heap.
///
/// The object is small and copyable: to hash messages with a common beginning, hash that once and copy the object. It wipes itself
/// when it ends, because the message may be secret.
class sha256 {
public:
    /// Bytes of a block.
    static constexpr std::size_t block_size = 64;
    /// Bytes of the digest.
    static constexpr std::size_t digest_size = 32;

    constexpr sha256() noexcept = default;
    /// A copy has the same state as the original.
    constexpr sha256(sha256 const&) noexcept = default;
    /// A copy has the same state as the original.
    constexpr sha256& operator=(sha256 const&) noexcept = default;
    constexpr ~sha256() {
        secure_zero(state_);
        secure_zero(block_);
    }

    /// Appends to the message. At most 2^61 - 1 bytes in all.
    constexpr void update(std::string_view message) noexcept;

    /// The digest of all that was appended. Does not change the object.
    [[nodiscard]] constexpr sha256_digest finish() const noexcept { return finish_with(std::string_view()); }

    /// The digest of all that was appended, followed by `last`. Does not change the object.
    [[nodiscard]] constexpr sha256_digest finish_with(std::string_view last) const noexcept {
        sha256_digest digest{};
        finish_with(detail::sha256_ending{last}, digest);
        return digest;
    }
    /// The same for any ending, into `digest`.
    constexpr void finish_with(detail::sha256_ending const& last, sha256_digest& digest) const noexcept {
        const std::size_t size = last.size();
        if (fits_sha_extensions(size)) {
            detail::sha256_x86::finish(state_, block_, buffered(), last, (length_ + size) * 8U, digest.data());
        } else {
            finish_in_pieces(last, digest);
        }
    }

    /// The digest of all that was appended to `outer`, followed by the digest that finish_with() makes: the nested hash of HMAC.
    constexpr void finish_nested(detail::sha256_ending const& last, sha256 const& outer,
                                 sha256_digest& digest) const noexcept;

    /// The same, but only if the processor has the SHA instructions and the message is short: then the inner digest stays in
    /// registers.
    /// @return false if that is not possible, and nothing was done
    [[nodiscard]] constexpr bool finish_nested_in_registers(detail::sha256_ending const& last, sha256 const& outer,
                                                            sha256_digest& digest) const noexcept;

private:
    using state = std::uint32_t[8];

    constexpr void finish_in_pieces(detail::sha256_ending const& last, sha256_digest& digest) const noexcept;
    constexpr void append_padding_and_store(sha256_digest& digest) noexcept;
    static constexpr void compress(state& state, char const* blocks, std::size_t count) noexcept;
    // Defined here, because in constant expressions Clang 19 does not find a template that is defined after its use.
    template <class Byte>
    static constexpr void store_big_endian(Byte* bytes, std::uint32_t word) noexcept {
        for (std::size_t i = 0; i < sizeof(word); ++i) {
            bytes[i] = static_cast<Byte>(static_cast<unsigned char>(word >> (24U - 8U * i)));
        }
    }
    constexpr std::size_t buffered() const noexcept { return static_cast<unsigned>(length_ % block_size); }
    // Whether the processor has the SHA instructions of x86, and the end of the message, with `size` more bytes, is
    // short enough. The length comes first: otherwise compilers may evaluate the beginning of a `const bool` as a
    // constant, and take is_constant_evaluated() for true.
    constexpr bool fits_sha_extensions(std::size_t size) const noexcept {
        return buffered() + size <= detail::sha256_x86::longest_tail && !detail::is_constant_evaluated() &&
               detail::sha256_x86::is_supported();
    }

    state state_ = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                    0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    char block_[block_size]{};
    std::uint64_t length_ = 0;  // of the message so far, in bytes
};

/// The digest of a whole message.
[[nodiscard]] constexpr sha256_digest sha256_of(std::string_view message) noexcept {
    return sha256().finish_with(message);
}

constexpr void sha256::update(std::string_view message) noexcept {
    std::size_t used = buffered();
    length_ += message.size();
    if (used != 0) {
        const std::string_view piece = message.substr(0, block_size - used);
        detail::copy_bytes(block_ + used, piece.data(), piece.size());
        message.remove_prefix(piece.size());
        used += piece.size();
        if (used != block_size) {
            return;
        }
        compress(state_, block_, 1);
    }
    if (const std::size_t count = message.size() / block_size; count != 0) {
        compress(state_, message.data(), count);
        message.remove_prefix(count * block_size);
    }
    detail::copy_bytes(block_, message.data(), message.size());
}

constexpr void sha256::finish_in_pieces(detail::sha256_ending const& last, sha256_digest& digest) const noexcept {
    sha256 hash = *this;
    hash.update(last.text);
    if (last.digest != nullptr) {
        hash.update(detail::hex_text(*last.digest).view());
    }
    hash.append_padding_and_store(digest);
}

constexpr void sha256::append_padding_and_store(sha256_digest& digest) noexcept {
    char length[8]{};  // in bits
    store_big_endian(length, static_cast<std::uint32_t>(length_ >> 29U));
    store_big_endian(length + 4, static_cast<std::uint32_t>(length_ << 3U));
    constexpr char padding[block_size] = {static_cast<char>(0x80)};
    const std::size_t zeros = (2 * block_size - 1 - sizeof(length) - buffered()) % block_size;
    update(std::string_view(padding, 1 + zeros));
    update(std::string_view(length, sizeof(length)));

    for (std::size_t i = 0; i < 8; ++i) {
        store_big_endian(digest.data() + 4 * i, state_[i]);
    }
}

constexpr bool sha256::finish_nested_in_registers(detail::sha256_ending const& last, sha256 const& outer,
                                                  sha256_digest& digest) const noexcept {
    const std::size_t size = last.size();
    if (outer.buffered() != 0 || !fits_sha_extensions(size)) {
        return false;
    }
    detail::sha256_x86::finish_nested(state_, block_, buffered(), last, (length_ + size) * 8U, outer.state_,
                                      outer.length_ * 8U, digest.data());
    return true;
}

constexpr void sha256::finish_nested(detail::sha256_ending const& last, sha256 const& outer,
                                     sha256_digest& digest) const noexcept {
    finish_with(last, digest);
    char inner[digest_size]{};
    for (std::size_t i = 0; i < digest_size; ++i) {
        inner[i] = static_cast<char>(digest[i]);
    }
    outer.finish_with(detail::sha256_ending{{inner, sizeof(inner)}}, digest);
    secure_zero(inner);
}

// The instructions of another processor go here: a header detail/sha256_X.hpp like that for Arm, and a branch.
constexpr void sha256::compress(state& state, char const* blocks, std::size_t count) noexcept {
    if (detail::is_constant_evaluated()) {
        detail::sha256_portable::compress(state, blocks, count);
    } else if (detail::sha256_x86::is_supported()) {
        detail::sha256_x86::compress(state, blocks, count);
    } else if (detail::sha256_arm::is_supported()) {
        detail::sha256_arm::compress(state, blocks, count);
    } else {
        detail::sha256_portable::compress(state, blocks, count);
    }
}

}  // namespace ZENWIRE_NAMESPACE

namespace ZENWIRE_NAMESPACE::detail {

/// Whether it is the library's hash, which cannot fail, and which has more functions than a hash_function must have.
template <class Hash>
inline constexpr bool is_sha256 = std::is_same_v<Hash, sha256>;

/// Computes the digest of all that was appended to `hash`, followed by `last`. `hash` itself does not change.
/// @return the error of a `hash` that failed
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> finish_with(Hash const& hash, sha256_ending const& last,
                                                   sha256_digest& digest) noexcept {
    if constexpr (is_sha256<Hash>) {
        hash.finish_with(last, digest);
    } else {
        Hash copy = hash;
        copy.update(last.text);
        if (last.digest != nullptr) {
            copy.update(hex_text(*last.digest).view());
        }
        const expected<sha256_digest> result = copy.finish();
        if (!result) {
            return failure_of(result);
        }
        digest = *result;
    }
    return {};
}

/// The same, with the digest as the result.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_with(Hash const& hash, sha256_ending const& last) noexcept {
    // A local variable that is copied into the result: `expected(std::in_place)` would also fill the room for an error with zeros.
    sha256_digest digest;
    if (const expected<void> done = finish_with(hash, last, digest); !done) {
        return failure_of(done);
    }
    return digest;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
