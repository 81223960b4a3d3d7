// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_OPENSSL_CRYPTO_HPP
#define ZENWIRE_TESTS_EXAMPLES_OPENSSL_CRYPTO_HPP

#include <memory>
#include <string_view>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <zenwire/crypto/hmac_sha256.hpp>
#include <zenwire/crypto/sha256.hpp>

/// SHA-256 and HMAC-SHA256 by OpenSSL 3: of its default provider, or of the FIPS provider where a program wants that.
namespace openssl_crypto {

template <auto free>
struct deleter {
    template <class Type>
    void operator()(Type* object) const noexcept {
        free(object);
    }
};

[[nodiscard]] inline auto failed(std::string_view why) noexcept {
    return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, why);
}

/// A hash_function. The algorithm is fetched once, by the object that all others are copies of: give that one to
/// request_template::make(). Copies allocate; a failure shows in finish().
class sha256 {
public:
    /// @param properties which implementation: `fips=yes` say, or null for the default
    explicit sha256(OSSL_LIB_CTX* library = nullptr, char const* properties = nullptr) noexcept
        : algorithm_(EVP_MD_fetch(library, "SHA256", properties)), context_(EVP_MD_CTX_new()) {
        check(algorithm_ != nullptr && context_ != nullptr &&
              EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1);
    }
    sha256(sha256 const& other) noexcept : context_(EVP_MD_CTX_new()) {
        check(context_ != nullptr && other.context_ != nullptr &&
              EVP_MD_CTX_copy_ex(context_.get(), other.context_.get()) == 1);
    }
    sha256(sha256&&) noexcept = default;
    sha256& operator=(sha256 const& other) noexcept { return *this = sha256(other); }
    sha256& operator=(sha256&&) noexcept = default;
    ~sha256() = default;

    void update(std::string_view message) noexcept {
        check(context_ != nullptr && EVP_DigestUpdate(context_.get(), message.data(), message.size()) == 1);
    }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() noexcept {
        zenwire::sha256_digest digest{};
        check(context_ != nullptr && EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
        if (context_ == nullptr) {
            return failed("OpenSSL could not compute SHA-256");
        }
        return digest;
    }

private:
    /// A context that failed once is of no more use.
    void check(bool succeeded) noexcept {
        if (!succeeded) {
            context_ = nullptr;
        }
    }

    // the context holds a reference of its own to it
    std::unique_ptr<EVP_MD, deleter<EVP_MD_free>> algorithm_{};
    std::unique_ptr<EVP_MD_CTX, deleter<EVP_MD_CTX_free>> context_;
};

/// A mac_provider for an external_access_key. OpenSSL keeps the key and wipes it. Move-only; may be used by many threads.
class hmac_sha256 {
public:
    explicit hmac_sha256(std::string_view key, OSSL_LIB_CTX* library = nullptr,
                         char const* properties = nullptr) noexcept {
        const std::unique_ptr<EVP_MAC, deleter<EVP_MAC_free>> algorithm(EVP_MAC_fetch(library, "HMAC", properties));
        keyed_.reset(algorithm != nullptr ? EVP_MAC_CTX_new(algorithm.get()) : nullptr);
        char digest[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, &digest[0], 0),
                                         OSSL_PARAM_construct_end()};
        auto const* const bytes = reinterpret_cast<unsigned char const*>(key.data());
        if (keyed_ != nullptr && EVP_MAC_init(keyed_.get(), bytes, key.size(), &parameters[0]) != 1) {
            keyed_ = nullptr;
        }
    }

    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> operator()(std::string_view message) const noexcept {
        const context_pointer context(keyed_ != nullptr ? EVP_MAC_CTX_dup(keyed_.get()) : nullptr);
        auto const* const bytes = reinterpret_cast<unsigned char const*>(message.data());
        zenwire::sha256_digest digest{};
        std::size_t size = 0;
        if (context == nullptr || EVP_MAC_update(context.get(), bytes, message.size()) != 1 ||
            EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) != 1 || size != digest.size()) {
            return failed("OpenSSL could not compute HMAC-SHA256");
        }
        return digest;
    }

private:
    using context_pointer = std::unique_ptr<EVP_MAC_CTX, deleter<EVP_MAC_CTX_free>>;

    context_pointer keyed_{};
};

static_assert(zenwire::hash_function<sha256> && zenwire::mac_provider<hmac_sha256>);

}  // namespace openssl_crypto

#endif
