// SPDX-License-Identifier: BSL-1.0

/// @file
/// SHA-256 and HMAC-SHA256 against OpenSSL on random messages of 0 to 4096 bytes, whole and in two pieces.
///
///     differential_digests [inputs [seed]]     20000 inputs from seed 1, where nothing is said

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <zenwire/core.hpp>

namespace {

using zenwire::sha256_digest;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

sha256_digest openssl_sha256(std::string_view message) {
    sha256_digest digest{};
    unsigned size = 0;
    if (EVP_Digest(message.data(), message.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1 || size != 32) {
        std::abort();
    }
    return digest;
}

sha256_digest openssl_hmac(std::string_view key, std::string_view message) {
    sha256_digest digest{};
    unsigned size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(), digest.data(),
             &size) == nullptr ||
        size != 32) {
        std::abort();
    }
    return digest;
}

/// Half of the sizes are short, where the cases of padding are.
std::size_t random_size(std::mt19937_64& random) {
    constexpr std::uint64_t longest = 4096;
    constexpr std::uint64_t longest_short = 200;
    return static_cast<std::size_t>(random() % 2 == 0 ? random() % (longest + 1) : random() % (longest_short + 1));
}

bool is_equal(std::string_view key, std::string_view message, std::size_t first_piece) {
    zenwire::sha256 pieces;
    pieces.update(message.substr(0, first_piece));
    const sha256_digest expected = openssl_sha256(message);
    if (zenwire::sha256_of(message) != expected || pieces.finish_with(message.substr(first_piece)) != expected) {
        return false;
    }
    pieces.update(message.substr(first_piece));
    return pieces.finish() == expected && zenwire::hmac_sha256(key)(message) == openssl_hmac(key, message);
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t inputs = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 20'000;
    const std::uint64_t seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
    std::mt19937_64 random(seed);
    // the messages are parts of it: making fresh random bytes for each would take longer than hashing them
    std::string pool(1U << 20U, '\0');
    std::generate(pool.begin(), pool.end(), [&] { return static_cast<char>(random() & 0xFFU); });
    const auto part = [&](std::size_t size) {
        return std::string_view(pool).substr(static_cast<std::size_t>(random() % (pool.size() - size)), size);
    };
    for (std::uint64_t i = 0; i < inputs; ++i) {
        const std::string_view message = part(random_size(random));
        const std::string_view key = part(static_cast<std::size_t>(random() % 200));
        const auto first_piece = static_cast<std::size_t>(random() % (message.size() + 1));
        if (!is_equal(key, message, first_piece)) {
            std::printf("FAILED: input %llu of seed %llu: a key of %zu and a message of %zu bytes\n",
                        static_cast<unsigned long long>(i), static_cast<unsigned long long>(seed), key.size(),
                        message.size());
            return EXIT_FAILURE;
        }
    }
    std::printf("%llu inputs: all digests and MACs are those of OpenSSL\n", static_cast<unsigned long long>(inputs));
    return inputs > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
