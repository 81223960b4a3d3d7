// SPDX-License-Identifier: BSL-1.0

/// @file
/// The other half of the program of with_sse.cpp: for a processor without SSE, not optimised, and linked first, so that what is
/// inline in both comes from here.

#include <string_view>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/crypto/sha256.hpp>

bool hashes_without_sse();

bool hashes_without_sse() {
    return zenwire::detail::hex_text(zenwire::sha256_of("abc")).view() ==
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
}
