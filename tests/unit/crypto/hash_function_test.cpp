// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/detail/ascii.hpp>

namespace {

using zenwire::hash_function;
using zenwire::sha256;
using zenwire::sha256_digest;
using zenwire::detail::sha256_ending;

/// A hash unit that may fail.
struct failing {
    void update(std::string_view) {}
    zenwire::expected<sha256_digest> finish() {
        return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, "it is off");
    }
};
struct without_finish {
    void update(std::string_view) {}
};
struct without_update {
    sha256_digest finish() { return {}; }
};
struct of_another_size {
    void update(std::string_view) {}
    std::array<unsigned char, 20> finish() { return {}; }
};
struct not_copyable : failing {
    std::unique_ptr<int> handle{};
};

/// A hash of the user that can do nothing but what it must.
struct plain_hash {
    void update(std::string_view message) { hash.update(message); }
    sha256_digest finish() { return hash.finish(); }

    sha256 hash{};
};
/// One that may fail, and that does not.
struct working_unit {
    void update(std::string_view message) { hash.update(message); }
    zenwire::expected<sha256_digest> finish() { return hash.finish(); }

    sha256 hash{};
};

constexpr sha256_digest untouched() {
    sha256_digest digest{};
    digest.fill(0xA5);
    return digest;
}

/// Checks all ways to finish `Hash`, with texts that are short and long for it.
template <hash_function Hash>
void check_that_it_finishes() {
    const sha256_digest in_hexadecimal = zenwire::sha256_of("abc");
    const std::string hexadecimal{zenwire::detail::hex_text(in_hexadecimal).view()};
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{60}, std::size_t{200}}) {
        CAPTURE(size);
        const std::string text(size, 't');
        Hash hash;
        hash.update("a beginning ");
        for (sha256_digest const* const digest_behind : {static_cast<sha256_digest const*>(nullptr), &in_hexadecimal}) {
            const sha256_ending ending{text, digest_behind};
            const sha256_digest wanted =
                zenwire::sha256_of("a beginning " + text + (digest_behind != nullptr ? hexadecimal : ""));

            sha256_digest digest = untouched();
            CHECK(zenwire::detail::finish_with(hash, ending, digest).has_value());
            CHECK(digest == wanted);

            const zenwire::expected<sha256_digest> result = zenwire::detail::finish_with(hash, ending);
            REQUIRE(result.has_value());
            CHECK(*result == wanted);
        }
        CHECK(*zenwire::detail::finish_with(hash, {}) == zenwire::sha256_of("a beginning "));
    }
}

template <hash_function Hash>
zenwire::expected<sha256_digest> digest_of(std::string_view message) {
    Hash hash;
    hash.update(message);
    return hash.finish();
}

}  // namespace

TEST_CASE("a hash function can be copied and takes a message and gives a digest or an error") {
    CHECK(hash_function<zenwire::sha256>);
    CHECK(hash_function<failing>);
    CHECK_FALSE(hash_function<without_finish>);
    CHECK_FALSE(hash_function<without_update>);
    CHECK_FALSE(hash_function<of_another_size>);
    CHECK_FALSE(hash_function<not_copyable>);
    CHECK_FALSE(hash_function<sha256_digest>);
}

TEST_CASE("generic code gets the digest or the error of whatever hash it is given") {
    const auto digest = digest_of<zenwire::sha256>("abc");
    REQUIRE(digest.has_value());
    CHECK(*digest == zenwire::sha256_of("abc"));
    const auto failed = digest_of<failing>("abc");
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().code == zenwire::errc::crypto_failed);
}

TEST_CASE("the built-in hash ends with any ending") {
    check_that_it_finishes<sha256>();
}

TEST_CASE("a hash of the user ends with any ending") {
    check_that_it_finishes<plain_hash>();
    check_that_it_finishes<working_unit>();
}

TEST_CASE("a hash that fails writes no digest and returns its error") {
    const sha256_digest in_hexadecimal{};
    for (const sha256_ending ending : {sha256_ending{}, sha256_ending{"text", &in_hexadecimal}}) {
        sha256_digest digest = untouched();
        const auto done = zenwire::detail::finish_with(failing(), ending, digest);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().code == zenwire::errc::crypto_failed);
        CHECK(done.error().message.view() == "it is off");
        CHECK(digest == untouched());

        const auto result = zenwire::detail::finish_with(failing(), ending);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == zenwire::errc::crypto_failed);
        CHECK(result.error().message.view() == "it is off");
    }
}
