// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/sha256.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

#include <zenwire/base/detail/ascii.hpp>

#include "../counting_text.hpp"
#include "../erased.hpp"
#include "../from_hex.hpp"
#include "../json_lines.hpp"
#include "../random_text.hpp"
#include "../results.hpp"

namespace {

using zenwire::sha256;
using zenwire::sha256_digest;
using zenwire::sha256_of;

constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

constexpr bool has_digest(std::string_view message, std::string_view digest) {
    return zenwire::detail::hex_text(sha256_of(message)).view() == digest;
}

/// The digest of a message in two pieces that are cut at `at`, by way of a copy.
constexpr sha256_digest digest_in_pieces(std::string_view message, std::size_t at) {
    sha256 beginning;
    beginning.update(message.substr(0, at));
    sha256 whole = beginning;
    whole.update(message.substr(at));
    return whole.finish();
}

constexpr std::array<char, 64> zeros{};

// FIPS 180-4 and the additional examples of NIST, where the padding takes its turns
static_assert(has_digest("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
static_assert(has_digest("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
static_assert(has_digest(two_blocks, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
static_assert(has_digest("\xBD", "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"));
static_assert(has_digest({zeros.data(), 55}, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"));
static_assert(has_digest({zeros.data(), 56}, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"));
static_assert(has_digest({zeros.data(), 57}, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"));
static_assert(has_digest({zeros.data(), 64}, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"));
// variables, since GCC's debug mode compares no temporaries in constant expressions
constexpr sha256_digest digest_of_pieces = digest_in_pieces(two_blocks, 20);
constexpr sha256_digest digest_of_whole = sha256_of(two_blocks);
static_assert(digest_of_pieces == digest_of_whole);

// an ending in constant expressions
static_assert([] {
    const sha256_digest abc = sha256_of("abc");
    sha256_digest with_hexadecimal{};
    sha256 beginning;
    beginning.update("digest: ");
    beginning.finish_with({"sha256=", &abc}, with_hexadecimal);
    return with_hexadecimal ==
           sha256_of("digest: sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}());

static_assert(std::is_nothrow_copy_constructible_v<sha256> && std::is_nothrow_copy_assignable_v<sha256>);

}  // namespace

TEST_CASE("SHA-256 gives the published digests") {
    for (auto const& line : json_lines::read("vectors/crypto/sha256.jsonl")) {
        CAPTURE(json_lines::text(line, "id"));
        const std::string piece = from_hex(json_lines::text(line, "message"));
        sha256 hash;
        for (std::int64_t times = json_lines::integer(line, "times"); times > 0; --times) {
            hash.update(piece);
        }
        CHECK(zenwire::detail::hex_text(hash.finish()).view() == json_lines::text(line, "sha256"));
    }
}

// OpenSSL is asked by tests/differential: there is none for most processors that this test runs on.
TEST_CASE("the digests of all lengths up to 300, written in hexadecimal, have a known digest") {
    const std::string text = counting_text(300);
    sha256 all;
    for (std::size_t size = 0; size <= text.size(); ++size) {
        all.update(zenwire::detail::hex_text(sha256_of(std::string_view(text).substr(0, size))).view());
    }
    CHECK(zenwire::detail::hex_text(all.finish()).view() == "224b7b5c25c83edbbc9c96a083dd0a3fc7946229e1b61fceb06d8054def4419a");
}

TEST_CASE("it does not matter where a message is cut into two pieces") {
    std::mt19937 random;
    for (const std::size_t size : {1U, 55U, 64U, 65U, 127U, 128U, 200U}) {
        const std::string message = random_text(random, size);
        const sha256_digest digest = sha256_of(message);
        for (std::size_t at = 0; at <= size; ++at) {
            CAPTURE(size);
            CAPTURE(at);
            CHECK(digest_in_pieces(message, at) == digest);
        }
    }
}

TEST_CASE("it does not matter into how many pieces a message is cut") {
    std::mt19937 random;
    for (std::size_t size = 0; size <= 300; ++size) {
        CAPTURE(size);
        const std::string message = random_text(random, size);
        const std::size_t longest = 1 + random() % 150;
        sha256 hash;
        for (std::string_view rest = message; !rest.empty();) {
            const std::size_t piece = std::min<std::size_t>(random() % (longest + 1), rest.size());
            hash.update(rest.substr(0, piece));
            rest.remove_prefix(piece);
        }
        CHECK(hash.finish() == sha256_of(message));
    }
}

TEST_CASE("a copy goes on from where the original stands and leaves it alone") {
    sha256 hash;
    hash.update("a common beginning ");
    sha256 one = hash;
    sha256 other;
    other.update("forgotten");
    other = hash;
    one.update("one");
    other.update("other");
    CHECK(one.finish() == sha256_of("a common beginning one"));
    CHECK(other.finish() == sha256_of("a common beginning other"));
    CHECK(hash.finish() == sha256_of("a common beginning "));
}

TEST_CASE("a hash that has ended leaves nothing but the length in memory") {
    const std::string left = bytes_left_by([] {
        sha256 hash;
        hash.update("a secret that is longer than one block, so that both the state and the block have seen it");
        return hash;
    });
    const auto kept = left.size() - static_cast<std::size_t>(std::count(left.begin(), left.end(), '\0'));
    CHECK(kept <= sizeof(std::uint64_t));
}
