// SPDX-License-Identifier: BSL-1.0

/// @file
/// The portable SHA-256 next to OpenSSL's, which report.py starts with the SHA extensions masked. OpenSSL is free to use
/// the other extensions of the processor.

#define ZENWIRE_NO_INTRINSICS
#include <string>

#include <zenwire/crypto/sha256.hpp>

#include "openssl_signer.hpp"
#include "row.hpp"

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    static openssl_signer::prefetched openssl("key");
    for (const std::size_t size : {64, 256, 1024}) {
#if defined(__clang__)
        const std::string group = "portable SHA-256 by Clang -O2, " + std::to_string(size) + " bytes";
#else
        const std::string group = "portable SHA-256 by GCC -O3, " + std::to_string(size) + " bytes";
#endif
        const std::string message(size, 'x');
        bench::row(group, "OpenSSL, prefetched, without SHA extensions", [=] {
            struct {
                unsigned char bytes[32];
            } digest;
            openssl.sha256(message, digest.bytes);
            return digest;
        });
        bench::row(group, "zenwire", [=] { return zenwire::sha256_of(message); });
    }
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
