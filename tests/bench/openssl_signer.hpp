// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_OPENSSL_SIGNER_HPP
#define ZENWIRE_TESTS_BENCH_OPENSSL_SIGNER_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

/// The same request signed with OpenSSL 3: what a program would write that has a TLS library and no zenwire.
namespace openssl_signer {

/// One call for each hash, as most programs do it.
class one_shot {
public:
    explicit one_shot(std::string_view key) : key_(key) {}

    void sha256(std::string_view message, unsigned char (&digest)[32]) {
        EVP_Digest(message.data(), message.size(), digest, nullptr, EVP_sha256(), nullptr);
    }
    void hmac(std::string_view message, unsigned char (&mac)[32]) {
        HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
             reinterpret_cast<unsigned char const*>(message.data()), message.size(), mac, nullptr);
    }

private:
    std::string_view key_;
};

/// The fastest that OpenSSL's public functions allow: algorithms fetched once, contexts reused, the key set once.
class prefetched {
public:
    explicit prefetched(std::string_view key)
        : md_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), md_context_(EVP_MD_CTX_new()),
          mac_(EVP_MAC_fetch(nullptr, "HMAC", nullptr)), mac_context_(EVP_MAC_CTX_new(mac_)) {
        char name[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", name, 0),
                                         OSSL_PARAM_construct_end()};
        EVP_MAC_init(mac_context_, reinterpret_cast<unsigned char const*>(key.data()), key.size(), parameters);
    }
    prefetched(prefetched const&) = delete;
    prefetched& operator=(prefetched const&) = delete;
    ~prefetched() {
        EVP_MAC_CTX_free(mac_context_);
        EVP_MAC_free(mac_);
        EVP_MD_CTX_free(md_context_);
        EVP_MD_free(md_);
    }

    void sha256(std::string_view message, unsigned char (&digest)[32]) {
        EVP_DigestInit_ex2(md_context_, md_, nullptr);
        EVP_DigestUpdate(md_context_, message.data(), message.size());
        EVP_DigestFinal_ex(md_context_, digest, nullptr);
    }
    void hmac(std::string_view message, unsigned char (&mac)[32]) {
        std::size_t size = 0;
        EVP_MAC_init(mac_context_, nullptr, 0, nullptr);
        EVP_MAC_update(mac_context_, reinterpret_cast<unsigned char const*>(message.data()), message.size());
        EVP_MAC_final(mac_context_, mac, &size, sizeof(mac));
    }

private:
    EVP_MD* md_;
    EVP_MD_CTX* md_context_;
    EVP_MAC* mac_;
    EVP_MAC_CTX* mac_context_;
};

/// Text in memory of fixed size, appended by memcpy: what the fields are written with.
class text {
public:
    text& operator<<(std::string_view piece) {
        std::memcpy(memory_ + size_, piece.data(), piece.size());
        size_ += piece.size();
        return *this;
    }
    text& operator<<(unsigned char const (&digest)[32]) {
        for (const unsigned char byte : digest) {
            memory_[size_++] = "0123456789abcdef"[byte >> 4U];
            memory_[size_++] = "0123456789abcdef"[byte & 15U];
        }
        return *this;
    }
    [[nodiscard]] std::string_view view() const { return {memory_, size_}; }

private:
    std::size_t size_ = 0;
    char memory_[1024];
};

/// The signature of a body for a host at a time.
template <class Hasher>
text signature(Hasher& hasher, std::string_view host, std::string_view body, std::string_view timestamp) {
    unsigned char digest[32];
    hasher.sha256(body, digest);
    text canonical;
    canonical << "POST\n/\n\ncontent-type:application/json\nhost:" << host << "\n\ncontent-type;host\n" << digest;
    hasher.sha256(canonical.view(), digest);
    text to_sign;
    to_sign << "ZC2-HMAC-SHA256\n" << timestamp << "\n" << digest;
    hasher.hmac(to_sign.view(), digest);
    text hex;
    hex << digest;
    return hex;
}

/// The head of a request for a body that is given: unlike zenwire's rows this validates nothing and writes no body.
template <class Hasher>
text sign(Hasher& hasher, std::string_view id, std::string_view host, std::string_view body, std::int64_t now) {
    char timestamp_memory[24];
    const int timestamp_size =
        std::snprintf(timestamp_memory, sizeof(timestamp_memory), "%lld", static_cast<long long>(now));
    const std::string_view timestamp(timestamp_memory, static_cast<std::size_t>(timestamp_size));
    const text hex = signature(hasher, host, body, timestamp);

    text head;
    head << "POST /api/v2/bmc HTTP/1.1\r\nhost: " << host
         << "\r\ncontent-type: application/json\r\nx-zc-service: bmc\r\nx-zc-version: 2026-02-01\r\n"
            "x-zc-sdk-version: 0.2.0\r\nx-zc-sdk-lang: cpp\r\nx-zc-action: ModifyInstanceTrafficPackage\r\n"
            "x-zc-timestamp: "
         << timestamp
         << "\r\nx-zc-signature-method: ZC2-HMAC-SHA256\r\nauthorization: ZC2-HMAC-SHA256 Credential=" << id
         << ", SignedHeaders=content-type;host, Signature=" << hex.view() << "\r\n";
    return head;
}

/// Whether a request that was received is signed as `received` says: unlike zenwire's row this is given the fields and checks
/// neither their form, nor who signed, nor when.
template <class Hasher>
bool verify(Hasher& hasher, std::string_view host, std::string_view body, std::string_view timestamp,
            std::string_view received) {
    const text wanted = signature(hasher, host, body, timestamp);
    return received.size() == wanted.view().size() &&
           CRYPTO_memcmp(received.data(), wanted.view().data(), received.size()) == 0;
}

}  // namespace openssl_signer

#endif
