// SPDX-License-Identifier: BSL-1.0

/// @file
/// The processor's own SHA-256 against the portable code, where there is one.

#include <zenwire/crypto/sha256.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/base/detail/ascii.hpp>

#include "../random_text.hpp"

namespace {

using zenwire::sha256;
using zenwire::sha256_digest;
using zenwire::detail::sha256_ending;

std::string sample_text(std::size_t size) {
    std::mt19937 random(1);
    return random_text(random, size);
}

void compress_by_processor(std::uint32_t (&state)[8], char const* blocks, std::size_t count) {
    if (zenwire::detail::sha256_x86::is_supported()) {
        zenwire::detail::sha256_x86::compress(state, blocks, count);
    } else if (zenwire::detail::sha256_arm::is_supported()) {
        zenwire::detail::sha256_arm::compress(state, blocks, count);
    } else {
        zenwire::detail::sha256_portable::compress(state, blocks, count);
    }
}

/// FIPS 180-4 on the portable compression alone, with padding made the plain way.
sha256_digest portable_digest(std::string message) {
    const std::uint64_t bits = message.size() * 8;
    message.push_back(static_cast<char>(0x80));
    message.append((119 - (bits / 8) % 64) % 64, '\0');
    for (int shift = 56; shift >= 0; shift -= 8) {
        message.push_back(static_cast<char>(static_cast<unsigned char>(bits >> static_cast<unsigned>(shift))));
    }
    std::uint32_t state[8] = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                              0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    zenwire::detail::sha256_portable::compress(state, message.data(), message.size() / 64);
    sha256_digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<unsigned char>(state[i / 4] >> (24U - 8U * (i % 4)));
    }
    return digest;
}

/// The text of an ending as a message has it.
std::string spelled_out(sha256_ending const& ending) {
    std::string text(ending.text);
    if (ending.digest != nullptr) {
        text += zenwire::detail::hex_text(*ending.digest).view();
    }
    return text;
}

/// The raw bytes of a digest.
std::string bytes_of(sha256_digest const& digest) { return {digest.begin(), digest.end()}; }

/// A hash that has seen the first `size` bytes of `text`.
sha256 hash_of_first(std::string_view text, std::size_t size) {
    sha256 hash;
    hash.update(text.substr(0, size));
    return hash;
}

/// What memory holds where nobody wrote a digest.
constexpr sha256_digest untouched() {
    sha256_digest digest{};
    digest.fill(0xA5);
    return digest;
}

constexpr std::size_t longest_ending = 130;

/// Calls `is_right` with each number of bytes that a hash may have before an ending, whole blocks among them, and with texts
/// of all lengths for the ending, each with and without a digest behind it. The texts lie in memory of just their size.
template <class IsRight>
void check_each_ending(IsRight is_right) {
    const std::string text = sample_text(longest_ending);
    const sha256_digest digest = portable_digest("another message");
    std::size_t wrong = 0;
    for (std::size_t size = 0; size <= longest_ending; ++size) {
        const std::vector<char> last(text.end() - static_cast<std::ptrdiff_t>(size), text.end());
        // all that a block may hold, and a few that are behind whole blocks
        for (std::size_t before = 0; before <= 192; before += before < 66 ? 1 : 63) {
            for (sha256_digest const* const in_hexadecimal : {static_cast<sha256_digest const*>(nullptr), &digest}) {
                if (!is_right(before, sha256_ending{{last.data(), size}, in_hexadecimal})) {
                    MESSAGE("wrong with ", before, " bytes before a text of ", size,
                            in_hexadecimal != nullptr ? " and a digest" : "");
                    ++wrong;
                }
            }
        }
    }
    CHECK(wrong == 0);
}

}  // namespace

#if defined(__x86_64__) && defined(__linux__) && !defined(ZENWIRE_NO_INTRINSICS)
TEST_CASE("the processor is asked for the instructions that the operating system finds in it") {
    std::ifstream info("/proc/cpuinfo");
    std::string flags;
    for (std::string line; std::getline(info, line) && flags.empty();) {
        flags = line.starts_with("flags") ? line + ' ' : "";
    }
    if (!flags.empty()) {
        const auto has = [&](std::string_view flag) { return flags.find(flag) != std::string::npos; };
        CHECK(zenwire::detail::sha256_x86::is_supported() == (has(" sha_ni ") && has(" ssse3 ") && has(" sse4_1 ")));
    }
}
#endif

TEST_CASE("the processor's compression gives what the portable one gives from any state and for any number of blocks") {
    const std::string blocks = sample_text(64 * 9);
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        for (std::size_t count = 0; count < 10; ++count) {
            std::uint32_t ours[8]{};
            std::uint32_t portable[8]{};
            for (std::uint32_t i = 0; i < 8; ++i) {
                ours[i] = portable[i] = (seed * 8 + i) * 2654435769U;
            }
            compress_by_processor(ours, blocks.data(), count);
            zenwire::detail::sha256_portable::compress(portable, blocks.data(), count);
            CHECK(std::memcmp(ours, portable, sizeof(ours)) == 0);
        }
    }
}

