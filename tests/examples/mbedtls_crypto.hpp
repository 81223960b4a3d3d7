// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_MBEDTLS_CRYPTO_HPP
#define ZENWIRE_TESTS_EXAMPLES_MBEDTLS_CRYPTO_HPP

#include <cstddef>
#include <memory>
#include <string_view>

#include <mbedtls/md.h>
#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

#include <zenwire/crypto/hmac_sha256.hpp>
#include <zenwire/crypto/sha256.hpp>

/// SHA-256 and HMAC-SHA256 by Mbed TLS 2.28 or 3: also where it stands for the hash unit of a chip (MBEDTLS_SHA256_ALT).
namespace mbedtls_crypto {

[[nodiscard]] inline auto failed(std::string_view why) noexcept {
    return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, why);
}

inline unsigned char const* bytes_of(std::string_view text) noexcept {
    return reinterpret_cast<unsigned char const*>(text.data());
}

#if MBEDTLS_VERSION_MAJOR < 3
// Version 2 has functions of these names that cannot fail, and calls those that can _ret.
inline int starts(mbedtls_sha256_context* context) noexcept { return mbedtls_sha256_starts_ret(context, 0); }
inline int update(mbedtls_sha256_context* context, std::string_view message) noexcept {
    return mbedtls_sha256_update_ret(context, bytes_of(message), message.size());
}
inline int finish(mbedtls_sha256_context* context, unsigned char* digest) noexcept {
    return mbedtls_sha256_finish_ret(context, digest);
}
#else
inline int starts(mbedtls_sha256_context* context) noexcept { return mbedtls_sha256_starts(context, 0); }
inline int update(mbedtls_sha256_context* context, std::string_view message) noexcept {
    return mbedtls_sha256_update(context, bytes_of(message), message.size());
}
inline int finish(mbedtls_sha256_context* context, unsigned char* digest) noexcept {
    return mbedtls_sha256_finish(context, digest);
}
#endif

/// A hash_function without heap; wipes itself. A failure shows in finish().
class sha256 {
public:
    sha256() noexcept {
        mbedtls_sha256_init(&context_);
        failure_ = starts(&context_);
    }
    sha256(sha256 const& other) noexcept : failure_(other.failure_) {
        mbedtls_sha256_init(&context_);
        mbedtls_sha256_clone(&context_, &other.context_);
    }
    sha256& operator=(sha256 const& other) noexcept {
        mbedtls_sha256_clone(&context_, &other.context_);
        failure_ = other.failure_;
        return *this;
    }
    ~sha256() { mbedtls_sha256_free(&context_); }

    void update(std::string_view message) noexcept {
        if (failure_ == 0) {
            failure_ = mbedtls_crypto::update(&context_, message);
        }
    }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() noexcept {
        zenwire::sha256_digest digest{};
        if (failure_ != 0 || mbedtls_crypto::finish(&context_, digest.data()) != 0) {
            return failed("Mbed TLS could not compute SHA-256");
        }
        return digest;
    }

private:
    mbedtls_sha256_context context_;
    int failure_ = 0;
};

/// A mac_provider for an external_access_key. Mbed TLS keeps the key and wipes it. Move-only; for one thread at a time, as
/// its contexts of HMAC cannot be copied.
class hmac_sha256 {
public:
    explicit hmac_sha256(std::string_view key) noexcept : context_(new(std::nothrow) mbedtls_md_context_t) {
        if (context_ != nullptr) {
            mbedtls_md_init(context_.get());
            is_ready_ = mbedtls_md_setup(context_.get(), mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1) == 0 &&
                        mbedtls_md_hmac_starts(context_.get(), bytes_of(key), key.size()) == 0;
        }
    }

    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> operator()(std::string_view message) const noexcept {
        zenwire::sha256_digest digest{};
        if (context_ == nullptr || !is_ready_ || mbedtls_md_hmac_reset(context_.get()) != 0 ||
            mbedtls_md_hmac_update(context_.get(), bytes_of(message), message.size()) != 0 ||
            mbedtls_md_hmac_finish(context_.get(), digest.data()) != 0) {
            return failed("Mbed TLS could not compute HMAC-SHA256");
        }
        return digest;
    }

private:
    struct deleter {
        void operator()(mbedtls_md_context_t* context) const noexcept {
            mbedtls_md_free(context);
            delete context;
        }
    };

    std::unique_ptr<mbedtls_md_context_t, deleter> context_;
    bool is_ready_ = false;
};

static_assert(zenwire::hash_function<sha256> && zenwire::mac_provider<hmac_sha256>);

}  // namespace mbedtls_crypto

#endif
