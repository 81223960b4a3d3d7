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
auto make_external_key() {
    return *zenwire::external_access_key<external_mac>::make(zenwire::access_key_id(sample::id),
                                                             external_mac{&password_hmac});
}
const auto external_key = make_external_key();

openssl_signer::one_shot openssl_one_shot(sample::password);
openssl_signer::prefetched openssl_prefetched(sample::password);

const zenwire::signed_request received = *zenwire::make_request(sample::action, prepared, key, now);
const zenwire::authorization received_parts = *zenwire::parse_authorization(received.view());
const std::string received_time = std::to_string(now.count());
const zenwire::sha256_digest payload = *zenwire::payload_hash(sample::body);
const zenwire::sha256_digest canonical =
    *zenwire::canonical_request_hash("application/json", "console.zenlayer.com", payload);
const zenwire::string_to_sign to_sign(now, canonical);

auto openssl_sign(auto& hasher) {
    return openssl_signer::sign(hasher, sample::id, "console.zenlayer.com", sample::body, now.count());
}

bool openssl_verify(auto& hasher) {
    const zenwire::request_view request = received.view();
    return openssl_signer::verify(hasher, request.authority, request.body, received_time, received_parts.signature);
}

/// Whether a request has its body, and at its end the given `authorization`.
auto is_authorised_by(std::string const& authorization) {
    return [=](zenwire::expected<zenwire::signed_request> const& request) {
        if (!request) {
            return false;
        }
        const zenwire::request_view view = request->view();
        return view.body == sample::body && view.fields[view.fields.size() - 1].value == authorization;
    };
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
    const std::string signature(received_parts.signature);
    const auto is_signed = is_authorised_by("ZC2-HMAC-SHA256 Credential=" + std::string(sample::id) +
                                            ", SignedHeaders=content-type;host, Signature=" + signature);
    const auto is_same = [=](openssl_signer::text const& head) {
        return head.view().ends_with(", Signature=" + signature + "\r\n");
    };
    bench::row(
        group, "zenwire, prepared", [] { return zenwire::make_request(sample::action, prepared, key, now); },
        is_signed);
    bench::row(
        group, "zenwire, not prepared",
        [] {
            return zenwire::make_request(sample::action, sample::service, sample::endpoint, sample::make_key(), now);
        },
        is_signed);
    bench::row(
        group, "OpenSSL, prefetched and reused, body given", [] { return openssl_sign(openssl_prefetched); }, is_same);
    bench::row(group, "OpenSSL, one-shot, body given", [] { return openssl_sign(openssl_one_shot); }, is_same);

    const std::string external_group = "make_request, key kept elsewhere";
    bench::row(
        external_group, "zenwire, prepared",
        [] { return zenwire::make_request(sample::action, prepared, external_key, now); }, is_signed);
    bench::row(
        external_group, "zenwire, not prepared",
        [] {
            return zenwire::make_request(sample::action, sample::service, sample::endpoint, make_external_key(), now);
        },
        is_signed);

    const std::string bearer_group = "make_request, bearer token";
    const auto has_token = is_authorised_by("Bearer " + std::string(sample::token_text));
    bench::row(
        bearer_group, "zenwire, prepared",
        [] { return zenwire::make_request(sample::action, prepared, sample::token, now); }, has_token);
    bench::row(
        bearer_group, "zenwire, not prepared",
        [] {
            return zenwire::make_request(sample::action, sample::service, sample::endpoint, sample::make_token(), now);
        },
        has_token);
}

void add_verification_rows() {
    const auto is_verified = [](bool verified) { return verified; };
    bench::row(
        "verify", "zenwire",
        [] { return zenwire::verify_request(received.view(), key, now, zenwire::services::bmc_2026_02_01); },
        [](auto const& verified) { return verified.has_value(); });
    bench::row(
        "verify", "OpenSSL, prefetched and reused, fields given", [] { return openssl_verify(openssl_prefetched); },
        is_verified);
    bench::row(
        "verify", "OpenSSL, one-shot, fields given", [] { return openssl_verify(openssl_one_shot); }, is_verified);
}

void add_stage_rows() {
    bench::row("stage: preparation", "access_key::make", [] { return sample::make_key(); });
    bench::row("stage: preparation", "request_template::make",
               [] { return zenwire::request_template<>::make(sample::service, sample::endpoint); });
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
    add_verification_rows();
    add_stage_rows();
}