TEST_CASE("a digest is the same however the message is split between update and finish_with") {
    const std::string text = sample_text(260);
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const sha256_digest expected = portable_digest(text.substr(0, size));
        for (std::size_t first = 0; first <= size; first += first < 70 ? 1 : 13) {
            zenwire::sha256 hash;
            hash.update(std::string_view(text).substr(0, first));
            const sha256_digest whole = hash.finish_with(std::string_view(text).substr(first, size - first));
            if (whole != expected) {
                CAPTURE(size);
                CAPTURE(first);
                CHECK(whole == expected);
            }
        }
    }
    CHECK(zenwire::sha256_of(text) == portable_digest(text));
}

TEST_CASE("finishing leaves the hash as it is") {
    const std::string text = sample_text(150);
    zenwire::sha256 hash;
    hash.update(text);
    const sha256_digest once = hash.finish();
    CHECK(hash.finish_with("more") == portable_digest(text + "more"));
    CHECK(hash.finish() == once);
    CHECK(once == portable_digest(text));
}

TEST_CASE("a digest is right whatever the ending and however many bytes of a block are before it") {
    const std::string text = sample_text(192);
    check_each_ending([&](std::size_t before, sha256_ending const& ending) {
        const sha256 hash = hash_of_first(text, before);
        sha256_digest digest = untouched();
        hash.finish_with(ending, digest);
        sha256 appended = hash;
        appended.update(spelled_out(ending));
        return digest == portable_digest(text.substr(0, before) + spelled_out(ending)) && digest == appended.finish();
    });
}

TEST_CASE("a nested digest is that of the outer message and the bytes of the inner digest behind it") {
    const std::string text = sample_text(192);
    const std::string outer_text = sample_text(300);
    check_each_ending([&](std::size_t before, sha256_ending const& ending) {
        const std::string inner = bytes_of(portable_digest(text.substr(0, before) + spelled_out(ending)));
        // an outer hash with one block, as in HMAC, and one that is anywhere
        bool is_right = true;
        for (const std::size_t outer_size : {std::size_t{64}, before + ending.text.size() % 3}) {
            sha256_digest digest = untouched();
            hash_of_first(text, before).finish_nested(ending, hash_of_first(outer_text, outer_size), digest);
            is_right = is_right && digest == portable_digest(outer_text.substr(0, outer_size) + inner);
        }
        return is_right;
    });
}

TEST_CASE("a nested digest is made in registers of short messages, and of others nothing is") {
    const std::string text = sample_text(192);
    const std::string outer_text = sample_text(256);
    // with the padding the end of the inner message takes two blocks
    constexpr std::size_t longest_end = 2 * 64 - 9;
    check_each_ending([&](std::size_t before, sha256_ending const& ending) {
        const sha256 hash = hash_of_first(text, before);
        const bool is_possible = before % 64 + ending.size() <= longest_end && zenwire::detail::sha256_x86::is_supported();
        bool is_right = true;
        for (const std::size_t outer_size : {std::size_t{0}, std::size_t{64}, std::size_t{256}}) {
            const sha256 outer = hash_of_first(outer_text, outer_size);
            sha256_digest in_registers = untouched();
            const bool done = hash.finish_nested_in_registers(ending, outer, in_registers);
            sha256_digest digest{};
            hash.finish_nested(ending, outer, digest);
            is_right = is_right && done == is_possible && in_registers == (done ? digest : untouched());
        }
        return is_right;
    });
}

TEST_CASE("a nested digest is not made in registers when the outer hash is inside a block") {
    const std::string text = sample_text(192);
    for (std::size_t size = 0; size <= text.size(); ++size) {
        CAPTURE(size);
        sha256_digest digest = untouched();
        const bool done = sha256().finish_nested_in_registers(sha256_ending{"abc"}, hash_of_first(text, size), digest);
        CHECK(done == (size % 64 == 0 && zenwire::detail::sha256_x86::is_supported()));
        CHECK((digest == untouched()) == !done);
    }
}

TEST_CASE("no way of finishing changes the hash or what it is nested in") {
    const std::string text = sample_text(192);
    check_each_ending([&](std::size_t before, sha256_ending const& ending) {
        const sha256 hash = hash_of_first(text, before);
        const sha256 outer = hash_of_first(text, 64);
        sha256_digest digest{};
        hash.finish_with(ending, digest);
        hash.finish_nested(ending, outer, digest);
        static_cast<void>(hash.finish_nested_in_registers(ending, outer, digest));
        return hash.finish() == portable_digest(text.substr(0, before)) &&
               hash.finish_with("more") == portable_digest(text.substr(0, before) + "more") &&
               outer.finish() == portable_digest(text.substr(0, 64));
    });
}
