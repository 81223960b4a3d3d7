// SPDX-License-Identifier: BSL-1.0

/// @file
/// One half of a program whose units are compiled for different processors: this one may use SSE2, and is optimised.

#include <cstdio>
#include <string_view>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/crypto/sha256.hpp>

bool hashes_without_sse();

int main() {
    // two whole blocks, which are compressed at once
    const char zeros[2 * zenwire::sha256::block_size] = {};
    zenwire::sha256 hash;
    hash.update({zeros, sizeof(zeros)});
    const bool hashes_with_sse =
        zenwire::detail::hex_text(hash.finish()).view() == "38723a2e5e8a17aa7950dc008209944e898f69a7bd10a23c839d341e935fd5ca";
    const bool passed = hashes_with_sse && hashes_without_sse();
    std::puts(passed ? "passed" : "failed: a unit uses the code of another processor");
    return passed ? 0 : 1;
}
