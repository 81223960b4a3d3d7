// SPDX-License-Identifier: BSL-1.0
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include <zenwire/core.hpp>

#include "openssl_signer.hpp"
#include "row.hpp"
#include "sample.hpp"

namespace {

using sample::key;
using sample::now;
using sample::prepared;

/// 7 blocks: as many as a request of a prepared key and endpoint needs.
const std::string seven_blocks(7 * zenwire::sha256::block_size, 'x');

/// The key's pads are there already; the MAC is asked for through the interface for keys kept elsewhere.
struct external_mac {
    zenwire::sha256_digest operator()(std::string_view message) const noexcept { return (*hmac)(message); }
    zenwire::hmac_sha256 const* hmac;
};
const zenwire::hmac_sha256 password_hmac{sample::password};
const auto external_key =
    *zenwire::external_access_key<external_mac>::make(zenwire::access_key_id(sample::id), external_mac{&password_hmac});

openssl_signer::one_shot openssl_one_shot(sample::password);
openssl_signer::prefetched openssl_prefetched(sample::password);

const zenwire::signed_request received = *zenwire::make_request(sample::action, prepared, key, now);
const zenwire::sha256_digest payload = *zenwire::payload_hash(sample::body);
const zenwire::sha256_digest canonical =
    *zenwire::canonical_request_hash("application/json", "console.zenlayer.com", payload);
const zenwire::string_to_sign to_sign(now, canonical);

auto openssl_sign(auto& hasher) {
    return openssl_signer::sign(hasher, sample::id, "console.zenlayer.com", sample::body, now.count());
}

auto openssl_sha256(auto& hasher, std::string_view message) {
    struct {
        unsigned char digest[32];
    } result;
    hasher.sha256(message, result.digest);
    return result;
}

auto openssl_hmac(auto& hasher, std::string_view message) {
    struct {
        unsigned char mac[32];
    } result;
    hasher.hmac(message, result.mac);
    return result;
}

void add_request_rows() {
    const std::string group = "make_request, access key";
    bench::row(group, "floor: 7 compressions, zenwire", [] {
        zenwire::sha256 hash;
        hash.update(seven_blocks);
        return hash;
    });
    // blocks of a context that is never finished: EVP_DigestUpdate adds little to the compressions themselves
    static EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestInit_ex2(context, EVP_sha256(), nullptr);
    bench::row(group, "floor: 7 compressions, OpenSSL",
               [] { return EVP_DigestUpdate(context, seven_blocks.data(), seven_blocks.size()); });
    bench::row(group, "zenwire, prepared", [] { return zenwire::make_request(sample::action, prepared, key, now); });
    bench::row(group, "zenwire, not prepared", [] {
        return zenwire::make_request(sample::action, sample::service, sample::endpoint, sample::make_key(), now);
    });
    bench::row(group, "zenwire, prepared, key kept elsewhere",
               [] { return zenwire::make_request(sample::action, prepared, external_key, now); });
    bench::row(group, "OpenSSL, prefetched and reused, body given", [] { return openssl_sign(openssl_prefetched); });
    bench::row(group, "OpenSSL, one-shot, body given", [] { return openssl_sign(openssl_one_shot); });

    bench::row("make_request, bearer token", "zenwire, prepared",
               [] { return zenwire::make_request(sample::action, prepared, sample::token, now); });
    bench::row("make_request, bearer token", "zenwire, not prepared", [] {
        return zenwire::make_request(sample::action, sample::service, sample::endpoint, sample::token, now);
    });
    bench::row("verify", "zenwire", [] { return zenwire::verify(received.view(), key, now); });
}

void add_stage_rows() {
    bench::row("stage: preparation", "access_key::make", [] { return sample::make_key(); });
    bench::row("stage: preparation", "prepared_endpoint::make",
               [] { return zenwire::prepared_endpoint<>::make(sample::service, sample::endpoint); });
    bench::row("stage: body", "zenwire", [] {
        struct {
            char memory[zenwire::limits::request_body];
            std::size_t size;
        } result;
        result.size = zenwire::write_body(result.memory, sample::action, sample::service)->size();
        return result;
    });
    const std::string payload_group = "stage: hash of the payload";
    bench::row(payload_group, "zenwire", [] { return zenwire::payload_hash(sample::body); });
    bench::row(payload_group, "OpenSSL, prefetched", [] { return openssl_sha256(openssl_prefetched, sample::body); });
    bench::row(payload_group, "OpenSSL, one-shot", [] { return openssl_sha256(openssl_one_shot, sample::body); });
    bench::row("stage: hash of the canonical request", "zenwire, prepared", [] {
        zenwire::sha256 hash = prepared.canonical_start();
        return zenwire::finish_canonical_request(hash, payload);
    });
    bench::row("stage: hash of the canonical request", "zenwire, not prepared", [] {
        return zenwire::canonical_request_hash("application/json", sample::endpoint.authority(), payload);
    });
    bench::row("stage: string to sign", "zenwire", [] { return zenwire::string_to_sign(now, canonical); });
    bench::row("stage: signature", "zenwire",
               [] { return zenwire::signature(to_sign, [](std::string_view text) { return key.mac(text); }); });
    bench::row("stage: signature", "OpenSSL, prefetched",
               [] { return openssl_hmac(openssl_prefetched, to_sign.view()); });
    bench::row("stage: signature", "OpenSSL, one-shot", [] { return openssl_hmac(openssl_one_shot, to_sign.view()); });
    bench::row("stage: authorization", "zenwire", [] {
        struct {
            char memory[256];
            std::size_t size;
        } result;
        zenwire::buffer_writer out(result.memory);
        zenwire::write_authorization_value(out, key.id(), zenwire::default_signed_headers, payload);
        result.size = out.size();
        return result;
    });
}

}  // namespace

void bench::add_signing_rows() {
    add_request_rows();
    add_stage_rows();
}
